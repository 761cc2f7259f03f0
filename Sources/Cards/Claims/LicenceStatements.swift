import OpenscanBytes
import OpenscanFacts

/// Sentences that put something under terms: labelled fields, words of granting, and names under a heading for licences.
struct LicenceStatements {
    let finder: ClaimFinder
    let passage: Passage
    /// Licences that the scanner found on the passage's lines.
    let named: [LicenceMatch]

    typealias Found = (statement: Statement, hit: Int, verdict: ClaimFinder.Verdict)

    private func words(_ list: String) -> [String] { finder.words(list) }

    func read(_ statements: [Statement]) -> [Found] {
        if let field = label(statements) ?? partLabel(statements) { return [field] }
        guard passage.kind != .heading else { return [] }
        // Rows compare: whose licence a cell names is not said.
        guard passage.kind != .row else { return [] }
        var out: [Found] = []
        for statement in statements { out += sentence(statement) }
        // What a sentence denies, announces or says of others is not said again by the heading above it.
        if out.isEmpty, isLicenceSection || isNameAlone,
            let first = statements.first(where: { $0.has(words("licence-names")) }) ?? statements.first,
            let match = named.first, let found = underHeading(first, match)
        {
            out.append(found)
        }
        return out
    }

    private var isLicenceSection: Bool {
        passage.headings.last.map { heading in words("licence-headings").contains(where: heading.holds) } ?? false
    }

    /// A line that is nothing but a licence's name.
    private var isNameAlone: Bool {
        let whole = Statement(passage: passage, range: 0..<passage.bytes.count)
        return !named.isEmpty && !whole.isTableOfContents
            && (1...8).contains(whole.words(whole.range, limit: 12).count { !$0.word.isEmpty })
    }

    // MARK: Labels

    /// "License: MIT", "| **License** | MIT |": a label, and a value behind it.
    private func label(_ statements: [Statement]) -> Found? {
        guard let first = statements.first else { return nil }
        let whole = Statement(passage: passage, range: 0..<passage.bytes.count)
        for label in words("licence-labels") {
            guard let hit = whole.places(of: label).first else { continue }
            // Nothing but the label's own attributes may stand before it.
            let lead = whole.words(0..<hit.lowerBound, limit: 5).map(\.word).filter { !$0.isEmpty }
            guard lead.count <= 3, lead.allSatisfy({ words("label-attributes").contains($0) }) else { continue }
            var mark = hit.upperBound
            while whole.byte(at: mark) == 0x20, mark < passage.bytes.count { mark += 1 }
            let isColon =
                whole.byte(at: mark) == UInt8(ascii: ":")
                || whole.has(["："], in: mark..<min(passage.bytes.count, mark + 3))
            let isCell = whole.byte(at: mark) == UInt8(ascii: "|") && passage.kind == .row
            guard isColon || isCell else { continue }
            let value = mark + 1..<passage.bytes.count
            let isEmpty = whole.words(value, limit: 4).allSatisfy { $0.word.isEmpty || $0.word == "：" }
            guard !isEmpty || passage.hasAddress(at: hit.lowerBound), !whole.has(words("placeholders"), in: value)
            else { return (first, hit.lowerBound, ClaimFinder.Verdict(polarity: .mention, subject: .model)) }
            let text = lead.joined(separator: " ") + " " + label
            let subject: Claim.Subject =
                text.holds("code") || text.holds("代码")
                ? .code : text.holds("data") || text.holds("数据") ? .data : .model
            let isNamed =
                subject != .model || text.holds("weight") || text.holds("checkpoint") || text.holds("权重")
            return (
                first, hit.lowerBound, ClaimFinder.Verdict(polarity: .claim, subject: subject, isNamed: isNamed)
            )
        }
        return nil
    }

    /// "Weights: CC BY-NC 4.0" in a section on licences: a part, and the licence's name behind it.
    private func partLabel(_ statements: [Statement]) -> Found? {
        guard isLicenceSection, !named.isEmpty, passage.kind != .heading, let first = statements.first else {
            return nil
        }
        let whole = Statement(passage: passage, range: 0..<passage.bytes.count)
        guard let colon = whole.first([":", "："]), colon < Self.longestLabel,
            let subject = finder.nearestSubject(whole, before: colon)
        else { return nil }
        return (first, 1, ClaimFinder.Verdict(polarity: .claim, subject: subject, isNamed: true))
    }

    private static let longestLabel = 40

    // MARK: Sentences

    /// A sentence may license several parts, each by words of its own: "code is under X, the weights are under Y".
    private func sentence(_ statement: Statement) -> [Found] {
        guard !statement.isQuestion, !statement.isTableOfContents else { return [] }
        let lines =
            passage.line(
                at: statement.range.lowerBound)...max(
                passage.line(at: statement.range.lowerBound), passage.line(at: statement.range.upperBound - 1))
        let matches = named.filter { lines.contains($0.lines.first) || lines.contains($0.lines.last) }
        guard let noun = statement.first(words("licence-nouns")) ?? (matches.isEmpty ? nil : statement.range.lowerBound)
        else { return [] }
        let frames = frames(statement)
        guard !frames.isEmpty else {
            // In other languages, and without a verb, the scanner knows what the sentence says of which part.
            let written = passage.quote(statement.range, hit: statement.range.lowerBound + 1)
            if !isLicenceSection,
                matches.contains(where: {
                    $0.method == .notice && !$0.subjects.isEmpty
                        && ($0.quote?.holds(written) ?? false || written.holds($0.quote ?? "\n"))
                })
            {
                let polarity: Claim.Polarity =
                    statement.has(words("promises"))
                    ? .promise : statement.has(words("negations")) ? .negated : .claim
                let verdict = ClaimFinder.Verdict(polarity: polarity, subject: subject(statement, noun, matches))
                return [(statement, noun, verdict)]
            }
            return isLicenceSection
                ? [] : [(statement, noun, ClaimFinder.Verdict(polarity: .mention, subject: .otherModel))]
        }
        return frames.flatMap { frame -> [Found] in
            let verdict = verdict(statement, frame, matches)
            // "Not released under A but under B": what is denied of one is said of the other.
            guard verdict.polarity == .negated, !statement.has(words("former-times"), in: statement.before(frame, 60)),
                let turn = statement.first(words("contrasts"), in: frame..<statement.range.upperBound)
            else { return [(statement, frame, verdict)] }
            let said = ClaimFinder.Verdict(polarity: .claim, subject: verdict.subject, isNamed: verdict.isNamed)
            return [(statement, frame, verdict), (statement, turn, said)]
        }
    }

    private func verdict(_ statement: Statement, _ frame: Int, _ matches: [LicenceMatch]) -> ClaimFinder.Verdict {
        let place = frame..<min(frame + 1, statement.range.upperBound)
        let subject = finder.nearestSubject(statement, before: frame) ?? subject(statement, frame, matches)
        if statement.has(words("negations"), in: statement.before(frame, 24))
            || statement.has(words("former-times"), in: statement.before(frame, 60))
        {
            return ClaimFinder.Verdict(polarity: .negated, subject: subject)
        }
        if finder.isPromised(statement, at: place) { return ClaimFinder.Verdict(polarity: .promise, subject: subject) }
        // "..., see the licence": where to read what was said before it.
        let reference = statement.first(words("licence-references"), in: frame..<statement.range.upperBound)
        if statement.has(
            words("licence-mentions"), in: statement.range.lowerBound..<(reference ?? statement.range.upperBound))
        {
            return ClaimFinder.Verdict(polarity: .mention, subject: .model)
        }
        if finder.isOfOthers(statement, before: frame) {
            return ClaimFinder.Verdict(polarity: .mention, subject: .dependency)
        }
        return ClaimFinder.Verdict(polarity: .claim, subject: subject)
    }

    /// Where words of granting stand. Weak ones need a licence behind them, the weakest one by name.
    private func frames(_ statement: Statement) -> [Int] {
        var out: Set<Int> = []
        for (list, needed, distance) in [
            ("grants", nil, 0), ("grants-of-licence", "licence-nouns", 110), ("grants-by-name", "licence-names", 60),
        ] as [(String, String?, Int)] {
            for phrase in words(list) {
                for hit in statement.places(of: phrase) {
                    let isLicensing =
                        needed.map {
                            statement.has(
                                words($0),
                                in: hit.upperBound..<min(statement.range.upperBound, hit.upperBound + distance))
                        } ?? true
                    if isLicensing { out.insert(hit.lowerBound) }
                }
            }
        }
        return out.sorted()
    }

    private func subject(_ statement: Statement, _ frame: Int, _ matches: [LicenceMatch]) -> Claim.Subject {
        let subjects = matches.flatMap(\.subjects)
        return subjects.contains(.weights)
            ? .model
            : subjects.contains(.data)
                ? .data
                : subjects.contains(.code)
                    ? .code
                    : passage.headings.contains { $0.holds("dataset card") }
                        ? .data : finder.subject(statement, at: frame..<min(frame + 1, statement.range.upperBound))
    }

    /// Under a heading for licences a name alone says it.
    private func underHeading(_ statement: Statement, _ match: LicenceMatch) -> Found? {
        let text = String(decoding: passage.bytes, as: UTF8.self)
        guard !text.holds("see ") || match.method == .notice || match.method == .url else { return nil }
        let whole = Statement(passage: passage, range: 0..<passage.bytes.count)
        if whole.has(words("licence-mentions")) { return nil }
        if let polarity = polarity(statement) {
            return (statement, statement.range.lowerBound + 1, ClaimFinder.Verdict(polarity: polarity, subject: .model))
        }
        if let subject = subjectOfHeading {
            return (statement, 1, ClaimFinder.Verdict(polarity: .claim, subject: subject, isNamed: true))
        }
        let subject: Claim.Subject =
            match.subjects.contains(.data)
            ? .data
            : match.subjects.contains(.code)
                ? .code : passage.headings.contains { $0.holds("dataset card") } ? .data : .model
        return (statement, 1, ClaimFinder.Verdict(polarity: .claim, subject: subject))
    }

    /// How a sentence without words of granting speaks of the licence that it names, where it does not simply name it.
    private func polarity(_ statement: Statement) -> Claim.Polarity? {
        for name in words("licence-names") {
            for place in statement.places(of: name) {
                let before = statement.before(place.lowerBound, 48)
                if statement.has(words("promises") + words("zh-promises"), in: before) { return .promise }
                if statement.has(words("negations"), in: statement.before(place.lowerBound, 24)) { return .negated }
            }
        }
        return nil
    }

    /// "License of the weights": the part that the innermost heading names.
    private var subjectOfHeading: Claim.Subject? {
        guard isLicenceSection, let heading = passage.headings.last.map({ " " + $0 + " " }) else { return nil }
        let found = [("subject-model", Claim.Subject.model), ("subject-data", .data), ("subject-code", .code)].filter {
            words($0.0).contains(where: heading.contains)
        }
        return found.count == 1 ? found[0].1 : nil
    }
}
