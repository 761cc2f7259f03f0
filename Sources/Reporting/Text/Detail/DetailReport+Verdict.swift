import OpenscanOpenness

/// The first lines: level, answer, what a person has to decide, what the next level lacks.
extension DetailReport {
    mutating func level() {
        let gradient = dossier.gradient
        switch gradient.subject {
        case .model:
            let confidence = words(gradient.confidence.rawValue)
            let name = name(ofLevel: gradient.level)
            let level =
                gradient.rank.map { words("{0} (level {1} of 7), confidence {2}", name, String($0), confidence) }
                ?? words(
                    "{0}, confidence {1}",
                    gradient.atMost.map { words("{0} (at most {1})", name, self.name(ofLevel: $0).insideSentence) }
                        ?? name, confidence)
            for part in Columns.wrapped(level, style.width) {
                out.line(style.paint(part, gradient.rank == 7 ? .green : .bold))
            }
        default: out.line(style.paint(words(gradient.subject.sentence), .bold))
        }
    }

    /// "Is this open source?" in one sentence.
    mutating func verdict() {
        let verdict = dossier.verdict
        let sentence = reason(verdict.sentence)
        let colour: Style.Colour =
            switch verdict.ground {
            case .limited, .unlicensed: .red
            case .review, .unread, .several: .yellow
            case .open: .green
            }
        if let title = verdict.ground.title {
            out.paragraph(style.paint(words(title), colour) + words(": ") + sentence, indent: 2)
        } else {
            out.paragraph(style.paint(sentence, colour), indent: 2)
        }
        for question in verdict.needsPerson.filter({ $0 != verdict.sentence }) {
            out.paragraph(
                style.paint(words("A person has to decide"), .yellow) + words(": ") + reason(question), indent: 2)
        }
        for lack in dossier.gradient.next { out.paragraph("- " + reason(lack), indent: 2) }
    }
}

extension Verdict.Ground {
    /// The words before the sentence; `nil` where the sentence says it all.
    var title: String? {
        switch self {
        case .limited: "Not open source"
        case .review: "Needs a person"
        case .open: "Licence terms open"
        case .unlicensed, .unread, .several: nil
        }
    }
}
