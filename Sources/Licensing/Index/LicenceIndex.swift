import COpenscanIndex
import OpenscanBytes
import OpenscanFacts

/// The compiled index, read where the linker put it: nothing is parsed or copied at start.
public struct LicenceIndex: @unchecked Sendable {
    // Unchecked because it holds pointers; what they point to is constant for the life of the process.

    /// The index that is linked in.
    /// - Throws: `IndexProblem` where it is none of this program's.
    public static func embedded() throws(IndexProblem) -> LicenceIndex {
        try LicenceIndex(
            UnsafeRawBufferPointer(start: openscan_licence_index(), count: openscan_licence_index_size()))
    }

    struct Text {
        let number: Int
        let record: Int
        let kind: IndexFormat.TextKind
        let words: UnsafeBufferPointer<UInt16>
        /// The part that has to be there; what stands around it (title, "how to apply") may be missing.
        let core: Range<Int>
        let seedCount: Int
    }

    let bytes: UnsafeRawBufferPointer
    /// Number of licences.
    public let recordCount: Int
    /// Number of texts.
    let textCount: Int
    private let sections: [UnsafeRawBufferPointer]

    /// - Parameter bytes: a compiled index, which has to outlive the value.
    /// - Throws: `IndexProblem` where they are none, of another edition, or cut off.
    public init(_ bytes: UnsafeRawBufferPointer) throws(IndexProblem) {
        self.bytes = bytes
        guard bytes.count >= IndexFormat.headerSize + 8, bytes.prefix(4).elementsEqual(IndexFormat.magic) else {
            throw .notAnIndex
        }
        let version = bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)
        let count = bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
        guard version == IndexFormat.version, count == IndexFormat.Section.allCases.count else {
            throw .otherVersion(found: Int(version), wanted: Int(IndexFormat.version))
        }
        var sections: [UnsafeRawBufferPointer] = []
        for section in IndexFormat.Section.allCases {
            let place = 12 + section.rawValue * 8
            let offset = Int(bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
            let length = Int(bytes.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self))
            guard offset.isMultiple(of: IndexFormat.alignment) else {
                throw .inconsistent(section: "\(section)", reason: "the beginning \(offset) is no multiple of 64")
            }
            guard offset <= bytes.count, length <= bytes.count - offset else {
                throw .cutOff(section: "\(section)", end: offset + length, size: bytes.count)
            }
            sections.append(UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length]))
        }
        self.sections = sections
        recordCount = sections[IndexFormat.Section.records.rawValue].count / IndexFormat.recordSize
        textCount = sections[IndexFormat.Section.texts.rawValue].count / IndexFormat.textSize
        let tables: [(section: IndexFormat.Section, size: Int)] = [
            (.vocabularyHashes, IndexFormat.vocabularySlots * 4), (.vocabularyNumbers, IndexFormat.vocabularySlots * 2),
            (.seedCounts, IndexFormat.seedBuckets * 2), (.wordingCounts, IndexFormat.wordingBuckets * 2),
            (.wordingStarts, IndexFormat.startBits / 8),
        ]
        for table in tables {
            let size = sections[table.section.rawValue].count
            guard size == table.size else {
                throw .inconsistent(section: "\(table.section)", reason: "there are \(size) bytes, not \(table.size)")
            }
        }
        guard recordCount > 0 else { throw .inconsistent(section: "records", reason: "there is no licence") }
    }

    /// First seed of each range of seed hashes, and one more for the end.
    func seedRanges() -> [UInt32] { IndexFormat.ranges(section(.seedCounts, of: UInt16.self), as: UInt32.self) }

    /// First entry of each range of anchor hashes, and one more for the end.
    func wordingRanges() -> [UInt16] { IndexFormat.ranges(section(.wordingCounts, of: UInt16.self), as: UInt16.self) }

    func section<Element>(_ section: IndexFormat.Section, of type: Element.Type) -> UnsafeBufferPointer<Element> {
        sections[section.rawValue].assumingMemoryBound(to: type)
    }

    private func rawRecord(_ number: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            rebasing: sections[IndexFormat.Section.records.rawValue][
                number * IndexFormat.recordSize..<(number + 1) * IndexFormat.recordSize])
    }

    private func string(_ record: UnsafeRawBufferPointer, at place: Int) -> String {
        let offset = Int(record.loadUnaligned(fromByteOffset: place, as: UInt32.self))
        let length = Int(record.loadUnaligned(fromByteOffset: place + 4, as: UInt16.self))
        return sections[IndexFormat.Section.strings.rawValue].slice(offset..<offset + length).repairedText
    }

    /// A licence by its number, from 0 to `recordCount`.
    public func record(_ number: Int) -> LicenceRecord {
        let raw = rawRecord(number)
        let flags = raw[19]
        return LicenceRecord(
            id: LicenceID(string(raw, at: 0)), name: string(raw, at: 6),
            category: raw[18] < IndexFormat.categories.count ? IndexFormat.categories[Int(raw[18])] : .unclear,
            isOSIApproved: flags & 1 != 0, isException: flags & 2 != 0, isDeprecated: flags & 4 != 0,
            isAI: flags & 8 != 0)
    }

    /// Key of a licence's text in its source.
    func key(_ number: Int) -> String { string(rawRecord(number), at: 12) }

    func text(_ number: Int) -> Text {
        let raw = UnsafeRawBufferPointer(
            rebasing: sections[IndexFormat.Section.texts.rawValue][
                number * IndexFormat.textSize..<(number + 1) * IndexFormat.textSize])
        let start = Int(raw.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
        let count = Int(raw.loadUnaligned(fromByteOffset: 8, as: UInt16.self))
        let words = section(.words, of: UInt16.self)
        let coreStart = Int(raw.loadUnaligned(fromByteOffset: 10, as: UInt16.self))
        return Text(
            number: number, record: Int(raw.loadUnaligned(fromByteOffset: 0, as: UInt16.self)),
            kind: IndexFormat.TextKind(rawValue: raw[2]) ?? .full,
            words: UnsafeBufferPointer(rebasing: words[start..<start + count]),
            core: coreStart..<max(coreStart, Int(raw.loadUnaligned(fromByteOffset: 12, as: UInt16.self))),
            seedCount: Int(raw.loadUnaligned(fromByteOffset: 14, as: UInt16.self)))
    }

    func record(ofText number: Int) -> Int {
        Int(
            sections[IndexFormat.Section.texts.rawValue].loadUnaligned(
                fromByteOffset: number * IndexFormat.textSize, as: UInt16.self))
    }

    /// Vocabulary number of a word, 0 when no licence has it.
    @inline(__always)
    func number(of hash: UInt32, _ hashes: UnsafeBufferPointer<UInt32>, _ numbers: UnsafeBufferPointer<UInt16>)
        -> UInt16
    {
        var slot = Int(hash) & (IndexFormat.vocabularySlots - 1)
        while hashes[slot] != 0 {
            if hashes[slot] == hash { return numbers[slot] }
            slot = (slot + 1) & (IndexFormat.vocabularySlots - 1)
        }
        return 0
    }

    func number(of word: UInt32) -> UInt16 {
        let hashes = section(.vocabularyHashes, of: UInt32.self)
        return hashes.count == IndexFormat.vocabularySlots
            ? number(of: word, hashes, section(.vocabularyNumbers, of: UInt16.self)) : 0
    }

    /// Vocabulary numbers of a text's words.
    func numbers(of tokens: Tokens) -> [UInt16] {
        let hashes = section(.vocabularyHashes, of: UInt32.self)
        let numbers = section(.vocabularyNumbers, of: UInt16.self)
        return tokens.hashes.withUnsafeBufferPointer { words in
            [UInt16](unsafeUninitializedCapacity: words.count) { out, count in
                for index in words.indices { out[index] = number(of: words[index], hashes, numbers) }
                count = words.count
            }
        }
    }

    // MARK: Names and addresses

    /// The licence whose name has this hash.
    func alias(_ hash: UInt32) -> Int? { lookUp(hash, .aliasHashes, .aliasRecords) }

    /// Tells what is no name of a licence.
    var aliasFilter: HashFilter { HashFilter(section(.aliasHashes, of: UInt32.self)) }

    /// The licence whose text is at the address with this hash.
    func address(_ hash: UInt32) -> Int? { lookUp(hash, .addressHashes, .addressRecords) }

    private func lookUp(_ hash: UInt32, _ keys: IndexFormat.Section, _ values: IndexFormat.Section) -> Int? {
        let keys = section(keys, of: UInt32.self)
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < hash { low = middle + 1 } else { high = middle }
        }
        guard low < keys.count, keys[low] == hash else { return nil }
        return Int(section(values, of: UInt16.self)[low])
    }

    /// The record with this id, without regard to case.
    public func record(_ id: LicenceID) -> LicenceRecord? {
        let wanted = id.rawValue.lowercased()
        guard let number = alias(NameKey.exactHash(id.rawValue)) else { return nil }
        let found = record(number)
        return found.id.rawValue.lowercased() == wanted || key(number).lowercased() == wanted ? found : nil
    }

    /// Digest of the whole index as the indexer wrote it, in hexadecimal.
    public var digest: String {
        guard bytes.count >= IndexFormat.headerSize + 8 else { return "0" }
        let value = bytes.loadUnaligned(fromByteOffset: IndexFormat.headerSize, as: UInt64.self)
        return Self.hexadecimal(value)
    }

    static func hexadecimal(_ value: UInt64) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}
