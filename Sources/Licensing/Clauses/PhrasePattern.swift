import OpenscanBytes

/// Words with gaps, as Licenses/clauses.yml writes them.
struct PhrasePattern: Sendable, Hashable {
    enum Part: Sendable, Hashable {
        /// One of several word sequences.
        case words([[UInt32]], isOptional: Bool)
        case gap(Int)
        /// Word sequences none of which may follow here.
        case noneOf([[UInt32]])
    }

    let parts: [Part]
    /// Words beyond the sentence that a match may use.
    let reach: Int
    /// Word sequences none of which may stand right before.
    let notBehind: [[UInt32]]

    init(_ text: String) {
        var scan = Scan(bytes: Array(text.utf8))
        while let part = scan.next() {
            switch part {
            case .noneOf(let choices) where scan.parts.isEmpty: scan.notBehind = choices
            default: scan.parts.append(part)
            }
        }
        parts = scan.parts
        reach = scan.reach
        notBehind = scan.notBehind
    }

    /// Reads a phrase by its bytes: there are thousands, and every start waits for them.
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

    /// First words that a match can begin with.
    var firstWords: [UInt32] {
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

    /// End of the match that begins at `start`, `nil` when there is none. Gaps are tried shortest first; the work is bounded by the gaps' lengths.
    func end(_ words: [UInt32], from start: Int, limit: Int) -> Int? {
        words.withUnsafeBufferPointer { words in
            // Most places fail at the first word.
            guard case .words(let choices, let isOptional)? = parts.first else { return nil }
            if !isOptional, !choices.contains(where: { Self.matches($0, words, start, limit) }) { return nil }
            if notBehind.contains(where: { $0.count <= start && Self.matches($0, words, start - $0.count, start) }) {
                return nil
            }
            return end(words, part: 0, from: start, gap: 0, limit: limit)
        }
    }

    /// Places tried for one part; what matches at all matches at one of the first.
    private static let mostPlaces = 6

    private func end(_ words: UnsafeBufferPointer<UInt32>, part number: Int, from start: Int, gap: Int, limit: Int)
        -> Int?
    {
        guard number < parts.count else { return start }
        switch parts[number] {
        case .gap(let length): return end(words, part: number + 1, from: start, gap: gap + length, limit: limit)
        case .noneOf(let choices):
            if choices.contains(where: { Self.matches($0, words, start, limit) }) { return nil }
            return end(words, part: number + 1, from: start, gap: gap, limit: limit)
        case .words(let choices, let isOptional):
            var tried = 0
            let last = min(limit, start + gap)
            var position = start
            while position <= last, tried < Self.mostPlaces {
                for choice in choices where Self.matches(choice, words, position, limit) {
                    tried += 1
                    if let end = end(words, part: number + 1, from: position + choice.count, gap: 0, limit: limit) {
                        return end
                    }
                }
                position += 1
            }
            // A gap that was not used stays open behind an optional word.
            return isOptional ? end(words, part: number + 1, from: start, gap: gap, limit: limit) : nil
        }
    }

    private static func matches(
        _ sequence: [UInt32], _ words: UnsafeBufferPointer<UInt32>, _ position: Int, _ limit: Int
    ) -> Bool {
        guard position + sequence.count <= limit else { return false }
        for (offset, word) in sequence.enumerated() where words[position + offset] != word { return false }
        return true
    }
}
