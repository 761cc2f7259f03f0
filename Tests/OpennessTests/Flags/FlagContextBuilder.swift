import OpenscanBytes
import OpenscanFacts
import OpenscanLicensing
import OpenscanTestSupport

@testable import OpenscanOpenness

/// A release as flag rules see it, put together from plain facts. Begins as nothing; each step is a line that the
/// reader of a test can see.
struct FlagContextBuilder {
    var files: [FileFacts] = []
    var components: [Component] = []
    var terms = Terms(licences: [], others: [], declared: [], ofWeights: [], parts: [:])
    var claims: [Claim] = []
    var subject = Gradient.Subject.model
    var inputs = GradientInputs(
        weights: .full, trainingCode: .none, inferenceCode: .none, trainingData: .none, licenceClass: .none,
        classesOfAllParts: [])
    var model = ModelDescription()

    /// Weights in the release, and a card whose third line calls the model open source.
    static var openModel: Self { Self().having(.weightsFinal).claiming(.openSource, "Our model is open source.") }

    var disclosures: [DisclosureID: [Evidence]] = [:]
    var opennessClass: Int?
    var readReports: [Evidence] = []

    var context: FlagContext {
        let release = ReleaseFacts(name: "release", kind: .directory, path: "release", files: files)
        let access = AccessJudge(
            SpeakingDocuments(release, rules: TestRules.shared), components: components, terms: terms,
            rules: TestRules.shared
        ).access
        return FlagContext(
            release: release, rules: TestRules.shared, components: components, terms: terms, claims: claims,
            gradient: Gradient(subject: subject, level: "weights-available", licenceClass: .none, confidence: .high),
            inputs: inputs, model: model, access: access, disclosures: disclosures, opennessClass: opennessClass,
            readReports: readReports)
    }

    /// Something that a sentence in the seventh line of the README tells.
    func telling(_ id: DisclosureID, _ quote: String) -> Self {
        with { $0.disclosures[id, default: []].append(Evidence(path: "README.md", lines: LineRange(7), quote: quote)) }
    }

    // MARK: Steps

    /// The same with a change that no other step makes.
    func with(_ change: (inout Self) -> Void) -> Self {
        var copy = self
        change(&copy)
        return copy
    }

    /// A component whose file or sentence is the place.
    func having(_ id: ComponentID, _ status: Component.Status = .present, at place: Evidence? = nil) -> Self {
        with {
            var component = Component(id: id, status: status)
            let place = place ?? Evidence(path: "\(id.rawValue).file")
            component.evidence = [place]
            if status == .present { component.paths = [place.path] }
            $0.components.append(component)
        }
    }

    /// A sentence in the third line of the README.
    func claiming(
        _ category: Claim.Category, _ quote: String, of subject: Claim.Subject = .model,
        _ polarity: Claim.Polarity = .claim
    ) -> Self {
        with {
            $0.claims.append(
                Claim(
                    category: category, subject: subject, polarity: polarity,
                    evidence: Evidence(path: "README.md", lines: LineRange(3), quote: quote)))
        }
    }

    /// A licence of the release, and of its weights unless it covers other parts.
    func under(_ licence: JudgedLicence) -> Self {
        with {
            $0.terms.licences.append(licence)
            if licence.covers(.weightsFinal) { $0.terms.ofWeights.append(licence) }
        }
    }

    /// A licence field in the second line of a card or of package metadata.
    func declaring(_ raw: String, _ ids: LicenceID..., in source: DeclaredTerms.Source = .card) -> Self {
        with {
            $0.terms.declared.append(
                DeclaredTerms(
                    value: LicenceValue(raw: raw, ids: ids, expression: nil, isFamily: ids.isEmpty),
                    evidence: Evidence(path: "README.md", lines: LineRange(2), quote: "license: \(raw)"),
                    source: source))
        }
    }

    /// A file with what was read of it.
    func file(_ path: String, area: FilePlace.Area = .main, _ read: (inout FileFacts) -> Void = { _ in }) -> Self {
        with {
            var file = FileFacts(
                entry: Entry(path: path, kind: .file, size: nil), place: FilePlace(area: area, name: path.lowercased()))
            read(&file)
            $0.files.append(file)
        }
    }

    /// A README whose head has these fields, in the second line and after.
    func card(_ fields: [(name: String, values: [String])], _ read: (inout CardFacts) -> Void = { _ in }) -> Self {
        file("README.md") { file in
            var card = CardFacts()
            if !fields.isEmpty { card.frontMatter = FrontMatter(written: fields) }
            read(&card)
            file.card = card
        }
    }

    /// A base model that the card names in its second line, as Licenses/models.yml knows it.
    func madeFrom(
        _ name: String, known: String, _ licence: LicenceID, _ certainty: ModelDescription.Certainty = .verified,
        source: ModelDescription.Base.Source = .card, duties: [ModelDescription.Duty] = []
    ) -> Self {
        with {
            var base = ModelDescription.Base(
                name: name, relation: .finetune, source: source,
                evidence: Evidence(path: "README.md", lines: LineRange(2), quote: "base_model: \(name)"))
            base.known = known
            base.licence = licence
            base.certainty = certainty
            base.duties = duties
            $0.model.baseModels.append(base)
        }
    }
}

extension JudgedLicence {
    /// A text in LICENSE that covers code and weights.
    static func text(
        _ id: LicenceID, name: String? = nil, _ category: LicenceCategory = .permissive, fails: [OSDCriterion] = [],
        path: String = "LICENSE", covers: [ComponentID] = [.weightsFinal, .inferenceCode], clauses: [ClauseMatch] = []
    ) -> JudgedLicence {
        let judgements = OSDCriterion.allCases.map { criterion in
            (criterion, OSDJudgement(verdict: fails.contains(criterion) ? .fail : .pass, reason: ""))
        }
        return JudgedLicence(
            id: id, name: name ?? id.rawValue, category: category, path: path, lines: LineRange(1, 20), method: .text,
            coverage: 1, isModified: false, additions: [], missingWords: 0, appliesTo: covers, clauses: clauses,
            osd: OSDAssessment(Dictionary(uniqueKeysWithValues: judgements)),
            isOSIApproved: TestRules.shared.licences.record(id)?.isOSIApproved ?? false, nearest: nil, quote: nil)
    }

    /// The same with a change.
    func with(_ change: (inout JudgedLicence) -> Void) -> JudgedLicence {
        var copy = self
        change(&copy)
        return copy
    }
}

extension ClauseMatch {
    /// A clause in a line of its own.
    static func clause(
        _ id: ClauseID, _ quote: String, line: Int = 7, path: String = "LICENSE", _ status: Status = .present
    ) -> ClauseMatch {
        ClauseMatch(
            id: id, status: status, evidence: Evidence(path: path, lines: LineRange(line), quote: quote))
    }
}

extension FlagFinding {
    /// What the program says, in English.
    var words: [String] { reasons.map(\.words.description) }
    /// `path:line` of the evidence.
    var places: [String] { evidence.map(\.place) }
    /// The release's own words.
    var quotes: [String] { evidence.compactMap(\.quote) }
}
