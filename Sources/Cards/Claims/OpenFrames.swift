import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// How a word for openness is used: said of this release, of others, of a tool, denied or announced.
struct OpenFrames {
    let finder: ClaimFinder
    let statement: Statement
    let place: Range<Int>
    let category: Claim.Category

    private typealias Verdict = ClaimFinder.Verdict

    private func words(_ list: String) -> [String] { finder.words(list) }
    private func has(_ list: String, _ range: Range<Int>) -> Bool { statement.has(words(list), in: range) }
    private var isChinese: Bool { statement.byte(at: place.lowerBound) >= 0x80 }

    var verdict: ClaimFinder.Verdict? {
        var verdict = isChinese ? chinese : english
        // What is openly available may be data.
        if category == .openWeights, verdict?.subject == .data { verdict?.category = .openData }
        return verdict
    }

    private func other(_ subject: Claim.Subject = .otherModel) -> ClaimFinder.Verdict {
        Verdict(polarity: .mention, subject: subject)
    }

    // MARK: English

    private struct NounPhrase {
        var head: ClaimVocabulary.Head?
        /// A boundary came at once: the word is the end of its own phrase ("is open source.").
        var isEmpty: Bool
    }

    /// The noun that the phrase describes: adjectives and commas before it are passed over.
    private var noun: NounPhrase {
        var head: ClaimVocabulary.Head?
        var count = 0
        var previous = ""
        for (word, mark) in statement.words(place.upperBound..<statement.range.upperBound, limit: 11) {
            if word.isEmpty {
                if mark == UInt8(ascii: ",") { continue } else if mark != nil { break } else { continue }
            }
            if mark == UInt8(ascii: "("), head != nil { break }
            if words("boundaries").contains(word), !(word == "in" && previous == "all") { break }
            previous = word
            if let found = finder.vocabulary.head(word) { head = found }
            count += 1
            if let mark, mark != UInt8(ascii: ","), mark != UInt8(ascii: "(") { break }
            if mark == UInt8(ascii: ","), head != nil { break }
        }
        return NounPhrase(head: head, isEmpty: count == 0)
    }

    private func subject(_ head: ClaimVocabulary.Head?) -> Claim.Subject {
        switch head {
        case .data, .dataSets: .data
        case .code: .code
        case .tool, .people: .dependency
        case .model, .models: .model
        case nil: finder.subject(statement, at: place)
        }
    }

    private var english: ClaimFinder.Verdict? {
        let noun = noun
        let near = statement.before(place.lowerBound, 56)
        let clause = statement.before(place.lowerBound, 160)
        let isOwn = finder.isOwned(statement, before: place.lowerBound)
        let subject = subject(noun.head)
        if finder.isNegated(statement, at: place) {
            return Verdict(polarity: .negated, subject: subject == .dependency ? .model : subject)
        }
        if finder.isPromised(statement, at: place) {
            return Verdict(polarity: .promise, subject: subject == .dependency ? .model : subject)
        }
        // Phrases that are somebody's name or trade.
        if has("fixed-mentions", place.lowerBound..<min(statement.range.upperBound, place.upperBound + 24)) {
            return other()
        }
        if statement.passage.kind == .heading,
            statement.words(statement.range, limit: 6).filter({ !$0.word.isEmpty }).count < 5
        {
            return other()
        }
        if statement.isTableOfContents { return other() }
        let isPossessed = statement.words(
            max(statement.range.lowerBound, place.lowerBound - 24)..<place.lowerBound, limit: 9
        ).suffix(3).contains { $0.word == "our" || $0.word.hasSuffix("'s") }
        let isTool = noun.head == .tool || noun.head == .people
        if isTool {
            // A tool is this release's own only where the release says so of itself.
            let isElsewhere = statement.passage.hasAddress(at: place.lowerBound) && !isCopular
            let isOwnTool =
                noun.head == .tool && !isElsewhere && (isPossessed || (isCopular && finder.names.isTitled(lead)))
            return isOwnTool ? Verdict(polarity: .claim, subject: .code) : other(.dependency)
        }
        if isPossessed { return Verdict(polarity: .claim, subject: subject) }
        if statement.has(words("thanks")) { return other() }
        if isVerb(noun) {
            if has("other-doers", near) || has("tool-nouns", near) { return other(.dependency) }
            return Verdict(polarity: .claim, subject: subject)
        }
        // "Open-weight model" says what the model is; "open weights" is a noun of its own.
        let holdsNoun = category == .openWeights && has("own-nouns", place) && noun.head != .model
        if isCopular, !holdsNoun {
            // "Haystack is open source" in the card of something else.
            if !isOwn, speaksOfOthers { return other(.dependency) }
            return Verdict(polarity: .claim, subject: subject)
        }
        // "X, the first fully open-source model that ...": what stands beside the name says what it is.
        if isOwn, noun.head == .model, has("firsts", near) { return Verdict(polarity: .claim, subject: subject) }
        // "Among open-source models", "outperforms open-source": others are measured.
        if has("comparisons", near) { return other() }
        // "Open weights" and "models are publicly available" name their own noun.
        if holdsNoun { return isOwn || !speaksOfOthers ? Verdict(polarity: .claim, subject: .model) : other() }
        if has("releases", clause) || has("releases", statement.after(place.upperBound, 30)), isOwn || !speaksOfOthers {
            return Verdict(polarity: .claim, subject: subject)
        }
        if noun.head == .models || noun.head == .dataSets { return other(noun.head == .dataSets ? .data : .otherModel) }
        if has("mention-lead", near) { return other() }
        if startsSentence { return Verdict(polarity: .claim, subject: subject) }
        return isOwn && (category == .openWeights || noun.head == .model)
            ? Verdict(polarity: .claim, subject: subject) : other()
    }

    /// "We open-source X", "has been open-sourced", "open-sourcing the weights".
    private func isVerb(_ noun: NounPhrase) -> Bool {
        let form = String(decoding: statement.passage.bytes[place], as: UTF8.self)
        if form.hasSuffix("sourced") || form.hasSuffix("released") {
            return has("auxiliaries", statement.before(place.lowerBound, 34))
                || has("determiners", place.upperBound..<min(statement.range.upperBound, place.upperBound + 10))
        }
        if form.hasSuffix("sourcing") || form.hasSuffix("releasing") { return true }
        return form.hasSuffix("source")
            && has("determiners", place.upperBound..<min(statement.range.upperBound, place.upperBound + 10))
            && has("doers", statement.before(place.lowerBound, 26))
    }

    /// "X is a new open-source ...", "we introduce X, a family of open ...": between verb and word stand articles and adjectives, no preposition.
    private var isCopular: Bool {
        let lead = statement.words(statement.before(place.lowerBound, 76), limit: 24).map(\.word).filter { !$0.isEmpty }
        guard let verb = lead.lastIndex(where: { words("copulas").contains($0) }) else { return false }
        let between = Array(lead[verb...].dropFirst())
        return between.indices.allSatisfy { place in
            if words("definite").contains(between[place]) { return false }
            guard words("prepositions").contains(between[place]) else { return true }
            return between[place] == "of" && place > 0 && words("collections").contains(between[place - 1])
        }
    }

    /// Begins the sentence, but for the release's own name: "**Open weights**: ...", "Tiny: an open-source model".
    private var startsSentence: Bool {
        let lead = statement.words(statement.range.lowerBound..<place.lowerBound, limit: 9).map(\.word).filter {
            !$0.isEmpty
        }
        return lead.allSatisfy {
            ["a", "an", "the", "fully", "new", "first", "truly"].contains($0) || finder.names.match($0) == true
                || !$0.contains(where: \.isLetter)
        }
    }

    private var lead: String {
        String(decoding: statement.passage.bytes[statement.range.lowerBound..<place.lowerBound], as: UTF8.self)
    }

    /// The sentence begins with a name that is not the release's, and links to it.
    private var speaksOfOthers: Bool {
        let lead = String(
            decoding: statement.passage.bytes[statement.range.lowerBound..<place.lowerBound].prefix(60), as: UTF8.self)
        guard finder.names.match(lead) == false else { return false }
        return statement.passage.hasAddress(at: place.lowerBound)
            && !statement.has(words("generic-subjects"), in: statement.range.lowerBound..<place.lowerBound)
    }

    // MARK: Chinese

    private var chinese: ClaimFinder.Verdict? {
        let subject = finder.subject(statement, at: place)
        let close = max(statement.range.lowerBound, place.lowerBound - 30)..<place.lowerBound
        let next = place.upperBound..<min(statement.range.upperBound, place.upperBound + 27)
        let behind = statement.after(place.upperBound, 60)
        let head = statement.first(words("zh-tools"), in: next)
        if let head, head <= place.upperBound + 3 { return other(.dependency) }
        if has("zh-negations", close) { return Verdict(polarity: .negated, subject: subject) }
        if has("zh-promises", close) || has("zh-promises-behind", next) {
            return Verdict(polarity: .promise, subject: subject)
        }
        // "我们开源了 ...": whatever it was made from.
        let isOwnDoing =
            has("zh-own", max(statement.range.lowerBound, place.lowerBound - 12)..<place.lowerBound)
            && has("zh-done", place.upperBound..<min(statement.range.upperBound, place.upperBound + 6))
        if isOwnDoing { return Verdict(polarity: .claim, subject: subject) }
        // "X 是一个基于 Y 改进的开源模型": what stands between is no comparison.
        let isDefined =
            statement.has(words("zh-definitions"), in: statement.before(place.lowerBound, 120))
            && has("zh-models", statement.after(place.upperBound, 60))
            && !has("zh-tools", statement.after(place.upperBound, 60))
        if isDefined { return Verdict(polarity: .claim, subject: subject) }
        if has("zh-comparisons-behind", behind) { return other() }
        if has("zh-comparisons", close)
            || statement.has(
                words("zh-comparisons-close"),
                in: max(statement.range.lowerBound, place.lowerBound - 9)..<place.lowerBound)
        {
            return other()
        }
        if statement.passage.kind == .heading, statement.range.count < 50 { return other() }
        if speaksOfOtherInChinese { return other() }
        let isDone =
            has("zh-done", place.upperBound..<min(statement.range.upperBound, place.upperBound + 6))
            || endsBefore("zh-done-before")
        // "所有权重对学术研究完全开放": the predicate of what stands before it.
        let isPredicate =
            category == .openSource && has("zh-open-predicates", place)
            && has("zh-models", statement.before(place.lowerBound, 90))
        let isSaidOf =
            isPredicate || has("zh-copulas", max(statement.range.lowerBound, place.lowerBound - 24)..<place.lowerBound)
        let tool = statement.first(words("zh-tools"), in: behind)
        let model = statement.first(words("zh-models"), in: behind)
        if isSaidOf, !isDone, let tool, model.map({ tool < $0 }) ?? true { return other(.dependency) }
        if isDone || isSaidOf || startsItem || startsClause { return Verdict(polarity: .claim, subject: subject) }
        let isOwn = has("zh-own", max(statement.range.lowerBound, place.lowerBound - 24)..<place.lowerBound)
        return isOwn ? Verdict(polarity: .claim, subject: subject) : other()
    }

    /// "- 2024.5.16 开源12B模型": the verb begins an entry of the news.
    private var startsItem: Bool {
        statement.passage.bytes[statement.range.lowerBound..<place.lowerBound].allSatisfy(Self.isMark)
            && has("zh-models", statement.after(place.upperBound, 60)) && statement.passage.kind != .heading
    }

    /// "..., 开源高质量数据集": the verb begins a clause and takes an object.
    private var startsClause: Bool {
        let before = statement.before(place.lowerBound, 6)
        return statement.passage.bytes[before].allSatisfy { $0 == 0x20 }
            && before.lowerBound > statement.range.lowerBound && has("zh-models", statement.after(place.upperBound, 90))
            && !has("zh-nouns", place.upperBound..<min(statement.range.upperBound, place.upperBound + 9))
    }

    /// Whether the text directly before the place ends with one of these words.
    private func endsBefore(_ list: String) -> Bool {
        var end = place.lowerBound
        while end > statement.range.lowerBound, statement.byte(at: end - 1) == 0x20 { end -= 1 }
        return words(list).contains { word in
            let start = end - word.utf8.count
            return start >= statement.range.lowerBound && statement.passage.bytes[start..<end].elementsEqual(word.utf8)
        }
    }

    /// Digits, punctuation and emoji, whose bytes begin with F0.
    private static func isMark(_ byte: UInt8) -> Bool {
        (byte < 0x80 && !(byte >= 0x61 && byte <= 0x7A)) || byte >= 0xF0 || byte < 0xC0
    }

    /// An object with another name than the release's, behind a link of its own.
    private var speaksOfOtherInChinese: Bool {
        guard statement.passage.hasAddress(at: place.lowerBound) else { return false }
        let object = statement.after(place.upperBound, 48)
        let names = finder.names.names(in: String(decoding: statement.passage.bytes[object], as: UTF8.self))
        return !names.isEmpty && finder.names.match(names.joined(separator: " ")) == false
            && finder.names.match(
                String(decoding: statement.passage.bytes[statement.range.lowerBound..<place.lowerBound], as: UTF8.self))
                != true
    }
}
