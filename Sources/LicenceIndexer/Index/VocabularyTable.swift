import OpenscanLicensing

/// Words of all texts with their numbers.
struct VocabularyTable {
    /// Words by number, the first with number 1.
    let words: [UInt32]
    let slots: [UInt32]
    let slotNumbers: [UInt16]
    private let numbers: [UInt32: UInt16]

    init(_ licences: [Collection.Licence], after old: CarriedIndex?) throws {
        var used = Set<UInt32>()
        for licence in licences { for text in licence.texts { used.formUnion(text.words) } }
        words = Numbering.of(used, after: old?.words ?? [], by: <)
        guard words.count < IndexFormat.vocabularySlots * 3 / 4 else { throw IndexLimit.tooManyWords(words.count) }
        var slots = [UInt32](repeating: 0, count: IndexFormat.vocabularySlots)
        var slotNumbers = [UInt16](repeating: 0, count: IndexFormat.vocabularySlots)
        var numbers: [UInt32: UInt16] = [:]
        for (place, hash) in words.enumerated() where hash != 0 {
            var slot = Int(hash) & (IndexFormat.vocabularySlots - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (IndexFormat.vocabularySlots - 1) }
            slots[slot] = hash
            slotNumbers[slot] = UInt16(place + 1)
            numbers[hash] = UInt16(place + 1)
        }
        self.slots = slots
        self.slotNumbers = slotNumbers
        self.numbers = numbers
    }

    func number(_ word: UInt32) -> UInt16 { numbers[word] ?? 0 }
}
