/// Reads what `CompactEncoder` wrote. The bytes may be damaged: nothing is taken from them that is not there.
public struct CompactDecoder: Decoder {
    let input: CompactInput

    /// Empty: places are not kept.
    public var codingPath: [any CodingKey] { [] }
    /// Empty.
    public var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// A value from its bytes.
    /// - Parameter known: the texts that its writer was given, or others in their place.
    /// - Throws: `CompactProblem`, or the error of a type that refuses what is there.
    public static func value<Value: Decodable>(
        _ type: Value.Type, from bytes: UnsafeRawBufferPointer, known: [String] = []
    ) throws -> Value {
        let input = CompactInput(bytes, known)
        let value = try input.value(type)
        guard input.remaining == 0 else { throw CompactProblem.damaged }
        return value
    }

    /// A number that was written without a container around it.
    /// - Throws: `CompactProblem` where there is none.
    public func integer() throws(CompactProblem) -> Int { try input.integer(Int.self) }

    /// Fields, by their order.
    /// - Throws: `CompactProblem`.
    public func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(try CompactReadFields<Key>(input))
    }

    /// Items of a list.
    /// - Throws: `CompactProblem`.
    public func unkeyedContainer() throws -> any UnkeyedDecodingContainer { try CompactReadItems(input) }
    /// One value.
    public func singleValueContainer() -> any SingleValueDecodingContainer { CompactReadValue(input: input) }
}

/// Why a value cannot be written or read in short form.
public enum CompactProblem: Error, Sendable, Hashable {
    /// The bytes are not what a value of this type is written as.
    case damaged
    /// The type writes what this form cannot keep.
    case unwritable
}

extension CodingKey {
    /// Whether keys of this type may be called anything, as those of a dictionary: fields of a type have no numbers.
    static var isOpen: Bool { Self(intValue: 0) != nil }
}

/// The bytes and how far they are read.
final class CompactInput {
    private static let deepest = 200

    private let bytes: UnsafeRawBufferPointer
    private var place = 0
    private var depth = 0
    private var texts: [String]

    init(_ bytes: UnsafeRawBufferPointer, _ known: [String]) {
        self.bytes = bytes
        var seen = Set<String>()
        texts = known.filter { seen.insert($0).inserted }
    }

    var remaining: Int { bytes.count - place }

    private func byte() throws(CompactProblem) -> UInt8 {
        guard place < bytes.count else { throw .damaged }
        defer { place += 1 }
        return bytes[place]
    }

    func bool() throws(CompactProblem) -> Bool {
        switch try byte() {
        case 0: false
        case 1: true
        default: throw .damaged
        }
    }

    func uint64() throws(CompactProblem) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            let next = try byte()
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return value }
        }
        throw .damaged
    }

    func int64() throws(CompactProblem) -> Int64 {
        let bits = try uint64()
        return Int64(bitPattern: bits >> 1) ^ -Int64(bitPattern: bits & 1)
    }

    func integer<Number: FixedWidthInteger>(_ type: Number.Type) throws(CompactProblem) -> Number {
        let number = Number.isSigned ? Number(exactly: try int64()) : Number(exactly: try uint64())
        guard let number else { throw .damaged }
        return number
    }

    func double() throws(CompactProblem) -> Double {
        guard remaining >= 8 else { throw .damaged }
        defer { place += 8 }
        return Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
    }

    func text() throws(CompactProblem) -> String {
        let number = try length()
        if number < texts.count { return texts[number] }
        guard number == texts.count else { throw .damaged }
        let text = try rawText()
        texts.append(text)
        return text
    }

    private func rawBytes() throws(CompactProblem) -> [UInt8] {
        let count = try length()
        guard count <= remaining else { throw .damaged }
        defer { place += count }
        return Array(bytes[place..<place + count])
    }

    /// A text that is not shared.
    func rawText() throws(CompactProblem) -> String {
        let count = try length()
        guard count <= remaining else { throw .damaged }
        defer { place += count }
        return String(decoding: bytes[place..<place + count], as: UTF8.self)
    }

    private func length() throws(CompactProblem) -> Int {
        guard let number = Int(exactly: try uint64()) else { throw .damaged }
        return number
    }

    /// A number of items or bytes that follow, each of which takes a byte at least.
    func count() throws(CompactProblem) -> Int {
        guard remaining >= 4 else { throw .damaged }
        let count = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
        guard count <= remaining - 4 else { throw .damaged }
        place += 4
        return count
    }

    /// Names of so many members, which are read again.
    func peekedNames(_ count: Int) -> [String] {
        let place = self.place
        defer { self.place = place }
        var names: [String] = []
        for _ in 0..<count {
            guard let name = try? rawText(), let length = try? self.count() else { return names }
            names.append(name)
            self.place += length
        }
        return names
    }

    /// The next text, which is read again.
    func peekedText() -> String? {
        let (place, count) = (self.place, texts.count)
        defer {
            self.place = place
            texts.removeLast(texts.count - count)
        }
        return try? text()
    }

    func value<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if type == String.self, let text = try text() as? Value { return text }
        if type == [UInt8].self, let raw = try rawBytes() as? Value { return raw }
        guard depth < Self.deepest else { throw CompactProblem.damaged }
        depth += 1
        defer { depth -= 1 }
        return try Value(from: CompactDecoder(input: self))
    }
}

private struct CompactReadFields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let input: CompactInput
    /// Members, where this is a dictionary.
    private let count: Int?

    init(_ input: CompactInput) throws {
        self.input = input
        count = Key.isOpen ? try input.count() : nil
    }

    var codingPath: [any CodingKey] { [] }
    /// Those of a dictionary, or the one case of an enumeration.
    var allKeys: [Key] {
        if let count { return input.peekedNames(count).compactMap { Key(stringValue: $0) } }
        return input.peekedText().flatMap { Key(stringValue: $0) }.map { [$0] } ?? []
    }

    /// Where the value of a field begins.
    private func field(_ key: Key) throws -> CompactInput {
        guard count != nil else { return input }
        guard try input.rawText() == key.stringValue else { throw CompactProblem.damaged }
        _ = try input.count()
        return input
    }

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) throws -> Bool { throw CompactProblem.damaged }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try field(key).bool() }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try field(key).text() }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try field(key).double() }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { Float(try field(key).double()) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try field(key).integer(type) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try field(key).integer(type) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try field(key).integer(type) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try field(key).integer(type) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try field(key).integer(type) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try field(key).integer(type) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try field(key).integer(type) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try field(key).integer(type) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try field(key).integer(type) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try field(key).integer(type) }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try field(key).value(type) }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try input.bool() ? input.bool() : nil }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        try input.bool() ? input.text() : nil
    }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        try input.bool() ? input.double() : nil
    }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
        try input.bool() ? input.integer(Int.self) : nil
    }
    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try input.bool() ? input.value(type) : nil
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        guard try input.text() == key.stringValue else { throw CompactProblem.damaged }
        return KeyedDecodingContainer(try CompactReadFields<Nested>(input))
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { try CompactReadItems(input) }
    func superDecoder() throws -> any Decoder { CompactDecoder(input: input) }
    func superDecoder(forKey key: Key) throws -> any Decoder { CompactDecoder(input: input) }
}

private struct CompactReadItems: UnkeyedDecodingContainer {
    private let input: CompactInput
    let count: Int?
    private(set) var currentIndex = 0

    init(_ input: CompactInput) throws {
        self.input = input
        count = try input.count()
    }

    var codingPath: [any CodingKey] { [] }
    var isAtEnd: Bool { currentIndex >= count ?? 0 }

    private mutating func next() throws(CompactProblem) -> CompactInput {
        guard !isAtEnd else { throw .damaged }
        currentIndex += 1
        return input
    }

    mutating func decodeNil() throws -> Bool { false }
    mutating func decode(_ type: Bool.Type) throws -> Bool { try next().bool() }
    mutating func decode(_ type: String.Type) throws -> String { try next().text() }
    mutating func decode(_ type: Double.Type) throws -> Double { try next().double() }
    mutating func decode(_ type: Float.Type) throws -> Float { Float(try next().double()) }
    mutating func decode(_ type: Int.Type) throws -> Int { try next().integer(type) }
    mutating func decode(_ type: Int8.Type) throws -> Int8 { try next().integer(type) }
    mutating func decode(_ type: Int16.Type) throws -> Int16 { try next().integer(type) }
    mutating func decode(_ type: Int32.Type) throws -> Int32 { try next().integer(type) }
    mutating func decode(_ type: Int64.Type) throws -> Int64 { try next().integer(type) }
    mutating func decode(_ type: UInt.Type) throws -> UInt { try next().integer(type) }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try next().integer(type) }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try next().integer(type) }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try next().integer(type) }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try next().integer(type) }
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try next().value(type) }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested>
    {
        KeyedDecodingContainer(try CompactReadFields<Nested>(next()))
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try CompactReadItems(next()) }
    mutating func superDecoder() throws -> any Decoder { CompactDecoder(input: try next()) }
}

private struct CompactReadValue: SingleValueDecodingContainer {
    let input: CompactInput

    var codingPath: [any CodingKey] { [] }
    func decodeNil() -> Bool { false }
    func decode(_ type: Bool.Type) throws -> Bool { try input.bool() }
    func decode(_ type: String.Type) throws -> String { try input.text() }
    func decode(_ type: Double.Type) throws -> Double { try input.double() }
    func decode(_ type: Float.Type) throws -> Float { Float(try input.double()) }
    func decode(_ type: Int.Type) throws -> Int { try input.integer(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try input.integer(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try input.integer(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try input.integer(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try input.integer(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try input.integer(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try input.integer(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try input.integer(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try input.integer(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try input.integer(type) }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try input.value(type) }
}
