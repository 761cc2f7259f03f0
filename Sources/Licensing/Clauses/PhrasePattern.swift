import OpenscanBytes

/// Words with gaps, as Licenses/clauses.yml writes them.
struct PhrasePattern: Sendable {
    fileprivate enum Part {
        /// One of several word sequences.
        case words([[UInt32]], isOptional: Bool)
        case gap(Int)
        /// Word sequences none of which may follow here.
        case noneOf([[UInt32]])
    }

    /// Words beyond the sentence that a match may use.
    let reach: Int
    /// First words that a match can begin with.
    let firstWords: [UInt32]
    /// Words that a match spans at most, and looks at.
    let longest: Int
    /// The parts one behind the other, so that nothing is counted or copied where patterns are tried: a header, then each choice with
    /// its length before it.
    fileprivate let code: [UInt32]
    /// Where the parts begin; before them stands what must not be right before a match.
    fileprivate let start: Int

    private enum Kind {
        static let words: UInt32 = 0, optional: UInt32 = 1, gap: UInt32 = 2, noneOf: UInt32 = 3
    }

    init(_ text: String) {
        var scan = Scan(bytes: Array(text.utf8))
        while let part = scan.next() {
            switch part {
            case .noneOf(let choices) where scan.parts.isEmpty: scan.notBehind = choices
            default: scan.parts.append(part)
            }
        }
        reach = scan.reach
        firstWords = Self.firstWords(scan.parts)
        var code: [UInt32] = []
        var longest = 0
        if !scan.notBehind.isEmpty { Self.append(.noneOf(scan.notBehind), to: &code, &longest) }
        start = code.count
        longest = 0
        for part in scan.parts { Self.append(part, to: &code, &longest) }
        self.code = code
        self.longest = longest
    }

    /// A part's header is its kind, a gap's length or the number of choices, and the length of all of it.
    private static func append(_ part: Part, to code: inout [UInt32], _ longest: inout Int) {
        func append(_ kind: UInt32, _ choices: [[UInt32]]) {
            let length = choices.reduce(1) { $0 + 1 + $1.count }
            code.append(kind | UInt32(choices.count) << 2 | UInt32(length) << 16)
            for choice in choices { code += [UInt32(choice.count)] + choice }
            longest += choices.map(\.count).max() ?? 0
        }
        switch part {
        case .words(let choices, let isOptional): append(isOptional ? Kind.optional : Kind.words, choices)
        case .noneOf(let choices): append(Kind.noneOf, choices)
        case .gap(let length):
            code.append(Kind.gap | UInt32(length) << 2 | 1 << 16)
            longest += length
        }
    }

    private static func firstWords(_ parts: [Part]) -> [UInt32] {
        guard
            case .words(let choices, _)? = parts.first(where: { if case .words(_, false) = $0 { true } else { false } })
        else { return [] }
        var out = choices.compactMap(\.first)
        for part in parts {
            guard case .words(let choices, true) = part else { break }
            out += choices.compactMap(\.first)
        }
        return out
    }

    /// Reads a phrase by its bytes: there are thousands.
    private struct Scan {
        let bytes: [UInt8]
        var place = 0
        var parts: [Part] = []
        var reach = 0
        var notBehind: [[UInt32]] = []

        init(bytes: [UInt8]) { self.bytes = bytes }

        /// The next part; what has no words is passed over.
        mutating func next() -> Part? {
            while place < bytes.count {
                switch bytes[place] {
                case UInt8(ascii: " "): place += 1
                case UInt8(ascii: "*"): return gap()
                default: if let words = words() { return words }
                }
            }
            return nil
        }

        private mutating func gap() -> Part {
            let start = place
            while place < bytes.count, place < start + 3, bytes[place] == UInt8(ascii: "*") { place += 1 }
            switch place - start {
            case 1: return .gap(8)
            case 2: return .gap(25)
            default:
                reach = 90
                return .gap(60)
            }
        }

        private mutating func words() -> Part? {
            let isGroup = bytes[place] == UInt8(ascii: "(")
            if isGroup { place += 1 }
            let start = place
            while place < bytes.count, !ends(bytes[place], isGroup) { place += 1 }
            let body = bytes[start..<place]
            if isGroup { place = min(place + 1, bytes.count) }
            let isOptional = place < bytes.count && bytes[place] == UInt8(ascii: "?")
            if isOptional || place == start { place += 1 }
            let choices = body.split(separator: UInt8(ascii: "|")).map {
                Tokenizer.tokens(of: String(decoding: $0, as: UTF8.self)).hashes
            }.filter { !$0.isEmpty }
            guard !choices.isEmpty else { return nil }
            return body.first == UInt8(ascii: "!") ? .noneOf(choices) : .words(choices, isOptional: isOptional)
        }

        private func ends(_ byte: UInt8, _ isGroup: Bool) -> Bool {
            isGroup ? byte == UInt8(ascii: ")") : byte == UInt8(ascii: " ") || byte == UInt8(ascii: "?")
        }
    }

    /// End of the match that begins at `start`, `nil` when there is none. Gaps are tried shortest first.
    func end(_ words: [UInt32], from start: Int, limit: Int) -> Int? {
        var work = SearchWork(.max)
        return words.withUnsafeBufferPointer { end($0, from: start, limit: limit, &work) }
    }

    /// The same as far as `work` goes.
    @inline(__always)
    func end(_ words: UnsafeBufferPointer<UInt32>, from start: Int, limit: Int, _ work: inout SearchWork) -> Int? {
        code.withUnsafeBufferPointer { code in
            Matcher(code: code, words: words, limit: limit).end(from: start, body: self.start, &work)
        }
    }

    fileprivate struct Matcher {
        let code: UnsafeBufferPointer<UInt32>
        let words: UnsafeBufferPointer<UInt32>
        let limit: Int

        /// Places tried for one part; what matches at all matches at one of the first.
        private static let mostPlaces = 6

        @inline(__always)
        func end(from start: Int, body: Int, _ work: inout SearchWork) -> Int? {
            guard body < code.count else { return body == 0 ? start : nil }
            // Most places fail at the first word.
            let header = code[body]
            work.spend(1)
            if header & 3 == Kind.words, !isAny(body, at: start) { return nil }
            guard header & 3 == Kind.words || header & 3 == Kind.optional else { return nil }
            if body > 0, stands(rightBefore: start) { return nil }
            return end(part: body, from: start, gap: 0, &work)
        }

        private func end(part: Int, from start: Int, gap: Int, _ work: inout SearchWork) -> Int? {
            guard part < code.count else { return start }
            let header = code[part]
            let next = part + Int(header >> 16)
            switch header & 3 {
            case Kind.gap:
                return end(part: next, from: start, gap: gap + Int(header >> 2 & 0x3FFF), &work)
            case Kind.noneOf:
                if isAny(part, at: start) { return nil }
                return end(part: next, from: start, gap: gap, &work)
            default:
                var tried = 0
                let last = min(limit, start + gap)
                var position = start
                while position <= last, tried < Self.mostPlaces {
                    guard work.left > 0 else { return nil }
                    work.spend(1 + Int(header >> 2 & 0x3FFF))
                    var choice = part + 1
                    while choice < next {
                        let count = Int(code[choice])
                        if matches(choice, at: position) {
                            tried += 1
                            if let end = end(part: next, from: position + count, gap: 0, &work) { return end }
                        }
                        choice += 1 + count
                    }
                    position += 1
                }
                // A gap that was not used stays open behind an optional word.
                return header & 3 == Kind.optional ? end(part: next, from: start, gap: gap, &work) : nil
            }
        }

        @inline(__always)
        private func isAny(_ part: Int, at position: Int) -> Bool {
            let next = part + Int(code[part] >> 16)
            var choice = part + 1
            while choice < next {
                if matches(choice, at: position) { return true }
                choice += 1 + Int(code[choice])
            }
            return false
        }

        private func stands(rightBefore start: Int) -> Bool {
            var choice = 1
            let next = Int(code[0] >> 16)
            while choice < next {
                let count = Int(code[choice])
                if count <= start,
                    (0..<count).allSatisfy({ words[start - count + $0] == code[choice + 1 + $0] })
                {
                    return true
                }
                choice += 1 + count
            }
            return false
        }

        @inline(__always)
        private func matches(_ choice: Int, at position: Int) -> Bool {
            let count = Int(code[choice])
            guard position + count <= limit else { return false }
            var step = 0
            while step < count {
                if words[position + step] != code[choice + 1 + step] { return false }
                step += 1
            }
            return true
        }
    }
}

/// Patterns one behind the other in two arrays, so that trying one of thousands counts no references.
struct PatternTable: Sendable {
    fileprivate struct Place: Sendable {
        let first: Int
        let end: Int
        /// Where the parts begin, from `first` on.
        let body: Int
        let reach: Int
    }

    private var code: [UInt32] = []
    private var places: [Place] = []

    var count: Int { places.count }

    /// Takes patterns in, and says where they are.
    mutating func add(_ patterns: [PhrasePattern]) -> Range<Int> {
        let first = places.count
        for pattern in patterns {
            places.append(
                Place(
                    first: code.count, end: code.count + pattern.code.count, body: pattern.start,
                    reach: pattern.reach))
            code += pattern.code
        }
        return first..<places.count
    }

    /// The table while it is looked things up in.
    func look<Result>(_ body: (View) -> Result) -> Result {
        code.withUnsafeBufferPointer { code in
            places.withUnsafeBufferPointer { body(View(code: code, places: $0)) }
        }
    }

    /// The arrays of a table; good for as long as the call that got it.
    struct View {
        fileprivate let code: UnsafeBufferPointer<UInt32>
        fileprivate let places: UnsafeBufferPointer<Place>

        /// Words beyond the sentence that a match may use.
        @inline(__always)
        func reach(_ number: Int) -> Int { places[number].reach }

        /// End of the match of a pattern that begins at `start`, `nil` when there is none.
        @inline(__always)
        func end(
            _ number: Int, _ words: UnsafeBufferPointer<UInt32>, from start: Int, limit: Int, _ work: inout SearchWork
        ) -> Int? {
            let place = places[number]
            return PhrasePattern.Matcher(
                code: UnsafeBufferPointer(rebasing: code[place.first..<place.end]), words: words, limit: limit
            ).end(from: start, body: place.body, &work)
        }

        /// Whether one of these patterns begins in `range`.
        func stand(
            _ numbers: Range<Int>, _ words: UnsafeBufferPointer<UInt32>, _ range: Range<Int>, limit: Int,
            _ work: inout SearchWork
        ) -> Bool {
            for number in numbers {
                for start in range where end(number, words, from: start, limit: limit, &work) != nil { return true }
            }
            return false
        }
    }
}

/// For each word that something begins with, where the things are that do.
struct WordPlaces: Sendable {
    private let slots: [UInt32]
    private let ranges: [Range<Int32>]
    private let mask: Int

    init(_ places: [UInt32: Range<Int>]) {
        var size = 16
        while size < places.count * 4 { size *= 2 }
        var slots = [UInt32](repeating: 0, count: size)
        var ranges = [Range<Int32>](repeating: 0..<0, count: size)
        for (word, range) in places where word != 0 {
            var slot = Int(word) & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = word
            ranges[slot] = Int32(range.lowerBound)..<Int32(range.upperBound)
        }
        self.slots = slots
        self.ranges = ranges
        mask = size - 1
    }

    @inline(__always)
    subscript(_ word: UInt32) -> Range<Int>? {
        var slot = Int(word) & mask
        while slots[slot] != 0 {
            if slots[slot] == word { return Int(ranges[slot].lowerBound)..<Int(ranges[slot].upperBound) }
            slot = (slot + 1) & mask
        }
        return nil
    }
}
