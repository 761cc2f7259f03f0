import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

@Suite struct PolicyStatementsTests {
    private let listed = TestRules.shared.clauses.with(.listedUses).first
    private let refers = TestRules.shared.clauses.with(.refersToPolicy).first

    private func findings(_ release: ReleaseBuilder) -> TermsFindings {
        release.findings { context, findings in
            LicenceFileStatements.add(context, to: &findings)
            PolicyStatements.resolve(context, in: &findings)
        }
    }

    private func policy(_ release: ReleaseBuilder, _ clauses: [ClauseMatch] = []) -> ReleaseBuilder {
        release.licensing("USE_POLICY.md", clauses: clauses)
    }

    private let llama = ReleaseBuilder().licensing("LICENSE", .text("LicenseRef-llama-2"))

    @Test func usesThatAPolicyListsAreTermsOfALicenceOfThatKind() throws {
        let listed = try #require(listed)
        let own = ClauseMatch.clause(listed, "You may not build weapons.", path: "USE_POLICY.md")
        let clause = try #require(findings(policy(llama, [own])).statements.first?.clauses.last)
        #expect(clause.id == listed)
        #expect(clause.evidence == own.evidence, "at the policy's own line")
        #expect(clause.parameters == ["path": "USE_POLICY.md"])
    }

    @Test func aLicenceThatRefersToAPolicyTakesItIn() throws {
        let clause = ClauseMatch.clause(try #require(refers), "See our policy.")
        let release = ReleaseBuilder().licensing("LICENSE", .text("CC-BY-NC-4.0"), clauses: [clause])
        #expect(findings(policy(release)).statements.map { $0.clauses.count } == [2])
        #expect(findings(release).statements.map { $0.clauses.count } == [1], "without the policy's file nothing")
    }

    @Test func aPolicyBesideAnOpenLicenceAddsNothingToIt() {
        let found = findings(policy(ReleaseBuilder().licensing("LICENSE", .text("MIT"))))
        #expect(found.statements.map(\.clauses.isEmpty) == [true])
    }

    @Test func usesThatTheLicenceListsItselfStandOnce() throws {
        let own = ClauseMatch.clause(try #require(listed), "You may not build weapons.")
        let release = ReleaseBuilder().licensing("LICENSE", .text("LicenseRef-llama-2"), clauses: [own])
        #expect(findings(policy(release)).statements.map(\.clauses) == [[own]])
    }

    @Test func aPoliciesTextIsNoLicence() throws {
        let record = try #require(TestRules.shared.licences.records.first { $0.category == .usePolicy })
        let release = llama.licensing("LICENSE-policy.txt", .text(record.id))
        let found = findings(release)
        #expect(found.statements.map(\.id) == ["LicenseRef-llama-2"])
        #expect(found.others.map(\.reason) == [.policy])
        #expect(found.statements.first?.clauses.isEmpty == false, "and its uses are the licence's terms")
    }

    @Test func policiesOfOthersAreNot() {
        let found = findings(llama.licensing("third_party/x/USE_POLICY.md"))
        #expect(found.statements.map(\.clauses.isEmpty) == [true])
    }
}

/// Terms that stand elsewhere or cannot be read.
@Suite struct UnreadStatementsTests {
    private func findings(_ release: ReleaseBuilder) -> TermsFindings {
        release.findings { context, findings in
            LicenceFileStatements.add(context, to: &findings)
            CardStatements.add(context, to: &findings)
            UnreadStatements.add(context, to: &findings)
        }
    }

    private func claiming(
        _ quote: String, _ subject: Claim.Subject = .model, _ polarity: Claim.Polarity = .claim,
        in path: String = "README.md"
    ) -> ReleaseBuilder {
        ReleaseBuilder().card(path) {
            $0.claims = [
                Claim(
                    category: .licence, subject: subject, polarity: polarity,
                    evidence: Evidence(path: path, lines: LineRange(3), quote: quote))
            ]
        }
    }

    private let own = "The weights are under the Tiny Community License."

    @Test func aLicenceOfTheWeightsThatIsOnlyNamedIsUnknown() throws {
        let found = findings(claiming(own))
        #expect(found.said == ["LicenseRef-unknown: weights"])
        let statement = try #require(found.statements.first)
        #expect(statement.source == .unread && statement.isExpress && statement.quote == own)
    }

    @Test func aPDFForTheWeightsIsUnknown() {
        #expect(findings(ReleaseBuilder().file("MODEL_LICENSE.pdf")).said == ["LicenseRef-unknown: weights"])
        #expect(findings(ReleaseBuilder().file("LICENSE.pdf")).said.isEmpty, "a general one may be anything's")
        #expect(findings(ReleaseBuilder().file("vendor/MODEL_LICENSE.pdf")).said.isEmpty)
    }

    @Test func theModelThatIsLinkedTellsWhichLicenceItIs() {
        let linked = claiming(own).linking(
            .hubModel, "https://huggingface.co/meta-llama/Llama-2-7b-hf", saying: "Weights")
        let known = TestRules.shared.models.model(named: "meta-llama/Llama-2-7b-hf")?.entry.licence
        #expect(findings(linked).statements.map(\.id) == [known])
        let nobody = claiming(own).linking(.hubModel, "https://huggingface.co/nobody/nothing", saying: "Weights")
        #expect(findings(nobody).said == ["LicenseRef-unknown: weights"])
    }

    @Test func aGeneralLicenceIsNoTermsOfTheWeights() {
        let release = claiming(own).licensing("LICENSE", .text("Apache-2.0"))
        #expect(findings(release).said.last == "LicenseRef-unknown: weights")
    }

    @Test func whereTheTermsAreReadNothingIsMissing() {
        let text = claiming(own).licensing("LICENSE-MODEL", .text("MIT"))
        #expect(findings(text).said == ["MIT: weights"])
        let sentence = claiming(own).licensing("README.md", .words("LicenseRef-llama-2", of: [.weights]))
        #expect(findings(sentence).said == ["LicenseRef-llama-2: weights"])
    }

    @Test func whoseLicenceItIsMustBeSaid() {
        #expect(findings(claiming("The code is under the Tiny Community License.", .code)).said.isEmpty)
        #expect(findings(claiming("Big is under the Big Community License.", .otherModel)).said.isEmpty)
        #expect(findings(claiming("It is not under a community license.", .model, .negated)).said.isEmpty)
        #expect(findings(claiming("The weights are under MIT.")).said.isEmpty, "a name that is no model's own")
        #expect(findings(claiming(own, in: "NEWS.md")).said.isEmpty)
    }
}
