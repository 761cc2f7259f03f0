import OpenscanFacts
import OpenscanRules

/// Brings the statements of all sources together: which licence covers which component, and what each part comes to.
struct TermsResolver {
    private let context: TermsContext
    private let judge: OSDJudge
    private let components: [Component]
    private let families: LicenceFamilies

    init(_ release: ReleaseFacts, components: [Component], folders: FolderIndex, rules: RuleSet) {
        let hasData = components.contains { $0.id == .dataset && $0.status == .present }
        context = TermsContext(
            release: release, folders: folders, rules: rules, hasData: hasData, reuse: ReuseTerms(release, rules))
        judge = OSDJudge(rules)
        self.components = components
        families = LicenceFamilies(rules.licenceWords)
    }

    func resolve() -> Terms {
        var findings = TermsFindings()
        LicenceFileStatements.add(context, to: &findings)
        context.reuse?.add(to: &findings)
        CardStatements.add(context, to: &findings)
        ReferenceStatements.add(context, to: &findings)
        PackageStatements.add(context, to: &findings)
        ArtefactStatements.add(context, to: &findings)
        HeaderStatements.add(context, to: &findings)
        PolicyStatements.resolve(context, in: &findings)
        UnreadStatements.add(context, to: &findings)
        withdrawFromSpecific(&findings.statements)
        StatedLimits.add(context, to: &findings)
        var statements = merged(&findings)
        LicenceChoice.bind(&statements, families: families)
        var licences = statements.map(judged)
        LicenceChoice.settle(&licences)
        for place in statements.indices { statements[place].appliesTo = licences[place].appliesTo }
        let ofWeights = weights(statements)
        let own = ofWeights.map { licences[$0] }
        return Terms(
            licences: licences,
            others: findings.others.sorted { ($0.id, $0.reason.rawValue) < ($1.id, $1.reason.rawValue) },
            declared: findings.declared, ofWeights: own, parts: parts(statements, licences, ofWeights))
    }

    /// Where a part has a licence of its own, the general one does not cover it.
    private func withdrawFromSpecific(_ statements: inout [TermsStatement]) {
        func withdraw(_ part: ReleasePart, to own: [TermsStatement]) {
            for place in statements.indices where statements[place].covers(.inferenceCode) {
                // A sentence that names the licence of a changed text speaks of that text.
                if statements[place].modification != nil,
                    own.contains(where: { families.isNearlySame($0.id, statements[place].id) && $0.method != .text })
                {
                    continue
                }
                statements[place].appliesTo.removeAll(where: part.components.contains)
            }
        }
        let speaking: Set<LicenceMatch.Method> = [.text, .notice, .url, .tag]
        let ofWeights = statements.filter {
            $0.covers(.weightsFinal) && !$0.covers(.inferenceCode) && speaking.contains($0.method)
        }
        if !ofWeights.isEmpty { withdraw(.weights, to: ofWeights) }
        let ofData = statements.filter {
            !$0.appliesTo.isEmpty && Set($0.appliesTo).isSubset(of: ReleasePart.data.components)
        }
        if !ofData.isEmpty { withdraw(.data, to: ofData) }
        withdrawFromLists(&statements)
    }

    /// A field that lists several licences says that each holds for something; where sentences say which is the weights', the others
    /// are not.
    private func withdrawFromLists(_ statements: inout [TermsStatement]) {
        let listed = Set(statements.filter { $0.source == .field && $0.covers(.weightsFinal) }.map(\.id))
        let said = Set(
            statements.filter { $0.source == .prose && $0.isExpress && $0.covers(.weightsFinal) }.map(\.id))
        guard listed.count > 1, !said.isEmpty, said.isSubset(of: listed) else { return }
        for place in statements.indices where statements[place].source == .field && !said.contains(statements[place].id)
        {
            statements[place].appliesTo.removeAll(where: ReleasePart.weights.components.contains)
        }
    }

    private static let most = 2000

    /// One entry a licence, place and method; beyond `most` the rest is only counted.
    private func merged(_ findings: inout TermsFindings) -> [TermsStatement] {
        struct Key: Hashable {
            let id: LicenceID
            let path: String
            let method: LicenceMatch.Method
            // What is said of the whole stays beside what is said of a part.
            let isExpress: Bool
            let whole: LicenceExpression?
        }
        var out: [TermsStatement] = []
        var places: [Key: Int] = [:]
        let ordered = findings.statements.sorted {
            ($0.method, $0.path, $0.lines ?? LineRange(0), $0.id) < (
                $1.method, $1.path, $1.lines ?? LineRange(0), $1.id
            )
        }
        for statement in ordered {
            let key = Key(
                id: statement.id, path: statement.path, method: statement.method, isExpress: statement.isExpress,
                whole: statement.whole)
            if statement.method != .text, let place = places[key] {
                let known = out[place].appliesTo
                out[place].appliesTo += statement.appliesTo.filter { !known.contains($0) }
                // What is said of all models is said of each.
                let models = out[place].models
                out[place].models =
                    models.isEmpty || statement.models.isEmpty
                    ? [] : models + statement.models.filter { !models.contains($0) }
            } else if out.count < Self.most {
                places[key] = out.count
                out.append(statement)
            } else {
                findings.addOther(statement.id, statement.method, .file, statement.path)
            }
        }
        return out
    }

    private func judged(_ statement: TermsStatement) -> JudgedLicence {
        let record = context.rules.licences.record(statement.id)
        let isModified = statement.modification != nil
        let name =
            record?.name ?? context.rules.models.licenceNames[statement.id] ?? statement.name
            ?? (statement.id == .unknown ? "Unknown licence text" : statement.id.rawValue)
        return JudgedLicence(
            id: statement.id, name: name, category: record?.category ?? .unclear, path: statement.path,
            lines: statement.lines, method: statement.method, coverage: (statement.coverage * 1000).rounded() / 1000,
            isModified: isModified, additions: statement.modification?.added ?? [],
            missingWords: statement.modification?.missingWords ?? 0, appliesTo: statement.appliesTo,
            clauses: statement.clauses, osd: judge.assess(record, isModified: isModified, clauses: statement.clauses),
            isOSIApproved: (record?.isOSIApproved ?? false) && !isModified, nearest: statement.nearest,
            quote: statement.quote, statement: statement.whole, models: statement.models)
    }

    /// Places of the weights' licences: their own before the release's. Of a store each model has its own.
    private func weights(_ statements: [TermsStatement]) -> [Int] {
        let models = context.release.models
        guard models.count > 1 else { return weights(statements, among: Array(statements.indices)) }
        return models.flatMap { folder in
            weights(statements, among: statements.indices.filter { statements[$0].path.hasPrefix(folder) })
        }
    }

    private var areWeightsShipped: Bool {
        components.contains { ComponentID.weights.contains($0.id) && $0.status == .present }
    }

    private func weights(_ statements: [TermsStatement], among places: [Int]) -> [Int] {
        let isShipped = areWeightsShipped
        let covering = places.filter { statements[$0].covers(.weightsFinal) }
        let texts = covering.filter { statements[$0].method == .text }
        // A text that is there for the weights outranks what prose says of them; where they differ is a finding.
        let own = texts.filter { !statements[$0].covers(.inferenceCode) }
        if !own.isEmpty { return own }
        if !texts.isEmpty {
            let ids = Set(texts.map { statements[$0].id })
            // What names weights that are only linked stays beside the text: it is how their terms are known.
            return texts
                + covering.filter {
                    statements[$0].method != .text
                        && (statements[$0].isExpress && !isShipped || !ids.contains(statements[$0].id))
                }
        }
        if !covering.isEmpty { return covering }
        // A package has one licence for all it ships, unless something says otherwise.
        return isShipped ? places.filter { isOfPackage(statements[$0]) } : []
    }

    /// What names its part speaks of that part alone.
    private func isOfPackage(_ statement: TermsStatement) -> Bool {
        (statement.method == .metadata || statement.method == .notice) && statement.covers(.inferenceCode)
            && !statement.isExpress
    }

    // MARK: Parts

    private func parts(_ statements: [TermsStatement], _ licences: [JudgedLicence], _ ofWeights: [Int])
        -> [ReleasePart: PartTerms]
    {
        var out: [ReleasePart: PartTerms] = [:]
        for part in ReleasePart.allCases {
            let there = components.filter { part.components.contains($0.id) && $0.isThereOrLinked }
            guard !there.isEmpty else { continue }
            let ids = Set(there.map(\.id))
            let covering =
                part == .weights
                ? ofWeights : statements.indices.filter { !ids.isDisjoint(with: statements[$0].appliesTo) }
            // A tokenizer lies beside the weights and is none.
            let isPresent = there.contains {
                $0.status == .present && (part != .weights || ComponentID.weights.contains($0.id))
            }
            out[part] = terms(of: part, covering.map { (statements[$0], licences[$0]) }, isPresent: isPresent)
        }
        return out
    }

    private func terms(
        of part: ReleasePart, _ covering: [(statement: TermsStatement, licence: JudgedLicence)], isPresent: Bool
    ) -> PartTerms {
        let bases = covering.map { basis($0.statement, isPresent: isPresent) }
        if context.release.models.count > 1, !bases.isEmpty { return ofAllModels(part, covering, bases) }
        guard let best = bases.min() else {
            return PartTerms(
                expression: nil, basis: .notStated, category: nil, osd: OSDAssessment(), isOpen: false, evidence: [])
        }
        // Of weights that are not here the repository's licence says nothing, where a sentence sends to their own terms.
        if part == .weights, best == .inherited, let sentence = sendingElsewhere {
            return PartTerms(
                expression: nil, basis: .elsewhere, category: nil, osd: OSDAssessment(), isOpen: false,
                evidence: [sentence])
        }
        let telling = zip(covering, bases).filter { $0.1 == best }.map(\.0)
        let osd = OSDAssessment.weakest(telling.map(\.licence.osd))
        let weakest = telling.max { ($0.licence.osd.verdict ?? .review) < ($1.licence.osd.verdict ?? .review) }
        return PartTerms(
            expression: ConcludedExpression.of(telling.map(\.licence)), basis: best,
            category: weakest?.licence.category, osd: osd, isOpen: best.isSaidHere && osd.isOpen,
            evidence: telling.prefix(4).map(\.licence.evidence),
            models: part == .weights ? ModelTerms.told(by: telling.map(\.licence)) : [])
    }

    private var sendingElsewhere: Evidence? {
        context.release.files.lazy.filter { $0.place.area == .main && $0.place.depth <= 1 }
            .compactMap { $0.card?.termsElsewhere.first }.first
    }

    /// What a store comes to: as open as the least open of its models, and said as well as for the one of which the least is said.
    private func ofAllModels(
        _ part: ReleasePart, _ covering: [(statement: TermsStatement, licence: JudgedLicence)],
        _ bases: [PartTerms.Basis]
    ) -> PartTerms {
        let osd = OSDAssessment.weakest(covering.map(\.licence.osd))
        let weakest = covering.max { ($0.licence.osd.verdict ?? .review) < ($1.licence.osd.verdict ?? .review) }
        // Every model has weights; not each has data or code.
        let isSaidOfAll =
            part != .weights
            || context.release.models.allSatisfy { folder in
                covering.contains { $0.statement.path.hasPrefix(folder) }
            }
        let basis = isSaidOfAll ? bases.max() ?? .notStated : .notStated
        return PartTerms(
            expression: ConcludedExpression.of(covering.map(\.licence)), basis: basis,
            category: weakest?.licence.category, osd: osd, isOpen: basis.isSaidHere && osd.isOpen,
            evidence: covering.prefix(4).map(\.licence.evidence))
    }

    /// How a statement says what covers a part: `isPresent` where the part itself lies in the release.
    private func basis(_ statement: TermsStatement, isPresent: Bool) -> PartTerms.Basis {
        switch statement.source {
        case .unread: .elsewhere
        case .metadata: .metadata
        case .field: .stated
        case .licenceFile where statement.method == .text || statement.method == .notice:
            statement.isExpress || isPresent ? .text : .inherited
        case .licenceFile, .prose: statement.isExpress || isPresent ? .stated : .inherited
        }
    }
}
