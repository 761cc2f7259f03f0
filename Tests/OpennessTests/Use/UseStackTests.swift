import OpenscanFacts
import OpenscanRules
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

/// What several terms come to: parts, bases, choices, conflicts, and terms that are not known.
@Suite struct UseStackTests {
    private static let rules = TestRules.shared
    private static let judge = Judge(rules)

    private static func release(_ licence: LicenceID) -> ReleaseBuilder {
        ReleaseBuilder().weights().licensing("LICENSE", .text(licence))
    }

    private static func dossier(_ builder: ReleaseBuilder, bases: [ModelDescription.Base] = []) -> Dossier {
        var dossier = judge.dossier(builder.release)
        dossier.model.baseModels = bases
        return UseJudge(rules: rules).judged(dossier, UseJudge.Access(builder.release, rules.cards))
    }

    private static func answer(_ id: UseID, _ dossier: Dossier, _ part: ReleasePart = .weights) -> UseDecision? {
        dossier.use.first { $0.id == id && $0.part == part }
    }

    private static func base(_ licence: LicenceID?, _ certainty: ModelDescription.Certainty = .verified)
        -> ModelDescription.Base
    {
        var base = ModelDescription.Base(
            name: "maker/base", relation: .finetune, source: .card,
            evidence: Evidence(path: "README.md", lines: LineRange(3), quote: "maker/base"))
        base.licence = licence
        base.certainty = licence == nil ? nil : certainty
        return base
    }

    @Test func partsThatAreNotThereHaveNoAnswers() {
        let dossier = Self.dossier(Self.release("MIT"))
        #expect(Self.answer(.commercialUse, dossier)?.answer == .yes)
        #expect(Set(dossier.use.map(\.part)) == [.weights])
    }

    @Test func aReleaseWithoutALicencePermitsNothing() {
        let dossier = Self.dossier(ReleaseBuilder().weights())
        #expect(Self.answer(.commercialUse, dossier)?.answer == .no)
        #expect(Self.answer(.redistribute, dossier)?.answer == .no)
        #expect(Self.answer(.useOutput, dossier)?.answer == .unclear)
        #expect(dossier.duties.isEmpty)
    }

    // MARK: What has to be got besides

    private static func needing(_ licence: LicenceID?, _ certainty: ModelDescription.Certainty = .verified) -> Dossier {
        var dossier = judge.dossier(release("Apache-2.0").release)
        var need = ModelDescription.Need(
            name: "maker/encoder", evidence: Evidence(path: "run.py", lines: LineRange(9), quote: "maker/encoder"))
        need.licence = licence
        need.certainty = licence == nil ? nil : certainty
        dossier.model.needs = [need]
        return UseJudge(rules: rules).judged(dossier, UseJudge.Access())
    }

    @Test func termsOfWhatHasToBeGotBesidesHoldForUse() {
        let dossier = Self.needing("CC-BY-NC-4.0")
        #expect(Self.answer(.commercialUse, dossier)?.answer == .no)
        #expect(Self.answer(.commercialUse, dossier)?.reason.words.description.contains("maker/encoder") == true)
        #expect(Self.answer(.redistribute, dossier)?.answer == .yes, "it is not passed on")
        #expect(Self.answer(.commercialUse, Self.needing("MIT"))?.answer == .yes)
    }

    @Test func needsOfWhichLittleIsKnownAreListedBesideTheAnswer() {
        for dossier in [Self.needing(nil), Self.needing("CC-BY-NC-4.0", .probable)] {
            let answer = Self.answer(.commercialUse, dossier)
            #expect(answer?.answer == .yes)
            #expect(answer?.conditions.contains { $0.words.description.contains("maker/encoder") } == true)
        }
        #expect(Self.answer(.modify, Self.needing(nil))?.answer == .yes)
    }

    @Test func aModelDistilledFromOneThatBansItIsAConflictWithBothPlaces() {
        var teacher = Self.base("LicenseRef-llama-2")
        teacher.relation = "distilled"
        let dossier = Self.dossier(Self.release("Apache-2.0"), bases: [teacher])
        let answer = Self.answer(.redistribute, dossier)
        #expect(answer?.answer == .no)
        #expect(answer?.reason.evidence.map(\.path) == ["README.md", "LICENSE"])
        var tuned = teacher
        tuned.relation = .finetune
        #expect(Self.answer(.redistribute, Self.dossier(Self.release("Apache-2.0"), bases: [tuned]))?.answer != .no)
        var free = Self.base("MIT")
        free.relation = "distilled"
        #expect(Self.answer(.redistribute, Self.dossier(Self.release("Apache-2.0"), bases: [free]))?.answer == .yes)
    }

    @Test func linkedWeightsAreNotAnsweredByTheLicenceOfTheRepository() {
        let linked = ReleaseBuilder().program("model.py", [.inference: 20]).licensing("LICENSE", .text("MIT")).linking(
            .hubModel, "https://huggingface.co/org/release", saying: "The weights are at org/release.")
        let dossier = Self.dossier(linked)
        #expect(dossier.terms[.weights]?.basis == .inherited)
        #expect(Self.answer(.commercialUse, dossier)?.answer == .unclear)
        #expect(Self.answer(.commercialUse, dossier, .code)?.answer == .yes)
    }

    @Test func aStricterLicenceNamedInAnotherPlaceMakesItUnclear() {
        let named = Self.dossier(Self.release("MIT").card(fields: [("license", ["cc-by-nc-4.0"])]))
        #expect(Self.answer(.commercialUse, named)?.answer == .unclear)
        let same = Self.dossier(Self.release("MIT").card(fields: [("license", ["apache-2.0"])]))
        #expect(Self.answer(.commercialUse, same)?.answer == .yes)
    }

    @Test func aSentenceOnWeightsLeavesAStricterGeneralTextToBeSettled() {
        func answer(_ general: LicenceID) -> UseAnswer? {
            let builder = ReleaseBuilder().weights().program("model.py", [.inference: 20]).licensing(
                "LICENSE", .text(general)
            ).licensing("README.md", .words("MIT", of: [.weights], "The models below are under MIT.")).card()
            return Self.answer(.commercialUse, Self.dossier(builder))?.answer
        }
        #expect(answer("CC-BY-NC-4.0") == .unclear)
        #expect(answer("Apache-2.0") == .yes)
    }

    @Test func aPolicyBesideTheLicenceIsACondition() {
        let dossier = Self.dossier(Self.release("MIT").file("USE_POLICY.md"))
        #expect(Self.answer(.fieldsOfUse, dossier)?.answer == .conditions)
        #expect(Self.answer(.modify, dossier)?.answer == .yes)
    }

    @Test func aLicenceFileThatWasNotReadIsNoLackOfOne() {
        let dossier = Self.dossier(ReleaseBuilder().weights().file("LICENSE.pdf"))
        #expect(Self.answer(.commercialUse, dossier)?.answer == .unclear)
    }

    // MARK: Bases

    @Test func theStrictestOfOwnTermsAndBaseHolds() {
        let dossier = Self.dossier(Self.release("MIT"), bases: [Self.base("CC-BY-NC-4.0")])
        let decision = Self.answer(.commercialUse, dossier)
        #expect(decision?.answer == .no)
        #expect(decision?.reason.evidence.map(\.path) == ["README.md"])
        #expect(Self.answer(.modify, dossier)?.answer == .conditions)
        let duties = dossier.duties.filter { $0.id == .attribution }
        #expect(!duties.isEmpty)
    }

    @Test func aBaseWhoseTermsAreNotKnownIsUnclear() {
        let dossier = Self.dossier(Self.release("MIT"), bases: [Self.base(nil)])
        #expect(Self.answer(.commercialUse, dossier)?.answer == .unclear)
        let own = Self.dossier(Self.release("CC-BY-NC-4.0"), bases: [Self.base(nil)])
        #expect(Self.answer(.commercialUse, own)?.answer == .no)
    }

    @Test func aBaseFoundByACopysNameDeniesNothing() {
        let dossier = Self.dossier(Self.release("MIT"), bases: [Self.base("CC-BY-NC-4.0", .probable)])
        #expect(Self.answer(.commercialUse, dossier)?.answer == .unclear)
    }

    @Test func aBaseUnderTheSameTermsAddsNothing() {
        let dossier = Self.dossier(Self.release("Apache-2.0"), bases: [Self.base("Apache-2.0")])
        #expect(Self.answer(.redistribute, dossier)?.answer == .yes)
        #expect(dossier.duties.count { $0.id == .includeLicence } == 1)
    }

    // MARK: Conflicts and choices

    @Test func termsThatCannotBeKeptTogetherAreAConflictWithBothPlaces() {
        let dossier = Self.dossier(Self.release("GPL-3.0-only"), bases: [Self.base("CC-BY-NC-4.0")])
        let decision = Self.answer(.redistribute, dossier)
        #expect(decision?.answer == .no)
        #expect(decision?.reason.evidence.map(\.path) == ["LICENSE", "README.md"])
        let fitting = Self.dossier(Self.release("CC-BY-NC-SA-4.0"), bases: [Self.base("CC-BY-NC-4.0")])
        #expect(Self.answer(.redistribute, fitting)?.answer == .conditions)
    }

    @Test func aChoiceIsAnsweredForItsMostPermissiveBranch() {
        var dossier = Self.dossier(Self.release("MIT"))
        let licence = { (id: LicenceID) in
            JudgedLicence(
                id: id, name: id.rawValue, category: .unclear, path: "README.md", lines: LineRange(2),
                method: .metadata,
                appliesTo: [.weightsFinal])
        }
        dossier.licences = [licence("CC-BY-NC-4.0"), licence("MIT")]
        dossier.terms[.weights]?.expression = "CC-BY-NC-4.0 OR MIT"
        dossier = UseJudge(rules: Self.rules).judged(dossier, UseJudge.Access())
        let decision = Self.answer(.commercialUse, dossier)
        #expect(decision?.answer == .yes)
        #expect(decision?.conditions.contains { $0.words.description.contains("MIT") } == true)
        dossier.terms[.weights]?.expression = "CC-BY-NC-4.0 AND MIT"
        dossier = UseJudge(rules: Self.rules).judged(dossier, UseJudge.Access())
        #expect(Self.answer(.commercialUse, dossier)?.answer == .no)
    }

    @Test func anExceptionStandsForNoLicence() {
        var dossier = Self.dossier(Self.release("Apache-2.0"))
        dossier.terms[.weights]?.expression = "Apache-2.0 WITH LLVM-exception"
        #expect(Self.rejudged(dossier, .commercialUse) == .yes)
        dossier.terms[.weights]?.expression = "Apache-2.0 AND LLVM-exception"
        #expect(Self.rejudged(dossier, .commercialUse) == .yes)
    }

    private static func rejudged(_ dossier: Dossier, _ id: UseID) -> UseAnswer? {
        answer(id, UseJudge(rules: rules).judged(dossier, UseJudge.Access()))?.answer
    }

    /// A saved report may say anything: no answer is given where there is too much to compare.
    @Test func anExpressionWithoutEndIsUnclear() {
        var dossier = Self.dossier(Self.release("MIT"))
        dossier.terms[.weights]?.expression = (0..<50_000).map { "LicenseRef-\($0)" }.joined(separator: " OR ")
        #expect(Self.rejudged(dossier, .commercialUse) == .unclear)
    }

    /// A sentence beside an open licence binds as well.
    @Test func aLimitBesideTheLicenceHolds() {
        var limit = ClauseMatch(
            id: "non-commercial", status: .present, evidence: Evidence(path: "README.md", lines: LineRange(9)))
        limit.isBeside = true
        var dossier = Self.dossier(Self.release("MIT"))
        dossier.licences[0].clauses = [limit]
        #expect(Self.rejudged(dossier, .commercialUse) == .no)
    }

    // MARK: Gates

    @Test func aGateIsADutyAndAShutOutTerritoryANo() {
        let builder = Self.release("Apache-2.0").card(
            fields: [
                ("license", ["apache-2.0"]), ("extra_gated_prompt", ["Share your name."]),
                ("extra_gated_eu_disallowed", ["true"]),
            ])
        let dossier = Self.dossier(builder)
        #expect(dossier.duties.contains { $0.id == .acceptGate && $0.moment == .always })
        #expect(Self.answer(.useInEU, dossier)?.answer == .no)
        #expect(!Self.dossier(Self.release("Apache-2.0")).duties.contains { $0.id == .acceptGate })
    }

    // MARK: Cases

    private static func limited(_ clause: ClauseID, _ parameters: [String: String]) -> Dossier {
        let place = Evidence(path: "LICENSE", lines: LineRange(7))
        let clauses = ["grant-use", "grant-modify", "grant-redistribute", "grant-commercial"].map {
            ClauseMatch(id: ClauseID($0), status: .present, evidence: place)
        }
        let limit = ClauseMatch(id: clause, status: .present, evidence: place, parameters: parameters)
        return dossier(
            ReleaseBuilder().weights().licensing("LICENSE", .text("LicenseRef-llama-2"), clauses: clauses + [limit]))
    }

    @Test func figuresDecideThresholds() {
        let dossier = Self.limited("mau-threshold", ["mau": "700000000", "effect": "deny"])
        func answer(_ users: Int?) -> UseAnswer {
            Self.judge.answer(UseCase(purpose: .host, users: users), dossier).answer
        }
        #expect(answer(nil) == .conditions)
        #expect(answer(700_000_000) == .yes)
        #expect(answer(700_000_001) == .no)
        let other = Self.judge.answer(UseCase(purpose: .finetune), Self.limited("state-changes", [:]))
        #expect(other.answer == .yes)
        #expect(other.duties.map(\.id) == [.stateChanges])
    }

    @Test func revenueIsComparedInItsOwnCurrencyAndPeriod() {
        let dossier = Self.limited(
            "revenue-threshold", ["amount": "1000000", "currency": "USD", "period": "monthly", "effect": "deny"])
        func answer(_ amount: Int, _ currency: String?) -> UseAnswer {
            Self.judge.answer(
                UseCase(purpose: .ship, revenue: UseCase.Revenue(amount: amount, currency: currency)), dossier
            ).answer
        }
        #expect(answer(12_000_000, "USD") == .yes)
        #expect(answer(12_000_001, "USD") == .no)
        #expect(answer(5_000, "EUR") == .unclear)
        #expect(answer(5_000, nil) == .unclear)
    }

    @Test func aCountryIsInTheTerritoryThatHoldsIt() {
        let dossier = Self.limited("territorial-exclusion", ["territories": "EU,UK"])
        func answer(_ code: String) -> UseAnswer {
            Self.judge.answer(UseCase(territory: code), dossier).answer
        }
        #expect(answer("DE") == .no)
        #expect(answer("EU") == .no)
        #expect(answer("GB") == .no)
        #expect(answer("JP") == .yes)
        let unnamed = Self.limited("territorial-exclusion", [:])
        #expect(Self.judge.answer(UseCase(territory: "JP"), unnamed).answer == .unclear)
    }

    // MARK: Shipping

    @Test func whatIsOnlyNamedIsMissing() {
        let named = ReleaseBuilder().weights().card(fields: [("license", ["mit"])])
        let plan = Self.judge.shippingPlan(Self.dossier(named))
        #expect(plan.files.isEmpty)
        #expect(plan.missing.contains { $0.words.description.contains("MIT") })
        let there = Self.judge.shippingPlan(Self.dossier(Self.release("MIT")))
        #expect(there.files.map(\.path) == ["LICENSE"])
        #expect(there.missing.isEmpty)
    }
}
