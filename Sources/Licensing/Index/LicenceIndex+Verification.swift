import OpenscanBytes
import OpenscanFacts

/// The full check of an index, for its compiler and for tests: reading all of it would take longer than a scan's start
/// may.
extension LicenceIndex {
    /// Checks the digest of all bytes, and that every number and place inside leads to something.
    /// - Throws: `IndexProblem` at the first that does not.
    public func verify() throws(IndexProblem) {
        let found = contentDigest
        guard found == digest else { throw .damaged(expected: digest, found: found) }
        let words = try verifyVocabulary()
        try verifyRecords()
        try verifyTexts(words: words)
        try verifySeeds()
        try verifyKeys(.aliasHashes, .aliasRecords)
        try verifyKeys(.addressHashes, .addressRecords)
        try verifyWordings()
    }

    /// Digest of what follows the head, in hexadecimal: Fowler, Noll and Vo's hash, form 1a, 64 bits.
    private var contentDigest: String {
        Self.hexadecimal(FowlerNollVo.hash(UnsafeRawBufferPointer(rebasing: bytes.dropFirst(IndexFormat.headSize))))
    }

    private func require(_ isTrue: Bool, _ section: IndexFormat.Section, _ reason: @autoclosure () -> String)
        throws(IndexProblem)
    {
        if !isTrue { throw .inconsistent(section: "\(section)", reason: reason()) }
    }

    private func count<Element>(_ name: IndexFormat.Section, of type: Element.Type) -> Int {
        section(name, of: UInt8.self).count / MemoryLayout<Element>.size
    }

    /// The number of words.
    private func verifyVocabulary() throws(IndexProblem) -> Int {
        let words = count(.wordWeights, of: UInt8.self) - 1
        let slots = section(.vocabularyHashes, of: UInt32.self)
        let numbers = section(.vocabularyNumbers, of: UInt16.self)
        var free = 0
        for slot in slots.indices {
            if slots[slot] == 0 { free += 1 }
            try require(
                Int(numbers[slot]) <= words && (slots[slot] == 0) == (numbers[slot] == 0), .vocabularyNumbers,
                "the number \(numbers[slot]) of slot \(slot) is no word's")
        }
        try require(free > 0, .vocabularyHashes, "no slot is free")
        return words
    }

    private func verifyRecords() throws(IndexProblem) {
        let bytes = section(.records, of: UInt8.self)
        try require(
            bytes.count == recordCount * IndexFormat.recordSize, .records, "there is a part of a record at the end")
        let size = section(.strings, of: UInt8.self).count
        let raw = UnsafeRawBufferPointer(bytes)
        for record in 0..<recordCount {
            for place in [0, 6, 12] {
                let start = record * IndexFormat.recordSize + place
                let end =
                    Int(raw.loadUnaligned(fromByteOffset: start, as: UInt32.self))
                    + Int(raw.loadUnaligned(fromByteOffset: start + 4, as: UInt16.self))
                try require(end <= size, .records, "a name of record \(record) ends at \(end), the names at \(size)")
            }
            let category = Int(bytes[record * IndexFormat.recordSize + 18])
            try require(
                category < IndexFormat.categories.count, .records, "record \(record) is of the unknown kind \(category)"
            )
        }
    }

    private func verifyTexts(words known: Int) throws(IndexProblem) {
        let bytes = section(.texts, of: UInt8.self)
        try require(bytes.count == textCount * IndexFormat.textSize, .texts, "there is a part of a text at the end")
        let words = section(.words, of: UInt16.self)
        let raw = UnsafeRawBufferPointer(bytes)
        for text in 0..<textCount {
            let place = text * IndexFormat.textSize
            let first = Int(raw.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self))
            let count = Int(raw.loadUnaligned(fromByteOffset: place + 8, as: UInt16.self))
            let core = (
                first: Int(raw.loadUnaligned(fromByteOffset: place + 10, as: UInt16.self)),
                end: Int(raw.loadUnaligned(fromByteOffset: place + 12, as: UInt16.self))
            )
            try require(
                record(ofText: text) < recordCount, .texts, "text \(text) is of record \(record(ofText: text))")
            try require(
                IndexFormat.TextKind(rawValue: raw[place + 2]) != nil, .texts, "text \(text) is of an unknown kind")
            try require(
                first + count <= words.count, .texts,
                "text \(text) ends at \(first + count), the words at \(words.count)")
            try require(
                core.first <= core.end && core.end <= count, .texts, "the core of text \(text) ends at \(core.end)")
        }
        for (place, word) in words.enumerated() {
            try require((1...known).contains(Int(word)), .words, "word \(place) has the number \(word)")
        }
    }

    private func verifySeeds() throws(IndexProblem) {
        let hashes = section(.seedHashes, of: UInt32.self)
        let places = section(.seedPlaces, of: UInt32.self)
        try require(hashes.count == places.count, .seedPlaces, "there are \(places.count) for \(hashes.count) seeds")
        try require(
            count(.seedBits, of: UInt8.self) == SeedSearch.bits(of: []).count, .seedBits, "the size is wrong")
        try verifyRanges(.seedCounts, size: hashes.count) { Int(hashes[$0] >> 16) }
        let lengths = (0..<textCount).map { text($0).words.count }
        for (place, value) in places.enumerated() {
            let (text, position) = (Int(value >> 16), Int(value & 0xFFFF))
            try require(
                text < textCount && position + IndexFormat.seedLength <= lengths[text], .seedPlaces,
                "seed \(place) stands at word \(position) of text \(text)")
        }
    }

    /// Whether the buckets' sizes are those of a sorted table.
    private func verifyRanges(_ counts: IndexFormat.Section, size: Int, bucket: (Int) -> Int) throws(IndexProblem) {
        let ranges = IndexFormat.ranges(section(counts, of: UInt16.self), as: Int.self)
        try require(ranges.last == size, counts, "the sizes add up to \(ranges.last ?? 0), not \(size)")
        for number in 0..<ranges.count - 1 {
            for place in ranges[number]..<ranges[number + 1] {
                try require(bucket(place) == number, counts, "entry \(place) stands in range \(number)")
            }
        }
    }

    private func verifyKeys(_ keys: IndexFormat.Section, _ records: IndexFormat.Section) throws(IndexProblem) {
        let hashes = section(keys, of: UInt32.self)
        let numbers = section(records, of: UInt16.self)
        try require(hashes.count == numbers.count, records, "there are \(numbers.count) for \(hashes.count) names")
        for (left, right) in zip(hashes, hashes.dropFirst()) {
            try require(left < right, keys, "\(right) follows \(left)")
        }
        for number in numbers {
            try require(Int(number) < recordCount, records, "there is no record \(number)")
        }
    }

    private func verifyWordings() throws(IndexProblem) {
        let anchors = section(.wordingAnchors, of: UInt32.self)
        let packed = section(.wordingValues, of: UInt16.self)
        let sizes = [
            packed.count, count(.wordingHashes, of: UInt32.self), count(.wordingLengths, of: UInt16.self),
        ]
        try require(
            sizes.allSatisfy { $0 == anchors.count }, .wordingValues, "there are \(sizes) for \(anchors.count) wordings"
        )
        try verifyRanges(.wordingCounts, size: anchors.count) {
            IndexFormat.wordingBucket(anchors[$0])
        }
        let places = section(.wordingExpressions, of: UInt32.self)
        let size = section(.expressionTexts, of: UInt8.self).count
        for expression in 0..<places.count / 2 {
            let end = Int(places[expression * 2]) + Int(places[expression * 2 + 1])
            try require(
                end <= size, .wordingExpressions, "expression \(expression) ends at \(end), the expressions at \(size)")
        }
        for value in packed.map(IndexFormat.WordingValue.init(packed:)) {
            let most = value.kind == .licence ? textCount : places.count / 2
            try require(value.number < most, .wordingValues, "a wording has the number \(value.number)")
        }
    }
}
