import OpenscanBytes
import OpenscanLicensing

/// Lays the collection out in the index's format.
struct IndexWriter {
    private let licences: [Collection.Licence]
    private let data: RecordFiles
    private let wordings: Wordings
    private let old: CarriedIndex?

    /// - Parameters:
    ///   - old: an earlier index whose numbers stay.
    init(_ collection: Collection, wordings: Wordings, after old: CarriedIndex?) {
        licences = Numbering.licences(collection.licences, after: old)
        data = collection.data
        self.wordings = wordings
        self.old = old
    }

    /// - Throws: `IndexLimit` where there is more than the format holds.
    func write() throws -> [UInt8] {
        guard licences.count <= Int(UInt16.max) else { throw IndexLimit.tooManyLicences(licences.count) }
        let vocabulary = try VocabularyTable(licences, after: old)
        let places = Numbering.texts(licences, after: old)
        let texts = places.map { place in
            licences[place.licence].texts[place.text].words.map(vocabulary.number)
        }
        let seeds = try SeedTables(texts)
        let names = NameTables(licences, data)
        let known = try wordings.tables(cores: cores(places), after: old)
        let (records, strings) = records()
        var contents: [IndexFormat.Section: [UInt8]] = [:]
        contents[.strings] = strings
        contents[.records] = records
        contents[.texts] = self.texts(places, seeds)
        contents[.words] = Array(numbers: texts.flatMap { $0 })
        contents[.vocabularyHashes] = Array(numbers: vocabulary.slots)
        contents[.vocabularyNumbers] = Array(numbers: vocabulary.slotNumbers)
        contents[.wordWeights] = WordWeights.of(vocabulary.words, licences)
        contents[.seedCounts] = Array(numbers: seeds.counts)
        contents[.seedHashes] = Array(numbers: seeds.hashes)
        contents[.seedPlaces] = Array(numbers: seeds.places)
        contents[.seedBits] = SeedSearch.bits(of: seeds.hashes)
        contents[.aliasHashes] = Array(numbers: names.aliases.map(\.hash))
        contents[.aliasRecords] = Array(numbers: names.aliases.map(\.record))
        contents[.addressHashes] = Array(numbers: names.addresses.map(\.hash))
        contents[.addressRecords] = Array(numbers: names.addresses.map(\.record))
        contents[.wordingAnchors] = Array(numbers: known.anchors)
        contents[.wordingStarts] = known.starts
        contents[.wordingCounts] = Array(numbers: known.counts)
        contents[.wordingHashes] = Array(numbers: known.hashes)
        contents[.wordingLengths] = Array(numbers: known.lengths)
        contents[.wordingValues] = Array(numbers: known.values)
        let (expressions, expressionTexts) = Self.expressions(known.expressions)
        contents[.wordingExpressions] = expressions
        contents[.expressionTexts] = expressionTexts
        return try Self.assemble(contents)
    }

    private func records() -> (records: [UInt8], strings: [UInt8]) {
        var (records, strings): ([UInt8], [UInt8]) = ([], [])
        for licence in licences {
            for string in [licence.id, licence.name, licence.key] {
                records.append(number: UInt32(strings.count))
                records.append(number: UInt16(string.utf8.count))
                strings += Array(string.utf8)
            }
            records.append(UInt8(IndexFormat.categories.firstIndex(of: licence.category) ?? 0))
            records.append(
                (licence.isOSIApproved ? 1 : 0) | (licence.isException ? 2 : 0) | (licence.isDeprecated ? 4 : 0)
                    | (licence.isAI ? 8 : 0))
        }
        return (records, strings)
    }

    private func texts(_ places: [Numbering.TextPlace], _ seeds: SeedTables) -> [UInt8] {
        var out: [UInt8] = []
        var firstWord = 0
        for (number, place) in places.enumerated() {
            let text = licences[place.licence].texts[place.text]
            out.append(number: UInt16(place.licence))
            out += [text.kind.rawValue, 0]
            out.append(number: UInt32(firstWord))
            out.append(number: UInt16(text.words.count))
            out.append(number: UInt16(text.core.lowerBound))
            out.append(number: UInt16(text.core.upperBound))
            out.append(number: seeds.countOfText[number])
            firstWord += text.words.count
        }
        return out
    }

    /// Notices are left to comparison, which heeds versions.
    private func cores(_ places: [Numbering.TextPlace]) -> [Wordings.Core] {
        places.map { place in
            let licence = licences[place.licence]
            let text = licence.texts[place.text]
            return Wordings.Core(
                words: text.kind == .notice ? [] : text.words[text.core],
                rank: licence.id.hasPrefix("LicenseRef-") ? licence.rank + 4 : licence.rank, id: licence.id,
                place: place.text)
        }
    }

    private static func expressions(_ expressions: [String]) -> (places: [UInt8], texts: [UInt8]) {
        var (places, texts): ([UInt8], [UInt8]) = ([], [])
        for expression in expressions {
            places.append(number: UInt32(texts.count))
            places.append(number: UInt32(expression.utf8.count))
            texts += Array(expression.utf8)
        }
        return (places, texts)
    }

    private static func assemble(_ contents: [IndexFormat.Section: [UInt8]]) throws -> [UInt8] {
        var head: [UInt8] = IndexFormat.magic
        head.append(number: IndexFormat.version)
        head.append(number: UInt32(IndexFormat.Section.allCases.count))
        var body: [UInt8] = []
        for section in IndexFormat.Section.allCases {
            let content = contents[section] ?? []
            head.append(number: UInt32(IndexFormat.headSize + body.count))
            head.append(number: UInt32(content.count))
            body += content
            while body.count % IndexFormat.alignment != 0 { body.append(0) }
        }
        head.append(number: body.withUnsafeBytes { FowlerNollVo.hash($0) })
        head += [UInt8](repeating: 0, count: IndexFormat.headSize - head.count)
        guard head.count + body.count <= IndexLimit.bytes else { throw IndexLimit.tooLarge(head.count + body.count) }
        return head + body
    }
}
