import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// The report for people: the verdict first, then what it rests on, one screen for a normal release. It prints a
/// dossier and decides nothing.
public struct TextReport {
    let dossier: Dossier
    let rules: RuleSet
    let words: Words
    var out: TextWriter

    var style: Style { out.style }

    /// The report as text.
    public static func text(_ dossier: Dossier, rules: RuleSet, style: Style, words: Words) -> String {
        var report = TextReport(dossier: dossier, rules: rules, words: words, out: TextWriter(style))
        report.write()
        return report.out.text
    }

    private mutating func write() {
        head()
        UseText(rules, words: words).short(dossier.use, dossier.duties, to: &out)
        level()
        verdict()
        guard dossier.gradient.subject != .unread else { return errors() }
        terms()
        components()
        licences()
        flags()
        yardsticks()
        lineage()
        parts()
        artefacts()
        errors()
    }

    private mutating func head() {
        let release = dossier.release
        var facts: [String] = []
        if let kind = release.kind { facts.append(words(kind.rawValue)) }
        if let revision = release.revision { facts.append("@" + revision.prefix(12)) }
        if release.kind != nil {
            let bytes = Amounts.bytes(release.byteCount)
            facts.append(
                release.fileCount == 1
                    ? words("1 file, {0}", bytes) : words("{0} files, {1}", String(release.fileCount), bytes))
        }
        let name = Columns.clipped(release.name, style.width - 24)
        out.line(
            style.paint(name, .bold) + "  "
                + style.paint(
                    Columns.clipped(facts.joined(separator: " · "), style.width - Columns.count(name) - 2), .dim))
        out.line()
    }

    private mutating func errors() {
        guard !dossier.errors.isEmpty else { return }
        out.title(words("COULD NOT BE READ"))
        for error in dossier.errors.prefix(5) {
            let (path, message) = (Printable.path(error.path) + ": ", words(error.message))
            out.paragraph(message.hasPrefix(path) ? message : path + message, indent: 2)
        }
        more(dossier.errors.count - 5)
    }

    /// How many are not shown.
    mutating func more(_ count: Int) {
        if count > 0 { out.line("  " + words("… and {0} more (--format json)", String(count))) }
    }

    /// A reason and the place of its first evidence.
    func reason(_ reason: Reason) -> String {
        words(reason.words) + (reason.evidence.first?.shownPlace.map { " " + $0 } ?? "")
    }
}

extension Evidence {
    /// The place as shown; `nil` where no file is meant.
    var shownPlace: String? { path.isEmpty ? nil : place }
}
