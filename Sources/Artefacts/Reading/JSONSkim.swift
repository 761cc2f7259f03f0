import Unpacking

/// Goes once through JSON of any length: says what stands at the upper levels, keeps nothing of the rest.
struct JSONSkim {
    enum Event {
        /// A string, cut to 1,000 bytes, or a number or word as written.
        case string(String)
        case scalar(String)
        /// End of an object or array, with the number of its members.
        case object(count: Int)
        case array(count: Int)
    }

    private let cursor: ByteCursor
    /// Levels for which the caller hears of values.
    private let levels: Int
    private var path: [String] = []
    private let visit: ([String], Event) -> Void

    private static let deepest = 128
    /// A longer string is data: its beginning is kept.
    private static let kept = 1000

    init(_ cursor: ByteCursor, levels: Int, _ visit: @escaping ([String], Event) -> Void) {
        self.cursor = cursor
        self.levels = levels
        self.visit = visit
    }

    mutating func run() throws(ArtefactStop) {
        if try cursor.peek(upTo: 3).starts(with: "\u{FEFF}") { try cursor.skip(3) }
        try value(depth: 0)
        try space()
        if try !cursor.isAtEnd { throw fail() }
    }

    private func fail() -> ArtefactStop { .malformed("bad-json", "not well formed", at: cursor.offset) }

    private func space() throws(ArtefactStop) {
        while let byte = try cursor.peek(upTo: 1).first, byte <= 0x20 { try cursor.skip(1) }
    }

    private func next() throws(ArtefactStop) -> UInt8 {
        try space()
        guard let byte = try cursor.peek(upTo: 1).first else { throw .malformed("truncated", "the text ends inside a value", at: cursor.offset) }
        return byte
    }

    private mutating func value(depth: Int) throws(ArtefactStop) {
        guard depth < Self.deepest else { throw .malformed("json-depth", "nesting over \(Self.deepest)", at: cursor.offset) }
        let isHeard = depth <= levels
        switch try next() {
        case UInt8(ascii: "{"):
            let count = try members(depth, isHeard)
            if isHeard { visit(path, .object(count: count)) }
        case UInt8(ascii: "["):
            let count = try items(depth, isHeard)
            if isHeard { visit(path, .array(count: count)) }
        case UInt8(ascii: "\""):
            let text = try string(isKept: isHeard)
            if isHeard { visit(path, .string(text)) }
        default:
            let word = try cursor.peek(upTo: 64)
            let length = word.firstIndex { $0 <= 0x20 || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: "]") } ?? word.count
            guard length > 0, length < 64 else { throw fail() }
            if isHeard { visit(path, .scalar(word.slice(0..<length).repairedText)) }
            try cursor.skip(length)
        }
    }

    private mutating func members(_ depth: Int, _ isHeard: Bool) throws(ArtefactStop) -> Int {
        try cursor.skip(1)
        var count = 0
        if try next() == UInt8(ascii: "}") {
            try cursor.skip(1)
            return 0
        }
        while true {
            guard try next() == UInt8(ascii: "\"") else { throw fail() }
            let key = try string(isKept: depth < levels)
            guard try next() == UInt8(ascii: ":") else { throw fail() }
            try cursor.skip(1)
            if isHeard { path.append(key) }
            try value(depth: depth + 1)
            if isHeard { path.removeLast() }
            count += 1
            if try isLast(UInt8(ascii: "}")) { return count }
        }
    }

    private mutating func items(_ depth: Int, _ isHeard: Bool) throws(ArtefactStop) -> Int {
        try cursor.skip(1)
        var count = 0
        if try next() == UInt8(ascii: "]") {
            try cursor.skip(1)
            return 0
        }
        if isHeard { path.append("[]") }
        defer { if isHeard { path.removeLast() } }
        while true {
            try value(depth: depth + 1)
            count += 1
            if try isLast(UInt8(ascii: "]")) { return count }
        }
    }

    private func isLast(_ end: UInt8) throws(ArtefactStop) -> Bool {
        let byte = try next()
        guard byte == end || byte == UInt8(ascii: ",") else { throw fail() }
        try cursor.skip(1)
        return byte == end
    }

    private func string(isKept: Bool) throws(ArtefactStop) -> String {
        try cursor.skip(1)
        var kept: [UInt8] = []
        while true {
            let piece = try cursor.peek(upTo: 4096)
            guard !piece.isEmpty else { throw .malformed("truncated", "the text ends inside a string", at: cursor.offset) }
            var length = 0
            while length < piece.count, piece[length] != UInt8(ascii: "\""), piece[length] != UInt8(ascii: "\\") { length += 1 }
            if isKept, kept.count < Self.kept { kept += piece.slice(0..<min(length, Self.kept - kept.count)) }
            if length == piece.count {
                try cursor.skip(length)
                continue
            }
            if piece[length] == UInt8(ascii: "\"") {
                try cursor.skip(length + 1)
                return String(decoding: kept, as: UTF8.self)
            }
            // An escape: the character behind the stroke stands for itself as far as a summary goes.
            try cursor.skip(length + 1)
            let escaped = try cursor.uint8()
            if isKept, kept.count < Self.kept { kept.append(escaped == UInt8(ascii: "n") ? 0x0A : escaped == UInt8(ascii: "t") ? 0x09 : escaped) }
        }
    }
}
