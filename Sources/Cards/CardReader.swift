import OpenscanBytes
import OpenscanFacts
import OpenscanLicensing
import OpenscanRules

/// Reads cards, READMEs and package descriptions.
public struct CardReader: Sendable {
    private let rules: RuleSet
    private let links: LinkFinder
    private let engine: Lazy<ClauseEngine>
    private static let lineLimit = 20_000

    /// - Parameter rules: the words to look for.
    public init(_ rules: RuleSet) {
        self.rules = rules
        links = LinkFinder(rules: rules.links)
        let clauses = rules.clauses
        engine = Lazy { ClauseEngine(clauses) }
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
        if text.unicodeScalars.contains(where: Printable.isBidirectionalControl) {
            out.findings.append(
                Finding(.bidiControl, .medium, "bidirectional control characters in text that people read"))
        }
        let bodyStart = out.frontMatter?.lines.last ?? 0
        var prose: [CardLine] = []
        var stack: [String] = []
        var sections = OpenSections()
        var fence: Fence?
        var isComment = false
        for (index, written) in lines.enumerated().dropFirst(bodyStart) {
            let number = index + 1
            let line = fence == nil ? Self.withoutComment(written, &isComment) : written
            let start = line.drop { $0 == " " || $0 == ">" }
            if let mark = Fence(start), fence.map(mark.closes) ?? mark.opens {
                fence = fence == nil ? mark : nil
                prose.append(CardLine(text: "", number: number, headings: stack))
                continue
            }
            if fence != nil {
                sections.add(SectionContent(line: line), to: &out.headings)
                if out.links.count < 2000 {
                    out.links +=
                        line.hasBytes("://")
                        ? links.links(line, number: number, heading: stack.joined(separator: " "))
                        : links.identifiers(line, number)
                }
                continue
            }
            let lower = FoldedText(line)
            if let heading = Self.heading(start) {
                stack = Array(stack.prefix(heading.level - 1)) + [heading.text.lowercased()]
                sections.open(
                    CardFacts.Heading(text: heading.text, line: number, level: heading.level), in: &out.headings)
            } else if !rules.cards.placeholders.areIn(lower) {
                sections.add(SectionContent(line: line), to: &out.headings)
            }
            out.wordCount += line.split(separator: " ").count
            let context = stack.joined(separator: " / ")
            prose.append(CardLine(text: line, number: number, headings: stack))
            if out.links.count < 2000 {
                out.links +=
                    line.hasBytes("://")
                    ? links.links(line, number: number, heading: context) : links.identifiers(line, number)
            }
            note(line, lower, number, path, in: &out)
            if out.access.count < 40, let statement = access(line, lower, number: number, path: path) {
                out.access.append(statement)
            }
        }
        let names = ReleaseNames(
            headings: out.headings.filter { $0.level <= 2 }.map(\.text),
            named: rules.cards.nameFields.compactMap { out.frontMatter?.first($0) }, lines: prose,
            vocabulary: rules.claims)
        let finder = ClaimFinder(path: path, names: names, vocabulary: rules.claims)
        out.claims = finder.claims(prose, licences: licences.filter { $0.lines.first > bodyStart })
        out.limits = LimitFinder(finder: finder, engine: engine, clauses: rules.clauses).limits(
            prose, gate: gate(out.frontMatter))
        return out
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

    /// What readers see of a line; comments begin with a line and may go over several (CommonMark 0.31, 4.6).
    private static func withoutComment(_ line: Substring, _ isComment: inout Bool) -> Substring {
        guard isComment || line.drop(while: { $0 == " " || $0 == ">" }).hasPrefix("<!--") else { return line }
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
        _ line: Substring, _ lower: FoldedText, _ number: Int, _ path: String, in out: inout CardFacts
    ) {
        guard line.utf8.count < Self.longestLine, out.promises.count + out.gates.count < 60 else { return }
        let words = rules.cards
        let here = Evidence(path: path, lines: LineRange(number), quote: String(line))
        if words.tokens.areIn(lower), words.training.areIn(lower), let tokens = TokenCount.read(lower),
            tokens > out.trainingTokens?.tokens ?? 0
        {
            out.trainingTokens = TokenCount(tokens: tokens, evidence: here)
        }
        if out.placeholders.count < 20, words.placeholders.areIn(lower) { out.placeholders.append(here) }
        if out.attributions.count < 5, words.attributions.areIn(lower) { out.attributions.append(here) }
        if out.fromScratch.count < 5, words.fromScratch.areIn(lower), words.training.areIn(lower) {
            out.fromScratch.append(here)
        }
        if out.checkpoints.count < 5, words.checkpoints.areIn(lower), words.checkpointKinds.areIn(lower),
            words.checkpointOffers.areIn(lower)
        {
            out.checkpoints.append(here)
        }
        if words.promises.areIn(lower) {
            // Only the sentence itself: what stands beside it is not promised.
            let passage = Passage([CardLine(text: line, number: number, headings: [])], kind: .prose)
            let sentence = passage.statements.first { $0.has(words.promises.words) }
            let quote = sentence.map { passage.quote($0.range, hit: $0.range.lowerBound + 1) }
            out.promises.append(Evidence(path: path, lines: LineRange(number), quote: quote ?? String(line)))
        }
        if words.gates.areIn(lower), words.gated.areIn(lower) { out.gates.append(here) }
    }

    /// The strongest statement of a line on how the model can be reached, `nil` when there is none.
    private func access(
        _ line: Substring, _ lower: FoldedText, number: Int, path: String
    ) -> AccessStatement? {
        guard line.utf8.count < Self.longestLine else { return nil }
        return rules.cards.access.first { $0.words.areIn(lower) }.map {
            AccessStatement(
                kind: $0.kind, evidence: Evidence(path: path, lines: LineRange(number), quote: String(line)))
        }
    }
}
