/// A value of a PDF file (ISO 32000-1, 7.3).
indirect enum PDFValue {
    case null
    case number(Double)
    case name(String)
    case string([UInt8])
    case array([PDFValue])
    case dictionary([String: PDFValue])
    /// Another object, by its number.
    case reference(Int)
    /// An operator, or a word of the file's own.
    case word(String)

    var number: Double? {
        guard case .number(let number) = self else { return nil }
        return number
    }

    /// A whole number that is not negative and fits any file.
    var count: Int? {
        guard let number, number >= 0, number < 4e9 else { return nil }
        return Int(number)
    }

    var name: String? {
        guard case .name(let name) = self else { return nil }
        return name
    }

    var array: [PDFValue]? {
        guard case .array(let items) = self else { return nil }
        return items
    }

    var dictionary: [String: PDFValue]? {
        guard case .dictionary(let members) = self else { return nil }
        return members
    }

    var string: [UInt8]? {
        guard case .string(let bytes) = self else { return nil }
        return bytes
    }
}

/// Reads values one after the other, up to an end: nesting, lengths and numbers are bounded, and what is no value ends it.
struct PDFParser {
    private let bytes: [UInt8]
    private(set) var place: Int
    private let end: Int

    private static let deepest = 16
    private static let mostMembers = 100_000
    private static let longestWord = 128

    init(_ bytes: [UInt8], from place: Int = 0, to end: Int? = nil) {
        self.bytes = bytes
        self.end = min(max(0, end ?? bytes.count), bytes.count)
        self.place = min(max(0, place), self.end)
    }

    var isAtEnd: Bool { place >= end }

    private var byte: UInt8? { place < end ? bytes[place] : nil }

    private func byte(ahead count: Int) -> UInt8? { end - place > count ? bytes[place + count] : nil }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 || byte == 0x0C || byte == 0
    }

    private static func isMark(_ byte: UInt8) -> Bool { "()<>[]{}/%".utf8.contains(byte) }
    private static func isRegular(_ byte: UInt8) -> Bool { !isSpace(byte) && !isMark(byte) }
    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    mutating func skipSpace() {
        while let next = byte {
            if next == UInt8(ascii: "%") {
                while let inside = byte, inside != 0x0A, inside != 0x0D { place += 1 }
            } else if Self.isSpace(next) {
                place += 1
            } else {
                return
            }
        }
    }

    /// Goes behind the next place of these bytes between white space, or to the end.
    mutating func skip(behind word: StaticString) {
        let count = word.utf8CodeUnitCount
        let wanted = UnsafeBufferPointer(start: word.utf8Start, count: count)
        while place < end {
            if bytes[place..<min(end, place + count)].elementsEqual(wanted),
                place == 0 || Self.isSpace(bytes[place - 1])
            {
                place = min(end, place + count)
                return
            }
            place += 1
        }
    }

    /// The next value; `nil` at the end, and where none can be made out.
    mutating func next(_ depth: Int = 0) -> PDFValue? {
        skipSpace()
        guard let first = byte, depth < Self.deepest else { return nil }
        switch first {
        case UInt8(ascii: "/"):
            place += 1
            return .name(name())
        case UInt8(ascii: "("): return .string(literal())
        case UInt8(ascii: "<"):
            guard byte(ahead: 1) == UInt8(ascii: "<") else { return .string(hexadecimal()) }
            place += 2
            return dictionary(depth)
        case UInt8(ascii: "["):
            place += 1
            return array(depth)
        case UInt8(ascii: ">"), UInt8(ascii: "]"), UInt8(ascii: ")"), UInt8(ascii: "{"), UInt8(ascii: "}"):
            place += 1
            return .null
        default: return number(first) ?? word()
        }
    }

    private mutating func word() -> PDFValue {
        let start = place
        while let next = byte, Self.isRegular(next) { place += 1 }
        if place == start { place += 1 }
        let text = String(decoding: bytes[start..<min(place, start + Self.longestWord)], as: UTF8.self)
        return text == "null" ? .null : .word(text)
    }

    private mutating func number(_ first: UInt8) -> PDFValue? {
        guard Self.isDigit(first) || "+-.".utf8.contains(first) else { return nil }
        let start = place
        var digits = 0.0
        var scale = 0.0
        var count = 0
        var isNegative = false
        while let next = byte, Self.isRegular(next) {
            if Self.isDigit(next) {
                digits = digits * 10 + Double(next - 0x30)
                scale *= 10
                count += 1
            } else if next == UInt8(ascii: "."), scale == 0 {
                scale = 1
            } else if next == UInt8(ascii: "-") {
                isNegative = true
            } else if next != UInt8(ascii: "+") {
                place = start
                return nil
            }
            place += 1
        }
        guard count > 0, count < 40 else { return .number(0) }
        let value = (scale == 0 ? digits : digits / scale) * (isNegative ? -1 : 1)
        return reference(to: value) ?? .number(value)
    }

    /// "12 0 R".
    private mutating func reference(to value: Double) -> PDFValue? {
        guard value >= 1, value < 1e7, value == value.rounded(), byte == 0x20, let generation = byte(ahead: 1),
            Self.isDigit(generation), byte(ahead: 2) == 0x20, byte(ahead: 3) == UInt8(ascii: "R"),
            byte(ahead: 4).map({ !Self.isRegular($0) }) ?? true
        else { return nil }
        place += 4
        return .reference(Int(value))
    }

    private mutating func name() -> String {
        var out: [UInt8] = []
        while let next = byte, Self.isRegular(next) {
            place += 1
            if next == UInt8(ascii: "#"), let high = byte.flatMap(Self.digit),
                let low = byte(ahead: 1).flatMap(Self.digit)
            {
                out.append(high << 4 | low)
                place += 2
            } else if out.count < Self.longestWord {
                out.append(next)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    private mutating func hexadecimal() -> [UInt8] {
        place += 1
        var out: [UInt8] = []
        var high: UInt8?
        while let next = byte {
            place += 1
            if next == UInt8(ascii: ">") { break }
            guard let digit = Self.digit(next) else { continue }
            if let first = high {
                out.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        if let high { out.append(high << 4) }
        return out
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09, UInt8(ascii: "b"): 0x08,
        UInt8(ascii: "f"): 0x0C,
    ]

    private mutating func literal() -> [UInt8] {
        place += 1
        var out: [UInt8] = []
        var depth = 1
        while let next = byte {
            place += 1
            switch next {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"):
                depth -= 1
                if depth == 0 { return out }
            case UInt8(ascii: "\\"):
                if let escaped = escaped() { out.append(escaped) }
                continue
            default: break
            }
            out.append(next)
        }
        return out
    }

    /// What stands behind a backslash; `nil` for a line's end.
    private mutating func escaped() -> UInt8? {
        guard let next = byte else { return nil }
        place += 1
        if next == 0x0D {
            if byte == 0x0A { place += 1 }
            return nil
        }
        if next == 0x0A { return nil }
        guard next >= 0x30, next <= 0x37 else { return Self.escapes[next] ?? next }
        var value = UInt16(next - 0x30)
        for _ in 0..<2 {
            guard let more = byte, more >= 0x30, more <= 0x37 else { break }
            value = value << 3 | UInt16(more - 0x30)
            place += 1
        }
        return UInt8(value & 0xFF)
    }

    private mutating func array(_ depth: Int) -> PDFValue {
        var out: [PDFValue] = []
        while true {
            skipSpace()
            guard let next = byte, next != UInt8(ascii: "]") else { break }
            guard let value = self.next(depth + 1) else { break }
            if out.count < Self.mostMembers { out.append(value) }
        }
        if byte == UInt8(ascii: "]") { place += 1 }
        return .array(out)
    }

    private mutating func dictionary(_ depth: Int) -> PDFValue {
        var out: [String: PDFValue] = [:]
        while true {
            skipSpace()
            guard let next = byte else { break }
            if next == UInt8(ascii: ">") {
                place += byte(ahead: 1) == UInt8(ascii: ">") ? 2 : 1
                break
            }
            guard case .name(let key)? = self.next(depth + 1) else { break }
            skipSpace()
            guard byte != UInt8(ascii: ">"), let value = self.next(depth + 1) else { continue }
            if out.count < Self.mostMembers { out[key] = value }
        }
        return .dictionary(out)
    }
}
