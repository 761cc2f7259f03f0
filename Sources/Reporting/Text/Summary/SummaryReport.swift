import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// The answers that people come for, on one screen: may I use it, is "open source" true, what is there, how sure is that.
struct SummaryReport: TextSection {
    let dossier: Dossier
    let rules: RuleSet
    let words: Words
    var out: TextWriter

    static func text(_ dossier: Dossier, rules: RuleSet, style: Style, words: Words) -> String {
        var report = SummaryReport(dossier: dossier, rules: rules, words: words, out: TextWriter(style))
        report.write()
        return report.out.text
    }

    /// Columns of the names in front of rows.
    static let names = 16

    private mutating func write() {
        head()
        if dossier.gradient.subject == .several { return several() }
        guard dossier.gradient.subject != .unread else {
            out.line()
            out.line(style.paint(words("Not judged: nothing of it could be read"), .bold))
            out.paragraph(words("No statement is made about its terms"), indent: 2)
            return errors()
        }
        findings(of: .high, title: words("BEFORE OPENING IT"))
        use()
        openSource()
        level()
        contents()
        access()
        findings(of: .medium, title: words("FILES TO LOOK AT"))
        certainty()
        yardsticks()
        parts(most: 8, title: title)
        errors()
        out.line()
        out.paragraph(
            style.paint(words("Everything with its evidence: --detail. What an id means: openscan explain ID."), .dim),
            indent: 0)
    }

    /// A place of several models: what is in their files, and each in a line.
    private mutating func several() {
        out.line()
        out.line(style.paint(words(dossier.gradient.subject.sentence), .bold))
        out.paragraph(words("Each has a report of its own from: openscan batch {0}", dossier.release.path), indent: 2)
        findings(of: .high, title: words("BEFORE OPENING IT"))
        parts(most: 30, title: title)
        findings(of: .medium, title: words("FILES TO LOOK AT"))
        errors()
    }

    /// The places of reasons, without the file where that is said already, each once.
    func places(_ evidence: [Evidence], besides known: String?, most: Int = 3) -> String {
        var out: [String] = []
        var seen = Set<String>()
        var known = known
        for place in evidence where place.shownPlace.map({ seen.insert($0).inserted }) == true {
            out.append(place.place(besides: known) ?? "")
            known = place.path
        }
        return out.prefix(most).joined(separator: " ") + (out.count > most ? " …" : "")
    }

    /// What a licence is called: SPDX ids are known by themselves.
    func title(_ expression: String) -> String {
        guard let licence = dossier.licences.first(where: { $0.expressionID.rawValue == expression }),
            licence.id.rawValue.hasPrefix("LicenseRef-"), !licence.isModified, licence.name != licence.id.rawValue
        else { return expression }
        return licence.name
    }
}
