import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct DataNotToBeHadTests {
    private let rule = DataNotToBeHad()
    private let public_ = FlagContextBuilder().having(.weightsFinal)
        .claiming(.openData, "Trained on publicly available data.", of: .data)

    @Test func catches() throws {
        let release = public_.telling("data-withheld", "The dataset cannot be shared.")
        let found = try #require(rule.check(release.context))
        #expect(found.claim?.place == "README.md:3" && found.places == ["README.md:7"])
        #expect(found.words == ["a sentence says that the data cannot be had"])
    }

    @Test func leavesAlone() {
        #expect(rule.check(public_.context) == nil, "what is not said is unknown")
        #expect(
            rule.check(FlagContextBuilder.openModel.telling("data-withheld", "It cannot be shared.").context) == nil)
    }
}

@Suite struct ReportTellsLittleTests {
    private let rule = ReportTellsLittle()
    private let report = Evidence(path: "tech_report.pdf")

    private var release: FlagContextBuilder {
        FlagContextBuilder().having(.weightsFinal).having(.technicalReport, at: report).with {
            $0.readReports = [report]
        }
    }

    @Test func catches() throws {
        let found = try #require(rule.check(release.context))
        #expect(found.claim == report && found.places == ["tech_report.pdf"])
    }

    @Test func oneOfTheThreeIsEnough() {
        #expect(rule.check(release.with { $0.disclosures["hyperparameters"] = [report] }.context) == nil)
        #expect(rule.check(release.telling("hyperparameters", "A card says it.").context) != nil, "the report does not")
    }

    @Test func whatWasNotReadIsUnknown() { #expect(rule.check(release.with { $0.readReports = [] }.context) == nil) }
}

@Suite struct OpennessClassBeyondTests {
    private let rule = OpennessClassBeyond()

    private func release(_ own: Int?) -> FlagContextBuilder {
        FlagContextBuilder().telling("openness-class-2", "A Class II model of the Model Openness Framework.").with {
            $0.opennessClass = own
        }
    }

    @Test func catches() throws {
        let found = try #require(rule.check(release(3).context))
        #expect(found.words == ["class 2 is claimed, the files come to class 3"])
        #expect(rule.check(release(0).context)?.words == ["class 2 is claimed, the files come to no class"])
    }

    @Test func leavesAlone() {
        #expect(rule.check(release(2).context) == nil && rule.check(release(1).context) == nil)
        #expect(rule.check(release(nil).context) == nil)
        #expect(rule.check(FlagContextBuilder().with { $0.opennessClass = 0 }.context) == nil)
    }
}
