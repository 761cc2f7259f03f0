import OpenscanFacts
import OpenscanLicensing
import Testing

@testable import OpenscanOpenness

@Suite struct PolicyForbidsUsesTests {
    private let rule = PolicyForbidsUses()

    private func release(_ clause: ClauseMatch, under licence: LicenceID = "Apache-2.0") -> FlagContextBuilder {
        FlagContextBuilder().under(.text(licence)).having(.usagePolicy, at: Evidence(path: "USE_POLICY.md"))
            .file("USE_POLICY.md") { file in
                var scan = LicenceScan()
                scan.clauses = [clause]
                file.licence = scan
            }
    }

    @Test func catches() throws {
        let clause = ClauseMatch.clause("use-restriction-list", "You must not use it to:", path: "USE_POLICY.md")
        let found = try #require(rule.check(release(clause).context))
        #expect(found.claim?.place == "LICENSE:1-20")
        #expect(found.claim?.quote == nil)
        #expect(found.places == ["USE_POLICY.md:7"])
        #expect(found.quotes == ["You must not use it to:"])
        #expect(found.words.first == "licence of the weights: Apache-2.0")
        #expect(found.words.last?.hasPrefix("use-restriction-list: ") == true)
    }

    @Test func catchesASentenceBesideTheLicence() throws {
        var clause = ClauseMatch.clause("research-only", "For research only.", path: "README.md")
        clause.isBeside = true
        let licence = JudgedLicence.text("Apache-2.0").with { $0.clauses = [clause] }
        let found = try #require(rule.check(FlagContextBuilder().under(licence).context))
        #expect(found.places == ["README.md:7"] && found.quotes == ["For research only."])
    }

    @Test func wishesAreNoTerms() {
        let wish = ClauseMatch.clause("use-restriction-list", "Please do not", path: "USE_POLICY.md", .partial)
        #expect(rule.check(release(wish).context) == nil)
        let other = ClauseMatch.clause("attribution", "Give credit.", path: "USE_POLICY.md")
        #expect(rule.check(release(other).context) == nil)
    }

    @Test func limitedLicencesSayItThemselves() {
        let clause = ClauseMatch.clause("use-restriction-list", "You must not use it to:", path: "USE_POLICY.md")
        #expect(rule.check(release(clause, under: "LicenseRef-llama-2").context) == nil)
    }
}
