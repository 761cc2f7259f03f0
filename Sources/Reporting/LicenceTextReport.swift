import Licensing
import Unpacking

/// What `openscan licence` shows to people: licences, then clauses by group with their lines, then the criteria.
public enum LicenceTextReport {
    public static func text(_ report: LicenceReport, style: Style) -> String {
        var out = style.paint(report.path, .bold) + (report.expression.map { "  " + $0 } ?? "  no licence found") + "\n"
        for licence in report.licences {
            let lines =
                licence.lines.first == licence.lines.last
                ? "line \(licence.lines.first)" : "lines \(licence.lines.first)-\(licence.lines.last)"
            let coverage =
                licence.method == .text || licence.method == .notice
                ? " \(Int((licence.coverage * 100).rounded())) %" : ""
            out +=
                "  " + Style.padded(licence.id + (licence.modified ? " (modified)" : ""), 40)
                + Style.padded(licence.method.rawValue + coverage, 14) + lines + "\n"
            for addition in licence.added ?? [] {
                out += "      added " + quoted(addition.lines, addition.quote, style, 6)
            }
            if let missing = licence.missingWords, missing > 0 {
                out += "      \(missing) words of the standard text are missing\n"
            }
        }
        if let unknown = report.unknownText {
            out +=
                style.paint("  unknown licence text", .yellow)
                + (report.nearest.map { ", nearest known text \($0)" } ?? "") + "\n"
            for item in unknown.prefix(3) { out += "      " + quoted(item.lines, item.quote, style, 6) }
        }
        let groups = [
            "grant", "patent", "condition", "restriction", "use-category", "obligation", "termination", "governance",
            "scope",
        ]
        for group in groups {
            let clauses = report.clauses.filter { Clause.byID[$0.id]?.group == group }
            guard !clauses.isEmpty else { continue }
            out += "\n" + style.paint(group.uppercased(), .blue) + "\n"
            for clause in clauses {
                let fails = Clause.byID[clause.id]?.fails ?? []
                let name = clause.id + (clause.status == .partial ? " (partial)" : "")
                out +=
                    "  " + style.paint(Style.padded(name, 31), fails.isEmpty ? .bold : .red)
                    + quoted(clause.lines, clause.quote, style, 33)
                if !clause.params.isEmpty {
                    let parameters = clause.params.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(
                        separator: ", ")
                    out +=
                        String(repeating: " ", count: 33) + Style.clipped(parameters, max(20, style.width - 33)) + "\n"
                }
            }
        }
        if !report.osd.isEmpty {
            out += "\n" + style.paint("OPEN SOURCE DEFINITION", .blue) + "\n"
            for number in 1...10 {
                guard let criterion = report.osd[String(number)] else { continue }
                let colour: Style.Colour =
                    criterion.verdict == .pass ? .green : criterion.verdict == .fail ? .red : .yellow
                let text = Style.wrapped("\(OSDAssessment.names[number - 1]): \(criterion.reason)", style.width - 14)
                out +=
                    "  " + Style.padded("\(number)", 4)
                    + style.paint(Style.padded(criterion.verdict.rawValue, 8), colour)
                    + text.prefix(2).joined(separator: "\n" + String(repeating: " ", count: 14)) + "\n"
            }
        }
        if let limits = report.limitedFreedoms, let openWeights = report.openWeights {
            out += "\n" + style.paint("OTHER YARDSTICKS", .blue) + "\n"
            out +=
                "  Open Source AI Definition   "
                + (limits.isEmpty
                    ? "no freedom limited by these terms" : "limits the freedom to " + limits.joined(separator: ", "))
                + "\n"
            out +=
                "  Open Weights Definition     "
                + (openWeights == .pass ? "compatible" : openWeights == .fail ? "not compatible" : "review") + "\n"
            if !report.categories.isEmpty {
                out += "  kind                        " + report.categories.joined(separator: ", ") + "\n"
            }
        }
        return out + "\n"
    }

    private static func quoted(_ lines: LineRange?, _ quote: String?, _ style: Style, _ indent: Int) -> String {
        let head = lines.map { "\($0.first): " } ?? ""
        return Style.clipped(head + (quote ?? ""), max(20, style.width - indent)) + "\n"
    }
}
