import OpenscanBytes

/// A line of running text with the headings that it stands under.
struct CardLine {
    let text: Substring
    let number: Int
    /// Headings from the outermost to the innermost, lower case.
    let headings: [String]
    /// Whether it has a word that binds somebody.
    var hasBindingWord = false
    /// Whether it has a word for a part of a release.
    var namesPart = false
    /// Whether it has a word for a licence.
    var namesTerms = false
}

/// A paragraph, list item, heading or table row as one run of folded text: lower case, hyphens as spaces, radicals as ideographs, without
/// marks of emphasis, addresses and tags. A space stands before and behind, so that words can be looked for with their borders.
struct Passage {
    enum Kind { case prose, item, heading, row }

    let kind: Kind
    let headings: [String]
    /// For "- [ ]": something that is still to be done.
    private(set) var isUnticked = false
    private(set) var bytes: [UInt8] = [0x20]
    /// For each byte, the line it came from and its place there.
    private var origins: [(line: Int32, offset: Int32)] = [(0, 0)]
    private let lines: [CardLine]

    /// Bytes that are folded and searched for claims.
    static let sizeLimit = 20_000

    init(_ lines: [CardLine], kind: Kind) {
        self.lines = lines
        self.kind = kind
        headings = lines.first?.headings ?? []
        for (index, line) in lines.enumerated() {
            add(line.text, Int32(index))
            push(0x20, Int32(index), Int32(line.text.utf8.count))
        }
    }

    var first: Int { lines.first?.number ?? 0 }
    var last: Int { lines.last?.number ?? 0 }

    /// Line of the text at an offset of `bytes`.
    func line(at offset: Int) -> Int { lines[Int(origins[min(max(offset, 1), origins.count - 1)].line)].number }

    /// The words as written, on the line of `hit`.
    func quote(_ range: Range<Int>, hit: Int) -> String {
        let line = origins[min(max(hit, 1), origins.count - 1)].line
        let text = lines[Int(line)].text
        let places = range.lazy.filter { $0 < origins.count && origins[$0].line == line }.map {
            Int(origins[$0].offset)
        }
        guard let first = places.first, let last = places.last, first <= last else { return String(text) }
        let utf8 = text.utf8
        let start = utf8.index(utf8.startIndex, offsetBy: min(first, utf8.count))
        var end = utf8.index(utf8.startIndex, offsetBy: min(last + 1, utf8.count))
        while end < utf8.endIndex, utf8[end] & 0xC0 == 0x80 { end = utf8.index(after: end) }
        return Substring(String(decoding: utf8[start..<end], as: UTF8.self)).trimmed
    }

    /// Whether the line of an offset holds an address.
    func hasAddress(at offset: Int) -> Bool { text(at: offset).hasBytes("://") }

    func text(at offset: Int) -> Substring { lines[Int(origins[min(max(offset, 1), origins.count - 1)].line)].text }

    // MARK: Folding

    private mutating func push(_ byte: UInt8, _ line: Int32, _ offset: Int32) {
        guard bytes.count < Self.sizeLimit else { return }
        bytes.append(byte)
        origins.append((line, offset))
    }

    private mutating func add(_ text: Substring, _ line: Int32) {
        guard bytes.count < Self.sizeLimit else { return }
        let utf8 = Array(text.utf8)
        var index = Self.markEnd(utf8)
        if utf8[..<index].contains(UInt8(ascii: "[")) { isUnticked = !utf8[..<index].contains { $0 | 0x20 == 0x78 } }
        while index < utf8.count, bytes.count < Self.sizeLimit {
            let byte = utf8[index]
            switch byte {
            case UInt8(ascii: "`"):
                if let end = Self.nameEnd(utf8, index) {
                    // The name of a file, a field or a function says nothing.
                    push(UInt8(ascii: "x"), line, Int32(index))
                    index = end
                } else {
                    index += 1
                }
            case UInt8(ascii: "*"): index += 1
            case UInt8(ascii: "<") where index + 1 < utf8.count && Self.opensTag(utf8[index + 1]):
                index = Self.end(utf8, index, UInt8(ascii: ">"))
                push(0x20, line, Int32(index - 1))
            case UInt8(ascii: "]") where index + 1 < utf8.count && utf8[index + 1] == UInt8(ascii: "("):
                index = Self.addressEnd(utf8, index + 1)
            case UInt8(ascii: "["), UInt8(ascii: "]"): index += 1
            case UInt8(ascii: "!") where index + 1 < utf8.count && utf8[index + 1] == UInt8(ascii: "["):
                index = Self.imageEnd(utf8, index)
            case UInt8(ascii: "-"), UInt8(ascii: "_"), 0x09:
                push(0x20, line, Int32(index))
                index += 1
            case 0x41...0x5A:
                push(byte | 0x20, line, Int32(index))
                index += 1
            case 0..<0x80:
                if byte == UInt8(ascii: ":"), utf8[index...].starts(with: "://".utf8) {
                    index = dropAddress(utf8, index)
                } else {
                    push(byte, line, Int32(index))
                    index += 1
                }
            default: index = addScalar(utf8, index, line)
            }
        }
    }

    private mutating func addScalar(_ utf8: [UInt8], _ index: Int, _ line: Int32) -> Int {
        let length = utf8[index] >= 0xF0 ? 4 : utf8[index] >= 0xE0 ? 3 : 2
        let end = min(utf8.count, index + length)
        guard let scalar = String(decoding: utf8[index..<end], as: UTF8.self).unicodeScalars.first else { return end }
        switch scalar {
        case "‑", "–", "—", "\u{A0}", "\u{3000}": push(0x20, line, Int32(index))
        case "’": push(UInt8(ascii: "'"), line, Int32(index))
        default: for byte in String(CJK.fold(scalar)).lowercased().utf8 { push(byte, line, Int32(index)) }
        }
        return end
    }

    private static let longestName = 60

    /// Behind a name between backticks that is put together with underscores: no word of prose.
    private static func nameEnd(_ utf8: [UInt8], _ start: Int) -> Int? {
        guard let end = utf8[(start + 1)...].prefix(longestName).firstIndex(of: UInt8(ascii: "`")) else { return nil }
        let name = utf8[(start + 1)..<end]
        return name.contains(UInt8(ascii: "_")) && !name.contains(0x20) ? end + 1 : nil
    }

    /// Marks of quotes, list items and headings at the start of a line.
    private static func markEnd(_ utf8: [UInt8]) -> Int {
        var index = 0
        while index < utf8.count,
            [0x20, 0x09, UInt8(ascii: ">"), UInt8(ascii: "#"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+")]
                .contains(utf8[index])
        { index += 1 }
        if index + 2 < utf8.count, utf8[index] == UInt8(ascii: "["), utf8[index + 2] == UInt8(ascii: "]"),
            [0x20, 0x78, 0x58].contains(utf8[index + 1])
        {
            index += 3
        }
        return index
    }

    private static func opensTag(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "!")
    }

    private static func end(_ utf8: [UInt8], _ start: Int, _ mark: UInt8) -> Int {
        (utf8[start...].firstIndex(of: mark) ?? utf8.count - 1) + 1
    }

    /// Behind the `)` of a link's address, which may hold a pair of its own.
    private static func addressEnd(_ utf8: [UInt8], _ start: Int) -> Int {
        var depth = 0
        for index in start..<utf8.count {
            if utf8[index] == UInt8(ascii: "(") { depth += 1 }
            if utf8[index] == UInt8(ascii: ")") { depth -= 1 }
            if depth == 0 { return index + 1 }
        }
        return utf8.count
    }

    private static func imageEnd(_ utf8: [UInt8], _ start: Int) -> Int {
        let close = end(utf8, start, UInt8(ascii: "]"))
        return close < utf8.count && utf8[close] == UInt8(ascii: "(") ? addressEnd(utf8, close) : close
    }

    /// Takes back the scheme that was written and passes over the address.
    private mutating func dropAddress(_ utf8: [UInt8], _ start: Int) -> Int {
        while let last = bytes.last, last >= 0x61, last <= 0x7A {
            bytes.removeLast()
            origins.removeLast()
        }
        var index = start
        while index < utf8.count, utf8[index] > 0x20, utf8[index] < 0x80, utf8[index] != UInt8(ascii: ")"),
            utf8[index] != UInt8(ascii: ">")
        { index += 1 }
        return index
    }
}

extension Passage {
    /// Groups lines into passages; `isWanted` tells which lines can hold a claim, so that the rest is never folded.
    static func read(_ lines: [CardLine], where isWanted: (CardLine) -> Bool) -> [Passage] {
        var out: [Passage] = []
        var open: [CardLine] = []
        var kind = Kind.prose
        func flush() {
            if open.contains(where: isWanted) { out.append(Passage(open, kind: kind)) }
            open = []
        }
        for line in lines {
            let start = Substring(line.text.utf8.drop { $0 == 0x20 || $0 == UInt8(ascii: ">") || $0 == 0x09 })
            var own = ownKind(start)
            // A link may begin a line in the middle of a sentence.
            if start.first == "[", let last = open.last?.text, kind == .prose || kind == .item, goesOnBehind(last) {
                own = nil
            }
            if start.isEmpty || own != nil || open.count >= 40 { flush() }
            guard !start.isEmpty else { continue }
            if let own, open.isEmpty { kind = own } else if open.isEmpty { kind = .prose }
            open.append(line)
            if own == .heading || own == .row || line.text.hasSuffix("  ") || line.text.hasSuffix("<br>")
                || line.text.hasSuffix("\\")
            {
                flush()
            }
        }
        flush()
        return out
    }

    /// Whether a line breaks off in the middle of a sentence: behind a word or a comma, and no link or badge itself.
    private static func goesOnBehind(_ line: Substring) -> Bool {
        let text = line.trimmed
        guard let last = text.last, text.first != "[", text.first != "!" else { return false }
        return last == "," || last.isLetter
    }

    /// Whether a line, without the marks before it, begins something of its own; a link at its start may be in the middle of a sentence.
    static func begins(_ line: Substring) -> Bool { line.first != "[" && ownKind(line) != nil }

    /// Whether a line can be part of a sentence that goes over several: no empty one, no heading and no table's row.
    static func goesOn(_ line: Substring) -> Bool {
        guard let kind = ownKind(line) else { return !line.isEmpty && !line.hasPrefix("```") && !line.hasPrefix("~~~") }
        return kind == .item || kind == .prose
    }

    /// What a line begins of its own; `nil` when it goes on with the one before.
    private static func ownKind(_ line: Substring) -> Kind? {
        guard let first = line.first else { return nil }
        if first == "#" { return .heading }
        if first == "|" { return .row }
        if first == "<" { return line.hasPrefix("<td") || line.hasPrefix("<tr") ? .row : .prose }
        if "-*+•".contains(first), line.dropFirst().first == " " { return .item }
        if first == "*" || first == "[" { return .prose }
        if first.isNumber, let end = line.firstIndex(where: { !$0.isNumber }),
            line[end] == "." || line[end] == ")" || line[end] == "、"
        {
            return .item
        }
        // "License: MIT" is a line of its own.
        return line.prefix(40).split(separator: " ", maxSplits: 4).prefix(3).contains {
            $0.hasSuffix(":") || $0.hasSuffix("：")
        } ? .prose : nil
    }
}
