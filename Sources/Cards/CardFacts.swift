import Licensing
import Unpacking

/// What a card, README or package description says about its release.
public struct CardFacts: Sendable, Hashable {
    public struct Heading: Sendable, Hashable {
        public var text: String
        public var line: Int
        public var level: Int
    }

    public var frontMatter: FrontMatter?
    public var headings: [Heading] = []
    public var claims: [Claim] = []
    public var links: [Link] = []
    /// Sentences that announce something.
    public var promises: [Evidence] = []
    /// Conditions of access in prose: forms, requests, registration.
    public var gates: [Evidence] = []
    /// Lines that credit a base: "Built with ...".
    public var attributions: [Evidence] = []
    /// Lines that say the model was trained from nothing.
    public var fromScratch: [Evidence] = []
    /// Tokens that the model was trained on, the largest number that a line on training states.
    public var trainingTokens: TokenCount?
    /// Lines of a template that nobody filled in.
    public var placeholders: [Evidence] = []
    /// Sentences on checkpoints of the training that can be had.
    public var checkpoints: [Evidence] = []
    /// How the model can be reached, as the text says.
    public var access: [AccessStatement] = []
    /// Words of running text, front matter aside.
    public var wordCount = 0
    public var findings: [Finding] = []

    private static let lineLimit = 20_000

    /// - Parameter text: UTF-8 text of the card.
    /// - Parameter licences: what the licence scanner found in the text; where they stand, something is licensed or said to be.
    public static func read(_ text: String, path: String, licences: [LicenceMatch] = []) -> CardFacts {
        var out = CardFacts()
        let lines = text.lines(limit: lineLimit)
        out.frontMatter = FrontMatter.read(lines)
        out.findings += out.frontMatter?.findings ?? []
        if text.unicodeScalars.contains(where: Printable.isBidirectionalControl) {
            out.findings.append(
                Finding("bidi-control", .medium, "bidirectional control characters in text that people read"))
        }
        let bodyStart = out.frontMatter?.lines.last ?? 0
        var prose: [CardLine] = []
        var stack: [String] = []
        var isCode = false
        for (index, line) in lines.enumerated().dropFirst(bodyStart) {
            let number = index + 1
            let start = line.drop { $0 == " " || $0 == ">" }
            if start.hasPrefix("```") || start.hasPrefix("~~~") {
                isCode.toggle()
                prose.append(CardLine(text: "", number: number, headings: stack))
                continue
            }
            if isCode {
                if out.links.count < 2000 {
                    out.links +=
                        line.hasBytes("://")
                        ? LinkFinder.links(line, number: number, heading: stack.joined(separator: " "))
                        : LinkFinder.identifiers(line, number)
                }
                continue
            }
            if let heading = heading(start) {
                stack = Array(stack.prefix(heading.level - 1)) + [heading.text.lowercased()]
                out.headings.append(Heading(text: heading.text, line: number, level: heading.level))
            }
            out.wordCount += line.split(separator: " ").count
            let context = stack.joined(separator: " / ")
            prose.append(CardLine(text: line, number: number, headings: stack))
            if out.links.count < 2000 {
                out.links +=
                    line.hasBytes("://")
                    ? LinkFinder.links(line, number: number, heading: context) : LinkFinder.identifiers(line, number)
            }
            out.notePromisesAndGates(line, number, path)
            if out.access.count < 40, let statement = AccessStatement.read(line, number: number, path: path) {
                out.access.append(statement)
            }
        }
        let names = ReleaseNames(
            headings: out.headings.filter { $0.level <= 2 }.map(\.text),
            named: ["model_name", "pretty_name", "title"].compactMap { out.frontMatter?.first($0) }, lines: prose)
        out.claims = ClaimFinder(path: path, names: names).claims(
            prose, licences: licences.filter { $0.lines.first > bodyStart })
        return out
    }

    private static func heading(_ line: Substring) -> (text: String, level: Int)? {
        let level = line.prefix { $0 == "#" }.count
        guard level > 0, level <= 6, line.dropFirst(level).first == " " else {
            for tag in 1...4 where line.hasPrefix("<h\(tag)") {
                let inner = line.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" }
                return (String(inner), tag)
            }
            return nil
        }
        return (line.dropFirst(level).trimmed, level)
    }

    private static let promiseWords = [
        "coming soon", "will be released", "will be open", "will release", "will be made available", "to be released",
        "即将开源", "即将发布", "stay tuned", "available on request", "available upon request", "upon reasonable request",
    ]
    private static let gateWords = [
        "fill out", "fill in", "request access", "request form", "accept our license", "accept the license",
        "before accessing", "registration", "submit a request", "visit the meta", "must agree", "need to agree",
        "apply for", "填写", "申请",
    ]

    private mutating func notePromisesAndGates(_ line: Substring, _ number: Int, _ path: String) {
        guard line.utf8.count < 4000, promises.count + gates.count < 60 else { return }
        let lower = FoldedText(line)
        if lower.contains("token") || lower.contains("词元"), lower.contains("train") || lower.contains("训练"),
            let tokens = TokenCount.read(lower), tokens > trainingTokens?.tokens ?? 0
        {
            trainingTokens = TokenCount(
                tokens: tokens, evidence: Evidence(path: path, lines: LineRange(number), quote: String(line)))
        }
        if placeholders.count < 20, lower.contains("more information needed") || lower.contains("[optional]") {
            placeholders.append(Evidence(path: path, lines: LineRange(number), quote: String(line)))
        }
        if attributions.count < 5, lower.contains("built with ") {
            attributions.append(Evidence(path: path, lines: LineRange(number), quote: String(line)))
        }
        if fromScratch.count < 5, lower.contains("from scratch") || lower.contains("从零开始训练"),
            lower.contains("train") || lower.contains("训练")
        {
            fromScratch.append(Evidence(path: path, lines: LineRange(number), quote: String(line)))
        }
        if lower.contains("checkpoints"), checkpoints.count < 5,
            ["steps", "intermediate"].contains(where: lower.contains),
            ["available", "release", "upload", "publish", "provide"].contains(where: lower.contains)
        {
            checkpoints.append(Evidence(path: path, lines: LineRange(number), quote: String(line)))
        }
        if Self.promiseWords.contains(where: lower.contains) {
            // Only the sentence itself: what stands beside it is not promised.
            let passage = Passage([CardLine(text: line, number: number, headings: [])], kind: .prose)
            let sentence = passage.statements.first { $0.has(Self.promiseWords) }
            promises.append(
                Evidence(
                    path: path, lines: LineRange(number),
                    quote: sentence.map { passage.quote($0.range, hit: $0.range.lowerBound + 1) } ?? String(line)))
        }
        if Self.gateWords.contains(where: lower.contains),
            ["model", "weight", "access", "checkpoint", "data", "模型", "权重", "commercial", "商"].contains(
                where: lower.contains)
        {
            gates.append(Evidence(path: path, lines: LineRange(number), quote: String(line)))
        }
    }
}
