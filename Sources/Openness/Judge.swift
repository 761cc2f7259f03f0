import OpenscanFacts
import OpenscanRules

/// Judges releases: from facts, from a saved report, from a list written by hand. Pure: no file is read here, and one release is judged once.
public struct Judge: Sendable {
    let rules: RuleSet

    /// - Parameter rules: everything that people edit.
    public init(_ rules: RuleSet) { self.rules = rules }

    /// A scanned release, and each model of a collection beside the whole.
    public func dossier(_ facts: ReleaseFacts) -> Dossier {
        let facts = NestedProjects.marked(facts, rules)
        let collections = Collections(rules: rules)
        let models = collections.folders(facts).map { ($0, single(collections.part(facts, $0))) }
        if facts.models.count >= 2 {
            var dossier = SeveralModels(facts: facts, models: models, judge: self).dossier
            dossier.parts = models.map(part)
            return dossier
        }
        var dossier = single(facts)
        dossier.parts = models.map(part)
        // What may be done is asked of the whole release only.
        return UseJudge(rules: rules).judged(dossier, UseJudge.Access(facts, rules.cards))
    }

    /// What a report of the whole says of one of its models.
    private func part(_ folder: String, _ dossier: Dossier) -> PartDossier {
        let statuses = dossier.components.filter { $0.status != .absent }.map { ($0.id, $0.status) }
        return PartDossier(
            path: folder, components: Dictionary(statuses, uniquingKeysWith: { first, _ in first }),
            gradient: dossier.gradient, licenceOfWeights: dossier.expression.ofWeights, flags: dossier.flags.map(\.id))
    }

    func identity(_ facts: ReleaseFacts) -> ReleaseIdentity {
        ReleaseIdentity(
            name: facts.name, kind: facts.kind, path: facts.path, revision: facts.revision,
            fileCount: facts.fileCount, byteCount: facts.files.reduce(0) { $0.saturatingSum($1.byteCount ?? 0) },
            unseenBytes: facts.files.reduce(0) { $0.saturatingSum($1.unseenBytes) })
    }

    private func single(_ facts: ReleaseFacts) -> Dossier {
        let folders = FolderIndex(facts, rules: rules.components)
        let found = ComponentFinder.find(facts, folders: folders, rules: rules)
        let terms = TermsResolver(facts, components: found.components, folders: folders, rules: rules).resolve()
        let components = covered(found.components, terms)
        var model = ModelDescriber.describe(facts, rules: rules)
        model.baseModels = Duties(release: facts, terms: terms, rules: rules).judged(model.baseModels)
        model.needs = Needs(rules: rules).judged(found.others, bases: model.baseModels + model.hintedBases)
        let inputs = GradientFacts(
            release: facts, components: components, terms: terms, stated: found.stated,
            hasPretrainingCode: found.hasPretrainingCode,
            model: model, rules: rules
        ).inputs
        let gradient = GradientJudge(rules: rules, components: components, terms: terms).judge(inputs)
        let claims = ownClaims(facts)
        let documents = CardSections(rules: rules.cards).documents(facts, components)
        let osd = definition(terms)
        let speaking = SpeakingDocuments(facts, rules: rules)
        let disclosures = speaking.disclosures(components)
        let read = readReports(facts, components)
        let subject = YardstickSubject(
            components: components, licences: terms.licences, documents: documents, model: model, osd: osd,
            disclosures: disclosures, readReports: read)
        let yardsticks = YardstickJudge(rules: rules).judge(subject, gradient)
        let expression = expression(terms, components)
        let access = AccessJudge(
            speaking, components: components, terms: terms, rules: rules, hubGate: facts.gate
        ).access
        let context = FlagContext(
            release: facts, rules: rules, components: components, terms: terms, claims: claims, gradient: gradient,
            inputs: inputs, model: model, access: access,
            disclosures: Dictionary(grouping: disclosures, by: \.id).mapValues { $0.map(\.evidence) },
            opennessClass: yardsticks.mof.class, readReports: read.sorted().map { Evidence(path: $0) })
        let flags = FlagRules.all.compactMap { $0.flag(context) }.sorted {
            ($1.severity, $0.id) < ($0.severity, $1.id)
        }
        let verdict = VerdictJudge(rules: rules).judge(
            gradient: gradient, yardsticks: yardsticks, terms: terms.parts, licences: terms.licences,
            expression: expression, flags: flags)
        return Dossier(
            release: identity(facts),
            verdict: verdict, components: components, terms: terms.parts, licences: terms.licences,
            otherLicences: terms.others, expression: expression,
            artefacts: ArtefactListing.of(facts, found.ofArtefacts), model: model, claims: claims,
            documents: documents, parts: [], gradient: gradient, yardsticks: yardsticks, flags: flags,
            errors: facts.errors, access: access, disclosures: disclosures)
    }

    /// Reports whose text was read.
    private func readReports(_ facts: ReleaseFacts, _ components: [Component]) -> Set<String> {
        let paths = Set(components.filter { YardstickSubject.reports.contains($0.id) }.flatMap(\.paths))
        return Set(facts.files.lazy.filter { paths.contains($0.path) && $0.card != nil }.map(\.path))
    }

    /// Components with the licences that cover them.
    private func covered(_ components: [Component], _ terms: Terms) -> [Component] {
        components.map { component in
            guard component.status != .absent else { return component }
            var component = component
            let own =
                ComponentID.weights.contains(component.id)
                ? terms.ofWeights : terms.licences.filter { $0.covers(component.id) }
            component.licences = Set(own.flatMap(Self.named)).sorted()
            return component
        }
    }

    /// A licence, with those beside which it may be chosen.
    private static func named(_ licence: JudgedLicence) -> [LicenceID] {
        [licence.expressionID] + (licence.statement?.ids.map { LicenceID($0) } ?? [])
    }

    /// What documents that speak for the release say of its openness.
    private func ownClaims(_ facts: ReleaseFacts) -> [Claim] {
        facts.files.lazy.filter { file in
            let place = file.place
            return place.area == .main && !rules.places.isCommunityFile(place)
                && (place.isReadme || place.depth <= 1 || rules.places.isPackageDescription(place))
        }.flatMap { $0.card?.claims ?? [] }
    }

    /// The Open Source Definition for the licences of the weights, of the code where there are none.
    private func definition(_ terms: Terms) -> OSDAssessment {
        let judged = terms.ofWeights.isEmpty ? terms.licences.filter { $0.covers(.inferenceCode) } : terms.ofWeights
        return .weakest(judged.map(\.osd))
    }

    private func expression(_ terms: Terms, _ components: [Component]) -> ConcludedLicences {
        var byComponent: [ComponentID: String] = [:]
        for component in components where component.status != .absent {
            let isOfWeights = ComponentID.weights.contains(component.id)
            byComponent[component.id] = ConcludedExpression.of(
                isOfWeights ? terms.ofWeights : terms.licences.filter { $0.covers(component.id) })
        }
        let texts = terms.licences.filter {
            $0.method != .metadata && $0.method != .mentioned && !$0.appliesTo.isEmpty
        }
        return ConcludedLicences(
            declared: declared(terms),
            concluded: ConcludedExpression.of(texts.isEmpty ? terms.licences : texts),
            byComponent: byComponent)
    }

    /// What the card's licence field says, as written; else what other metadata name.
    private func declared(_ terms: Terms) -> String? {
        var seen = Set<String>()
        let fields = terms.declared.filter { $0.source == .card && $0.isLicenceField }.map(\.value.raw)
        let unique = fields.filter { seen.insert($0).inserted }
        guard unique.isEmpty else { return Evidence(path: "", quote: unique.joined(separator: " AND ")).quote }
        let values = terms.declared.compactMap(\.value.expression)
        return values.isEmpty ? nil : LicenceExpression.all(values).normalised.text
    }
}
