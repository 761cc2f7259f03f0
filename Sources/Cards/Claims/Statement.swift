import OpenscanBytes

/// A sentence of a passage, with the searches that rules are made of. Offsets are those of the passage.
struct Statement {
    let passage: Passage
    let range: Range<Int>

    private var bytes: [UInt8] { passage.bytes }

    func has(_ words: [String], in place: Range<Int>? = nil) -> Bool { first(words, in: place) != nil }

    /// Start of the first of these words.
    func first(_ words: [String], in place: Range<Int>? = nil) -> Int? {
        let place = (place ?? range).clamped(to: 0..<bytes.count)
        return words.lazy.compactMap { offset(of: $0, in: place) }.min()
    }

    /// Every place of a phrase, at word borders where it is Latin.
    func places(of phrase: String) -> [Range<Int>] {
        var out: [Range<Int>] = []
        var start = range.lowerBound
        while out.count < 12, let hit = offset(of: phrase, in: start..<range.upperBound) {
            let end = hit + phrase.utf8.count
            let isInside =
                (Self.isLetter(bytes[hit]) && hit > 0 && Self.isLetter(bytes[hit - 1]))
                || (end < bytes.count && Self.isLetter(bytes[end - 1]) && Self.isLetter(bytes[end]))
            if !isInside { out.append(hit..<end) }
            start = end
        }
        return out
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }

    private func offset(of phrase: String, in place: Range<Int>) -> Int? {
        var phrase = phrase
        return phrase.withUTF8 { needle in
            bytes.withUnsafeBytes { all in
                UnsafeRawBufferPointer(rebasing: all[place]).offset(of: UnsafeRawBufferPointer(needle)).map {
                    $0 + place.lowerBound
                }
            }
        }
    }

    /// Bytes before a place, no further than its clause.
    func before(_ place: Int, _ count: Int) -> Range<Int> {
        let floor = max(range.lowerBound, place - count)
        guard floor < place else { return place..<place }
        var start = floor
        for mark in Self.clauseMarks { if let hit = last(mark, in: start..<place) { start = max(start, hit) } }
        return start..<place
    }

    /// Bytes from a place on, no further than its clause.
    func after(_ place: Int, _ count: Int) -> Range<Int> {
        var end = min(range.upperBound, place + count)
        guard place < end else { return place..<place }
        for mark in Self.clauseMarks { if let hit = offset(of: mark, in: place..<end) { end = min(end, hit) } }
        return place..<max(place, end)
    }

    private static let clauseMarks = [
        ";", "，", "；", " but ", " while ", " whereas ", " however", " although ", " though ",
    ]

    /// Behind the last place of a phrase.
    func last(_ phrase: String, in place: Range<Int>) -> Int? {
        var start = place.lowerBound
        var found: Int?
        while let hit = offset(of: phrase, in: start..<place.upperBound) {
            start = hit + phrase.utf8.count
            found = start
        }
        return found
    }

    /// Words of a place, without marks around them.
    func words(_ place: Range<Int>, limit: Int) -> [(word: String, mark: UInt8?)] {
        var out: [(word: String, mark: UInt8?)] = []
        for part in bytes[place.clamped(to: 0..<bytes.count)].split(separator: 0x20, maxSplits: limit + 2).prefix(limit)
        {
            let word = part.filter {
                $0 >= 0x80 || Self.isLetter($0) || ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: "'")
            }
            let mark = part.last.flatMap { ",.;:)(!?".utf8.contains($0) ? $0 : nil }
            out.append(
                (String(decoding: word, as: UTF8.self), part.first == UInt8(ascii: "(") ? UInt8(ascii: "(") : mark))
        }
        return out
    }

    var isQuestion: Bool {
        let end = bytes[range].last { $0 != 0x20 }
        return end == UInt8(ascii: "?") || has(["？", "吗"])
    }

    /// An entry that leads to a section of the same page.
    var isTableOfContents: Bool {
        passage.kind == .item && range.count < 60 && passage.text(at: range.lowerBound + 1).hasBytes("](#")
    }

    func byte(at place: Int) -> UInt8 { place < bytes.count ? bytes[place] : 0x20 }
}

extension Passage {
    /// Sentences, English and Chinese; a full stop inside a number or name ends none.
    var statements: [Statement] {
        var out: [Statement] = []
        var start = 0
        func add(_ end: Int) {
            if end > start + 1 { out.append(Statement(passage: self, range: start..<end)) }
            start = end
        }
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let isEnd =
                (byte == UInt8(ascii: ".") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?"))
                && (index + 1 == bytes.count || bytes[index + 1] == 0x20)
                && !Self.endsAbbreviation(bytes[..<index])
            if isEnd {
                add(index + 1)
            } else if index - start >= Self.longestStatement, byte & 0xC0 != 0x80,
                byte == 0x20 || index - start >= 2 * Self.longestStatement
            {
                add(index)
            } else if byte == 0xE3 || byte == 0xEF, index + 2 < bytes.count,
                Self.ends.contains(where: { bytes[index...].starts(with: $0) })
            {
                add(index + 3)
                index += 2
            }
            index += 1
        }
        add(bytes.count)
        return out
    }

    /// What goes on and on without a stop is no sentence; every word of it is compared with the words before it.
    private static let longestStatement = 2_000
    private static let ends: [[UInt8]] = ["。", "！", "？", "；"].map { Array($0.utf8) }
    private static let abbreviations: [[UInt8]] = ["e.g", "i.e", "etc", " vs", " al", " v", " no", " fig", " inc"].map {
        Array($0.utf8)
    }

    private static func endsAbbreviation(_ bytes: ArraySlice<UInt8>) -> Bool {
        abbreviations.contains { bytes.suffix($0.count).elementsEqual($0) }
    }
}
