/// JSON as a value, read within limits: nesting, bytes and items are bounded, duplicate keys are kept and counted.
public enum JSONValue: Sendable, Hashable {
    /// Also `NaN`, `Infinity` and `-Infinity`, which Python writes and JSON does not have.
    case null
    case bool(Bool)
    /// The number as written.
    case number(String)
    case string(String)
    case array([JSONValue])
    /// Members in order, duplicates included.
    case object([Member])

    /// A key of an object with its value.
    public struct Member: Sendable, Hashable {
        /// The key, escapes resolved.
        public let key: String
        /// What stands behind it.
        public let value: JSONValue
    }

    /// Why bytes are no value; offsets are in bytes from the first.
    public enum Problem: Error, Sendable, Hashable {
        /// Something else than JSON has here, or the end too early.
        case unexpected(offset: Int)
        /// A value inside `deepest` arrays and objects, or more.
        case tooDeep(offset: Int)
        /// More values than the caller allows.
        case tooMany(offset: Int)
    }

    /// Levels of nesting, the outermost value included: the parser calls itself, and the stack is finite.
    public static let deepest = 64

    /// Reads one value and nothing behind it but white space; a byte order mark before it is passed over.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8; invalid sequences in strings are replaced.
    ///   - itemLimit: values of all kinds that may be made, so that a small file does not fill the memory.
    /// - Throws: `Problem` at the first byte that does not fit.
    public static func parse(_ bytes: UnsafeRawBufferPointer, itemLimit: Int = 2_000_000) throws(Problem) -> JSONValue {
        var parser = JSONParser(bytes, itemLimit: itemLimit)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.offset == bytes.count else { throw .unexpected(offset: parser.offset) }
        return value
    }

    /// Reads an object of which one member is a long array: its items are handed over one by one and not kept, and the array is empty in
    /// what comes back.
    ///
    /// - Parameters:
    ///   - bytes: as `parse` takes them.
    ///   - key: the member; where it comes twice, both arrays count.
    ///   - itemLimit: values that may be held at once.
    ///   - visit: gets an item; `false` stops, and nothing behind it is read.
    /// - Throws: `Problem` at the first byte that does not fit; items before it were handed over.
    public static func parse(
        _ bytes: UnsafeRawBufferPointer, itemsOf key: String, itemLimit: Int = 100_000,
        visit: (JSONValue) -> Bool
    ) throws(Problem) -> JSONValue {
        var parser = JSONParser(bytes, itemLimit: itemLimit)
        let (value, isWhole) = try parser.object(itemsOf: key, visit: visit)
        parser.skipSpace()
        guard !isWhole || parser.offset == bytes.count else { throw .unexpected(offset: parser.offset) }
        return value
    }

    /// The first member with the key; `nil` also where this is no object.
    public subscript(_ key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// The text, where this is a string.
    public var string: String? { if case .string(let text) = self { text } else { nil } }
    /// The items, where this is an array.
    public var array: [JSONValue]? { if case .array(let items) = self { items } else { nil } }
    /// The members in order, where this is an object.
    public var members: [Member]? { if case .object(let members) = self { members } else { nil } }
    /// A whole number, also one that is written as a string.
    public var int: Int? {
        switch self {
        case .number(let text), .string(let text): Int(text)
        default: nil
        }
    }

    /// A string, or the strings of an array.
    public var strings: [String] {
        switch self {
        case .string(let text): [text]
        case .array(let items): items.compactMap(\.string)
        default: []
        }
    }
}

/// The walk behind `JSONValue`.
struct JSONParser {
    let bytes: UnsafeRawBufferPointer
    private(set) var offset = 0
    private var itemsLeft: Int

    init(_ bytes: UnsafeRawBufferPointer, itemLimit: Int) {
        self.bytes = bytes
        itemsLeft = itemLimit
        if bytes.starts(with: "\u{FEFF}") { offset = 3 }
    }

    mutating func skipSpace() {
        while offset < bytes.count,
            bytes[offset] == 0x20 || bytes[offset] == 0x0A || bytes[offset] == 0x0D || bytes[offset] == 0x09
        { offset += 1 }
    }

    mutating func value(depth: Int) throws(JSONValue.Problem) -> JSONValue {
        guard depth < JSONValue.deepest else { throw .tooDeep(offset: offset) }
        itemsLeft -= 1
        guard itemsLeft >= 0 else { throw .tooMany(offset: offset) }
        skipSpace()
        guard offset < bytes.count else { throw .unexpected(offset: offset) }
        switch bytes[offset] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "N"): return try word("NaN", .null)
        case UInt8(ascii: "I"): return try word("Infinity", .null)
        case UInt8(ascii: "-") where bytes.starts(with: "-Infinity", at: offset):
            return try word("-Infinity", .null)
        case UInt8(ascii: "-"), 0x30...0x39: return .number(try number())
        default: throw .unexpected(offset: offset)
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONValue.Problem) -> JSONValue {
        guard bytes.starts(with: word, at: offset) else { throw .unexpected(offset: offset) }
        offset += word.utf8CodeUnitCount
        return value
    }

    /// A number (RFC 8259, section 6) as it is written.
    private mutating func number() throws(JSONValue.Problem) -> String {
        let start = offset
        _ = skip("-")
        if !skip("0") { try digits() }
        if skip(".") { try digits() }
        if skip("e") || skip("E") {
            if !skip("+") { _ = skip("-") }
            try digits()
        }
        return bytes.slice(start..<offset).repairedText
    }

    private mutating func digits() throws(JSONValue.Problem) {
        let start = offset
        while offset < bytes.count, (0x30...0x39).contains(bytes[offset]) { offset += 1 }
        guard offset > start else { throw .unexpected(offset: offset) }
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func array(depth: Int) throws(JSONValue.Problem) -> JSONValue {
        offset += 1
        var items: [JSONValue] = []
        skipSpace()
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "]") {
            offset += 1
            return .array([])
        }
        while true {
            items.append(try value(depth: depth + 1))
            if try !separator(end: UInt8(ascii: "]")) { return .array(items) }
        }
    }

    private mutating func object(depth: Int) throws(JSONValue.Problem) -> JSONValue {
        offset += 1
        var members: [JSONValue.Member] = []
        skipSpace()
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "}") {
            offset += 1
            return .object([])
        }
        while true {
            skipSpace()
            guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else { throw .unexpected(offset: offset) }
            let key = try string()
            skipSpace()
            guard offset < bytes.count, bytes[offset] == UInt8(ascii: ":") else { throw .unexpected(offset: offset) }
            offset += 1
            members.append(JSONValue.Member(key: key, value: try value(depth: depth + 1)))
            if try !separator(end: UInt8(ascii: "}")) { return .object(members) }
        }
    }

    /// The outermost object; `isWhole` is false where `visit` wanted no more.
    mutating func object(itemsOf key: String, visit: (JSONValue) -> Bool) throws(JSONValue.Problem) -> (
        value: JSONValue, isWhole: Bool
    ) {
        skipSpace()
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "{") else { throw .unexpected(offset: offset) }
        offset += 1
        var members: [JSONValue.Member] = []
        skipSpace()
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "}") {
            offset += 1
            return (.object([]), true)
        }
        while true {
            skipSpace()
            guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else { throw .unexpected(offset: offset) }
            let name = try string()
            skipSpace()
            guard offset < bytes.count, bytes[offset] == UInt8(ascii: ":") else { throw .unexpected(offset: offset) }
            offset += 1
            skipSpace()
            if name == key, offset < bytes.count, bytes[offset] == UInt8(ascii: "[") {
                members.append(JSONValue.Member(key: name, value: .array([])))
                guard try items(visit) else { return (.object(members), false) }
            } else {
                members.append(JSONValue.Member(key: name, value: try value(depth: 1)))
            }
            if try !separator(end: UInt8(ascii: "}")) { return (.object(members), true) }
        }
    }

    /// The items of an array, each forgotten before the next; `false` where `visit` wanted no more.
    private mutating func items(_ visit: (JSONValue) -> Bool) throws(JSONValue.Problem) -> Bool {
        offset += 1
        skipSpace()
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "]") {
            offset += 1
            return true
        }
        let held = itemsLeft
        while true {
            itemsLeft = held
            guard visit(try value(depth: 2)) else { return false }
            if try !separator(end: UInt8(ascii: "]")) { return true }
        }
    }

    /// `true` after a comma, `false` after the end.
    private mutating func separator(end: UInt8) throws(JSONValue.Problem) -> Bool {
        skipSpace()
        guard offset < bytes.count else { throw .unexpected(offset: offset) }
        if bytes[offset] == UInt8(ascii: ",") {
            offset += 1
            return true
        }
        guard bytes[offset] == end else { throw .unexpected(offset: offset) }
        offset += 1
        return false
    }

    mutating func string() throws(JSONValue.Problem) -> String {
        offset += 1
        let start = offset
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\""), bytes[offset] != UInt8(ascii: "\\") {
            offset += 1
        }
        guard offset < bytes.count else { throw .unexpected(offset: offset) }
        if bytes[offset] == UInt8(ascii: "\"") {
            defer { offset += 1 }
            return bytes.slice(start..<offset).repairedText
        }
        var units = Array(bytes.slice(start..<offset))
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: units, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\") else {
                units.append(byte)
                continue
            }
            guard offset < bytes.count else { break }
            let escape = bytes[offset]
            offset += 1
            switch escape {
            case UInt8(ascii: "n"): units.append(0x0A)
            case UInt8(ascii: "t"): units.append(0x09)
            case UInt8(ascii: "r"): units.append(0x0D)
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0C)
            case UInt8(ascii: "u"):
                var scalar = try hexadecimal()
                if scalar >= 0xD800, scalar < 0xDC00, bytes.starts(with: "\\u", at: offset) {
                    offset += 2
                    let low = try hexadecimal()
                    scalar = low >= 0xDC00 && low < 0xE000 ? 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00) : 0xFFFD
                }
                units += Array(String(Character(Unicode.Scalar(scalar) ?? "\u{FFFD}")).utf8)
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): units.append(escape)
            default: throw .unexpected(offset: offset - 1)
            }
        }
        throw .unexpected(offset: offset)
    }

    private mutating func hexadecimal() throws(JSONValue.Problem) -> UInt32 {
        guard offset + 4 <= bytes.count else { throw .unexpected(offset: offset) }
        var value: UInt32 = 0
        for byte in bytes.slice(offset..<offset + 4) {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw .unexpected(offset: offset) }
            value = value << 4 | UInt32(digit)
        }
        offset += 4
        return value
    }
}
