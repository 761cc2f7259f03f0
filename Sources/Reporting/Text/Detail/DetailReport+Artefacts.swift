import OpenscanBytes
import OpenscanOpenness

/// The files of weights and data, and what a reader should know of any file.
extension DetailReport {
    private static let mostFiles = 100

    mutating func artefacts() {
        let shown = dossier.artefacts.filter {
            $0.component != nil && $0.component != .modelMetadata || $0.findings.contains { $0.severity > .low }
                || $0.tensors != nil
        }
        guard !shown.isEmpty else { return }
        out.title(words("ARTEFACTS"))
        if let model = modelLine { out.paragraph(model, indent: 2) }
        // What would harm the reader is not to be hidden behind the sixth file.
        func isAlarming(_ artefact: JudgedArtefact) -> Bool { artefact.findings.contains { $0.severity == .high } }
        let ordered = shown.filter(isAlarming) + shown.filter { !isAlarming($0) }
        let half = style.width / 2 - 4
        for artefact in ordered.prefix(Self.mostFiles) {
            let path = artefact.path.isEmpty ? words("the whole release") : artefact.path
            out.line(
                "  " + Columns.paddedPlace(path, half) + " "
                    + Columns.clipped(facts(artefact).joined(separator: " · "), style.width - half - 3))
            for finding in artefact.findings.filter({ $0.severity > .low }).prefix(10) {
                out.paragraph(
                    style.paint(words(finding.severity.rawValue), colour(finding.severity))
                        + " \(finding.id.rawValue)" + words(": ") + words(finding.detail)
                        + (finding.offset.map { " (" + words("offset {0}", String($0)) + ")" } ?? ""),
                    indent: 6)
            }
        }
        more(shown.count - Self.mostFiles)
    }

    private func facts(_ artefact: JudgedArtefact) -> [String] {
        var facts = [artefact.format.rawValue, words(artefact.status.rawValue)]
        func amount(_ count: String?, _ one: String, _ many: String) {
            if let count { facts.append(count == "1" ? words(one) : words(many, count)) }
        }
        amount(artefact.tensors.map(String.init), "1 tensor", "{0} tensors")
        amount(artefact.metadata["rows"], "1 row", "{0} rows")
        amount(artefact.metadata["columns"], "1 column", "{0} columns")
        if let parameters = artefact.parameters { facts.append(words("{0} parameters", Amounts.count(parameters))) }
        let types = artefact.parametersByType.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(3).map(\.key)
        if !types.isEmpty { facts.append(types.joined(separator: "/")) }
        if let unseen = artefact.unseen {
            facts.append(words("{0} of it not fetched", Amounts.bytes(unseen)))
        } else if let pointer = artefact.pointer {
            facts.append(words("stands for {0}", Amounts.bytes(pointer.size)))
        }
        return facts
    }

    private var modelLine: String? {
        let model = dossier.model
        let facts = [
            model.architecture.map { words("architecture {0}", $0) },
            model.parameters.map { words("{0} parameters", Amounts.count($0)) },
            model.quantization.map { words("quantised: {0}", $0) },
        ].compactMap { $0 }
        return facts.isEmpty ? nil : Printable.text(facts.joined(separator: " · "), limit: 300)
    }
}
