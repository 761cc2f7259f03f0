import OpenscanBytes
import OpenscanFacts
import OpenscanLicensing
import OpenscanRules

/// Reads cards, READMEs and package descriptions.
public struct CardReader: Sendable {
    private let rules: RuleSet
    private let links: LinkFinder
    private let engine: Lazy<ClauseEngine>
    /// Made for the first card: most folders of programs have none.
    private let phrases: Lazy<CardPhrases>
    private static let lineLimit = 20_000
    private static let mostLinks = 2000
    /// Bytes of a heading that stand over the lines below it; a heading of more is a text of its own.
    private static let longestHeading = 400

    /// - Parameters:
    ///   - rules: the words to look for.
    ///   - engine: of the same rules, to share it with other readers.
    public init(_ rules: RuleSet, engine: Lazy<ClauseEngine>? = nil) {
        self.rules = rules
        links = LinkFinder(rules: rules.links)
        self.engine = engine ?? ClauseEngine.made(from: rules)
        phrases = Lazy { CardPhrases(rules.cards, disclosed: DisclosureFinder.telling(rules.disclosures)) }
    }

    /// - Parameters:
    ///   - text: UTF-8 text of the card.
    ///   - path: for evidence.
    ///   - licences: what the licence scanner found in the text; where they stand, something is licensed or said to be.
    public func read(_ text: String, path: String, licences: [LicenceMatch] = []) -> CardFacts {
        var out = CardFacts()
        let lines = text.lines(limit: Self.lineLimit)
        out.frontMatter = FrontMatter.read(lines)
        out.findings += out.frontMatter?.findings ?? []
        out.findings += CardForm.findings(text, lines, out.frontMatter)
        if text.unicodeScalars.contains(where: Printable.isBidirectionalControl) {
            out.findings.append(
                Finding(.bidiControl, .medium, "bidirectional control characters in text that people read"))
        }
        let bodyStart = out.frontMatter?.lines.last ?? 0
        var unread = Unread()
        unread.lines = lines.count > Self.lineLimit
        let phrases = phrases.wrapped
        var prose: [CardLine] = []
        var stack: [String] = []
        var sections = OpenSections()
        var fence: Fence?
        var isComment = false
        var telling: Set<Int> = []
        /// Days of news by their lines, and `nil` where a section ends them.
        var news: [(line: Int, date: StatedDate?)] = []
        let dates = DateReader(rules: rules.cards)
        for (index, written) in lines.enumerated().dropFirst(bodyStart) {
            let number = index + 1
            let line = fence == nil ? Self.withoutComment(written, &isComment) : written
            if unread.longLine == nil, speaksBeyondLimit(line) { unread.longLine = number }
            let start = line.withoutQuoteMarks
            if let mark = Fence(start), fence.map(mark.closes) ?? mark.opens {
                fence = fence == nil ? mark : nil
                prose.append(CardLine(text: "", number: number, headings: stack))
                continue
            }
            if fence != nil {
                sections.add(SectionContent(line: line), to: &out.headings)
                add(
                    LinkSurroundings.Lines(line: line), FoldedText(line), number, stack.joined(separator: " "),
                    isCode: true, to: &out, &unread)
                continue
            }
            let lower = FoldedText(line)
            let hits = phrases.hits(in: lower)
            if let heading = Self.heading(start) {
                // What follows is another model's card.
                if rules.cards.parentSections.areIn(heading.text.lowercased()) {
                    out.parentCard = Evidence(path: path, lines: LineRange(number), quote: heading.text)
                    break
                }
                stack = Array(stack.prefix(heading.level - 1)) + [heading.text.lowercased().cut(Self.longestHeading)]
                sections.open(
                    CardFacts.Heading(text: heading.text, line: number, level: heading.level), in: &out.headings)
            } else if !hits.has(.placeholders) {
                sections.add(SectionContent(line: line), to: &out.headings)
            }
            out.wordCount += line.utf8.split(separator: 0x20).count
            prose.append(
                CardLine(
                    text: line, number: number, headings: stack,
                    hasBindingWord: rules.claims.bindingWords.areIn(lower),
                    namesPart: rules.claims.partWords.areIn(lower), namesTerms: rules.claims.termWords.areIn(lower)))
            add(
                Self.paragraph(around: index, line, lines), lower, number, stack.joined(separator: " / "),
                isCode: false, to: &out, &unread)
            note(line, lower, hits, number, path, in: &out, &unread)
            if hits.has(.disclosures) { telling.insert(number) }
            let day = line.utf8.count < Self.longestLine ? dates.news(lower) : nil
            if day != nil || start.utf8.first == UInt8(ascii: "#") { news.append((number, day)) }
            if !hits.has(.promises), let date = day,
                date > out.latestNews?.date ?? .earliest
            {
                out.latestNews = DatedStatement(
                    date: date, evidence: Evidence(path: path, lines: LineRange(number), quote: String(line)))
            }
            if line.utf8.count < Self.longestLine, let kind = phrases.access(hits) {
                guard out.access.count < 40 else {
                    unread.statements = true
                    continue
                }
                out.access.append(
                    AccessStatement(
                        kind: kind, evidence: Evidence(path: path, lines: LineRange(number), quote: String(line))))
            }
        }
        let names = ReleaseNames(
            headings: out.headings.filter { $0.level <= 2 }.map(\.text),
            named: rules.cards.nameFields.compactMap { out.frontMatter?.first($0) }, lines: prose,
            vocabulary: rules.claims)
        let finder = ClaimFinder(path: path, names: names, vocabulary: rules.claims)
        out.claims = finder.claims(
            prose, licences: licences.filter { $0.lines.first > bodyStart }, isCutShort: &unread.claims)
        out.limits = LimitFinder(
            finder: finder, engine: engine, clauses: rules.clauses, places: rules.use.territoryWords
        ).limits(prose, gate: gate(out.frontMatter))
        out.disclosures = fields(out.frontMatter, path: path)
        out.disclosures += DisclosureFinder(
            finder: finder, rules: rules.disclosures, promises: rules.cards.promises
        ).disclosures(prose, wanted: telling).filter { told in
            guard rules.disclosures[told.id]?.mayPass ?? false, let line = told.evidence.lines?.first,
                let last = out.latestNews?.date, let day = news.last(where: { $0.line <= line })?.date
            else { return true }
            return day >= last
        }
        var parts = PartStatementFinder(finder: finder, licences: rules.licences)
        out.partStatements = parts.statements(prose)
        var named: [Int: [String]] = [:]
        for match in licences {
            for line in match.lines.first...min(match.lines.last, match.lines.first + 3) {
                // What has no sentence of its own speaks for its lines.
                named[line, default: []].append(match.quote ?? "")
            }
        }
        out.termsElsewhere = ElsewhereFinder(finder: finder).sentences(prose, named: named)
        out.statedBases = BaseSentences(finder: finder, rules: rules).bases(prose)
        out.findings += unread.findings
        return out
    }

    /// Reads the text of a report for what it tells; where a page's line stands in a file means nothing to anybody.
    /// - Parameters:
    ///   - text: the words, a line a line of the page.
    ///   - path: for evidence.
    public func readReport(_ text: String, path: String) -> CardFacts {
        var out = CardFacts()
        var prose: [CardLine] = []
        var telling: Set<Int> = []
        var isQuiet = false
        for (index, line) in text.lines(limit: Self.lineLimit).enumerated() {
            let lower = FoldedText(line)
            // A list of references ends with the text, or before what follows it.
            let words = line.trimmed.lowercased().drop { $0.isNumber || $0 == "." || $0 == " " }
            if isHeading(words) { isQuiet = rules.claims["quiet-sections"].contains(where: words.hasPrefix) }
            if isQuiet { continue }
            out.wordCount += line.utf8.split(separator: 0x20).count
            prose.append(CardLine(text: line, number: index + 1, headings: []))
            if phrases.wrapped.hits(in: lower).has(.disclosures) { telling.insert(index + 1) }
        }
        let names = ReleaseNames(headings: [], named: [], lines: [], vocabulary: rules.claims)
        let finder = ClaimFinder(path: path, names: names, vocabulary: rules.claims)
        out.disclosures = DisclosureFinder(
            finder: finder, rules: rules.disclosures, promises: rules.cards.promises
        ).disclosures(prose, wanted: telling).map { told in
            var told = told
            told.evidence.lines = nil
            return told
        }
        return out
    }

    /// A short line that begins with a letter and has no figure or stop: a heading of a page. Entries of a list of contents have page numbers.
    private func isHeading(_ line: Substring) -> Bool {
        line.utf8.count <= 24 && line.first?.isLetter ?? false && line.allSatisfy { $0.isLetter || $0 == " " }
            && (rules.claims["quiet-sections"] + rules.cards.annexes.words).contains(where: line.hasPrefix)
    }

    /// What fields of the head tell.
    private func fields(_ head: FrontMatter?, path: String) -> [Disclosure] {
        guard let head else { return [] }
        return rules.disclosures.rules.flatMap { rule in
            rule.fields.filter { !head.values($0).allSatisfy(\.isEmpty) }.map {
                Disclosure(id: rule.id, evidence: head.evidence($0, path: path))
            }
        }
    }

    /// What a gate asks to agree to: texts and the names of boxes to tick.
    private func gate(_ head: FrontMatter?) -> [CardLine] {
        guard let head else { return [] }
        return head.fields.filter { rules.cards.gateFields.matches($0.key) }.sorted { $0.value.line < $1.value.line }
            .flatMap { _, field in
                field.values.enumerated().map { number, value in
                    CardLine(
                        text: Substring(value.replacing("\n", with: " ")),
                        number: number < field.valueLines.count ? field.valueLines[number] : field.line, headings: [])
                }
            }
    }

    /// Whether a line has words of claims or addresses in a part that is not read.
    private func speaksBeyondLimit(_ line: Substring) -> Bool {
        guard line.utf8.count > Passage.sizeLimit else { return false }
        if line.hasBytes("://") { return true }
        return Array(line.utf8.dropFirst(Passage.sizeLimit)).withUnsafeBytes { rules.claims.triggers.isAny(in: $0) }
    }

    /// Lines of a paragraph that are read for a link's sentence, on either side.
    private static let paragraphLines = 4

    /// A line with what its paragraph says before and behind; a table's row, an item and a heading begin anew.
    private static func paragraph(around index: Int, _ line: Substring, _ lines: [Substring])
        -> LinkSurroundings.Lines
    {
        var out = LinkSurroundings.Lines(line: line)
        guard hasLink(line) else { return out }
        var first = index
        while first > 0, index - first < paragraphLines, !Passage.begins(lines[first].withoutQuoteMarks),
            Passage.goesOn(lines[first - 1].withoutQuoteMarks)
        { first -= 1 }
        var last = index
        // An element goes on to its end.
        if line.hasBytes("<a "), !line.hasBytes("</a") { last = min(lines.count - 1, index + paragraphLines - 1) }
        while last + 1 < lines.count, last - index < paragraphLines, Passage.goesOn(lines[last].withoutQuoteMarks),
            Passage.goesOn(lines[last + 1].withoutQuoteMarks), !Passage.begins(lines[last + 1].withoutQuoteMarks)
        { last += 1 }
        if first < index {
            out.before = lines[first..<index].map { $0.suffix(bytes: Link.longestWords) + " " }.joined()
        } else if let lead = lead(ofItem: index, lines) {
            out.before = lead.suffix(bytes: Link.longestWords) + " "
        }
        if last > index {
            out.behind = lines[index + 1...last].map { " " + $0.prefix(bytes: Link.longestWords) }.joined()
        }
        return out
    }

    /// Items of a list that are looked back over for what introduces it.
    private static let longestList = 12

    /// The line that introduces a list: less indented or no item, with a colon at its end.
    private static func lead(ofItem index: Int, _ lines: [Substring]) -> Substring? {
        guard let indent = itemIndent(lines[index]) else { return nil }
        for line in lines[max(0, index - longestList)..<index].reversed() where !line.allSatisfy(\.isWhitespace) {
            if let other = itemIndent(line), other >= indent { continue }
            let words = line.trimmed
            return words.hasSuffix(":") || words.hasSuffix("：") ? line : nil
        }
        return nil
    }

    /// Spaces before the mark of a list's item; `nil` for any other line.
    private static func itemIndent(_ line: Substring) -> Int? {
        let start = line.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
        let rest = line.utf8.dropFirst(start)
        guard let mark = rest.first, "-*+".utf8.contains(mark), rest.dropFirst().first == 0x20 else { return nil }
        return start
    }

    private static func hasLink(_ line: Substring) -> Bool { line.hasBytes("://") || line.hasBytes("](") }

    /// Adds a line's links.
    private func add(
        _ lines: LinkSurroundings.Lines, _ lower: FoldedText, _ number: Int, _ heading: String, isCode: Bool,
        to out: inout CardFacts, _ unread: inout Unread
    ) {
        guard out.links.count < Self.mostLinks || !unread.links else { return }
        let found =
            Self.hasLink(lines.line)
            ? links.links(
                lines, lower, number: number, heading: heading, isCode: isCode, isCutShort: &unread.links)
            : links.identifiers(lines.line, lower, number)
        guard !found.isEmpty else { return }
        if out.links.count < Self.mostLinks { out.links += found } else { unread.links = true }
    }

    /// What of a card is beyond what is kept or looked at; it is said, so that nobody takes silence for absence.
    private struct Unread {
        var lines = false
        var longLine: Int?
        var links = false
        var claims = false
        var statements = false

        var findings: [Finding] {
            var out: [Finding] = []
            if lines {
                out.append(
                    Finding(.oversizedText, .low, "more than \(CardReader.lineLimit) lines; those behind count as one"))
            }
            if let longLine {
                out.append(
                    Finding(
                        .oversizedText, .low,
                        "line \(longLine) has more than \(Passage.sizeLimit) bytes; what it says and links to is read in part"
                    ))
            }
            let lists = [(links, "links"), (claims, "claims"), (statements, "promises, conditions and ways of access")]
            let full = lists.filter(\.0).map { Wording($0.1) }
            if !full.isEmpty {
                out.append(
                    Finding(.manyEntries, .low, "too many to list all of them: \(Wording.joined(full, by: "; "))"))
            }
            return out
        }
    }

    /// What readers see of a line; comments begin with a line and may go over several (CommonMark 0.31, 4.6).
    private static func withoutComment(_ line: Substring, _ isComment: inout Bool) -> Substring {
        guard isComment || line.withoutQuoteMarks.utf8.starts(with: "<!--".utf8) else { return line }
        let end = line.range(of: "-->")
        isComment = end == nil
        return end.map { line[$0.upperBound...] } ?? ""
    }

    /// A line that may begin or end a block of code (CommonMark 0.31, 4.5).
    private struct Fence {
        private let mark: Character
        private let length: Int
        private let info: Substring

        init?(_ line: Substring) {
            guard let first = line.first, first == "`" || first == "~" else { return nil }
            mark = first
            length = line.prefix { $0 == first }.count
            info = line.dropFirst(length)
            if length < 3 { return nil }
        }

        /// Words between backticks of one line are no block.
        var opens: Bool { mark == "~" || !info.contains("`") }

        func closes(_ open: Fence) -> Bool {
            mark == open.mark && length >= open.length && info.allSatisfy(\.isWhitespace)
        }
    }

    private static func heading(_ line: Substring) -> (text: String, level: Int)? {
        let level = line.prefix { $0 == "#" }.count
        guard level > 0, level <= 6, line.dropFirst(level).first == " " else {
            for tag in 1...4 where line.hasPrefix("<h\(tag)") {
                // Marks inside, such as <b>, are no words.
                let parts = line.split(separator: "</h\(tag)", maxSplits: 1)[0].split(separator: "<")
                return (parts.map { $0.drop { $0 != ">" }.dropFirst() }.joined().trimmed, tag)
            }
            return nil
        }
        return (line.dropFirst(level).trimmed, level)
    }

    private static let longestLine = 4000

    /// Notes what one line announces, asks for, credits or leaves open.
    private func note(
        _ line: Substring, _ lower: FoldedText, _ hits: CardPhrases.Hits, _ number: Int, _ path: String,
        in out: inout CardFacts, _ unread: inout Unread
    ) {
        guard line.utf8.count < Self.longestLine else { return }
        guard out.promises.count + out.gates.count < 60 else {
            unread.statements = unread.statements || hits.has(.promises) || hits.has(.gates)
            return
        }
        let words = rules.cards
        guard !hits.isEmpty else { return }
        let here = Evidence(path: path, lines: LineRange(number), quote: String(line))
        if hits.has(.tokens), hits.has(.training), let tokens = TokenCount.read(lower),
            tokens > out.trainingTokens?.tokens ?? 0
        {
            out.trainingTokens = TokenCount(tokens: tokens, evidence: here)
        }
        if out.placeholders.count < 20, hits.has(.placeholders) { out.placeholders.append(here) }
        if out.attributions.count < 5, hits.has(.attributions) { out.attributions.append(here) }
        if out.fromScratch.count < 5, hits.has(.fromScratch), hits.has(.training) { out.fromScratch.append(here) }
        if out.checkpoints.count < 5, hits.has(.checkpoints), hits.has(.checkpointKinds), hits.has(.checkpointOffers) {
            out.checkpoints.append(here)
        }
        if hits.has(.promises) {
            // Only the sentence itself: what stands beside it is not promised.
            let passage = Passage([CardLine(text: line, number: number, headings: [])], kind: .prose)
            let sentence = passage.statements.first { $0.has(words.promises.words) }
            let quote = sentence.map { passage.quote($0.range, hit: $0.range.lowerBound + 1) }
            let promise = Evidence(path: path, lines: LineRange(number), quote: quote ?? String(line))
            out.promises.append(promise)
            let announced = words.promises.words.compactMap { lower.offset(of: $0, from: 0) }.min() ?? 0
            if let due = DateReader(rules: words).due(lower, announced: announced) {
                out.dueDates.append(DatedStatement(date: due, evidence: promise))
            }
        }
        if hits.has(.gates), hits.has(.gated) { out.gates.append(here) }
    }
}

extension Substring {
    /// Without the spaces and marks of quotes before it.
    fileprivate var withoutQuoteMarks: Substring {
        Substring(utf8.drop { $0 == 0x20 || $0 == UInt8(ascii: ">") })
    }

    fileprivate func prefix(bytes: Int) -> String { String(decoding: utf8.prefix(bytes), as: UTF8.self) }
    fileprivate func suffix(bytes: Int) -> String { String(decoding: utf8.suffix(bytes), as: UTF8.self) }
}

extension String {
    /// The first so many bytes, to a whole character.
    func cut(_ limit: Int) -> String {
        utf8.count <= limit ? self : String(decoding: utf8.prefix(limit), as: UTF8.self)
    }
}
