import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// What is there, where the rest is, and what a reader would look for in vain.
extension SummaryReport {
    private static let mostFindings = 5
    /// Columns of the names of components.
    private static let column = 23

    mutating func contents() {
        out.title(words("WHAT IS THERE"))
        for component in dossier.components where component.status != .absent {
            let first = component.evidence.first ?? component.links.first?.evidence
            let place = first?.shownPlace ?? component.paths.first ?? ""
            let more = component.paths.count > 1 ? " +\(component.paths.count - 1)" : ""
            let colour: Style.Colour = component.status == .present ? .green : .yellow
            let status = style.paint(words(component.status.rawValue), colour)
            let room = style.width - 2 - Self.column - Columns.count(status) - 3
            let shown = Columns.clippedPlace(place, max(12, room / 2)) + more
            let target =
                component.status == .linked
                ? component.links.first.map {
                    " " + Columns.clippedPlace($0.target.withoutScheme, room - 1 - Columns.count(shown))
                } : nil
            out.row(
                name(of: component.id), column: Self.column, status + (target ?? ""), place: shown, indent: 2, limit: 2)
        }
        let lacking = dossier.components.filter {
            $0.status == .absent && rules.components[$0.id]?.isSought == true && dossier.gradient.subject == .model
        }
        if !lacking.isEmpty {
            out.entry(
                words("not there"), column: Self.column,
                style.paint(words.list(lacking.map { name(of: $0.id).insideSentence }), .yellow), indent: 2)
        }
        if let model = modelLine { out.entry(words("the model"), column: Self.column, model, indent: 2) }
    }

    /// What of it can be had, by whom and since when, in a sentence.
    mutating func access() {
        guard dossier.gradient.subject == .model else { return }
        out.title(words("WHO GETS IT"), words(dossier.access.summary.words))
    }

    private var modelLine: String? {
        let model = dossier.model
        let formats = Set(
            dossier.artefacts.filter { $0.component.map(ComponentID.weights.contains) == true && $0.tensors != nil }
                .map(
                    \.format.rawValue)
        ).sorted()
        let facts = [
            model.architecture, model.parameters.map { words("{0} parameters", Amounts.count($0)) },
            model.quantization.map { words("quantised: {0}", $0) },
            formats.isEmpty ? nil : formats.joined(separator: ", "),
        ].compactMap { $0 }
        return facts.isEmpty ? nil : Printable.text(facts.joined(separator: " · "), limit: 300)
    }

    /// What a reader should know of files: what would harm whoever opens them stands before everything else.
    mutating func findings(of severity: Severity, title: String) {
        let found = dossier.artefacts.flatMap { artefact in
            artefact.findings.filter { $0.severity == severity }.map { (artefact: artefact, finding: $0) }
        }
        guard !found.isEmpty else { return }
        out.title(title)
        for (artefact, finding) in found.prefix(Self.mostFindings) {
            let path = artefact.path.isEmpty ? words("the whole release") : artefact.path
            out.row(
                style.paint(Columns.padded(words(severity.rawValue), 7), colour(severity)), column: 7,
                words(finding.detail) + style.paint(" " + finding.id.rawValue, .dim),
                place: path + (finding.offset.map { "@\($0)" } ?? ""), indent: 2, limit: 3)
        }
        more(found.count - Self.mostFindings)
    }
}

extension String {
    /// An address without what every address begins with.
    fileprivate var withoutScheme: String {
        for scheme in ["https://", "http://"] where hasPrefix(scheme) { return String(dropFirst(scheme.count)) }
        return self
    }
}
