import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness

/// Which licence covers what, and how that is known: a line a part.
extension DetailReport {
    mutating func terms() {
        let shown = ReleasePart.allCases.compactMap { part in dossier.terms[part].map { (part, $0) } }.filter {
            $0.1.basis != .notStated || $0.1.expression != nil
                || $0.0.components.contains { dossier.component($0).isThereOrLinked }
        }
        guard !shown.isEmpty else { return }
        out.title(words("TERMS"))
        for (part, terms) in shown {
            let name = Columns.padded(words(part.title), 11)
            if terms.basis.isSaidHere {
                let expression = terms.expression ?? words("no licence known")
                let place = terms.evidence.first?.shownPlace ?? ""
                let rest = style.width - 2 - 11 - 2 - 18
                let width = max(18, rest - min(rest / 2, Columns.count(place) + 1))
                out.line(
                    "  " + name + style.paint(Columns.padded(expression, width), terms.isOpen ? .green : .bold) + " "
                        + Columns.padded(words(terms.basis.title), 18) + " "
                        + Columns.clippedPlace(place, rest - width))
                for model in terms.models {
                    out.entry(
                        "", column: 11,
                        model.name + words(": ") + style.paint(model.expression, model.open ? .green : .bold)
                            + (model.evidence.shownPlace.map { " " + $0 } ?? ""), indent: 2, limit: 2)
                }
            } else {
                out.entry(
                    name, column: 11,
                    style.paint(words.terms(terms), .yellow)
                        + (terms.evidence.first?.shownPlace.map { " " + $0 } ?? ""), indent: 2, limit: 2)
            }
        }
    }
}

extension ReleasePart {
    /// The part's name.
    var title: String {
        switch self {
        case .weights: "Weights"
        case .code: "Code"
        case .data: "Data"
        case .documents: "Documents"
        }
    }
}

extension PartTerms.Basis {
    /// How the terms are known, in words.
    public var title: String {
        switch self {
        case .text: "by a licence text"
        case .stated: "stated"
        case .metadata: "in metadata only"
        case .inherited: "not stated here"
        case .elsewhere: "said to be elsewhere"
        case .notStated: "not stated"
        }
    }
}

extension Words {
    /// The terms of a part in a few words; what the release does not say of the part itself never reads as its licence.
    public func terms(_ terms: PartTerms) -> String {
        switch (terms.basis, terms.expression) {
        case (.inherited, let expression?):
            self("not stated here; the repository's licence is {0}", expression)
        case (.elsewhere, let expression?) where expression != LicenceID.unknown.rawValue:
            self("said to be elsewhere: {0}", expression)
        case (.notStated, let expression?):
            self("not stated; the repository's licence is {0}", expression)
        case (.inherited, nil), (.elsewhere, _), (.notStated, nil): self(terms.basis.title)
        case (_, let expression): (expression ?? self("no licence known")) + ", " + self(terms.basis.title)
        }
    }

    /// What a licence is against the Open Source Definition, in short.
    func standing(_ licence: JudgedLicence) -> String {
        let failed = licence.osd.failed
        if !failed.isEmpty { return self("fails OSD {0}", numbers(failed)) }
        if licence.isOSIApproved { return self("OSI-approved") }
        return self(licence.isOpen ? "no limit known" : "review")
    }

    /// Criteria by their numbers.
    func numbers(_ criteria: [OSDCriterion]) -> String { criteria.map { String($0.rawValue) }.joined(separator: ", ") }
}
