import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// Where it stands on the gradient, and what keeps it from the next level.
extension SummaryReport {
    mutating func level() {
        let gradient = dossier.gradient
        guard gradient.subject == .model else {
            return out.title(words("LEVEL"), words(gradient.subject.sentence))
        }
        let name = name(ofLevel: gradient.level)
        let level =
            gradient.rank.map { words("{0} of 7, {1}", String($0), name.insideSentence) }
            ?? gradient.atMost.map { words("{0} (at most {1})", name, self.name(ofLevel: $0).insideSentence) } ?? name
        out.title(
            words("LEVEL"),
            style.paint(level, gradient.rank == 7 ? .green : .bold) + words("; ")
                + words("confidence {0}", words(gradient.confidence.rawValue)))
        for lack in gradient.next.prefix(4) {
            out.row("- ", column: 2, words(lack.words), place: places(lack.evidence, besides: nil, most: 1), indent: 2)
        }
    }
}

extension Gradient.Subject {
    /// What is said of a release without a level.
    var sentence: String {
        switch self {
        case .model: "a model"
        case .codeOnly: "Code only: no weights here and no link to any"
        case .dataOnly: "A data release, no model"
        case .unread: "Not judged: nothing of it could be read"
        case .several: "Not judged as one: several models, each a release of its own"
        case .notAModel: "Not a model release: a plain program gets no level"
        }
    }
}
