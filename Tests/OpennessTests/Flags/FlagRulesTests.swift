import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

@Suite struct FlagRulesTests {
    @Test func everyFlagHasItsRule() {
        let ids = FlagRules.all.map(\.id)
        #expect(ids.sorted() == TestRules.shared.flags.map(\.id).sorted())
        #expect(Set(ids).count == ids.count)
    }

    @Test func nothingIsSaidOfNothing() {
        let empty = FlagContextBuilder().with { $0.subject = .notAModel }
        #expect(FlagRules.all.filter { $0.check(empty.context) != nil }.map(\.id).isEmpty)
    }

    /// What the catalogue calls an accurate label raises no flag about claims.
    @Test func openWeightsUnderAnOpenLicenceAreNoWashing() {
        let release = FlagContextBuilder().having(.weightsFinal).having(.licenceFile)
            .claiming(.openWeights, "We release open weights.").under(.text("Apache-2.0"))
            .declaring("apache-2.0", "Apache-2.0")
        #expect(FlagRules.all.filter { $0.check(release.context) != nil }.map(\.id).isEmpty)
    }

    @Test func flagsCarryTheWordsOfTheCatalogue() throws {
        let flag = try #require(OpenWithoutLicence().flag(FlagContextBuilder.openModel.context))
        #expect(flag.id == "ow-09")
        #expect(flag.severity == .high)
        #expect(flag.title == "Called open, but the weights have no licence")
        #expect(!flag.remedy.isEmpty)
    }

    @Test func flagsAreShort() throws {
        let release = FlagContextBuilder().file("model.index.json") { file in
            for number in 1...9 { file.findings.append(Finding(.missingShard, .high, "shard \(number)")) }
        }
        let flag = try #require(ShardSetIncomplete().flag(release.context))
        #expect(flag.reasons.count == 6)
    }
}
