import Openness
import Unpacking

/// The report as Markdown, for issues and wikis: all of it, tables instead of columns.
public enum MarkdownReport {
    public static func text(_ report: Report) -> String {
        var out = "# \(escaped(report.release.name))\n\n"
        func section(_ title: String) { out += "\n## \(title)\n\n" }
        func row(_ cells: [String]) { out += "| " + cells.joined(separator: " | ") + " |\n" }
        func table(_ heads: [String]) {
            row(heads)
            out += "|" + heads.map { _ in "---|" }.joined() + "\n"
        }
        let level = Catalogue.level(report.gradient.level)
        out += "\(report.release.fileCount) files, \(TextReport.bytes(report.release.byteCount)). "
        out +=
            report.gradient.subject == "model"
            ? "**\(level?.name ?? report.gradient.level)**\(report.gradient.rank.map { " (level \($0) of 7)" } ?? ""), confidence \(report.gradient.confidence.rawValue), licence class \(report.gradient.licenceClass).\n"
            : "**\(report.gradient.subject)**.\n"
        for reason in report.gradient.reasons { out += "- " + escaped(reason.quote ?? "") + place(reason) + "\n" }
        section("Components")
        table(["component", "status", "licence", "evidence"])
        for component in report.components where component.status != .absent {
            row([
                Catalogue.component(component.id)?.name ?? component.id, component.status.rawValue,
                escaped(component.licences.joined(separator: ", ")),
                component.evidence.first.map { code($0.place) } ?? "",
            ])
        }
        out +=
            "\nAbsent: "
            + report.components.filter { $0.status == .absent }.map {
                Catalogue.component($0.id)?.name.lowercased() ?? $0.id
            }.joined(separator: ", ") + ".\n"
        if !report.licences.isEmpty {
            section("Licences")
            table(["licence", "how found", "Open Source Definition", "covers", "where"])
            for licence in report.licences.prefix(50) {
                let failed = licence.failedCriteria
                row([
                    escaped(licence.expressionID), licence.method.rawValue,
                    licence.osiApproved
                        ? "OSI-approved"
                        : failed.isEmpty
                            ? licence.isOpen ? "no limit known" : "review"
                            : "fails " + failed.map(String.init).joined(separator: ", "),
                    "\(licence.appliesTo.count) components", code(licence.place),
                ])
            }
        }
        if !report.flags.isEmpty {
            section("Flags")
            for flag in report.flags {
                out +=
                    "- **\(flag.severity.rawValue)** \(escaped(flag.title)) (`\(flag.id)`). \(escaped(flag.remedy))\n"
                if let claim = flag.claim {
                    out += "  - claim: \u{201C}\(escaped(claim.quote ?? ""))\u{201D}\(place(claim))\n"
                }
                for evidence in flag.evidence.prefix(3) {
                    out += "  - evidence: \(escaped(evidence.quote ?? ""))\(place(evidence))\n"
                }
            }
        }
        if !report.model.baseModels.isEmpty {
            section("Lineage")
            table(["base", "relation", "licence", "duties not kept"])
            for base in report.model.baseModels {
                row([
                    escaped(base.name), escaped(base.relation),
                    base.licence.map { (base.certainty == .verified ? "" : "probably ") + escaped($0) } ?? "not known",
                    base.duties.filter { $0.status == .missing }.map(\.clause).joined(separator: ", "),
                ])
            }
        }
        section("Release practice")
        practice(report, row: row, table: table)
        let judgement = FrameworkReport.text(Judgement(report), only: nil, isMarkdown: true)
        out += judgement.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).dropFirst().joined()
        return out
    }

    /// What is published of the parts that releases are compared by: one row, as the table that compares Segment Anything and the Llama versions.
    private static func practice(_ report: Report, row: ([String]) -> Void, table: ([String]) -> Void) {
        let columns: [(String, [String])] = [
            ("data set", ["dataset"]), ("code", ["training-code", "inference-code"]),
            ("weights", ["weights-final", "weights-adapter"]), ("model card", ["model-card"]),
            ("use guide", ["responsible-use-guide", "usage-policy"]),
            ("paper", ["research-paper", "technical-report"]), ("demo", ["demo"]),
        ]
        table(columns.map(\.0))
        row(
            columns.map { _, ids in
                let found = report.components.filter { ids.contains($0.id) && $0.status != .absent }
                guard let best = found.first(where: { $0.status == .present }) ?? found.first else { return "none" }
                return best.status.rawValue
                    + (best.licences.isEmpty ? "" : ", " + escaped(best.licences.joined(separator: ", ")))
            })
    }

    private static func escaped(_ text: String) -> String { FrameworkReport.escaped(text) }
    private static func code(_ text: String) -> String { "`" + text.filter { $0 != "`" && $0 != "|" } + "`" }
    private static func place(_ evidence: Evidence) -> String {
        evidence.path == "." ? "" : " (" + code(evidence.place) + ")"
    }
}
