import OpenscanBytes
import OpenscanFacts
import OpenscanLicensing
import OpenscanRules

/// Finds terms in prose: sentences that bind whoever uses the release, read by the same clauses as licence texts.
///
/// A sentence binds by its verb ("may not", "is prohibited", "only for", 不得). Wishes, words on other models and questions do not.
/// What it limits is the clause engine's business, so that every term that a licence can state is found in prose as well.
struct LimitFinder {
    let finder: ClaimFinder
    let engine: Lazy<ClauseEngine>
    let clauses: ClauseRules
    /// Words of the names of territories.
    let places: Set<String>

    private static let most = 200
    /// Lines behind a binding one that may be items of its list.
    private static let longestList = 60

    /// - Parameters:
    ///   - lines: running text, without code and front matter.
    ///   - gate: what a gate asks to agree to, by line.
    func limits(_ lines: [CardLine], gate: [CardLine]) -> [StatedLimit] {
        var out: [StatedLimit] = []
        for line in gate {
            let passage = Passage([line], kind: .prose)
            for statement in passage.statements {
                if let place = bind(statement, isGate: true) { add(statement, at: place, to: &out) }
            }
        }
        let wanted = wanted(lines)
        guard !wanted.isEmpty else { return out }
        var stem: String?
        var read = 0
        for passage in Passage.read(lines, where: { wanted.contains($0.number) }) where read < Self.most {
            switch passage.kind {
            case .row: continue
            case .heading:
                stem = isBinding(heading: passage) ? text(passage, 0..<passage.bytes.count) : nil
                continue
            case .item: break
            case .prose: if stem?.hasSuffix(":") == true { stem = nil }
            }
            guard !finder.isQuiet(passage), !finder.isReference(passage) else { continue }
            for statement in passage.statements where !statement.isQuestion {
                if let place = bind(statement, isGate: false) {
                    read += 1
                    add(statement, at: place, to: &out)
                    let words = text(passage, statement.range)
                    if words.hasSuffix(":") || words.hasSuffix("：") { stem = words }
                } else if passage.kind == .item, let stem {
                    read += 1
                    add(statement, at: statement.range.lowerBound + 1, under: stem, to: &out)
                }
            }
        }
        return out
    }

    private func words(_ list: String) -> [String] { finder.words(list) }

    private func text(_ passage: Passage, _ range: Range<Int>) -> String {
        String(decoding: passage.bytes[range], as: UTF8.self).trimmed
    }

    /// Lines with a binding word, and the list behind each.
    private func wanted(_ lines: [CardLine]) -> Set<Int> {
        var out: Set<Int> = []
        var rest = 0
        for line in lines {
            if line.hasBindingWord {
                out.insert(line.number)
                rest = Self.longestList
            } else if rest > 0 {
                rest -= 1
                out.insert(line.number)
            }
        }
        return out
    }

    /// "Prohibited uses": the items below are what is prohibited.
    private func isBinding(heading: Passage) -> Bool {
        let whole = Statement(passage: heading, range: 0..<heading.bytes.count)
        return whole.has(words("limit-headings")) && !whole.has(words("limit-wishes"))
    }

    /// Where a sentence binds, `nil` where it wishes, compares or denies.
    private func bind(_ statement: Statement, isGate: Bool) -> Int? {
        let start = statement.range.lowerBound
        for cue in words("limit-binds") {
            for place in statement.places(of: cue).map(\.lowerBound) {
                let isWish = !isGate && statement.has(words("limit-wishes"), in: statement.before(place, 48))
                let isDenied = statement.has(words("limit-denials"), in: max(start, place - 14)..<place)
                if isWish || isDenied || isOfOthers(statement, before: place) { continue }
                return place
            }
        }
        if let place = bindingWordAbroad(statement) { return place }
        if let place = bindingVerb(statement), isGate || !statement.has(words("limit-wishes"), in: start..<place),
            !isOfOthers(statement, before: place)
        {
            return place
        }
        // What a gate asks to agree to binds whatever its verb.
        return isGate ? min(start + 1, statement.range.upperBound) : nil
    }

    /// In other languages stems stand for all their forms, and the clauses know the sentence or do not. Where it sets the release apart from
    /// something else, the word has to stand in the part that speaks of the release.
    private func bindingWordAbroad(_ statement: Statement) -> Int? {
        guard let place = statement.first(words("limit-binds-abroad")) else { return nil }
        let start = statement.range.lowerBound
        guard statement.has(words("limit-others-abroad"), in: start..<place) else { return place }
        let comma = statement.last(",", in: start..<place) ?? statement.last("、", in: start..<place) ?? start
        return statement.has(words("limit-own-abroad"), in: max(start, comma - 1)..<place) ? place : nil
    }

    /// Bytes between a verb and the word that turns it into a prohibition ("must under no circumstances be used").
    private static let verbReach = 32

    /// A modal verb with a negation or a limit behind it, whatever adverbs stand between, or with nobody as its subject.
    private func bindingVerb(_ statement: Statement) -> Int? {
        for verb in words("limit-modals") {
            for place in statement.places(of: verb) {
                let behind = place.upperBound..<min(statement.range.upperBound, place.upperBound + Self.verbReach)
                let isNobody = statement.has(
                    words("limit-nobody"), in: max(statement.range.lowerBound, place.lowerBound - 40)..<place.lowerBound
                )
                if isNobody || statement.has(words("limit-turns"), in: behind) { return place.lowerBound }
            }
        }
        return nil
    }

    private func isOfOthers(_ statement: Statement, before place: Int) -> Bool {
        let lead = statement.range.lowerBound..<place
        // "Unlike earlier models, this one may not …" comes back to the release.
        if let other = words("limit-others").compactMap({ statement.last($0, in: lead) }).max(),
            !statement.has(words("ownership"), in: other..<place)
        {
            return true
        }
        if finder.isOfBase(statement, before: place) { return true }
        if statement.has(words("ownership"), in: lead) { return false }
        // Places, and in German every noun, are written like names and are none of models.
        let names = names(in: statement.passage.quote(lead, hit: place)).filter { name in
            let word = name.lowercased()
            return !places.contains(word) && !words("weights-nouns").contains(where: word.holds)
        }.joined(separator: " ")
        return !finder.names.names(in: names).isEmpty && finder.names.match(names) == false
    }

    /// Words that are written as names are: with a capital letter that begins no sentence, or with capitals and figures inside.
    private func names(in text: String) -> [Substring] {
        text.split { !$0.isLetter && !$0.isNumber }.enumerated().filter { number, word in
            guard let first = word.first, first.isASCII, word.contains(where: \.isLowercase) || word.count > 3 else {
                return false
            }
            return number > 0 && first.isUppercase || word.dropFirst().contains { $0.isUppercase || $0.isNumber }
        }.map(\.element)
    }

    private func add(_ statement: Statement, at place: Int, under stem: String? = nil, to out: inout [StatedLimit]) {
        let passage = statement.passage
        let own = text(passage, statement.range)
        let subject =
            finder.nearestSubject(statement, before: place) ?? (isUnderData(passage) ? .data : nil)
            ?? finder.subject(statement, at: place..<min(place + 1, statement.range.upperBound))
        let line = passage.line(at: place)
        for match in engine.wrapped.find(in: stem.map { $0 + " " + own } ?? own, path: finder.path) {
            guard match.status == .present, let rule = clauses[match.id],
                !rule.failed(with: match.parameters).isEmpty,
                !out.contains(where: { $0.clause.id == match.id && $0.subject == subject })
            else { continue }
            var clause = match
            clause.evidence = Evidence(
                path: finder.path, lines: LineRange(line), quote: passage.quote(statement.range, hit: place))
            out.append(StatedLimit(clause: clause, subject: subject))
        }
    }

    private func isUnderData(_ passage: Passage) -> Bool {
        guard let heading = passage.headings.last.map({ " " + $0 + " " }) else { return false }
        return words("subject-data").contains(where: heading.contains)
            && !words("subject-model").contains(where: heading.contains)
    }
}
