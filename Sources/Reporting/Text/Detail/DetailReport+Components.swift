import OpenscanFacts

extension String {
    /// A name as it stands inside a sentence: `Hosted API` is `hosted API`, `API access` stays.
    var insideSentence: String {
        guard let first, dropFirst().first?.isLowercase ?? false else { return self }
        return first.lowercased() + dropFirst()
    }
}

/// What is there, and what is not.
extension DetailReport {
    mutating func components() {
        out.title(words("COMPONENTS"))
        for component in dossier.components where component.status != .absent {
            let place =
                component.evidence.first?.shownPlace ?? component.links.first?.evidence.shownPlace
                ?? component.paths.first ?? ""
            let more = component.paths.count > 1 ? " +\(component.paths.count - 1)" : ""
            let licence = component.licences.map(\.rawValue).joined(separator: ", ")
            let licenceWidth = licence.isEmpty ? 0 : min(22, Columns.count(licence)) + 1
            out.line(
                "  " + Columns.padded(name(of: component.id), 22)
                    + style.paint(
                        Columns.padded(words(component.status.rawValue), 9),
                        component.status == .present ? .green : .yellow) + " "
                    + Columns.paddedPlace(place + more, style.width - 2 - 22 - 9 - 1 - licenceWidth)
                    + (licence.isEmpty ? "" : " " + style.paint(Columns.clipped(licence, 22), .dim)))
        }
        let absent = dossier.components.filter { $0.status == .absent }.map { name(of: $0.id).insideSentence }
        if !absent.isEmpty {
            out.paragraph(
                style.paint(words("absent: "), .dim) + absent.joined(separator: words(", ")), indent: 2, limit: .max)
        }
    }
}
