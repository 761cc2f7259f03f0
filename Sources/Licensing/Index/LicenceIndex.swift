import CLicenceIndex

/// The compiled index, read where the linker put it: nothing is parsed or copied at start.
public struct LicenceIndex: @unchecked Sendable {
    // Unchecked because it holds pointers; what they point to is constant for the life of the process.

    /// The index that is linked in.
    public static let embedded: LicenceIndex = {
        let bytes = UnsafeRawBufferPointer(start: openscan_licence_index(), count: openscan_licence_index_size())
        return LicenceIndex(bytes)
    }()

    public struct Record: Sendable, Hashable {
        public let number: Int
        /// SPDX id, or `LicenseRef-` and a key.
        public let id: String
        public let name: String
        public let category: LicenceCategory
        public let isOSIApproved: Bool
        public let isException: Bool
        public let isDeprecated: Bool
        /// Written for models or data of machine learning.
        public let isAI: Bool
        /// Key of the text in its source.
        public let key: String
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
    public let recordCount: Int
    let textCount: Int
    private let sections: [UnsafeRawBufferPointer]

    /// An index with nothing in it when the bytes are none.
    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        var sections = [UnsafeRawBufferPointer](
            repeating: UnsafeRawBufferPointer(start: nil, count: 0), count: IndexFormat.Section.allCases.count)
        if bytes.count >= IndexFormat.headerSize, bytes.prefix(4).elementsEqual(IndexFormat.magic),
            bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self) == IndexFormat.version
        {
            for section in IndexFormat.Section.allCases {
                let place = 12 + section.rawValue * 8
                let offset = Int(bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
                let length = Int(bytes.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self))
                sections[section.rawValue] = UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length])
            }
        }
        self.sections = sections
        recordCount = sections[IndexFormat.Section.records.rawValue].count / IndexFormat.recordSize
        textCount = sections[IndexFormat.Section.texts.rawValue].count / IndexFormat.textSize
    }

    func section<Element>(_ section: IndexFormat.Section, of type: Element.Type) -> UnsafeBufferPointer<Element> {
        sections[section.rawValue].assumingMemoryBound(to: type)
    }

    public func record(_ number: Int) -> Record {
        let raw = UnsafeRawBufferPointer(
            rebasing: sections[IndexFormat.Section.records.rawValue][
                number * IndexFormat.recordSize..<(number + 1) * IndexFormat.recordSize])
        func string(_ place: Int) -> String {
            let offset = Int(raw.loadUnaligned(fromByteOffset: place, as: UInt32.self))
            let length = Int(raw.loadUnaligned(fromByteOffset: place + 4, as: UInt16.self))
            return String(
                decoding: sections[IndexFormat.Section.strings.rawValue][offset..<offset + length], as: UTF8.self)
        }
        let flags = raw[19]
        return Record(
            number: number, id: string(0), name: string(6), category: LicenceCategory(rawValue: raw[18]) ?? .unclear,
            isOSIApproved: flags & 1 != 0, isException: flags & 2 != 0, isDeprecated: flags & 4 != 0,
            isAI: flags & 8 != 0, key: string(12))
    }

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
        guard hashes.count == IndexFormat.vocabularySlots else { return [UInt16](repeating: 0, count: tokens.count) }
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
    public func record(id: String) -> Record? {
        guard let number = alias(NameKey.exactHash(id)) else { return nil }
        let found = record(number)
        return found.id.lowercased() == id.lowercased() || found.key.lowercased() == id.lowercased() ? found : nil
    }

    /// Digest of the whole index as the indexer wrote it, in hexadecimal.
    public var digest: String {
        guard bytes.count >= IndexFormat.headerSize + 8 else { return "0" }
        let value = bytes.loadUnaligned(fromByteOffset: IndexFormat.headerSize, as: UInt64.self)
        let text = String(value, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }

    /// Compact JSON of a rule document of Licenses/.
    public func document(_ name: String) -> UnsafeRawBufferPointer? {
        let all = sections[IndexFormat.Section.documents.rawValue]
        var offset = 0
        while offset < all.count {
            guard let end = all[offset...].firstIndex(of: 0) else { return nil }
            let found = String(decoding: all[offset..<end], as: UTF8.self)
            let length = Int(all.loadUnaligned(fromByteOffset: end + 1, as: UInt32.self))
            let start = end + 5
            if found == name { return UnsafeRawBufferPointer(rebasing: all[start..<start + length]) }
            offset = start + length
        }
        return nil
    }
}
