import OpenscanBytes
import OpenscanFacts
import OpenscanLicensing
import OpenscanRules

/// Finds claims in prose: a sentence at a time, every place of a telling phrase judged by the words around it.
struct ClaimFinder {
    let path: String
    let names: ReleaseNames
    let vocabulary: ClaimVocabulary

    private static let limit = 400

    /// - Parameters:
    ///   - lines: running text, without code and front matter.
    ///   - licences: what the licence scanner found in the same text.
    ///   - isCutShort: set where there are more claims than are kept.
    func claims(_ lines: [CardLine], licences: [LicenceMatch] = [], isCutShort: inout Bool) -> [Claim] {
        var licenceLines: [Int: [LicenceMatch]] = [:]
        // A name may be found together with the heading above it.
        for match in licences where match.method != .metadata {
            for line in match.lines.first...min(match.lines.last, match.lines.first + 3) {
                licenceLines[line, default: []].append(match)
            }
        }
        var out: [Claim] = []
        for passage in Passage.read(lines, where: { licenceLines[$0.number] != nil || hasTrigger($0.text) }) {
            guard out.count < Self.limit else {
                isCutShort = true
                break
            }
            guard !isReference(passage) else { continue }
            let named = (passage.first...max(passage.first, passage.last)).flatMap { licenceLines[$0] ?? [] }
            out += claims(passage, named: named)
        }
        return out.sorted {
            ($0.evidence.lines ?? LineRange(0), $0.category.rawValue, $0.polarity.rawValue) < (
                $1.evidence.lines ?? LineRange(0), $1.category.rawValue, $1.polarity.rawValue
            )
        }
    }

    private func hasTrigger(_ text: Substring) -> Bool {
        var copy = text
        return copy.withUTF8 { bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            return vocabulary.triggers.isAny(in: bytes) || hasRadical(bytes)
        }
    }

    /// Radicals that stand for ideographs are folded before they are compared.
    private func hasRadical(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.contains(byte: 0xE2)
            && bytes.indices.contains {
                bytes[$0] == 0xE2 && $0 + 1 < bytes.count && bytes[$0 + 1] >= 0xBA && bytes[$0 + 1] <= 0xBF
            }
    }

    private func claims(_ passage: Passage, named: [LicenceMatch]) -> [Claim] {
        var out: [Claim] = []
        let isQuiet = isQuiet(passage)
        func add(_ category: Claim.Category, _ verdict: Verdict, _ statement: Statement, _ hit: Int) {
            let line = passage.line(at: hit)
            let polarity: Claim.Polarity =
                verdict.polarity == .claim && isQuiet
                ? .mention : passage.isUnticked && verdict.polarity == .claim ? .promise : verdict.polarity
            if let twin = out.firstIndex(where: {
                $0.category == category && $0.evidence.lines?.first == line && $0.subject == verdict.subject
            }) {
                // One entry a line and subject: a claim outweighs what else stands there.
                if polarity == .claim || out[twin].polarity == .mention { out[twin].polarity = polarity }
                if verdict.isNamed { out[twin].namesSubject = true }
                return
            }
            var claim = Claim(
                category: category, subject: verdict.subject, polarity: polarity,
                evidence: Evidence(path: path, lines: LineRange(line), quote: passage.quote(statement.range, hit: hit)))
            claim.namesSubject = verdict.isNamed
            out.append(claim)
        }
        let statements = passage.statements
        for statement in statements {
            for (category, words) in vocabulary.phrases where category != .licence {
                for phrase in words {
                    for place in statement.places(of: phrase) {
                        if let verdict = judge(category, statement, place) {
                            add(verdict.category ?? category, verdict, statement, place.lowerBound)
                        }
                    }
                }
            }
        }
        for (statement, hit, verdict) in LicenceStatements(finder: self, passage: passage, named: named).read(
            statements)
        { add(.licence, verdict, statement, hit) }
        return out
    }

    struct Verdict {
        var polarity: Claim.Polarity
        var subject: Claim.Subject
        /// Whether a label or a heading says so.
        var isNamed = false
        /// Set where the words turn out to be about something else than the phrase's own category.
        var category: Claim.Category?
    }

    // MARK: Where a passage stands

    func isQuiet(_ passage: Passage) -> Bool {
        passage.headings.contains { heading in
            vocabulary["quiet-sections"].contains(where: heading.holds)
                && !vocabulary["licence-headings"].contains(where: heading.holds)
        }
    }

    /// An entry of a bibliography.
    func isReference(_ passage: Passage) -> Bool {
        let start = String(decoding: passage.bytes.dropFirst().prefix(24), as: UTF8.self)
        return start.hasPrefix("@")
            || [
                "title", "author", "journal", "booktitle", "publisher", "year", "url", "copyright", "abstract", "note",
                "howpublished",
            ].contains { key in
                guard start.hasPrefix(key) else { return false }
                let rest = start.dropFirst(key.count).drop { $0 == " " }
                return rest.hasPrefix("=") || rest.hasPrefix("{")
            }
    }

    // MARK: Words around a place

    func words(_ list: String) -> [String] { vocabulary[list] }

    /// Whether the release speaks of itself here: by pronoun, or by its own name.
    func isOwned(_ statement: Statement, before place: Int) -> Bool {
        let range = statement.range.lowerBound..<place
        return statement.has(words("ownership"), in: range)
            || names.match(String(decoding: statement.passage.bytes[range], as: UTF8.self)) == true
    }

    /// Said of the model that this one is made from.
    func isOfBase(_ statement: Statement, before place: Int) -> Bool {
        let lead = statement.range.lowerBound..<place
        return statement.has(words("base-words"), in: lead)
            && names.match(String(decoding: statement.passage.bytes[lead], as: UTF8.self)) == false
    }

    /// Somebody else's part: named, and neither by the release's name nor as "this", "our" or a plain noun.
    func isOfOthers(_ statement: Statement, before place: Int) -> Bool {
        let lead = statement.range.lowerBound..<place
        if isOfBase(statement, before: place) { return true }
        if statement.has(words("ownership"), in: 0..<place) || statement.has(words("generic-subjects"), in: lead) {
            return false
        }
        let text = String(decoding: statement.passage.bytes[lead], as: UTF8.self)
        return !names.names(in: text).isEmpty && names.match(text) == false
    }

    /// The nearest noun before a place, in its clause, is what the words there are about.
    func nearestSubject(_ statement: Statement, before place: Int) -> Claim.Subject? {
        let range = statement.before(place, place)
        var nearest: (Int, Claim.Subject)?
        for (list, subject) in [
            ("subject-model", Claim.Subject.model), ("subject-data", .data), ("subject-code", .code),
        ] {
            for word in words(list) {
                if let last = statement.last(word, in: range), last > nearest?.0 ?? -1 { nearest = (last, subject) }
            }
        }
        return nearest?.1
    }

    func isNegated(_ statement: Statement, at place: Range<Int>) -> Bool {
        statement.has(words("negations"), in: statement.before(place.lowerBound, 44))
            || statement.has(
                words("negations-close"), in: max(statement.range.lowerBound, place.lowerBound - 13)..<place.lowerBound)
    }

    func isPromised(_ statement: Statement, at place: Range<Int>) -> Bool {
        statement.has(words("promises"), in: statement.before(place.lowerBound, 64))
            || statement.has(words("promises-behind"), in: statement.after(place.upperBound, 40))
    }

    /// What the words near a place speak of, the nearest first.
    func subject(_ statement: Statement, at place: Range<Int>) -> Claim.Subject {
        let near = statement.after(place.upperBound, 60)
        for range in [near, max(statement.range.lowerBound, place.lowerBound - 90)..<place.lowerBound] {
            let found: [(Int, Claim.Subject)] = [
                ("subject-model", .model), ("subject-data", .data), ("subject-code", .code),
            ].compactMap { list, subject in statement.first(words(list), in: range).map { ($0, subject) } }
            if let first = found.min(by: { $0.0 < $1.0 }) { return first.1 }
        }
        return .model
    }

    // MARK: Verdicts

    private func judge(_ category: Claim.Category, _ statement: Statement, _ place: Range<Int>) -> Verdict? {
        if statement.isQuestion || statement.isTableOfContents {
            return Verdict(polarity: .mention, subject: .otherModel)
        }
        switch category {
        case .openSource, .openWeights:
            return OpenFrames(finder: self, statement: statement, place: place, category: category).verdict
        case .openData: return data(statement, place)
        case .commercialOK: return commercial(statement, place)
        case .reproducible, .transparent: return quality(category, statement, place)
        case .licence: return nil
        }
    }

    /// Public data count when they are what the model was made from, or what is released here.
    private func data(_ statement: Statement, _ place: Range<Int>) -> Verdict? {
        // "Publicly available" is about data only beside a word for data.
        let beside =
            max(
                statement.range.lowerBound, place.lowerBound - 60)..<min(
                statement.range.upperBound, place.upperBound + 70)
        guard statement.has(words("subject-data"), in: beside) else { return nil }
        if isNegated(statement, at: place) { return Verdict(polarity: .negated, subject: .data) }
        if isPromised(statement, at: place) { return Verdict(polarity: .promise, subject: .data) }
        let isMade = statement.has(words("made-from"))
        if statement.has(words("evaluation")), !isMade { return Verdict(polarity: .mention, subject: .data) }
        if statement.has(words("mentions"), in: statement.range), !isMade, !isOwned(statement, before: place.lowerBound)
        {
            return Verdict(polarity: .mention, subject: .data)
        }
        let isHeading = statement.passage.kind == .heading
        return Verdict(polarity: isHeading ? .mention : .claim, subject: .data)
    }

    private func commercial(_ statement: Statement, _ place: Range<Int>) -> Verdict? {
        let subject = subject(statement, at: place)
        let before = statement.before(place.lowerBound, 70)
        // "Their weights are for non-commercial use only."
        if statement.has(words("others-own"), in: before) { return Verdict(polarity: .mention, subject: .otherModel) }
        if isNegated(statement, at: place) { return Verdict(polarity: .negated, subject: subject) }
        if statement.has(words("conditions"), in: before) || statement.passage.kind == .heading {
            return Verdict(polarity: .mention, subject: subject)
        }
        let isAllowed =
            statement.has(words("permissions"), in: before)
            || statement.has(words("permissions-behind"), in: statement.after(place.upperBound, 40))
        if isOfBase(statement, before: place.lowerBound) { return Verdict(polarity: .mention, subject: .dependency) }
        guard isAllowed else { return Verdict(polarity: .mention, subject: .otherModel) }
        return Verdict(polarity: .claim, subject: subject)
    }

    private func quality(_ category: Claim.Category, _ statement: Statement, _ place: Range<Int>) -> Verdict? {
        let subject = subject(statement, at: place)
        if isNegated(statement, at: place) { return Verdict(polarity: .negated, subject: subject) }
        if isPromised(statement, at: place) { return Verdict(polarity: .promise, subject: subject) }
        let isSaid = statement.has(
            words(category == .transparent ? "transparency-of" : "reproduction-of"),
            in: statement.before(place.lowerBound, 60).lowerBound..<statement.after(place.upperBound, 70).upperBound)
        guard isSaid, statement.passage.kind != .heading else {
            return Verdict(polarity: .mention, subject: .otherModel)
        }
        return Verdict(polarity: .claim, subject: subject)
    }
}
