import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// The report as Markdown, for issues and wikis: all of it, tables instead of columns.
public struct MarkdownReport {
    private let dossier: Dossier
    private let rules: RuleSet
    private let words: Words
    private var out = Markdown()

    /// The report as Markdown.
    public static func text(_ dossier: Dossier, rules: RuleSet, words: Words = .english) -> String {
        var report = MarkdownReport(dossier: dossier, rules: rules, words: words)
        report.write()
        return report.out.text
    }

    private init(dossier: Dossier, rules: RuleSet, words: Words) {
        self.dossier = dossier
        self.rules = rules
        self.words = words
    }

    private mutating func write() {
        out.title(dossier.release.name, level: 1)
        verdict()
        if dossier.gradient.subject == .several { flags() }
        guard dossier.gradient.subject.isJudged else { return errors() }
        UseMarkdown(rules, words: words).write(dossier.use, dossier.duties, to: &out)
        terms()
        access()
        components()
        licences()
        flags()
        lineage()
        practice()
        FrameworkMarkdown.write(dossier, only: nil, rules: rules, words: words, to: &out)
        errors()
    }

    private mutating func errors() {
        guard !dossier.errors.isEmpty else { return }
        out.title(words("Could not be read"), level: 2)
        out.items(
            dossier.errors.prefix(Self.mostErrors).map {
                Markdown.code($0.path) + ": " + Markdown.escaped(words($0.message))
            })
        let rest = dossier.errors.count - Self.mostErrors
        if rest > 0 { out.paragraph(words("… and {0} more (--format json)", String(rest))) }
    }

    private static let mostErrors = 100

    private func name(_ id: ComponentID) -> String { words(rules.components[id]?.name ?? id.rawValue) }

    private func reason(_ reason: Reason) -> String {
        Markdown.escaped(words(reason.words)) + Markdown.place(reason.evidence.first)
    }

    private mutating func verdict() {
        let release = dossier.release
        let gradient = dossier.gradient
        if release.kind != nil {
            out.paragraph(words("{0} files, {1}", String(release.fileCount), Amounts.bytes(release.byteCount)))
        }
        out.paragraph(
            gradient.subject == .model
                ? "**\(Markdown.escaped(YardstickWords.level(gradient, rules, words)))**, "
                    + words("confidence {0}", words(gradient.confidence.rawValue))
                : "**\(words(gradient.subject.rawValue))**")
        let title = dossier.verdict.ground.title.map { "**\(words($0))**" + words(": ") } ?? ""
        out.paragraph(title + reason(dossier.verdict.sentence))
        out.items(
            dossier.verdict.needsPerson.filter { $0 != dossier.verdict.sentence }.map {
                words("A person has to decide") + words(": ") + reason($0)
            }
                + (gradient.reasons + gradient.next).map(reason))
    }

    private mutating func terms() {
        let shown = ReleasePart.allCases.compactMap { part in dossier.terms[part].map { (part, $0) } }
        guard !shown.isEmpty else { return }
        out.title(words("Terms"), level: 2)
        out.table(
            [words("part"), words("terms"), words("open"), words("where")],
            shown.map { part, terms in
                [
                    words(part.title), Markdown.escaped(words.terms(terms)), words(terms.isOpen ? "yes" : "no"),
                    terms.evidence.first?.shownPlace.map(Markdown.code) ?? "",
                ]
            })
    }

    private mutating func access() {
        let rows = words.accessRows(dossier.access)
        guard rows.count > dossier.access.how.count + 3 else { return }
        out.title(words("Access"), level: 2)
        out.table(
            [words("what"), words("answer"), words("why"), words("where")],
            rows.map { row in
                [
                    row.question, row.answer, Markdown.escaped(words(row.reason.words)),
                    row.reason.evidence.first?.shownPlace.map(Markdown.code) ?? "",
                ]
            })
    }

    private mutating func components() {
        out.title(words("Components"), level: 2)
        out.table(
            [words("component"), words("status"), words("licence"), words("evidence")],
            dossier.components.filter { $0.status != .absent }.map { component in
                [
                    name(component.id), words(component.status.rawValue), list(component.licences),
                    (component.evidence.first ?? component.links.first?.evidence)?.shownPlace.map(Markdown.code) ?? "",
                ]
            })
        let absent = dossier.components.filter { $0.status == .absent }.map { name($0.id).insideSentence }
        if !absent.isEmpty { out.paragraph(words("absent: ") + absent.joined(separator: words(", "))) }
    }

    private mutating func licences() {
        guard !dossier.licences.isEmpty else { return }
        out.title(words("Licences"), level: 2)
        out.table(
            [
                words("licence"), words("how found"), words("Open Source Definition"), words("covers"),
                words("where"),
            ],
            dossier.licences.prefix(50).map { licence in
                [
                    Markdown.escaped(licence.expressionID.rawValue), words(licence.method.rawValue),
                    words.standing(licence),
                    licence.appliesTo.count == 1
                        ? words("1 component") : words("{0} components", String(licence.appliesTo.count)),
                    licence.evidence.shownPlace.map(Markdown.code) ?? "",
                ]
            })
        let rest = dossier.licences.count - 50
        if rest > 0 { out.paragraph(words("… and {0} more (--format json)", String(rest))) }
    }

    private mutating func flags() {
        guard !dossier.flags.isEmpty else { return }
        out.title(words("Flags"), level: 2)
        out.gap()
        for flag in dossier.flags {
            out.item(
                "**\(words(flag.severity.rawValue))** \(Markdown.escaped(words(flag.title))) "
                    + "(\(Markdown.code(flag.id.rawValue))). \(Markdown.escaped(words(flag.remedy)))")
            if let claim = flag.claim { out.item(words("claim") + words(": ") + Markdown.quote(claim), isNested: true) }
            for reason in flag.reasons.prefix(3) {
                out.item(words("why") + words(": ") + self.reason(reason), isNested: true)
            }
            for evidence in flag.evidence.prefix(3) {
                out.item(words("evidence") + words(": ") + Markdown.quote(evidence), isNested: true)
            }
        }
    }

    private mutating func lineage() {
        let model = dossier.model
        guard !model.baseModels.isEmpty || !model.needs.isEmpty else { return }
        out.title(words("Lineage"), level: 2)
        bases(model.baseModels)
        for need in model.needs.prefix(20) {
            out.item(
                words("also needed: {0}", Markdown.escaped(need.name)) + ", " + licence(need.licence, need.certainty)
                    + Markdown.place(need.evidence))
        }
    }

    private func licence(_ licence: LicenceID?, _ certainty: ModelDescription.Certainty?) -> String {
        licence.map { (certainty == .verified ? "" : words("probably ")) + Markdown.escaped($0.rawValue) }
            ?? words("not known")
    }

    private mutating func bases(_ bases: [ModelDescription.Base]) {
        guard !bases.isEmpty else { return }
        out.table(
            [words("base"), words("relation"), words("licence"), words("duties not kept")],
            bases.map { base in
                [
                    Markdown.escaped(base.name), Markdown.escaped(words(base.relation.rawValue)),
                    licence(base.licence, base.certainty),
                    Markdown.escaped(
                        base.duties.filter { $0.status == .missing }.map(\.clause.rawValue).joined(
                            separator: words(", "))),
                ]
            })
    }

    /// What is published of the parts that releases are compared by: one row, as the table that compares Segment
    /// Anything and the Llama versions.
    private mutating func practice() {
        let columns: [(name: String, ids: [ComponentID])] = [
            ("data set", [.dataset]), ("code", [.trainingCode, .inferenceCode]),
            ("weights", [.weightsFinal, .weightsAdapter]), ("model card", [.modelCard]),
            ("use guide", [.responsibleUseGuide, .usagePolicy]), ("paper", [.researchPaper, .technicalReport]),
            ("demo", [.demo]),
        ]
        out.title(words("Release practice"), level: 2)
        out.table(
            columns.map { words($0.name) },
            [
                columns.map { column in
                    let found = dossier.components.filter { column.ids.contains($0.id) && $0.status != .absent }
                    guard let best = found.first(where: { $0.status == .present }) ?? found.first else {
                        return words("none")
                    }
                    return words(best.status.rawValue) + (best.licences.isEmpty ? "" : ", " + list(best.licences))
                }
            ])
    }

    private func list(_ licences: [LicenceID]) -> String {
        Markdown.escaped(licences.map(\.rawValue).joined(separator: ", "))
    }
}
