import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// What the answers rest on, and what nobody looked at.
extension SummaryReport {
    mutating func certainty() {
        out.title(words("HOW SURE?"))
        let read = dossier.licences.filter { $0.method == .text && !$0.appliesTo.isEmpty }
        // Of several the one that covers the model is asked about.
        let main = read.first { $0.appliesTo.contains(where: ComponentID.weights.contains) } ?? read.first
        if let licence = main {
            let text =
                licence.isModified
                ? words(
                    "licence text read, with changes: {0} % of {1}", Amounts.percent(licence.coverage),
                    licence.id.rawValue)
                : words(
                    "licence text read: {0} % of the words of {1}", Amounts.percent(licence.coverage),
                    licence.id.rawValue)
            out.row("- ", column: 2, text, place: licence.place, indent: 2)
            for addition in licence.additions.prefix(2) {
                out.row(
                    "", column: 2, words("added: {0}", "\u{201C}\(addition.quote ?? "")\u{201D}"), place: "", indent: 4,
                    limit: 2)
            }
        } else if !dossier.licences.isEmpty {
            out.paragraph("- " + words("no licence text is here; licences are known by their names alone"), indent: 2)
        }
        if let unknown = dossier.licences.first(where: { $0.nearest != nil && !$0.appliesTo.isEmpty }) {
            out.row(
                "- ", column: 2, words("nearest known text: {0}", unknown.nearest?.rawValue ?? ""),
                place: unknown.place, indent: 2)
        }
        let unread = unread
        if !unread.isEmpty { out.paragraph("- " + words("not looked at: ") + words.list(unread), indent: 2) }
    }

    private var unread: [String] {
        var out: [String] = []
        if dossier.components.contains(where: { $0.status == .linked }) { out.append(words("what links lead to")) }
        let isGateKnown = dossier.release.kind == .skeleton && dossier.access.gate.value != .unknown
        if dossier.gradient.subject == .model, !isGateKnown { out.append(words("what a hub asks before a download")) }
        let gated = dossier.artefacts.count { $0.findings.contains { $0.id == .gated } }
        if gated > 0 { out.append(words("gated files: {0}", Amounts.whole(gated))) }
        let unseen = dossier.artefacts.reduce(0) { $0.saturatingSum($1.unseen ?? 0) }
        if unseen > 0 { out.append(words("not fetched: {0}", Amounts.bytes(unseen))) }
        let pointers = dossier.artefacts.count { $0.pointer != nil && $0.unseen == nil }
        if pointers > 0 { out.append(words("pointers only: {0}", Amounts.whole(pointers))) }
        let blind = dossier.artefacts.count { $0.status == .notInspected }
        if blind > 0 { out.append(words("not inspected: {0}", Amounts.whole(blind))) }
        return out
    }
}
