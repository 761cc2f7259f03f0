import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// A line a release (RFC 4180), for lists of many: the answer, level, terms by part, use, yardsticks and counts, under a header.
public enum CSVReport {
    private static let lineEnd = "\r\n"

    /// Names of the columns, with a line end.
    public static var header: String { line(columns.map(\.name)) }

    /// The line of a release, with its end.
    public static func row(_ dossier: Dossier, issues: [Issue]) -> String {
        line(columns.map { $0.value(Row(dossier: dossier, issues: issues)) ?? "" })
    }

    private struct Row {
        let dossier: Dossier
        let issues: [Issue]

        func terms(_ part: ReleasePart) -> PartTerms? { dossier.terms[part] }
        func use(_ id: UseID, _ part: ReleasePart) -> String? {
            dossier.use.first { $0.id == id && $0.part == part }?.answer.rawValue
        }
        func ids(_ kind: Issue.Kind) -> String {
            var seen = Set<String>()
            return CSVReport.list(issues.filter { $0.kind == kind && seen.insert($0.id).inserted }.map(\.id))
        }
        func count(_ severity: Severity) -> String {
            String(issues.count { $0.severity == severity && $0.counts })
        }
    }

    private struct Column: Sendable {
        let name: String
        let value: @Sendable (Row) -> String?
    }

    private static let columns: [Column] =
        [
            Column(name: "name") { $0.dossier.release.name },
            Column(name: "path") { $0.dossier.release.path },
            Column(name: "kind") { $0.dossier.release.kind?.rawValue },
            Column(name: "revision") { $0.dossier.release.revision },
            Column(name: "files") { String($0.dossier.release.fileCount) },
            Column(name: "bytes") { String($0.dossier.release.byteCount) },
            Column(name: "subject") { $0.dossier.gradient.subject.rawValue },
            Column(name: "openSource") { $0.dossier.verdict.answer.rawValue },
            Column(name: "level") { $0.dossier.gradient.level },
            Column(name: "rank") { $0.dossier.gradient.rank.map { String($0) } },
            Column(name: "atMost") { $0.dossier.gradient.atMost },
            Column(name: "confidence") { $0.dossier.gradient.confidence.rawValue },
            Column(name: "licenceClass") { $0.dossier.gradient.licenceClass.rawValue },
            Column(name: "declaredLicence") { $0.dossier.expression.declared },
            Column(name: "concludedLicence") { $0.dossier.expression.concluded },
        ] + ReleasePart.allCases.flatMap(columns)
        + [
            Column(name: "parameters") { $0.dossier.model.parameters.map { String($0) } },
            Column(name: "architecture") { $0.dossier.model.architecture },
            Column(name: "baseModels") { list($0.dossier.model.baseModels.map(\.name)) },
            Column(name: "datasets") { list($0.dossier.model.datasets) },
            Column(name: "gate") { $0.dossier.access.gate.value.rawValue },
            Column(name: "mofClass") { String($0.dossier.yardsticks.mof.class) },
            Column(name: "high") { $0.count(.high) }, Column(name: "medium") { $0.count(.medium) },
            Column(name: "low") { $0.count(.low) }, Column(name: "info") { $0.count(.info) },
            Column(name: "flags") { $0.ids(.flag) }, Column(name: "findings") { $0.ids(.finding) },
            Column(name: "policy") { $0.ids(.policy) }, Column(name: "unread") { $0.ids(.unread) },
        ]

    private static func columns(of part: ReleasePart) -> [Column] {
        var columns = [
            Column(name: "\(part.rawValue)Licence") { $0.terms(part)?.expression },
            Column(name: "\(part.rawValue)Basis") { $0.terms(part)?.basis.rawValue },
            Column(name: "\(part.rawValue)Open") { $0.terms(part).map { $0.isOpen ? "yes" : "no" } },
        ]
        guard part == .weights else { return columns }
        for (name, id) in [
            ("commercialUse", UseID.commercialUse), ("redistribute", .redistribute), ("useInEU", .useInEU),
        ] {
            columns.append(Column(name: name) { $0.use(id, part) })
        }
        return columns
    }

    private static func list(_ items: [String]) -> String { items.joined(separator: "; ") }

    private static func line(_ fields: [String]) -> String {
        fields.map(field).joined(separator: ",") + lineEnd
    }

    /// A field in quotes where it needs them. A sign with which spreadsheets begin a formula gets a quote before it: the release wrote it.
    private static func field(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let begins = scalars.first { !$0.properties.isWhitespace || $0 == "\t" || $0 == "\r" || $0 == "\n" }
        let text = begins.map(formulaSigns.contains) ?? false ? "'" + text : text
        guard scalars.contains(where: { [",", "\"", "\r", "\n", "'"].contains($0) || $0.properties.isWhitespace })
        else {
            return text
        }
        var out = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { out += "\"" }
            out.unicodeScalars.append(scalar)
        }
        return out + "\""
    }

    private static let formulaSigns: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}", "|", "%",
    ]
}
