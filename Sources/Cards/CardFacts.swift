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
    /// Sentences on checkpoints of the training that can be had.
    public var checkpoints: [Evidence] = []
    /// How the model can be reached, as the text says.
    public var access: [AccessStatement] = []
    /// Words of running text, front matter aside.
    public var wordCount = 0
    public var findings: [Finding] = []

    private static let lineLimit = 20_000

    /// - Parameter text: UTF-8 text of the card.
    public static func read(_ text: String, path: String) -> CardFacts {
        var out = CardFacts()
        let lines = text.lines(limit: lineLimit)
        out.frontMatter = FrontMatter.read(lines)
        out.findings += out.frontMatter?.findings ?? []
        if text.unicodeScalars.contains(where: Printable.isBidirectionalControl) {
            out.findings.append(Finding("bidi-control", .medium, "bidirectional control characters in text that people read"))
        }
        let bodyStart = out.frontMatter?.lines.last ?? 0
        let finder = ClaimFinder(path: path)
        var stack: [String] = []
        var isCode = false
        for (index, line) in lines.enumerated().dropFirst(bodyStart) {
            let number = index + 1
            let start = line.drop { $0 == " " || $0 == ">" }
            if start.hasPrefix("```") || start.hasPrefix("~~~") {
                isCode.toggle()
                continue
            }
            if isCode {
                if out.links.count < 2000 { out.links += line.hasBytes("://") ? LinkFinder.links(line, number: number, heading: stack.joined(separator: " ")) : LinkFinder.identifiers(line, number) }
                continue
            }
            if let heading = heading(start) {
                stack = Array(stack.prefix(heading.level - 1)) + [heading.text.lowercased()]
                out.headings.append(Heading(text: heading.text, line: number, level: heading.level))
            }
            out.wordCount += line.split(separator: " ").count
            let context = stack.joined(separator: " / ")
            if out.claims.count < 400 { out.claims += finder.claims(line, number: number, heading: context) }
            if out.links.count < 2000 { out.links += line.hasBytes("://") ? LinkFinder.links(line, number: number, heading: context) : LinkFinder.identifiers(line, number) }
            out.notePromisesAndGates(line, number, path)
            if out.access.count < 40, let statement = AccessStatement.read(line, number: number, path: path) { out.access.append(statement) }
        }
        return out
    }

    /// A sentence that puts something under a known licence is a claim of it, whatever its words are.
    public mutating func addLicenceClaims(_ matches: [LicenceMatch], path: String) {
        for match in matches where match.method == .notice || match.method == .url {
            let line = match.lines.first
            guard !claims.contains(where: { $0.category == .licence && $0.polarity == .claim && $0.evidence.lines?.first == line }) else { continue }
            let subject: Claim.Subject = match.subjects.contains("weights") ? .model : match.subjects.contains("data") ? .data : match.subjects.contains("code") ? .code : .model
            claims.append(Claim(category: .licence, subject: subject, polarity: .claim, evidence: Evidence(path: path, lines: LineRange(line), quote: match.quote)))
        }
        claims.sort { ($0.evidence.lines ?? LineRange(0), $0.category.rawValue) < ($1.evidence.lines ?? LineRange(0), $1.category.rawValue) }
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

    private static let promiseWords = ["coming soon", "will be released", "will be open", "will release", "will be made available", "to be released", "即将开源", "即将发布", "stay tuned", "available on request", "available upon request", "upon reasonable request"]
    private static let gateWords = ["fill out", "fill in", "request access", "request form", "accept our license", "accept the license", "before accessing", "registration", "submit a request", "visit the meta", "must agree", "need to agree", "apply for", "填写", "申请"]

    private mutating func notePromisesAndGates(_ line: Substring, _ number: Int, _ path: String) {
        guard line.utf8.count < 4000, promises.count + gates.count < 60 else { return }
        let lower = FoldedText(line)
        if lower.contains("checkpoints"), checkpoints.count < 5, ["steps", "intermediate"].contains(where: lower.contains), ["available", "release", "upload", "publish", "provide"].contains(where: lower.contains) {
            checkpoints.append(Evidence(path: path, lines: LineRange(number), quote: String(line)))
        }
        if Self.promiseWords.contains(where: lower.contains) {
            // Only the sentence itself: what stands beside it is not promised.
            let sentence = Sentence.split(line).first { part in Self.promiseWords.contains(where: FoldedText(part).contains) }
            promises.append(Evidence(path: path, lines: LineRange(number), quote: sentence.map { String($0) } ?? String(line)))
        }
        if Self.gateWords.contains(where: lower.contains), ["model", "weight", "access", "checkpoint", "data", "模型", "权重", "commercial", "商"].contains(where: lower.contains) {
            gates.append(Evidence(path: path, lines: LineRange(number), quote: String(line)))
        }
    }
}
