import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// The reviewer's dossier for an issue: what has to be read stands open, what it rests on is folded, and all of it fits
/// into what issue trackers take.
public struct ReviewMarkdown {
    /// Bytes at most.
    public static let limit = 60_000

    private struct Block {
        var title: String
        var body: String
        var isFolded = true

        var byteCount: Int { title.utf8.count + body.utf8.count + 64 }
    }

    private let dossier: Dossier
    private let rules: RuleSet
    private let words: Words
    private let context: ReviewContext

    /// The dossier as Markdown.
    public static func text(_ dossier: Dossier, rules: RuleSet, context: ReviewContext, words: Words) -> String {
        ReviewMarkdown(dossier: dossier, rules: rules, words: words, context: context).text()
    }

    private func text() -> String {
        var blocks = [Block(title: "", body: head(), isFolded: false)]
        if dossier.gradient.subject.isJudged {
            if !dossier.flags.isEmpty {
                blocks.append(Block(title: words("Flags"), body: flags(), isFolded: false))
            }
            blocks += [
                Block(title: words("May I use it?"), body: use()),
                Block(title: words("Who gets what"), body: access()),
                Block(title: words("Parts and their terms"), body: parts()),
                Block(title: words("Licences"), body: licences()),
                Block(title: words("Yardsticks"), body: yardsticks()),
                Block(title: words("Claims"), body: claims()), Block(title: words("Lineage"), body: lineage()),
                Block(title: words("Files of weights and data"), body: weights()),
            ]
        }
        blocks += [
            Block(title: words("What was not read, and why"), body: unread()),
            Block(title: words("How to make this again"), body: reproduce()),
        ]
        return written(fitted(blocks.filter { !$0.body.isEmpty }))
    }

    // MARK: Size

    /// The longest block gives way, line by line, until all fit.
    private func fitted(_ blocks: [Block]) -> [Block] {
        var blocks = blocks
        let note = "\n" + words("more lines are not shown") + "\n"
        while blocks.reduce(0, { $0 + $1.byteCount }) > Self.limit {
            guard let longest = blocks.indices.max(by: { blocks[$0].byteCount < blocks[$1].byteCount }) else { break }
            let room = blocks[longest].body.utf8.count * 2 / 3
            var kept = ""
            for line in blocks[longest].body.split(separator: "\n", omittingEmptySubsequences: false) {
                guard kept.utf8.count + line.utf8.count < room else { break }
                kept += line + "\n"
            }
            blocks[longest].body = kept.hasSuffix(note) ? kept : kept + note
            guard room > 400 else { break }
        }
        return blocks
    }

    private func written(_ blocks: [Block]) -> String {
        var out = ""
        for block in blocks {
            let body = Self.withoutMentions(block.body)
            if block.title.isEmpty {
                out += body
            } else if block.isFolded {
                out += "\n<details><summary>\(block.title)</summary>\n\n" + body + "\n</details>\n"
            } else {
                out += "\n## \(block.title)\n" + body
            }
        }
        return out
    }

    /// Trackers call the people that a text names: a sign that nobody sees keeps them out of it. Code calls nobody.
    static func withoutMentions(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
        var out = ""
        var isCode = false
        var isEscaped = false
        for scalar in text.unicodeScalars {
            out.unicodeScalars.append(scalar)
            if scalar == "`", !isEscaped { isCode.toggle() }
            if scalar == "\n" { isCode = false }
            if scalar == "@", !isCode { out += "<!-- -->" }
            isEscaped = scalar == "\\" && !isEscaped
        }
        return out
    }

    // MARK: Sections

    private func markdown(_ write: (inout Markdown) -> Void) -> String {
        var out = Markdown()
        write(&out)
        return out.text
    }

    private func reason(_ reason: Reason) -> String {
        Markdown.escaped(words(reason.words)) + reason.evidence.prefix(2).map { Markdown.place($0) }.joined()
    }

    private func head() -> String {
        let verdict = dossier.verdict
        let reviewed = context.review?[Review.ID.verdict]
        let answer = reviewed.map { $0.answer.flatMap(Verdict.Answer.init(rawValue:)) } ?? verdict.answer
        return markdown { out in
            out.title(dossier.release.name, level: 1)
            let word: String =
                switch answer {
                case .yes?: words("Open source")
                case .no?: words("Not open source")
                case .notShown?: words("Not shown to be open source")
                case nil: words("Not decided")
                }
            let isRead = dossier.gradient.subject.isJudged
            let whose =
                reviewed?.isPersons ?? false
                ? " " + words("as a person decided; the program says: {0}", words(verdict.answer.rawValue)) : ""
            out.paragraph("**\(isRead ? word : words("Not judged"))**\(whose)")
            out.items(
                [reason(verdict.sentence)]
                    + (dossier.gradient.subject == .model
                        ? [Markdown.escaped(YardstickWords.level(dossier.gradient, rules, words))] : [])
                    + dossier.gradient.next.map(reason))
            let open = verdict.needsPerson.filter { $0 != verdict.sentence }
            if !open.isEmpty || verdict.needsPerson.contains(verdict.sentence) {
                out.title(words("A person still has to decide"), level: 2)
                let first =
                    verdict.needsPerson.contains(verdict.sentence)
                    ? [words("whether the first sentence above settles it")] : []
                out.items(first + open.map(reason))
            }
        } + (context.review.map { ReviewText.text($0, isMarkdown: true, words: words) } ?? "")
    }

    private func flags() -> String {
        markdown { out in
            out.gap()
            for flag in dossier.flags {
                out.item(
                    "**\(words(flag.severity.rawValue))** \(Markdown.escaped(words(flag.title))) "
                        + "(\(Markdown.code(flag.id.rawValue)))")
                if let claim = flag.claim {
                    out.item(words("claim") + words(": ") + Markdown.quote(claim), isNested: true)
                }
                for why in flag.reasons.prefix(3) {
                    out.item(words("why") + words(": ") + reason(why), isNested: true)
                }
            }
        }
    }

    private func use() -> String {
        var out = Markdown()
        UseMarkdown(rules, words: words).write(dossier.use, dossier.duties, to: &out)
        // The fold has the heading already.
        return out.text.hasPrefix("## ") ? String(out.text.drop { !$0.isNewline }) : out.text
    }

    private func access() -> String {
        markdown { out in
            out.table(
                [words("what"), words("answer"), words("why")],
                words.accessRows(dossier.access).map {
                    [Markdown.escaped($0.question), Markdown.escaped($0.answer), reason($0.reason)]
                })
        }
    }

    private func parts() -> String {
        markdown { out in
            out.table(
                [words("part"), words("terms"), words("open"), words("where")],
                ReleasePart.allCases.compactMap { part in
                    dossier.terms[part].map { terms in
                        [
                            words(part.title), Markdown.escaped(words.terms(terms)), words(terms.isOpen ? "yes" : "no"),
                            terms.evidence.first?.shownPlace.map(Markdown.code) ?? "",
                        ]
                    }
                })
            out.table(
                [words("component"), words("status"), words("licence"), words("evidence")],
                dossier.components.filter { $0.status != .absent }.map { component in
                    [
                        words(rules.components[component.id]?.name ?? component.id.rawValue),
                        words(component.status.rawValue),
                        Markdown.escaped(component.licences.map(\.rawValue).joined(separator: ", ")),
                        (component.evidence.first ?? component.links.first?.evidence)?.shownPlace.map(Markdown.code)
                            ?? "",
                    ]
                })
        }
    }

    private func licences() -> String {
        markdown { out in
            for licence in dossier.licences.prefix(20) {
                out.paragraph(
                    "**\(Markdown.escaped(licence.expressionID.rawValue))** \(Markdown.escaped(licence.name)), "
                        + words.standing(licence) + Markdown.place(licence.evidence))
                out.items(
                    licence.additions.map { words("not in the standard text") + words(": ") + Markdown.quote($0) }
                        + licence.clauses.map { clause in
                            Markdown.code(clause.id.rawValue) + " "
                                + Markdown.escaped(rules.clauses[clause.id].map { words($0.meaning) } ?? "")
                                + Markdown.place(clause.evidence)
                        })
            }
        }
    }

    private func yardsticks() -> String {
        var out = Markdown()
        FrameworkMarkdown.write(dossier, only: nil, rules: rules, words: words, to: &out)
        return out.text
    }

    private func claims() -> String {
        markdown { out in
            out.items(
                dossier.claims.prefix(60).map { claim in
                    words(claim.category.rawValue) + ", " + words(claim.subject.rawValue) + ", "
                        + words(claim.polarity.rawValue) + words(": ") + Markdown.quote(claim.evidence)
                })
        }
    }

    private func lineage() -> String {
        func licence(_ id: LicenceID?, _ certainty: ModelDescription.Certainty?) -> String {
            guard let id else { return words("licence not known") }
            return (certainty == .verified ? "" : words("probably ")) + Markdown.escaped(id.rawValue)
        }
        let model = dossier.model
        return markdown { out in
            out.items(
                model.baseModels.map { base in
                    let missing = base.duties.filter { $0.status == .missing }.map(\.clause.rawValue)
                    return "\(Markdown.escaped(base.name)) (\(words(base.relation.rawValue))), "
                        + licence(base.licence, base.certainty)
                        + (missing.isEmpty ? "" : ", " + words("not kept: ") + missing.joined(separator: ", "))
                        + Markdown.place(base.evidence)
                }
                    + model.needs.prefix(20).map { need in
                        words("also needed: {0}", Markdown.escaped(need.name)) + ", "
                            + licence(need.licence, need.certainty) + Markdown.place(need.evidence)
                    } + model.datasets.prefix(40).map { words("data {0}", Markdown.escaped($0)) })
        }
    }

    private func weights() -> String {
        markdown { out in
            guard !dossier.artefacts.isEmpty else { return }
            out.table(
                [words("file"), words("format"), words("status"), words("parameters"), words("findings")],
                dossier.artefacts.prefix(200).map { artefact in
                    [
                        artefact.path.isEmpty ? words("the whole release") : Markdown.code(artefact.path),
                        artefact.format.rawValue, words(artefact.status.rawValue),
                        artefact.parameters.map(Amounts.count) ?? "",
                        artefact.findings.prefix(4).map { Markdown.code($0.id.rawValue) }.joined(separator: " "),
                    ]
                })
        }
    }

    private func unread() -> String {
        markdown { out in
            out.items(
                dossier.errors.prefix(100).map { Markdown.code($0.path) + ": " + Markdown.escaped(words($0.message)) })
        }
    }

    private func reproduce() -> String {
        let tool = context.tool
        var facts = [
            "\(tool.name) \(tool.version)", words("licence data") + words(": ") + tool.licenceData,
            words("rules") + words(": ") + tool.ruleData,
        ]
        if let revision = dossier.release.revision { facts.append(words("revision") + words(": ") + revision) }
        if let inventory = context.inventory {
            facts.append(words("inventory (SHA-256 over paths and sizes)") + words(": ") + inventory)
        }
        if !context.options.isEmpty { facts.append(context.options.joined(separator: " ")) }
        return markdown { out in out.items(facts.map(Markdown.escaped)) }
    }
}
