import OpenscanBytes

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
    /// Paths of objects and arrays whose members are only counted.
    private let counted: Set<[String]>
    private var path: [String] = []
    private let visit: ([String], Event) -> Void
    /// What of the text is at hand; `place` is the next byte of it.
    private var window = UnsafeRawBufferPointer(start: nil, count: 0)
    private var place = 0

    private static let deepest = 128
    /// A longer string is data: its beginning is kept.
    private static let kept = 1000

    init(
        _ cursor: ByteCursor, levels: Int, counting counted: Set<[String]> = [],
        _ visit: @escaping ([String], Event) -> Void
    ) {
        self.cursor = cursor
        self.levels = levels
        self.counted = counted
        self.visit = visit
    }

    mutating func run() throws(ArtefactStop) {
        if try cursor.peek(upTo: 3).starts(with: "\u{FEFF}") { try cursor.skip(3) }
        try value(depth: 0)
        if try nextOrEnd() != nil { throw fail() }
    }

    private var offset: Int { cursor.place.adding(place)?.value ?? cursor.offset }

    private func fail() -> ArtefactStop { .malformed(.badJSON, "not well formed", at: offset) }
    private func ends() -> ArtefactStop { .malformed(.truncated, "the text ends inside a value", at: offset) }

    /// Brings the next part of the text; `false` at the end.
    private mutating func refill() throws(ArtefactStop) -> Bool {
        try cursor.skip(place)
        place = 0
        window = try cursor.peek(upTo: 32 << 10)
        return !window.isEmpty
    }

    /// White space of JSON. Zeros are none: a file with a hole in it would be read to its end.
    @inline(__always)
    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    /// The next byte that is no white space, which stays to be read.
    @inline(__always)
    private mutating func nextOrEnd() throws(ArtefactStop) -> UInt8? {
        while true {
            while place < window.count {
                let byte = window[place]
                if !Self.isSpace(byte) { return byte }
                place += 1
            }
            if try !refill() { return nil }
        }
    }

    @inline(__always)
    private mutating func next() throws(ArtefactStop) -> UInt8 {
        guard let byte = try nextOrEnd() else { throw ends() }
        return byte
    }

    private mutating func value(depth: Int) throws(ArtefactStop) {
        guard depth < Self.deepest else { throw .malformed(.jsonDepth, "nesting over \(Self.deepest)", at: offset) }
        let isHeard = depth <= levels
        switch try next() {
        case UInt8(ascii: "{"):
            let count = try container(isObject: true, depth, isHeard)
            if isHeard { visit(path, .object(count: count)) }
        case UInt8(ascii: "["):
            let count = try container(isObject: false, depth, isHeard)
            if isHeard { visit(path, .array(count: count)) }
        case UInt8(ascii: "\""):
            let text = try string(isKept: isHeard)
            if isHeard { visit(path, .string(text)) }
        default: try word(isHeard)
        }
    }

    private mutating func word(_ isHeard: Bool) throws(ArtefactStop) {
        var kept: [UInt8] = []
        var length = 0
        while true {
            if place == window.count, try !refill() { break }
            let byte = window[place]
            if byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
                break
            }
            if isHeard { kept.append(byte) }
            place += 1
            length += 1
            guard length < 64 else { throw fail() }
        }
        guard length > 0 else { throw fail() }
        if isHeard { visit(path, .scalar(String(decoding: kept, as: UTF8.self))) }
    }

    /// Members of an object or items of an array; says how many.
    private mutating func container(isObject: Bool, _ depth: Int, _ isHeard: Bool) throws(ArtefactStop) -> Int {
        let end = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
        place += 1
        var count = 0
        if try next() == end {
            place += 1
            return 0
        }
        let isCounted = isHeard && counted.contains(path)
        let inner = isCounted ? max(depth, levels) + 1 : depth + 1
        while true {
            var name = "[]"
            if isObject {
                guard try next() == UInt8(ascii: "\"") else { throw fail() }
                name = try string(isKept: depth < levels && !isCounted)
                guard try next() == UInt8(ascii: ":") else { throw fail() }
                place += 1
            }
            if isHeard, !isCounted { path.append(name) }
            try value(depth: inner)
            if isHeard, !isCounted { path.removeLast() }
            count += 1
            if try isLast(end) { return count }
        }
    }

    private mutating func isLast(_ end: UInt8) throws(ArtefactStop) -> Bool {
        let byte = try next()
        guard byte == end || byte == UInt8(ascii: ",") else { throw fail() }
        place += 1
        return byte == end
    }

    private mutating func string(isKept: Bool) throws(ArtefactStop) -> String {
        place += 1
        var kept: [UInt8] = []
        while true {
            if place == window.count, try !refill() { throw ends() }
            let begin = place
            while place < window.count, window[place] != UInt8(ascii: "\""), window[place] != UInt8(ascii: "\\") {
                guard window[place] != 0 else { throw fail() }
                place += 1
            }
            if isKept, kept.count < Self.kept {
                kept += window.slice(begin..<min(place, begin + Self.kept - kept.count))
            }
            if place == window.count { continue }
            if window[place] == UInt8(ascii: "\"") {
                place += 1
                return kept.isEmpty ? "" : String(decoding: kept, as: UTF8.self)
            }
            // An escape: the character behind the stroke stands for itself as far as a summary goes.
            place += 1
            if place == window.count, try !refill() { throw ends() }
            let escaped = window[place]
            place += 1
            if isKept, kept.count < Self.kept {
                kept.append(escaped == UInt8(ascii: "n") ? 0x0A : escaped == UInt8(ascii: "t") ? 0x09 : escaped)
            }
        }
    }
}
