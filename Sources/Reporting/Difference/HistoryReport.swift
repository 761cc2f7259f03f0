import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// The line of licence, level and claims over the versions of a checkout.
public struct HistoryReport: Encodable, Sendable {
    /// A version.
    public struct Point: Encodable, Sendable, Hashable {
        /// Its commit.
        public var commit: String
        /// Its date.
        public var date: String
        /// Tags on it.
        public var tags: [String]
        /// The first line of the commit's message.
        public var subject: String
        /// Level of the gradient; `nil` where nothing could be judged.
        public var level: String?
        /// Its rank.
        public var rank: Int?
        /// What the weights are under, else the whole.
        public var licence: String?
        /// "Is this open source?"
        public var verdict: Verdict.Answer?
        /// What it claims of itself.
        public var claims: [Claim.Category]
        /// Why nothing could be judged.
        public var problem: String?

        /// A version, judged or not.
        public init(
            commit: String, date: String, tags: [String], subject: String, dossier: Dossier?, problem: String? = nil
        ) {
            self.commit = commit
            self.date = date
            self.tags = tags
            self.subject = subject
            self.problem = problem
            level = dossier?.gradient.level
            rank = dossier?.gradient.rank
            licence = dossier?.expression.ofWeights
            verdict = dossier?.verdict.answer
            claims = Claim.Category.allCases.filter { category in
                dossier?.claims.contains { $0.isOwn && $0.category == category } ?? false
            }
        }

        /// Whether it tells the same as another.
        func tellsAs(_ other: Point) -> Bool {
            level == other.level && licence == other.licence && verdict == other.verdict && claims == other.claims
                && problem == other.problem
        }
    }

    /// The oldest first.
    public var points: [Point]

    /// A line.
    public init(_ points: [Point]) { self.points = points }

    /// For people: what changed is marked, what did not is short.
    public func text(rules: RuleSet, style: Style, words: Words) -> String {
        var out = TextWriter(style)
        for (number, point) in points.enumerated() {
            let isSame = number > 0 && point.tellsAs(points[number - 1])
            let head = "\(point.date) \(point.commit.prefix(10)) \(point.tags.joined(separator: " "))".trimmed
            let mark = style.paint(isSame ? "│" : "●", isSame ? .dim : .blue)
            if isSame {
                out.line(
                    mark + " " + style.paint(Columns.clipped(head + "  " + words("as before"), style.width - 2), .dim))
                continue
            }
            out.line(mark + " " + style.paint(head, .bold))
            for line in lines(point, rules, words) { out.paragraph(line, indent: 4) }
        }
        return out.text
    }

    /// As a table of Markdown.
    public func markdown(rules: RuleSet, words: Words) -> String {
        var out = Markdown()
        out.table(
            [words("date"), words("commit"), words("level"), words("licence"), words("answer"), words("claims")],
            points.map { point in
                [
                    point.date,
                    Markdown.code(String(point.commit.prefix(10))) + " "
                        + Markdown.escaped(point.tags.joined(separator: " ")),
                    Markdown.escaped(point.problem ?? level(point, rules, words)),
                    Markdown.escaped(point.licence ?? "–"),
                    point.verdict.map { words($0.rawValue) } ?? "",
                    point.claims.map { words($0.rawValue) }.joined(separator: ", "),
                ]
            })
        return out.text
    }

    private func level(_ point: Point, _ rules: RuleSet, _ words: Words) -> String {
        guard let id = point.level else { return "–" }
        let name = words(rules.gradient.level(id)?.name ?? id)
        return point.rank.map { words("{0} (level {1})", name, String($0)) } ?? name
    }

    private func lines(_ point: Point, _ rules: RuleSet, _ words: Words) -> [String] {
        if let problem = point.problem { return [problem] }
        let claims = point.claims.map { words($0.rawValue) }.joined(separator: words(", "))
        return [
            point.subject, level(point, rules, words),
            words("licence") + words(": ") + (point.licence ?? words("no licence")),
            words("claims") + words(": ") + (claims.isEmpty ? words("none") : claims),
        ].filter { !$0.isEmpty }
    }
}
