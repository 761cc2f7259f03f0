/// A text of an existing index as the indexer needs it: with its words' hashes.
public struct CarriedText: Sendable {
    public let id: String
    public let key: String
    public let name: String
    public let category: LicenceCategory
    public let isOSIApproved: Bool
    public let isException: Bool
    public let isDeprecated: Bool
    public let kind: IndexFormat.TextKind
    public let words: [UInt32]
    public let core: Range<Int>

    /// Every text of the index in `bytes`; none when they are no index of this version.
    public static func all(_ bytes: UnsafeRawBufferPointer) -> [CarriedText] {
        let index = LicenceIndex(bytes)
        let slots = index.section(.vocabularyHashes, of: UInt32.self)
        let numbers = index.section(.vocabularyNumbers, of: UInt16.self)
        guard slots.count == IndexFormat.vocabularySlots else { return [] }
        var hashOfNumber = [UInt32](repeating: 0, count: 65_536)
        for (hash, number) in zip(slots, numbers) where hash != 0 { hashOfNumber[Int(number)] = hash }
        return (0..<index.textCount).map { number in
            let text = index.text(number)
            let record = index.record(text.record)
            return CarriedText(
                id: record.id, key: record.key, name: record.name, category: record.category,
                isOSIApproved: record.isOSIApproved, isException: record.isException,
                isDeprecated: record.isDeprecated, kind: text.kind, words: text.words.map { hashOfNumber[Int($0)] },
                core: text.core)
        }
    }
}

/// A wording of an existing index as the indexer needs it.
public struct CarriedWording: Sendable {
    public let anchor: UInt32
    public let whole: UInt32
    public let length: Int
    public let kind: IndexFormat.WordingKind
    public let expression: String

    /// The table of beginnings of the index in `bytes`.
    public static func starts(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        Array(LicenceIndex(bytes).section(.wordingStarts, of: UInt8.self))
    }

    /// Every wording of the index in `bytes`; none when they are no index of this version.
    public static func all(_ bytes: UnsafeRawBufferPointer) -> [CarriedWording] {
        let index = LicenceIndex(bytes)
        let known = KnownWordings(index)
        let anchors = index.section(.wordingAnchors, of: UInt32.self)
        let hashes = index.section(.wordingHashes, of: UInt32.self)
        let lengths = index.section(.wordingLengths, of: UInt16.self)
        let values = index.section(.wordingValues, of: UInt16.self)
        return anchors.indices.map { place in
            let value = IndexFormat.WordingValue(packed: values[place])
            return CarriedWording(
                anchor: anchors[place], whole: hashes[place], length: Int(lengths[place]), kind: value.kind,
                expression: value.kind == .licence ? "" : known.expression(value.number))
        }
    }
}
