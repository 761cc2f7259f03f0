import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// What both reports for people are made with.
protocol TextSection {
    var dossier: Dossier { get }
    var rules: RuleSet { get }
    var words: Words { get }
    var out: TextWriter { get set }
}

extension TextSection {
    var style: Style { out.style }

    func name(of id: ComponentID) -> String { words(rules.components[id]?.name ?? id.rawValue) }

    func name(ofLevel id: String) -> String { words(rules.gradient.level(id)?.name ?? id) }

    /// A reason and the place of its first evidence.
    func reason(_ reason: Reason) -> String {
        words(reason.words) + (reason.evidence.first?.shownPlace.map { " " + $0 } ?? "")
    }

    func colour(_ severity: Severity) -> Style.Colour {
        switch severity {
        case .high: .red
        case .medium: .yellow
        case .low, .info: .dim
        }
    }

    /// How many are not shown.
    mutating func more(_ count: Int) {
        if count > 0 { out.line("  " + words("… and {0} more (--format json)", Amounts.whole(count))) }
    }

    mutating func errors() {
        guard !dossier.errors.isEmpty else { return }
        out.title(words("COULD NOT BE READ"))
        for error in dossier.errors.prefix(5) {
            let (path, message) = (Printable.path(error.path) + ": ", words(error.message))
            out.paragraph(message.hasPrefix(path) ? message : path + message, indent: 2)
        }
        more(dossier.errors.count - 5)
    }

    /// Models in folders of their own.
    /// - Parameter title: what a licence is called.
    mutating func parts(most: Int, title: (String) -> String) {
        guard !dossier.parts.isEmpty else { return }
        out.title(words("MODELS IN FOLDERS OF THEIR OWN"))
        for part in dossier.parts.prefix(most) {
            let level = part.gradient.rank.map { words("level {0}", String($0)) } ?? name(ofLevel: part.gradient.level)
            out.line(
                "  " + Columns.paddedPlace(part.path, 30) + " " + Columns.padded(level, 13)
                    + Columns.clipped(part.licenceOfWeights.map(title) ?? words("no licence"), style.width - 47))
        }
        more(dossier.parts.count - most)
    }

    /// Name, kind, size, and what is known of the weights.
    mutating func head() {
        let release = dossier.release
        var facts = words.facts(release)
        if let weights { facts.append(weights) }
        let name = Columns.clipped(release.name, style.width - 24)
        let rest = style.width - Columns.count(name) - 2
        let line = facts.joined(separator: " · ")
        if Columns.count(line) <= rest {
            out.line(style.paint(name, .bold) + "  " + style.paint(line, .dim))
        } else {
            out.line(style.paint(name, .bold))
            for part in Columns.wrapped(line, style.width - 2) { out.line("  " + style.paint(part, .dim)) }
        }
    }

    /// What was seen of the weights.
    private var weights: String? {
        guard dossier.gradient.subject == .model else { return nil }
        let final = dossier.component(.weightsFinal)
        let best = final.isThereOrLinked ? final : dossier.component(.weightsAdapter)
        switch best.status {
        case .present:
            return dossier.model.parameters.map { words("{0} parameters", Amounts.count($0)) } ?? words("weights here")
        case .linked: return words("weights elsewhere, not inspected")
        case .promised: return words("weights promised")
        case .claimed, .absent, .unknown: return words("no weights here")
        }
    }
}

extension Evidence {
    /// The place as shown; `nil` where no file is meant.
    var shownPlace: String? { path.isEmpty ? nil : place }

    /// The place without the file where a reader knows that already: `:3-9`.
    func place(besides known: String?) -> String? {
        guard let lines, path == known else { return shownPlace }
        return lines.first == lines.last ? ":\(lines.first)" : ":\(lines.first)-\(lines.last)"
    }
}
