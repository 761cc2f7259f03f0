import OpenscanBytes
import OpenscanFacts

/// Tells in program text what speaks from what is only data: a comment or a sentence may license, a name that is all of a literal (a member
/// of an enumeration, a key or value of a table, test data) licenses nothing.
struct CodeLiterals {
    /// Literals of the text, in order, without their quotes.
    private let literals: [Range<Int>]
    private let bytes: UnsafeRawBufferPointer

    /// One pass; a language is not asked for, as signs of comments and strings are much the same in all of them.
    init(_ bytes: UnsafeRawBufferPointer, until end: Int) {
        self.bytes = bytes
        var out: [Range<Int>] = []
        var index = 0
        let end = min(end, bytes.count)
        var isLineBlank = true
        while index < end {
            let byte = bytes[index]
            switch byte {
            case 0x0A:
                isLineBlank = true
                index += 1
            case 0x20, 0x09, 0x0D: index += 1
            case UInt8(ascii: "\\"): index += 2
            case UInt8(ascii: "#"): index = Self.lineEnd(bytes, index)
            // At the beginning of a line only: elsewhere they are signs of the program.
            case UInt8(ascii: ";") where isLineBlank, UInt8(ascii: "%") where isLineBlank:
                index = Self.lineEnd(bytes, index)
            case UInt8(ascii: "/") where Self.stands("//", bytes, index): index = Self.lineEnd(bytes, index)
            case UInt8(ascii: "-") where Self.stands("-- ", bytes, index): index = Self.lineEnd(bytes, index)
            case UInt8(ascii: "/") where Self.stands("/*", bytes, index):
                index = Self.behind("*/", bytes, index + 2)
            case UInt8(ascii: "<") where Self.stands("<!--", bytes, index): index = Self.behind("-->", bytes, index + 4)
            case UInt8(ascii: "\"") where Self.stands("\"\"\"", bytes, index),
                UInt8(ascii: "'") where Self.stands("'''", bytes, index):
                // Triple quotes hold prose.
                index = Self.behind(byte == UInt8(ascii: "'") ? "'''" : "\"\"\"", bytes, index + 3)
                isLineBlank = false
            case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
                if let close = Self.close(bytes, index) {
                    out.append(index + 1..<close)
                    index = close + 1
                } else {
                    index += 1
                }
                isLineBlank = false
            default:
                isLineBlank = false
                index += 1
            }
        }
        literals = out
    }

    private static func stands(_ sign: StaticString, _ bytes: UnsafeRawBufferPointer, _ place: Int) -> Bool {
        bytes.starts(with: sign, at: place)
    }

    private static func lineEnd(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Int {
        var index = place
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
        return index
    }

    private static func behind(_ sign: StaticString, _ bytes: UnsafeRawBufferPointer, _ place: Int) -> Int {
        bytes.offset(of: sign, from: min(place, bytes.count)).map { $0 + sign.utf8CodeUnitCount } ?? bytes.count
    }

    /// The same quote on the same line.
    private static func close(_ bytes: UnsafeRawBufferPointer, _ open: Int) -> Int? {
        var index = open + 1
        while index < bytes.count, bytes[index] != 0x0A {
            if bytes[index] == UInt8(ascii: "\\") {
                index += 2
                continue
            }
            if bytes[index] == bytes[open] { return index }
            index += 1
        }
        return nil
    }

    /// Bytes besides a name that a literal may hold and still be nothing but the name.
    private static let littleElse = 24

    private func literal(at place: Int) -> Range<Int>? {
        let next = literals.partitioningIndex { $0.upperBound > place }
        return next < literals.count && literals[next].contains(place) ? literals[next] : nil
    }

    /// The literal that is nothing but the name of a match.
    private func literal(of match: LicenceMatch) -> Range<Int>? {
        guard let literal = literal(at: match.bytes.upperBound - 1) ?? literal(at: match.bytes.lowerBound) else {
            return nil
        }
        return literal.count <= match.bytes.count + Self.littleElse && literal.count <= Self.longestName ? literal : nil
    }

    private static let longestName = 120

    /// Makes mentions of names in literals, except of the one that a name for licences is given ("license = ...").
    func settle(_ matches: inout [LicenceMatch]) {
        var named: [(place: Int, isGiven: Bool)] = []
        for place in matches.indices {
            switch matches[place].method {
            case .header, .notice, .url, .tag:
                if let literal = literal(of: matches[place]) { named.append((place, isGiven(literal))) }
            case .text, .metadata, .mentioned: continue
            }
        }
        let given = Set(
            named.filter(\.isGiven).map { matches[$0.place].statement?.text ?? matches[$0.place].id.rawValue })
        for (place, isGiven) in named where !(isGiven && given.count == 1) { matches[place].method = .mentioned }
    }

    /// Whether a name with "licen" in it is on the literal's line, before it and an assignment or a colon; or the literal is a classifier.
    private func isGiven(_ literal: Range<Int>) -> Bool {
        if bytes.slice(literal).offset(of: "::") != nil { return true }
        var start = literal.lowerBound
        while start > 0, bytes[start - 1] != 0x0A, literal.lowerBound - start < Self.longestName { start -= 1 }
        let before = bytes.slice(start..<literal.lowerBound)
        guard before.contains(where: { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") }) else { return false }
        return ["licen", "LICEN", "Licen"].contains { (word: StaticString) in before.offset(of: word) != nil }
    }
}
