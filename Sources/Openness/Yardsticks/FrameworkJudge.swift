import OpenscanFacts
import OpenscanRules

/// Judges by facts alone, the same way for every framework.
struct FrameworkJudge {
    let subject: YardstickSubject
    let rules: RuleSet

    private typealias Outcome = (status: FrameworkResult.Status, reason: Wording, evidence: [Evidence])

    func judge(_ framework: Framework) -> FrameworkResult {
        let results = framework.criteria.map(result)
        let required = results.filter(\.required)
        let verdict =
            required.contains { $0.status == .notMet }
            ? framework.verdicts.failed
            : required.allSatisfy { $0.status == .met } && !required.isEmpty
                ? framework.verdicts.met : framework.verdicts.open
        return FrameworkResult(
            id: framework.id, name: framework.name, version: framework.version, verdict: verdict, criteria: results)
    }

    private static let mostEvidence = 3

    /// The worst outcome of a criterion's tests, the best where one of them is enough.
    private func result(_ criterion: Framework.Criterion) -> FrameworkResult.Criterion {
        var outcomes: [Outcome] = []
        if !criterion.all.isEmpty { outcomes.append(each(criterion.all, criterion.licence)) }
        if !criterion.any.isEmpty { outcomes.append(best(criterion.any, criterion.licence)) }
        if !criterion.freeOf.isEmpty { outcomes.append(terms(criterion.freeOf)) }
        let documents = documents(criterion)
        outcomes += criterion.needsOne ? documents : Self.together(documents)
        if let number = criterion.osd { outcomes.append(osd(number)) }
        if let limit = criterion.computeLimit { outcomes.append(compute(limit)) }
        if let unknown = criterion.unknown { outcomes.append((.cannotTell, Wording(unknown), [])) }
        if !criterion.unclearWith.isEmpty { outcomes.append(unclear(criterion.unclearWith)) }
        if !criterion.hasTerms.isEmpty { outcomes.append(hasTerms(criterion.hasTerms)) }
        if criterion.keepsDuties { outcomes.append(duties) }
        let decisive =
            criterion.needsOne
            ? outcomes.min { $0.status < $1.status } : outcomes.max { $0.status < $1.status }
        let worst = decisive ?? (.cannotTell, "no test", [])
        return FrameworkResult.Criterion(
            id: criterion.id, name: criterion.name, status: worst.status, required: criterion.isRequired,
            reason: worst.reason, evidence: Array(worst.evidence.prefix(Self.mostEvidence)),
            change: worst.status == .met || criterion.change.isEmpty ? nil : criterion.change)
    }

    // MARK: Components

    private func outcome(_ id: ComponentID, _ licence: Framework.Criterion.Licence?) -> Outcome {
        let component = subject.component(id)
        let name = id.rawValue
        switch component.status {
        case .present: return licensed(component, licence)
        case .linked: return (.partly, "\(name) is linked, not in the release", component.evidence)
        case .unknown: return (.cannotTell, "\(name) is not known", [])
        case .promised: return (.notMet, "\(name) is promised", component.evidence)
        case .claimed: return (.notMet, "\(name) is only claimed", component.evidence)
        case .absent: return (.notMet, "no \(name) found", [])
        }
    }

    private func best(_ ids: [ComponentID], _ licence: Framework.Criterion.Licence?) -> Outcome {
        ids.map { outcome($0, licence) }.min { $0.status < $1.status } ?? (.notMet, "", [])
    }

    private func each(_ ids: [ComponentID], _ licence: Framework.Criterion.Licence?) -> Outcome {
        let outcomes = ids.map { outcome($0, licence) }
        let worst = outcomes.max { $0.status < $1.status } ?? (.notMet, "", [])
        // Some there and some not is a part.
        let isSplit = worst.status == .notMet && outcomes.contains { $0.status < .cannotTell }
        let lacking = outcomes.filter { $0.status != .met }.map(\.reason)
        let reason: Wording =
            lacking.isEmpty
            ? "\(ids.map(\.rawValue).joined(separator: ", ")) there" : .joined(lacking, by: "; ")
        return (isSplit ? .partly : worst.status, reason, worst.evidence)
    }

    private func licensed(_ component: Component, _ licence: Framework.Criterion.Licence?) -> Outcome {
        let name = component.id.rawValue
        guard let licence else { return (.met, "\(name) is there", component.evidence) }
        let ids = component.licences.isEmpty ? subject.general : component.licences
        guard !ids.isEmpty else { return (.notMet, "\(name) has no licence", component.evidence) }
        let judge = OSDJudge(rules)
        for id in ids {
            let record = rules.licences.record(id)
            let isFine =
                switch licence {
                case .osi: record?.isOSIApproved ?? false
                case .open: record.map { judge.assess($0, isModified: false, clauses: []).failed.isEmpty } ?? false
                }
            guard !isFine else { continue }
            let reason: Wording =
                licence == .osi
                ? "\(name) is under \(id), which is not approved by the OSI"
                : "\(name) is under \(id), which is not open"
            return (record == nil ? .cannotTell : .notMet, reason, component.evidence)
        }
        return (.met, "\(name) under \(ids.map(\.rawValue).joined(separator: ", "))", component.evidence)
    }

    // MARK: Terms

    private static let noLicence: Outcome = (.cannotTell, "no licence of the weights is known", [])

    private func terms(_ clauses: [ClauseID]) -> Outcome {
        let found = clauses.filter(subject.clauses.contains)
        if !found.isEmpty {
            return (.notMet, "the licence of the weights has \(found.map(\.rawValue).joined(separator: ", "))", [])
        }
        if subject.osd.isEmpty { return Self.noLicence }
        // A licence known by name alone shows no clauses of its own: its kind does.
        let failed = subject.osd.failed
        if subject.clauses.isEmpty, !failed.isEmpty {
            let numbers = failed.map { String($0.rawValue) }.joined(separator: ", ")
            return (.cannotTell, "the licence's terms limit use (Open Source Definition \(numbers))", [])
        }
        // What no criterion passes was not read, or is a text with changes: what it does not show may still be in it.
        guard subject.osd.criteria.values.contains(where: { $0.verdict == .pass }) else {
            return (.cannotTell, "the licence of the weights was not read, or is not known as it stands", [])
        }
        return (.met, "none of these terms in the licence of the weights", [])
    }

    /// Whether the terms of the weights have one of these clauses.
    private func hasTerms(_ clauses: [ClauseID]) -> Outcome {
        let found = clauses.filter(subject.clauses.contains)
        if !found.isEmpty {
            return (.met, "the licence of the weights has \(found.map(\.rawValue).joined(separator: ", "))", [])
        }
        return subject.osd.isEmpty ? Self.noLicence : (.notMet, "none of these terms in the licence of the weights", [])
    }

    /// Terms that may be narrow enough or not.
    private func unclear(_ clauses: [ClauseID]) -> Outcome {
        let found = clauses.filter(subject.clauses.contains)
        if !found.isEmpty {
            return (.cannotTell, "a person has to decide on \(found.map(\.rawValue).joined(separator: ", "))", [])
        }
        return terms(clauses)
    }

    /// What the licences of the bases ask on passing on.
    private var duties: Outcome {
        guard !subject.duties.isEmpty else {
            return (.cannotTell, "no base model is known whose terms could be kept", [])
        }
        let missing = subject.duties.filter { $0.status == .missing }
        if !missing.isEmpty {
            let names = missing.map(\.clause.rawValue).joined(separator: ", ")
            return (.notMet, "not kept: \(names)", missing.compactMap(\.note).flatMap(\.evidence))
        }
        let places = subject.duties.compactMap(\.note).flatMap(\.evidence)
        return subject.duties.contains { $0.status == .unknown }
            ? (.cannotTell, "files cannot show every duty of the base's licence", places)
            : (.met, "the duties of the base's licence are kept", places)
    }

    private func osd(_ criterion: OSDCriterion) -> Outcome {
        guard let judgement = subject.osd.criteria[criterion] else { return Self.noLicence }
        let status: FrameworkResult.Status =
            switch judgement.verdict {
            case .pass: .met
            case .fail: .notMet
            case .review: .cannotTell
            }
        return (status, judgement.reason, [])
    }

    // MARK: Documents

    /// What sections and sentences of documents come to.
    private func documents(_ criterion: Framework.Criterion) -> [Outcome] {
        (criterion.sections.isEmpty ? [] : [sections(criterion.sections)])
            + (criterion.says.isEmpty ? [] : [says(criterion.says)])
            + (criterion.saysAll.isEmpty ? [] : [each(criterion.saysAll)])
    }

    /// Documents that tell one part of what is asked and not the other tell some of it.
    private static func together(_ outcomes: [Outcome]) -> [Outcome] {
        guard let worst = outcomes.max(by: { $0.status < $1.status }) else { return [] }
        let told = outcomes.filter { $0.status < .cannotTell }
        guard worst.status > .partly, !told.isEmpty else { return [worst] }
        return [(.partly, worst.reason, told.flatMap(\.evidence))]
    }

    private func sections(_ ids: [String]) -> Outcome {
        let found = ids.filter { subject.sections[$0] != nil }
        let evidence = found.compactMap { subject.sections[$0] }
        let lacking = ids.filter { subject.sections[$0] == nil }.joined(separator: ", ")
        if found.count == ids.count { return (.met, "the card has \(ids.joined(separator: ", "))", evidence) }
        if !found.isEmpty { return (.partly, "the card lacks \(lacking)", evidence) }
        return subject.hasFiles
            ? (.notMet, "no card has a section on \(lacking)", []) : (.cannotTell, "the list does not say", [])
    }

    /// Whether a document tells one of these; what stands in a report that was not read cannot be told.
    private func says(_ ids: [DisclosureID]) -> Outcome {
        guard let told = subject.disclosures else { return (.cannotTell, "the list does not say", []) }
        let found = ids.flatMap { told[$0] ?? [] }
        if !found.isEmpty { return (.met, "a document says it", found) }
        if let report = subject.unreadReports.first {
            return (
                .cannotTell, "no document that was read says it; a report that was not read may", [report]
            )
        }
        return (.notMet, "no document says it", [])
    }

    private func each(_ ids: [DisclosureID]) -> Outcome {
        let outcomes = ids.map { says([$0]) }
        let worst = outcomes.max { $0.status < $1.status } ?? (.notMet, "no document says it", [])
        let found = outcomes.filter { $0.status == .met }
        guard worst.status != .met, !found.isEmpty else {
            return (worst.status, worst.reason, worst.status == .met ? found.flatMap(\.evidence) : worst.evidence)
        }
        let lacking = zip(ids, outcomes).filter { $0.1.status != .met }.map(\.0.rawValue).joined(separator: ", ")
        return (.partly, "documents say some of it, nothing on \(lacking)", found.flatMap(\.evidence))
    }

    /// The guidelines on general-purpose models allow an error of 30 %.
    private static let error = 0.3

    private func compute(_ limit: Double) -> Outcome {
        guard let compute = subject.trainingCompute else {
            return (.cannotTell, "parameters and training tokens are not both stated", [])
        }
        let (about, most) = (Self.scientific(compute), Self.scientific(limit))
        let evidence = subject.trainingTokens.map { [$0] } ?? []
        if compute > limit * (1 + Self.error) {
            return (.notMet, "about \(about) FLOP by 6 x parameters x tokens, over \(most)", evidence)
        }
        return (
            compute > limit * (1 - Self.error) ? .cannotTell : .met,
            "about \(about) FLOP by 6 x parameters x tokens, limit \(most)", evidence
        )
    }

    private static func scientific(_ value: Double) -> String {
        var (mantissa, exponent) = (value, 0)
        while mantissa >= 10, exponent < 400 {
            mantissa /= 10
            exponent += 1
        }
        let tenths = Int((mantissa * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)e\(exponent)"
    }
}
