import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// The index of what `openscan use --notice` writes: what covers what, what has to be shown, what is missing.
public struct ShippingIndex {
    /// The index as Markdown.
    /// - Parameters:
    ///   - written: path in the release -> name of the copy; what is not there could not be read.
    public static func text(
        _ plan: ShippingPlan, release: String, written: [String: String], rules: RuleSet, words: Words
    ) -> String {
        let names = UseWords(rules: rules.use, words: words)
        var out = Markdown()
        func reason(_ reason: Reason) -> String {
            Markdown.escaped(words(reason.words)) + Markdown.place(reason.evidence.first)
        }
        out.title(words("To be shipped along with {0}", release), level: 1)
        out.paragraph(words("This informs; it is no legal advice."))
        let copied = plan.files.filter { written[$0.path] != nil }
        if !copied.isEmpty {
            out.table(
                [words("file"), words("licence"), words("part"), words("from")],
                copied.map { file in
                    [
                        Markdown.code(written[file.path] ?? ""),
                        Markdown.escaped(file.licences.map(\.rawValue).joined(separator: ", ")),
                        file.parts.isEmpty
                            ? words("other people's parts")
                            : file.parts.map(names.name).joined(separator: words(", ")),
                        Markdown.code(file.path),
                    ]
                })
        }
        section(
            words("Notices in these words"),
            UseWords.merged(plan.notices).map { Markdown.escaped($0.duty.text ?? "") }, &out)
        section(
            words("Words to show"),
            UseWords.merged(plan.displays).map { reason(Reason($0.duty.words, $0.duty.evidence)) }, &out)
        section(
            words("What has to be done"),
            UseWords.merged(plan.duties).map { _, duty in
                names.name(duty.moment) + words(": ") + reason(Reason(duty.words, duty.evidence))
            }, &out)
        if plan.marksChanges {
            section(
                words("Changes"), [words("Write here which files were changed, by whom and when.")], &out)
        }
        let unread = plan.files.filter { written[$0.path] == nil }.map {
            words("could not be copied: {0}", Markdown.code($0.path))
        }
        section(words("Missing"), plan.missing.map(reason) + unread, &out)
        return out.text
    }

    private static func section(_ title: String, _ items: [String], _ out: inout Markdown) {
        guard !items.isEmpty else { return }
        out.title(title, level: 2)
        out.items(items)
    }
}
