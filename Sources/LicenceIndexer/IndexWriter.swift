import Licensing

/// Lays the collection out in the index's format.
struct IndexWriter {
    enum Problem: Error, CustomStringConvertible {
        case tooManyWords(Int)
        case tooManyTexts(Int)
        case tooLarge(Int)

        var description: String {
            switch self {
            case .tooManyWords(let count): "the vocabulary has \(count) words, more than the table holds"
            case .tooManyTexts(let count): "\(count) texts, more than 16 bits number"
            case .tooLarge(let count): "the index has \(count) bytes, over the limit of \(IndexWriter.largest)"
            }
        }
    }

    static let largest = 12_000_000

    private let licences: [Collection.Licence]
    private let wordings: Wordings
    private let documents: [(name: String, json: String)]
    private let data: RecordFiles

    init(_ collection: Collection, wordings: Wordings, documents: [(name: String, json: String)]) {
        licences = collection.licences.values.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
        data = collection.data
        self.wordings = wordings
        self.documents = documents
    }

    func write() throws -> [UInt8] {
        // Vocabulary, numbered by hash so that a new word moves few others.
        var vocabulary = Set<UInt32>()
        for licence in licences { for text in licence.texts { for word in text.words { vocabulary.insert(word) } } }
        let ordered = vocabulary.sorted()
        guard ordered.count < IndexFormat.vocabularySlots * 3 / 4 else { throw Problem.tooManyWords(ordered.count) }
        var numbers: [UInt32: UInt16] = [:]
        for (place, hash) in ordered.enumerated() { numbers[hash] = UInt16(place + 1) }
        var slots = [UInt32](repeating: 0, count: IndexFormat.vocabularySlots)
        var slotNumbers = [UInt16](repeating: 0, count: IndexFormat.vocabularySlots)
        func place(_ hash: UInt32, _ number: UInt16) {
            var slot = Int(hash) & (IndexFormat.vocabularySlots - 1)
            while slots[slot] != 0, slots[slot] != hash { slot = (slot + 1) & (IndexFormat.vocabularySlots - 1) }
            slots[slot] = hash
            slotNumbers[slot] = number
        }
        for hash in ordered { place(hash, numbers[hash] ?? 0) }

        var strings: [UInt8] = []
        var records: [UInt8] = []
        var texts: [UInt8] = []
        var words: [UInt16] = []
        var seeds: [(hash: UInt32, place: UInt32)] = []
        var textNumber = 0
        var cores: [(words: ArraySlice<UInt32>, rank: Int)] = []
        for (recordNumber, licence) in licences.enumerated() {
            for string in [licence.id, licence.name, licence.key] {
                append(UInt32(strings.count), to: &records)
                append(UInt16(string.utf8.count), to: &records)
                strings += Array(string.utf8)
            }
            records.append(licence.category.rawValue)
            records.append(
                (licence.isOSIApproved ? 1 : 0) | (licence.isException ? 2 : 0) | (licence.isDeprecated ? 4 : 0)
                    | (licence.isAI ? 8 : 0))
            append(UInt32(textNumber), to: &records)
            append(UInt16(licence.texts.count), to: &records)
            while records.count % IndexFormat.recordSize != 0 { records.append(0) }
            for text in licence.texts {
                let numbered = text.words.map { numbers[$0] ?? 0 }
                let own = Self.seeds(numbered)
                append(UInt16(recordNumber), to: &texts)
                texts += [text.kind.rawValue, 0]
                append(UInt32(words.count), to: &texts)
                append(UInt16(numbered.count), to: &texts)
                append(UInt16(text.core.lowerBound), to: &texts)
                append(UInt16(text.core.upperBound), to: &texts)
                append(UInt16(clamping: own.count), to: &texts)
                for seed in own { seeds.append((seed.hash, UInt32(textNumber) << 16 | UInt32(seed.position))) }
                words += numbered
                cores.append(
                    (
                        text.kind == .notice ? [] : text.words[text.core],
                        licence.id.hasPrefix("LicenseRef-") ? licence.rank + 4 : licence.rank
                    ))
                textNumber += 1
            }
        }
        guard textNumber < 65_536 else { throw Problem.tooManyTexts(textNumber) }
        seeds.sort { ($0.hash, $0.place) < ($1.hash, $1.place) }
        var ranges = [UInt32](repeating: 0, count: 65_537)
        for seed in seeds { ranges[Int(seed.hash >> 16) + 1] += 1 }
        for place in 1..<ranges.count { ranges[place] += ranges[place - 1] }

        let (aliases, addresses) = lookUps()
        var documentBytes: [UInt8] = []
        for (name, json) in documents {
            documentBytes += Array(name.utf8) + [0]
            append(UInt32(json.utf8.count), to: &documentBytes)
            documentBytes += Array(json.utf8)
        }

        // Notices are left to comparison, which heeds versions.
        let known = try wordings.sections(cores: cores)
        var expressions: [UInt32] = []
        for expression in known.expressions {
            expressions += [UInt32(strings.count), UInt32(expression.utf8.count)]
            strings += Array(expression.utf8)
        }

        var contents: [IndexFormat.Section: [UInt8]] = [:]
        contents[.wordingAnchors] = bytes(known.anchors)
        contents[.wordingStarts] = known.starts
        contents[.seedBits] = SeedSearch.bits(of: seeds.map(\.hash))
        contents[.wordingRanges] = bytes(known.ranges)
        contents[.wordingHashes] = bytes(known.hashes)
        contents[.wordingLengths] = bytes(known.lengths)
        contents[.wordingValues] = bytes(known.values)
        contents[.wordingExpressions] = bytes(expressions)
        contents[.strings] = strings
        contents[.records] = records
        contents[.texts] = texts
        contents[.words] = bytes(words)
        contents[.vocabularyHashes] = bytes(slots)
        contents[.vocabularyNumbers] = bytes(slotNumbers)
        contents[.wordWeights] = WordWeights.of(ordered, licences)
        contents[.seedRanges] = bytes(ranges)
        contents[.seedHashes] = bytes(seeds.map(\.hash))
        contents[.seedPlaces] = bytes(seeds.map(\.place))
        contents[.aliasHashes] = bytes(aliases.map(\.0))
        contents[.aliasRecords] = bytes(aliases.map(\.1))
        contents[.addressHashes] = bytes(addresses.map(\.0))
        contents[.addressRecords] = bytes(addresses.map(\.1))
        contents[.documents] = documentBytes
        return try assemble(contents)
    }

    private static func seeds(_ words: [UInt16]) -> [(hash: UInt32, position: Int)] {
        guard words.count >= IndexFormat.seedLength else { return [] }
        var out: [(UInt32, Int)] = []
        for position in 0...(words.count - IndexFormat.seedLength) {
            let hash = IndexFormat.seedHash(
                words[position], words[position + 1], words[position + 2], words[position + 3], words[position + 4])
            if hash < IndexFormat.seedThreshold || words.count < IndexFormat.shortText { out.append((hash, position)) }
        }
        return out
    }

    /// Names and addresses; the first licence to claim one keeps it.
    private func lookUps() -> (aliases: [(UInt32, UInt16)], addresses: [(UInt32, UInt16)]) {
        var numberOfID: [String: UInt16] = [:]
        for (number, licence) in licences.enumerated() { numberOfID[licence.id] = UInt16(number) }
        var aliases: [UInt32: UInt16] = [:]
        var addresses: [UInt32: UInt16] = [:]
        for (number, licence) in licences.enumerated() { aliases[NameKey.exactHash(licence.id)] = UInt16(number) }
        func claim(_ name: String, _ number: UInt16) {
            let exact = NameKey.exactHash(name)
            if aliases[exact] == nil { aliases[exact] = number }
            if let hash = NameKey.hash(name), aliases[hash] == nil { aliases[hash] = number }
        }
        func claimAddress(_ address: String, _ number: UInt16) {
            guard let hash = AddressKey.hash(address), addresses[hash] == nil else { return }
            addresses[hash] = number
        }
        for (id, names) in data.aliases { if let number = numberOfID[id] { for name in names { claim(name, number) } } }
        for (id, list) in data.addresses {
            if let number = numberOfID[id] { for address in list { claimAddress(address, number) } }
        }
        let ordered = licences.enumerated().sorted { left, right in
            (left.element.rank, left.offset) < (right.element.rank, right.offset)
        }
        for (number, licence) in ordered {
            for name in licence.names { claim(name, UInt16(number)) }
            claim(licence.id, UInt16(number))
            for address in licence.addresses { claimAddress(address, UInt16(number)) }
        }
        return (
            aliases.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
            addresses.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        )
    }

    private func assemble(_ contents: [IndexFormat.Section: [UInt8]]) throws -> [UInt8] {
        var head: [UInt8] = IndexFormat.magic
        append(IndexFormat.version, to: &head)
        append(UInt32(IndexFormat.Section.allCases.count), to: &head)
        let headLength = (IndexFormat.headerSize + 8 + 63) / 64 * 64
        var offset = headLength
        var body: [UInt8] = []
        for section in IndexFormat.Section.allCases {
            let content = contents[section] ?? []
            append(UInt32(offset), to: &head)
            append(UInt32(content.count), to: &head)
            let padded = (content.count + 63) / 64 * 64
            body += content + [UInt8](repeating: 0, count: padded - content.count)
            offset += padded
        }
        // FNV-1a, 64 bits: tells one edition of the data from another.
        append(body.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }, to: &head)
        head += [UInt8](repeating: 0, count: headLength - head.count)
        let all = head + body
        guard all.count <= Self.largest else { throw Problem.tooLarge(all.count) }
        return all
    }

    private func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.littleEndian) { bytes += Array($0) }
    }

    private func bytes(_ values: [some FixedWidthInteger]) -> [UInt8] {
        values.withUnsafeBytes { Array($0) }
    }
}
