import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// What `openscan licence` shows to people: licences, then clauses by group with their lines, then the criteria.
public struct LicenceTextReport {
    private let report: LicenceReport
    private let rules: RuleSet
    private let words: Words
    private var out: TextWriter

    private var style: Style { out.style }

    /// The report as text.
    public static func text(_ report: LicenceReport, rules: RuleSet, style: Style, words: Words = .english) -> String {
        var writer = LicenceTextReport(report: report, rules: rules, words: words, out: TextWriter(style))
        writer.write()
        return writer.out.text
    }

    private init(report: LicenceReport, rules: RuleSet, words: Words, out: TextWriter) {
        self.report = report
        self.rules = rules
        self.words = words
        self.out = out
    }

    private mutating func write() {
        out.line(
            style.paint(Printable.path(report.path), .bold) + "  " + (report.expression ?? words("no licence found")))
        licences()
        unknownText()
        clauses()
        definition()
        others()
        use()
        out.line()
    }

    private mutating func licences() {
        for licence in report.licences {
            let lines =
                licence.lines.first == licence.lines.last
                ? words("line {0}", String(licence.lines.first))
                : words("lines {0}-{1}", String(licence.lines.first), String(licence.lines.last))
            let hasCoverage = licence.method == .text || licence.method == .notice
            let method =
                words(licence.method.rawValue) + (hasCoverage ? " \(Amounts.percent(licence.coverage)) %" : "")
            let name = licence.modified ? words("{0} (modified)", licence.id.rawValue) : licence.id.rawValue
            out.line("  " + Columns.padded(name, 40) + Columns.padded(method, 14) + lines)
            for addition in licence.added ?? [] {
                row("      " + words("added "), addition.lines, addition.quote)
            }
            if let missing = licence.missingWords, missing > 0 {
                out.line("      " + words("{0} words of the standard text are missing", String(missing)))
            }
        }
    }

    private mutating func unknownText() {
        guard let unknown = report.unknownText else { return }
        out.line(
            style.paint("  " + words("unknown licence text"), .yellow)
                + (report.nearest.map { ", " + words("nearest known text: {0}", $0.rawValue) } ?? ""))
        for item in unknown.prefix(3) { row("      ", item.lines, item.quote) }
    }

    private mutating func clauses() {
        for group in rules.clauses.groups {
            let clauses = report.clauses.filter { rules.clauses[$0.id]?.group == group }
            guard !clauses.isEmpty else { continue }
            out.title(words(group).uppercased())
            for clause in clauses {
                let fails = rules.clauses[clause.id]?.failed(with: clause.params) ?? []
                let name = clause.status == .partial ? words("{0} (partial)", clause.id.rawValue) : clause.id.rawValue
                row(
                    "  " + style.paint(Columns.padded(name, 31), fails.isEmpty ? .bold : .red), clause.lines,
                    clause.quote)
                if !clause.params.isEmpty {
                    let parameters = clause.params.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                    row(String(repeating: " ", count: 33), nil, parameters.joined(separator: ", "))
                }
            }
        }
    }

    private mutating func definition() {
        let assessment = report.osd.assessment
        guard !assessment.isEmpty else { return }
        out.title(words("Open Source Definition").uppercased())
        for criterion in OSDCriterion.allCases {
            guard let judgement = assessment.criteria[criterion] else { continue }
            let colour: Style.Colour =
                switch judgement.verdict {
                case .pass: .green
                case .review: .yellow
                case .fail: .red
                }
            let text = Columns.wrapped(
                words(rules.definition.name(criterion)) + words(": ") + words(judgement.reason), style.width - 18)
            out.line(
                "  " + Columns.padded("\(criterion.rawValue)", 4)
                    + style.paint(Columns.padded(words(judgement.verdict.rawValue), 12), colour)
                    + text.prefix(2).joined(separator: "\n" + String(repeating: " ", count: 18)))
        }
    }

    private mutating func others() {
        guard let limits = report.limitedFreedoms, let openWeights = report.openWeights else { return }
        func row(_ name: String, _ text: String) {
            out.line("  " + Columns.padded(words(name), 28) + Columns.clipped(text, style.width - 30))
        }
        out.title(words("OTHER YARDSTICKS"))
        let freedoms = limits.map { words($0) }.joined(separator: words(", "))
        row(
            "Open Source AI Definition",
            limits.isEmpty ? words("no freedom limited by these terms") : words("limits the freedom to {0}", freedoms))
        let weights =
            switch openWeights {
            case .pass: "compatible"
            case .review: "review"
            case .fail: "not compatible"
            }
        row("Open Weights Definition", words(weights))
        if !report.categories.isEmpty {
            row("kind", report.categories.map { words($0.rawValue) }.joined(separator: words(", ")))
        }
    }

    private mutating func use() {
        guard !report.use.isEmpty else { return }
        out.line()
        UseText(rules, words: words).short(
            report.use.map(\.decision), report.duties.map(\.duty), to: &out)
    }

    /// A line number and words behind a head, cut to the width.
    private mutating func row(_ head: String, _ lines: LineRange?, _ quote: String?) {
        let text = (lines.map { "\($0.first): " } ?? "") + (quote ?? "")
        out.line(head + Columns.clipped(text, max(20, style.width - Columns.count(head))))
    }
}
