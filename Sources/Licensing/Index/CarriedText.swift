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
        // Spelling variants share a number; the vocabulary's own word is the one whose order by hash is the number.
        for (place, hash) in zip(slots, numbers).filter({ $0.0 != 0 }).map({ ($0.1, $0.0) }) where hashOfNumber[Int(place)] == 0 {
            hashOfNumber[Int(place)] = hash
        }
        return (0..<index.textCount).map { number in
            let text = index.text(number)
            let record = index.record(text.record)
            return CarriedText(
                id: record.id, key: record.key, name: record.name, category: record.category, isOSIApproved: record.isOSIApproved, isException: record.isException,
                isDeprecated: record.isDeprecated, kind: text.kind, words: text.words.map { hashOfNumber[Int($0)] }, core: text.core)
        }
    }
}
