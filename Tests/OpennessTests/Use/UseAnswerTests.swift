import OpenscanFacts
import OpenscanRules
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

/// What one licence answers, clause by clause.
@Suite struct UseAnswerTests {
    private static let rules = TestRules.shared

    private static func clause(
        _ id: ClauseID, _ parameters: [String: String] = [:], _ status: ClauseMatch.Status = .present
    ) -> ClauseMatch {
        ClauseMatch(
            id: id, status: status, evidence: Evidence(path: "LICENSE", lines: LineRange(7), quote: "words"),
            parameters: parameters)
    }

    private static let grants = ["grant-use", "grant-modify", "grant-redistribute", "grant-commercial"].map {
        clause(ClauseID($0))
    }

    private static func licence(
        _ id: LicenceID, _ clauses: [ClauseMatch] = [], by method: LicenceMatch.Method = .text, isModified: Bool = false
    ) -> JudgedLicence {
        JudgedLicence(
            id: id, name: id.rawValue, category: rules.licences.record(id)?.category ?? .unclear, path: "LICENSE",
            lines: LineRange(1, 20), method: method, isModified: isModified, appliesTo: [.weightsFinal],
            clauses: clauses)
    }

    private static func answers(_ licences: JudgedLicence...) -> [UseID: UseDecision] {
        let decisions = Judge(rules).use(licences).use
        return Dictionary(decisions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// A text made for models whose record is known, with all grants and one more clause.
    private static func model(_ clause: ClauseMatch) -> [UseID: UseDecision] {
        answers(licence("LicenseRef-llama-2", grants + [clause]))
    }

    // MARK: How the terms are known

    @Test func anApprovedTextAsItStandsPermitsEverything() {
        let found = Self.answers(Self.licence("MIT"))
        #expect(found.count == UseID.ofEveryPart.count)
        for (id, decision) in found {
            #expect(decision.answer == .yes, "\(id)")
            #expect(decision.reason.evidence.map(\.path) == ["LICENSE"], "\(id)")
        }
    }

    @Test func aNameAloneAnswersByItsRecordAndSaysSo() {
        let found = Self.answers(Self.licence("MIT", by: .metadata))
        #expect(found[.commercialUse]?.answer == .yes)
        #expect(found[.commercialUse]?.reason.words.description.contains("by the record") == true)
        #expect(Self.answers(Self.licence("CC-BY-NC-4.0", by: .metadata))[.commercialUse]?.answer == .no)
    }

    @Test func aNameWithoutARecordSettlesNothing() {
        let found = Self.answers(Self.licence("LicenseRef-of-nobody", by: .metadata))
        for (id, decision) in found { #expect(decision.answer == .unclear, "\(id)") }
    }

    @Test func aTextThatNobodyKnowsIsNeverAPlainYes() {
        let granting = Self.answers(Self.licence(.unknown, Self.grants))
        #expect(granting[.commercialUse]?.answer == .unclear)
        #expect(granting[.redistribute]?.answer == .unclear)
        let limiting = Self.answers(Self.licence(.unknown, Self.grants + [Self.clause("non-commercial")]))
        #expect(limiting[.commercialUse]?.answer == .no)
        #expect(limiting[.modify]?.answer == .conditions)
        #expect(Self.answers(Self.licence(.unknown))[.modify]?.answer == .unclear)
    }

    @Test func aChangedTextIsNoLongerTheApprovedOne() {
        let changed = Self.answers(Self.licence("MIT", Self.grants, isModified: true))
        #expect(changed[.commercialUse]?.answer == .unclear)
        let limited = Self.answers(
            Self.licence(
                "MIT", Self.grants + [Self.clause("revenue-threshold", ["amount": "1000000", "currency": "USD"])],
                isModified: true))
        #expect(limited[.atScale]?.answer != .yes)
        #expect(limited[.commercialUse]?.answer == .conditions)
    }

    @Test func aPlainGrantOfUseIsNoCommercialGrantInAProprietaryText() {
        let record = Self.rules.licences.records.first { $0.category == .proprietary && !$0.isAI }
        let id = record?.id ?? "LicenseRef-none"
        #expect(record != nil)
        let found = Self.answers(Self.licence(id, [Self.clause("grant-use")]))
        #expect(found[.commercialUse]?.answer == .unclear)
    }

    // MARK: Clauses

    /// Clause, question, answer: what must be said.
    @Test(
        arguments: [
            ("non-commercial", UseID.commercialUse, UseAnswer.no), ("non-commercial", .modify, .conditions),
            ("research-only", .commercialUse, .no), ("non-production", .hostAsService, .no),
            ("no-hosted-service", .hostAsService, .no), ("no-redistribution", .redistribute, .no),
            ("no-derivatives", .modify, .no), ("no-training-other-models", .trainOtherModels, .no),
            ("no-training-other-models", .distil, .no), ("derivative-includes-distillation", .distil, .conditions),
            ("network-copyleft", .hostAsService, .conditions), ("share-alike", .redistribute, .conditions),
            ("use-restriction-list", .fieldsOfUse, .conditions), ("field-of-endeavour", .commercialUse, .conditions),
            ("no-competing-use", .commercialUse, .conditions), ("royalty", .commercialUse, .conditions),
            ("licence-back", .keepPrivate, .conditions), ("registration-or-request", .commercialUse, .conditions),
            ("use.medical", .fieldsOfUse, .conditions),
        ] as [(ClauseID, UseID, UseAnswer)])
    func aClauseAnswers(clause: ClauseID, id: UseID, answer: UseAnswer) {
        let decision = Self.model(Self.clause(clause))[id]
        #expect(decision?.answer == answer)
        let evidence = (decision.map { [$0.reason] + $0.conditions } ?? []).flatMap(\.evidence)
        #expect(evidence.contains { $0.lines == LineRange(7) })
    }

    /// Clause and question: what it must not touch.
    @Test(
        arguments: [
            ("no-training-other-models", UseID.commercialUse), ("no-training-other-models", .redistribute),
            ("state-changes", .modify), ("include-licence-copy", .redistribute), ("non-production", .modify),
            ("share-alike", .commercialUse), ("no-redistribution", .commercialUse), ("mau-threshold", .modify),
            ("use-restriction-list", .modify), ("attribution-display", .commercialUse),
        ] as [(ClauseID, UseID)])
    func aClauseLeavesTheRestAlone(clause: ClauseID, id: UseID) {
        #expect(Self.model(Self.clause(clause))[id]?.answer == .yes)
    }

    @Test func aProhibitionInPartIsACondition() {
        let found = Self.model(Self.clause("non-commercial", [:], .partial))
        #expect(found[.commercialUse]?.answer == .conditions)
    }

    @Test func silenceOnOutputIsUnclearUnlessNothingIsRestricted() {
        #expect(Self.model(Self.clause("state-changes"))[.trainOtherModels]?.answer == .unclear)
        #expect(Self.answers(Self.licence("Apache-2.0"))[.trainOtherModels]?.answer == .yes)
        #expect(Self.model(Self.clause("output-ownership", ["owner": "user"]))[.useOutput]?.answer == .yes)
        #expect(Self.model(Self.clause("output-ownership", ["owner": "licensor"]))[.useOutput]?.answer == .conditions)
    }

    @Test func aThresholdHasItsNumberAndWhatHappensAbove() {
        let found = Self.model(Self.clause("mau-threshold", ["mau": "700000000", "effect": "deny"]))
        let scale = found[.atScale]
        #expect(scale?.answer == .conditions)
        #expect(
            scale?.thresholds == [UseThreshold(measure: .monthlyUsers, above: 700_000_000, effect: .deny)])
        #expect(scale?.conditions.first?.words.description.contains("700,000,000") == true)
        let unread = Self.model(Self.clause("mau-threshold"))[.atScale]
        #expect(unread?.answer == .conditions && unread?.thresholds == [])
    }

    @Test func territoriesAreTheNamedOnes() {
        let named = Self.model(Self.clause("territorial-exclusion", ["territories": "EU,South Korea"]))
        #expect(named[.useInEU]?.answer == .no)
        #expect(named["use-in-south-korea"]?.answer == .no)
        #expect(named["use-in-us"] == nil)
        let other = Self.model(Self.clause("territorial-exclusion", ["territories": "US"]))
        #expect(other[.useInEU]?.answer == .yes)
        #expect(other["use-in-us"]?.answer == .no)
        #expect(Self.model(Self.clause("territorial-exclusion"))[.useInEU]?.answer == .unclear)
    }

    @Test func aPolicyAtAnAddressIsKnownByItsRecord() {
        let named = Self.answers(Self.licence("LicenseRef-llama-3.2", by: .metadata))
        #expect(named[.useInEU]?.answer == .conditions)
        #expect(
            named[.fieldsOfUse]?.conditions.contains { $0.words.description.contains("listed uses") } == true)
        #expect(Self.answers(Self.licence("LicenseRef-llama-3.1", by: .metadata))[.useInEU]?.answer == .yes)
        for (licence, policy) in Self.rules.use.policies {
            #expect(Self.rules.clauseRecords.clauses(of: licence, at: Evidence(path: "")) != nil, "\(licence)")
            #expect(Self.rules.clauseRecords.clauses(of: policy, at: Evidence(path: "")) != nil, "\(policy)")
        }
    }

    /// Licences of models as they are known here: commercial use, training others, the European Union, scale.
    @Test(
        arguments: [
            ("LicenseRef-llama-2", UseAnswer.conditions, .no, .yes, .conditions),
            ("LicenseRef-llama-3.1", .conditions, .unclear, .yes, .conditions),
            ("LicenseRef-hunyuan-large", .conditions, .no, .no, .conditions),
            ("LicenseRef-gemma-tou-2025-03-24", .conditions, .conditions, .yes, .yes),
            ("LicenseRef-creativeml-openrail-m", .conditions, .conditions, .yes, .yes),
            ("LicenseRef-svd-nc", .no, .conditions, .yes, .yes), ("CC-BY-NC-4.0", .no, .unclear, .yes, .yes),
            ("CC-BY-4.0", .yes, .yes, .yes, .yes), ("Apache-2.0", .yes, .yes, .yes, .yes),
        ] as [(LicenceID, UseAnswer, UseAnswer, UseAnswer, UseAnswer)])
    func knownLicencesAnswer(
        id: LicenceID, commercial: UseAnswer, training: UseAnswer, territory: UseAnswer, scale: UseAnswer
    ) {
        let found = Self.answers(Self.licence(id, by: .metadata))
        #expect(found[.commercialUse]?.answer == commercial)
        #expect(found[.trainOtherModels]?.answer == training)
        #expect(found[.useInEU]?.answer == territory)
        #expect(found[.atScale]?.answer == scale)
    }

    // MARK: Duties

    @Test func dutiesFallDueAtTheirMoment() {
        let text = Self.licence(
            "LicenseRef-llama-2",
            Self.grants + [
                Self.clause("include-licence-copy"), Self.clause("state-changes"), Self.clause("network-copyleft"),
                Self.clause("attribution-display", ["text": "Built with\n X"]), Self.clause("audit-or-reporting"),
                Self.clause("model-naming", ["name": "Llama"]),
            ])
        let duties = Judge(Self.rules).use([text]).duties
        func moment(_ id: DutyID) -> [DutyMoment] { duties.filter { $0.id == id }.map(\.moment) }
        #expect(moment(.includeLicence) == [.redistribute])
        #expect(moment(.stateChanges) == [.derive])
        #expect(moment(.discloseSource) == [.serve])
        #expect(moment(.report) == [.always])
        #expect(moment(.modelName) == [.derive])
        #expect(moment(.attribution).isEmpty)
        #expect(duties.first { $0.id == .display }?.text == "Built with X")
    }

    @Test func creditWithoutPrescribedWordsIsNoDisplay() {
        let text = Self.licence("CC-BY-4.0", [Self.clause("attribution-display")])
        let duties = Judge(Self.rules).use([text]).duties
        #expect(duties.contains { $0.id == .attribution } && !duties.contains { $0.id == .display })
    }

    // MARK: Data

    @Test func everyListedUseHasItsGroup() {
        let grouped = Set(Self.rules.use.fields.flatMap(\.clauses))
        for clause in Self.rules.clauses.with(.listedUse) { #expect(grouped.contains(clause), "\(clause)") }
    }

    @Test func recordsHaveClausesThatAreKnown() {
        let records = Self.rules.clauseRecords
        #expect(records.ids.count > 600)
        let place = Evidence(path: "")
        #expect(records.clauses(of: "MIT", at: place)?.contains { $0.id == "grant-use" } == true)
        for missing in ["", "records", "MI", "MIT\"", "no-such-licence"] as [LicenceID] {
            #expect(records.clauses(of: missing, at: place) == nil, "\(missing)")
        }
        for id in records.ids {
            let clauses = records.clauses(of: id, at: Evidence(path: "")) ?? []
            #expect(!clauses.isEmpty, "\(id)")
            for clause in clauses { #expect(Self.rules.clauses[clause.id] != nil, "\(id): \(clause.id)") }
        }
    }

    /// The definition asks that approved licences permit these; a record that says otherwise was misread.
    @Test func approvedLicencesPermitWhatTheDefinitionAsksFor() {
        let approved = Self.rules.licences.records.filter { $0.isOSIApproved && !$0.isException }
        #expect(approved.count > 90)
        for record in approved {
            let found = Self.answers(Self.licence(record.id, by: .metadata))
            for id in [UseID.commercialUse, .modify, .redistribute, .useInEU, .atScale] {
                #expect(found[id]?.answer == .yes || found[id]?.answer == .conditions, "\(record.id): \(id)")
            }
        }
    }
}
