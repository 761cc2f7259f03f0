/// Writes values as bytes, short and without names: fields stand one behind the other in the order in which a type writes them.
/// What was written is read again by the same edition of the program only.
///
/// A text stands once, wherever it comes again. An optional has a byte in front that says whether it is there.
public struct CompactEncoder: Encoder {
    let output: CompactOutput

    /// Empty: places are not kept.
    public var codingPath: [any CodingKey] { [] }
    /// Empty.
    public var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// A value's bytes.
    /// - Parameter known: texts that stand nowhere in the bytes: their reader gives them again, in the same order.
    /// - Throws: the error of a type that writes what this form cannot keep.
    public static func bytes(of value: some Encodable, known: [String] = []) throws -> [UInt8] {
        let output = CompactOutput(known)
        try value.encode(to: CompactEncoder(output: output))
        return output.bytes
    }

    /// Writes a number without a container around it.
    public func add(_ number: Int) { output.add(Int64(number)) }

    /// For fields, by their order.
    public func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(CompactFields<Key>(output))
    }

    /// For items of a list.
    public func unkeyedContainer() -> any UnkeyedEncodingContainer { CompactItems(output) }
    /// For one value.
    public func singleValueContainer() -> any SingleValueEncodingContainer { CompactValue(output: output) }
}

/// The bytes that come to be.
final class CompactOutput {
    private(set) var bytes: [UInt8] = []
    private var texts: [String: Int] = [:]

    init(_ known: [String]) {
        for text in known where texts[text] == nil { texts[text] = texts.count }
    }

    func add(_ value: Bool) { bytes.append(value ? 1 : 0) }

    func add(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Small numbers of either sign are short.
    func add(_ value: Int64) { add(UInt64(bitPattern: value << 1 ^ value >> 63)) }

    func add(_ value: Double) { withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) } }

    func add(_ text: String) {
        if let number = texts[text] { return add(UInt64(number)) }
        add(UInt64(texts.count))
        texts[text] = texts.count
        addRaw(text)
    }

    /// Room for a number of items that is not known yet.
    func reserveCount() -> Int {
        bytes.append(contentsOf: [0, 0, 0, 0])
        return bytes.count - 4
    }

    /// A text that is not shared.
    func addRaw(_ text: String) {
        add(UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    func setCount(_ count: Int, at place: Int) {
        for index in 0..<4 { bytes[place + index] = UInt8(truncatingIfNeeded: count >> (8 * index)) }
    }

    func countOne(at place: Int) {
        for index in place..<place + 4 {
            bytes[index] &+= 1
            guard bytes[index] == 0 else { return }
        }
    }

    func add<Value: Encodable>(_ value: Value) throws {
        // What the library would ask a container for, one at a time.
        if Value.self == String.self, let text = value as? String { return add(text) }
        if Value.self == [UInt8].self, let raw = value as? [UInt8] {
            add(UInt64(raw.count))
            return bytes.append(contentsOf: raw)
        }
        try value.encode(to: CompactEncoder(output: self))
    }
}

/// Fields of a type, by their order; of a dictionary, and of the one case of an enumeration, by name.
private struct CompactFields<Key: CodingKey>: KeyedEncodingContainerProtocol {
    private let output: CompactOutput
    /// Where the number of a dictionary's members stands.
    private let count: Int?

    init(_ output: CompactOutput) {
        self.output = output
        count = Key.isOpen ? output.reserveCount() : nil
    }

    var codingPath: [any CodingKey] { [] }

    /// A field; a member of a dictionary has its name and the length of its value in front, so that all names can be listed.
    private func add(_ key: Key, _ write: () throws -> Void) rethrows {
        guard let count else { return try write() }
        output.countOne(at: count)
        output.addRaw(key.stringValue)
        let length = output.reserveCount()
        try write()
        output.setCount(output.bytes.count - length - 4, at: length)
    }

    private func present(_ isThere: Bool) -> Bool {
        output.add(isThere)
        return isThere
    }

    func encodeNil(forKey key: Key) throws { throw CompactProblem.unwritable }

    func encode(_ value: Bool, forKey key: Key) { add(key) { output.add(value) } }
    func encode(_ value: String, forKey key: Key) { add(key) { output.add(value) } }
    func encode(_ value: Double, forKey key: Key) { add(key) { output.add(value) } }
    func encode(_ value: Float, forKey key: Key) { add(key) { output.add(Double(value)) } }
    func encode(_ value: Int, forKey key: Key) { add(key) { output.add(Int64(value)) } }
    func encode(_ value: Int8, forKey key: Key) { add(key) { output.add(Int64(value)) } }
    func encode(_ value: Int16, forKey key: Key) { add(key) { output.add(Int64(value)) } }
    func encode(_ value: Int32, forKey key: Key) { add(key) { output.add(Int64(value)) } }
    func encode(_ value: Int64, forKey key: Key) { add(key) { output.add(value) } }
    func encode(_ value: UInt, forKey key: Key) { add(key) { output.add(UInt64(value)) } }
    func encode(_ value: UInt8, forKey key: Key) { add(key) { output.add(UInt64(value)) } }
    func encode(_ value: UInt16, forKey key: Key) { add(key) { output.add(UInt64(value)) } }
    func encode(_ value: UInt32, forKey key: Key) { add(key) { output.add(UInt64(value)) } }
    func encode(_ value: UInt64, forKey key: Key) { add(key) { output.add(value) } }
    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws { try add(key) { try output.add(value) } }

    func encodeIfPresent(_ value: Bool?, forKey key: Key) { if present(value != nil), let value { output.add(value) } }
    func encodeIfPresent(_ value: String?, forKey key: Key) {
        if present(value != nil), let value { output.add(value) }
    }
    func encodeIfPresent(_ value: Double?, forKey key: Key) {
        if present(value != nil), let value { output.add(value) }
    }
    func encodeIfPresent(_ value: Int?, forKey key: Key) {
        if present(value != nil), let value { output.add(Int64(value)) }
    }
    func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
        if present(value != nil), let value { try output.add(value) }
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<
        Nested
    > {
        output.add(key.stringValue)
        return KeyedEncodingContainer(CompactFields<Nested>(output))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { CompactItems(output) }
    func superEncoder() -> any Encoder { CompactEncoder(output: output) }
    func superEncoder(forKey key: Key) -> any Encoder { CompactEncoder(output: output) }
}

/// Items of a list, their number in front.
private struct CompactItems: UnkeyedEncodingContainer {
    private let output: CompactOutput
    private let place: Int
    private(set) var count = 0

    init(_ output: CompactOutput) {
        self.output = output
        place = output.reserveCount()
    }

    var codingPath: [any CodingKey] { [] }

    private mutating func next() -> CompactOutput {
        count += 1
        output.countOne(at: place)
        return output
    }

    mutating func encodeNil() throws { throw CompactProblem.unwritable }
    mutating func encode(_ value: Bool) { next().add(value) }
    mutating func encode(_ value: String) { next().add(value) }
    mutating func encode(_ value: Double) { next().add(value) }
    mutating func encode(_ value: Float) { next().add(Double(value)) }
    mutating func encode(_ value: Int) { next().add(Int64(value)) }
    mutating func encode(_ value: Int8) { next().add(Int64(value)) }
    mutating func encode(_ value: Int16) { next().add(Int64(value)) }
    mutating func encode(_ value: Int32) { next().add(Int64(value)) }
    mutating func encode(_ value: Int64) { next().add(value) }
    mutating func encode(_ value: UInt) { next().add(UInt64(value)) }
    mutating func encode(_ value: UInt8) { next().add(UInt64(value)) }
    mutating func encode(_ value: UInt16) { next().add(UInt64(value)) }
    mutating func encode(_ value: UInt32) { next().add(UInt64(value)) }
    mutating func encode(_ value: UInt64) { next().add(value) }
    mutating func encode<Value: Encodable>(_ value: Value) throws { try next().add(value) }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        KeyedEncodingContainer(CompactFields<Nested>(next()))
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { CompactItems(next()) }
    mutating func superEncoder() -> any Encoder { CompactEncoder(output: next()) }
}

private struct CompactValue: SingleValueEncodingContainer {
    let output: CompactOutput

    var codingPath: [any CodingKey] { [] }

    func encodeNil() throws { throw CompactProblem.unwritable }
    func encode(_ value: Bool) { output.add(value) }
    func encode(_ value: String) { output.add(value) }
    func encode(_ value: Double) { output.add(value) }
    func encode(_ value: Float) { output.add(Double(value)) }
    func encode(_ value: Int) { output.add(Int64(value)) }
    func encode(_ value: Int8) { output.add(Int64(value)) }
    func encode(_ value: Int16) { output.add(Int64(value)) }
    func encode(_ value: Int32) { output.add(Int64(value)) }
    func encode(_ value: Int64) { output.add(value) }
    func encode(_ value: UInt) { output.add(UInt64(value)) }
    func encode(_ value: UInt8) { output.add(UInt64(value)) }
    func encode(_ value: UInt16) { output.add(UInt64(value)) }
    func encode(_ value: UInt32) { output.add(UInt64(value)) }
    func encode(_ value: UInt64) { output.add(value) }
    func encode<Value: Encodable>(_ value: Value) throws { try output.add(value) }
}
