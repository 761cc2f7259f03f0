import OpenscanBytes
import OpenscanFacts

/// Each flag with the claim, the places and the words of the program.
extension DetailReport {
    private static let mostReasons = 20

    mutating func flags() {
        guard !dossier.flags.isEmpty else { return }
        out.title(words("FLAGS"))
        for flag in dossier.flags {
            let id = flag.id.rawValue
            out.line(
                "  " + style.paint(Columns.padded(words(flag.severity.rawValue), 7), colour(flag.severity))
                    + Columns.clipped(words(flag.title), style.width - 9 - Columns.count(id) - 3)
                    + style.paint("  " + id, .dim))
            if flag.severity == .info { continue }
            if let claim = flag.claim { row("claim", quote(claim)) }
            for reason in flag.reasons.prefix(Self.mostReasons) { row("why", self.reason(reason)) }
            // A place that a reason has named is not named again.
            let named = Set(flag.reasons.prefix(Self.mostReasons).compactMap(\.evidence.first?.shownPlace))
            for evidence in flag.evidence.filter({ $0.quote != nil || !named.contains($0.place) }).prefix(
                Self.mostReasons)
            {
                row("evidence", quote(evidence))
            }
        }
    }

    private mutating func row(_ label: String, _ text: String) {
        out.entry(words(label), column: 9, text, indent: 9, limit: 2)
    }

    /// The place and the release's own words.
    private func quote(_ evidence: Evidence) -> String {
        [evidence.shownPlace, evidence.quote.map { "\u{201C}\($0)\u{201D}" }].compactMap { $0 }.joined(separator: " ")
    }
}
