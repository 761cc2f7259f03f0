import OpenscanFacts
import OpenscanOpenness

/// The answer first, the gradient, and what was not read.
extension ReviewPage {
    mutating func answer() -> PageView {
        let verdict = dossier.verdict
        let isRead = dossier.gradient.subject.isJudged
        let reviewed = context.review?[Review.ID.verdict]
        let answer = reviewed.map { $0.answer.flatMap(Verdict.Answer.init(rawValue:)) } ?? verdict.answer
        let tone: Tone =
            switch (answer, verdict.ground) {
            case (.yes?, _): .good
            case (.no?, _): .bad
            case (.notShown?, .open): .fair
            case (.notShown?, _), (nil, _): .open
            }
        var sentences: [PageView] = [view(verdict.sentence)]
        if isRead {
            if let use = useSentence() { sentences.append(["words": use, "evidence": [PageView]()]) }
            sentences.append(["words": levelSentence(), "evidence": [PageView]()])
        }
        return [
            "tone": tone.rawValue, "word": isRead ? word(answer) : words("Not judged"),
            "whose": reviewed?.isPersons ?? false
                ? words("as a person decided; the program says: {0}", word(verdict.answer))
                : words("as the program says"),
            "human": human(Review.ID.verdict), "sentences": sentences,
            "open": views(verdict.needsPerson.filter { $0 != verdict.sentence }),
            "isSentenceOpen": verdict.needsPerson.contains(verdict.sentence), "hasOpen": !verdict.needsPerson.isEmpty,
        ]
    }

    private func word(_ answer: Verdict.Answer?) -> String {
        switch answer {
        case .yes?: words("Open source")
        case .no?: words("Not open source")
        case .notShown?: words("Not shown to be open source")
        case nil: words("Not decided")
        }
    }

    /// What may be done with the first part that answers are about.
    private func useSentence() -> String? {
        guard let part = dossier.use.first?.part else { return nil }
        let asked: [UseID] = [.commercialUse, .modify, .redistribute, .hostAsService]
        let answers = dossier.use.filter { $0.part == part && asked.contains($0.id) }.map {
            use.name($0.id) + words(": ") + use.name($0.answer)
        }
        guard !answers.isEmpty else { return nil }
        return words("Use of {0}: {1}", use.name(part), answers.joined(separator: words("; ")))
    }

    private func levelSentence() -> String {
        let gradient = dossier.gradient
        let confidence = words(gradient.confidence.rawValue)
        switch gradient.subject {
        case .model:
            let name = name(ofLevel: gradient.level)
            if let rank = gradient.rank {
                return words("{0} (level {1} of 7), confidence {2}", name, String(rank), confidence)
            }
            let most = gradient.atMost.map { words("{0} (at most {1})", name, self.name(ofLevel: $0).insideSentence) }
            return words("{0}, confidence {1}", most ?? name, confidence)
        case .codeOnly: return words("Code only: no weights here and no link to any")
        case .dataOnly: return words("A data release, no model")
        case .unread: return words("Not judged: nothing of it could be read")
        case .several: return words("Not judged as one: several models, each a release of its own")
        case .notAModel: return words("Not a model release: a plain program gets no level")
        }
    }

    /// The scale, with this release on it.
    mutating func gradient() -> PageView {
        let gradient = dossier.gradient
        let most = gradient.atMost.flatMap { rules.gradient.level($0)?.rank }
        let steps = rules.gradient.levels.filter { $0.rank > 0 }.sorted { $0.rank < $1.rank }.map { level -> PageView in
            cards.use(level.id)
            let isHere = gradient.rank == level.rank
            return [
                "rank": String(level.rank), "name": words(level.name), "rule": cards.link(level.id), "isHere": isHere,
                "state": isHere
                    ? "here"
                    : gradient.rank.map { level.rank < $0 } ?? false
                        ? "below" : gradient.rank == nil && most.map { level.rank <= $0 } ?? false ? "maybe" : "above",
            ]
        }
        var facts: [PageView] = []
        func fact(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { facts.append(["name": words(name), "value": value]) }
        }
        fact("licence class", words(gradient.licenceClass.rawValue))
        fact("confidence", words(gradient.confidence.rawValue))
        fact("G7 label", gradient.g7)
        fact("Solaiman's scale", gradient.solaiman)
        fact("rule of the decision table", gradient.rule.map(String.init))
        if gradient.isStaged { fact("staged", words("parts are still announced")) }
        return [
            "isModel": gradient.subject == .model, "sentence": levelSentence(), "steps": steps, "facts": facts,
            "reasons": views(gradient.reasons), "next": views(gradient.next), "hasNext": !gradient.next.isEmpty,
            "hasReasons": !gradient.reasons.isEmpty,
        ]
    }

    /// Who gets what, when and how.
    mutating func access() -> PageView {
        var rows: [PageView] = []
        for row in words.accessRows(dossier.access) {
            rows.append(["name": row.question, "answer": row.answer, "reason": view(row.reason)])
        }
        return ["summary": view(dossier.access.summary), "rows": rows]
    }

    private static let mostErrors = 200

    func unread() -> PageView {
        let errors = dossier.errors.prefix(Self.mostErrors).map { error -> PageView in
            ["path": error.path, "code": error.code, "words": words(error.message)]
        }
        let unread = dossier.artefacts.filter { $0.status != .ok }
        let artefacts = unread.prefix(Self.mostErrors).map { artefact -> PageView in
            [
                "path": artefact.path.isEmpty ? words("the whole release") : artefact.path,
                "code": words(artefact.status.rawValue),
                "words": artefact.findings.first.map { words($0.detail) }
                    ?? artefact.pointer.map { words("a pointer to {0}", Amounts.bytes($0.size)) } ?? "",
            ]
        }
        let rest = dossier.errors.count + unread.count - errors.count - artefacts.count
        return [
            "rows": errors + artefacts, "isEmpty": errors.isEmpty && artefacts.isEmpty,
            "more": some(rest > 0 ? words("… and {0} more (--format json)", String(rest)) : nil),
        ]
    }

    /// What makes the same page again.
    func reproduce() -> [PageView] {
        let tool = context.tool
        var rows: [PageView] = []
        func row(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { rows.append(["name": words(name), "value": value]) }
        }
        row("program", "\(tool.name) \(tool.version)")
        row("licence data", tool.licenceData)
        row("rules", tool.ruleData)
        row("release", dossier.release.path.isEmpty ? dossier.release.name : dossier.release.path)
        row("revision", dossier.release.revision)
        row("inventory (SHA-256 over paths and sizes)", context.inventory)
        row(
            "options that change what is read",
            context.options.isEmpty ? words("none") : context.options.joined(separator: " "))
        return rows
    }
}
