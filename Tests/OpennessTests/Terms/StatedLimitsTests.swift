import OpenscanFacts
import Testing

@testable import OpenscanOpenness

/// A limit stands beside the licence of the part that it speaks of, and fails the Open Source Definition there.
@Suite struct StatedLimitsTests {
    private func limit(_ clause: ClauseID, _ subject: Claim.Subject = .model) -> StatedLimit {
        StatedLimit(
            clause: ClauseMatch(
                id: clause, status: .present,
                evidence: Evidence(path: "README.md", lines: LineRange(9), quote: "For research only.")),
            subject: subject)
    }

    private func terms(
        _ limits: StatedLimit..., fields: [(name: String, values: [String])] = [("license", ["mit"])]
    ) -> Terms { ReleaseBuilder().weights().card(fields: fields) { $0.limits = limits }.terms }

    @Test func anOpenLicenceWithALimitIsNotOpen() throws {
        let licence = try #require(terms(limit("research-only")).ofWeights.first)
        #expect(licence.id == "MIT" && licence.isOSIApproved && !licence.isOpen)
        #expect(licence.clauses.map(\.isBeside) == [true])
        #expect(licence.osd.failed.contains(.noDiscriminationAgainstFields))
        #expect(
            licence.osd.criteria[.noDiscriminationAgainstFields]?.reason.description.contains("README.md:9") == true)
    }

    @Test(arguments: [Claim.Subject.code, .data, .otherModel, .dependency])
    func limitsOfOtherPartsLeaveTheWeightsOpen(subject: Claim.Subject) {
        let found = terms(limit("research-only", subject)).ofWeights
        #expect(found.map(\.isOpen) == [true])
    }

    @Test func theCardOfADataSetLimitsTheData() {
        let found = terms(
            limit("research-only"), fields: [("license", ["mit"]), ("task_categories", ["text"])])
        #expect(found.licences.allSatisfy { $0.covers(.dataset) == !$0.isOpen })
    }

    @Test(arguments: ["tests/README.md", "third_party/x/README.md", "docs/deep/README.md", "USE_POLICY.md"])
    func onlyTheReleasesOwnCardSpeaks(path: String) {
        let builder = ReleaseBuilder().weights().card(fields: [("license", ["mit"])]).card(path) {
            $0.limits = [limit("research-only")]
        }
        #expect(builder.terms.ofWeights.map(\.isOpen) == [true])
    }

    /// A dictionary has another order in each run.
    @Test func limitsOfSeveralPartsStandInTheOrderOfTheParts() {
        let builder = ReleaseBuilder().weights().licensing("LICENSE", .text("MIT")).card {
            $0.limits = [limit("no-training-other-models", .code), limit("research-only"), limit("non-commercial")]
        }
        let found = builder.terms.licences.first { $0.covers(.weightsFinal) && $0.covers(.inferenceCode) }
        #expect(found?.clauses.map(\.id) == ["research-only", "non-commercial", "no-training-other-models"])
    }

    @Test func aClauseThatTheLicenceHasIsNotSaidTwice() {
        let known = ClauseMatch(id: "research-only", status: .present, evidence: Evidence(path: "LICENSE"))
        var statement = TermsStatement(
            named: "LicenseRef-x", .licenceFile, Evidence(path: "LICENSE"), method: .text,
            appliesTo: ReleasePart.weights.components)
        statement.clauses = [known]
        var findings = TermsFindings()
        findings.statements = [statement]
        let release = ReleaseBuilder().weights().card { $0.limits = [limit("research-only"), limit("non-commercial")] }
        let found = release.findings { context, out in
            out = findings
            StatedLimits.add(context, to: &out)
        }
        #expect(found.statements.first?.clauses.map(\.id) == ["research-only", "non-commercial"])
    }
}
