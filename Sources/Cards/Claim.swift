import Licensing
import Unpacking

/// A sentence that speaks of openness.
public struct Claim: Sendable, Hashable {
    public enum Category: String, Sendable, Codable, CaseIterable {
        case openSource = "open-source"
        case openWeights = "open-weights"
        case licence
        case commercialOK = "commercial-ok"
        case openData = "open-data"
        case reproducible, transparent
    }

    public enum Subject: String, Sendable, Codable {
        case model, code, data
        case otherModel = "other-model"
        case dependency
    }

    public enum Polarity: String, Sendable, Codable { case claim, negated, promise, mention }

    public var category: Category
    public var subject: Subject
    public var polarity: Polarity
    public var evidence: Evidence

    /// Whether the release says this of itself.
    public var isOwn: Bool { polarity == .claim && (subject == .model || subject == .code || subject == .data) }
}

/// The words by which claims are found and sorted, from Licenses/claims.yml.
struct ClaimVocabulary: Sendable {
    let categories: [(category: Claim.Category, phrases: [String])]
    let negations, promises, mentions, dependencies, ownership, comparisons, closed, quietSections: [String]
    let code, data, model, publicWords: [String]

    static let shared: ClaimVocabulary = {
        let root = LicenceIndex.embedded.document("claims").flatMap { try? JSONValue.parse($0) }
        func words(_ key: String) -> [String] { root?[key]?.strings ?? [] }
        return ClaimVocabulary(
            categories: Claim.Category.allCases.map { ($0, root?["categories"]?[$0.rawValue]?.strings ?? []) },
            negations: words("negations"), promises: words("promises"), mentions: words("mentions"), dependencies: words("dependencies"), ownership: words("ownership"),
            comparisons: words("comparisons"), closed: words("closed"), quietSections: words("quietSections"), code: words("code"), data: words("data"), model: words("model"), publicWords: words("publicWords"))
    }()
}

/// Finds claims in prose, sentence by sentence.
struct ClaimFinder {
    let path: String
    let vocabulary = ClaimVocabulary.shared

    /// - Parameters:
    ///   - line: one line of the card.
    ///   - heading: the headings it stands under, lower case.
    func claims(_ line: Substring, number: Int, heading: String) -> [Claim] {
        guard line.utf8.count < 20_000, !line.hasPrefix("    @"), !isReference(line) else { return [] }
        let isTitle = line.hasPrefix("#") && line.split(separator: " ").count < 5
        let isQuiet = isTitle || vocabulary.quietSections.contains { heading.contains($0) }
        var out: [Claim] = []
        for sentence in Sentence.split(line) {
            let lower = FoldedText(folded(sentence))
            for (category, phrases) in vocabulary.categories {
                guard let hit = phrases.lazy.compactMap({ position(of: $0, in: lower) }).min() ?? (category == .openData ? openData(lower) : nil) else { continue }
                guard !out.contains(where: { $0.category == category && $0.polarity == .claim }) else { continue }
                let (polarity, subject) = judge(lower, at: hit, category: category, heading: heading)
                out.append(Claim(
                    category: category, subject: subject, polarity: isQuiet && polarity == .claim ? .mention : polarity,
                    evidence: Evidence(path: path, lines: LineRange(number), quote: String(sentence))))
            }
        }
        return out
    }

    /// "Publicly available" near a word for data.
    private func openData(_ text: FoldedText) -> Int? {
        guard let hit = vocabulary.publicWords.lazy.compactMap({ position(of: $0, in: text) }).min() else { return nil }
        let near = FoldedText(String(decoding: text.bytes[max(0, hit - 70)..<min(text.bytes.count, hit + 70)], as: UTF8.self))
        return vocabulary.data.contains(where: near.contains) ? hit : nil
    }

    private func isReference(_ line: Substring) -> Bool {
        let start = line.trimmed.lowercased()
        return ["title", "author", "journal", "booktitle", "publisher", "@misc", "@article", "@inproceedings", "year", "url", "copyright", "abstract", "note", "howpublished"].contains { key in
            start.hasPrefix(key + "=") || start.hasPrefix(key + " =") || start.hasPrefix(key + "={") || start.hasPrefix(key + "{") || (key == "copyright" && start.hasPrefix("copyright = "))
        }
    }

    /// Lower case, hyphens as spaces in the phrases that matter, radicals as ideographs, marks of emphasis gone.
    private func folded(_ sentence: Substring) -> String {
        var out = ""
        for scalar in withoutAddresses(sentence).unicodeScalars where scalar != "*" && scalar != "`" {
            switch scalar {
            case "-", "‑", "–", "_", "\u{A0}": out.unicodeScalars.append(" ")
            case "’": out.unicodeScalars.append("'")
            default: out.unicodeScalars.append(CJK.fold(scalar))
            }
        }
        return out.lowercased()
    }

    /// Addresses say nothing of their own: `opensource.org` is no claim.
    private func withoutAddresses(_ sentence: Substring) -> String {
        guard sentence.hasBytes("://") || sentence.hasBytes("@") || sentence.hasBytes("](") else { return String(sentence) }
        var out = ""
        var word = ""
        func flush() {
            if let start = word.range(of: "](") {
                out += word[..<start.lowerBound]
            } else if !word.contains("://"), !word.contains("@") {
                out += word
            }
            word = ""
        }
        for character in sentence {
            if character == " " {
                flush()
                out.append(" ")
            } else {
                word.append(character)
            }
        }
        flush()
        return out
    }

    /// Place of a phrase: at word borders where it is Latin.
    private func position(of phrase: String, in text: FoldedText) -> Int? {
        func isLetter(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
        let length = phrase.utf8.count
        guard let first = phrase.utf8.first, let last = phrase.utf8.last else { return nil }
        var start = 0
        while let offset = text.offset(of: phrase, from: start) {
            let end = offset + length
            let isInside = (isLetter(first) && offset > 0 && isLetter(text.bytes[offset - 1])) || (isLetter(last) && end < text.bytes.count && isLetter(text.bytes[end]))
            if !isInside { return offset }
            start = offset + 1
        }
        return nil
    }

    private func judge(_ text: FoldedText, at hit: Int, category: Claim.Category, heading: String) -> (Claim.Polarity, Claim.Subject) {
        func part(_ range: Range<Int>) -> FoldedText { FoldedText(String(decoding: text.bytes[range.clamped(to: 0..<text.bytes.count)], as: UTF8.self)) }
        func has(_ words: [String], _ place: FoldedText) -> Bool { words.contains(where: place.contains) }
        let near = part(hit - 64..<hit), after = part(hit..<text.bytes.count)
        let subject = category == .openData ? Claim.Subject.data : self.subject(part(hit - 80..<hit + 110))
        let isOwned = has(vocabulary.ownership, text)
        if has(vocabulary.closed, text), !isOwned { return (.mention, .otherModel) }
        if has(vocabulary.negations, near) { return (.negated, subject) }
        if has(vocabulary.promises, near) || has(["coming soon", "即将开源", "计划开源"], text) { return (.promise, subject) }
        // "Open-source research" and "open-source framework" are not the model, whoever speaks.
        if has(vocabulary.dependencies, part(hit..<hit + 44)), !part(hit - 4..<hit).contains("our ") { return (.mention, .dependency) }
        if has(vocabulary.dependencies, after), !isOwned { return (.mention, .dependency) }
        if has(vocabulary.comparisons, text) { return (.mention, .otherModel) }
        // "Many open-source models" are others'; "our open-source models" are not.
        if category == .openSource, !isOwned, has(["models", "llms", "datasets", "模型应用"], part(hit..<hit + 40)) { return (.mention, .otherModel) }
        if has(vocabulary.mentions, text), !isOwned { return (.mention, .otherModel) }
        return (.claim, subject)
    }

    private func subject(_ close: FoldedText) -> Claim.Subject {
        if vocabulary.model.contains(where: close.contains) { return .model }
        if vocabulary.data.contains(where: close.contains) { return .data }
        if vocabulary.code.contains(where: close.contains) { return .code }
        return .model
    }
}
