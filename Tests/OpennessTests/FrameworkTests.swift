import OpenscanFacts
import OpenscanRules
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

@Suite struct FrameworkTests {
    private static let rules = TestRules.shared

    @Test func everyFrameworkIsData() {
        #expect(Self.rules.frameworks.count == 6)
        for framework in Self.rules.frameworks {
            #expect(!framework.source.isEmpty && !framework.criteria.isEmpty)
            #expect(Set(framework.criteria.map(\.id)).count == framework.criteria.count)
        }
    }

    /// Nothing known makes nothing met; everything there under open terms leaves only what files cannot tell.
    @Test(arguments: rules.frameworks.map(\.id))
    func nothingMeetsNothingAndEverythingMeetsAllThatFilesShow(id: String) throws {
        let framework = try #require(Self.rules.frameworks.first { $0.id == id })
        let nothing = FrameworkJudge(subject: YardstickSubject(), rules: Self.rules).judge(framework)
        #expect(nothing.met == 0 && nothing.partly == 0 && nothing.notMet > 0)
        var subject = YardstickSubject()
        for id in ComponentID.allCases {
            var component = Component(id: id, status: .present)
            component.licences = ["Apache-2.0"]
            subject.components[id] = component
        }
        let approved = Self.rules.licences.record("Apache-2.0")
        subject.osd = OSDJudge(Self.rules).assess(approved, isModified: false, clauses: [])
        for section in Self.rules.cards.modelSections { subject.sections[section.id] = Evidence(path: "README.md") }
        let everything = FrameworkJudge(subject: subject, rules: Self.rules).judge(framework)
        #expect(everything.notMet == 0 && everything.partly == 0)
        #expect(everything.met >= nothing.notMet, "what is not met by nothing is met by everything")
    }

    /// What a licence does not say can be told of a text that was read, and of no other.
    @Test func theTermsOfAnUnreadLicenceAreNotMet() throws {
        let framework = try #require(Self.rules.frameworks.first { $0.id == "open-weights" })
        func status(_ record: LicenceRecord?, modified: Bool) -> FrameworkResult.Status? {
            var subject = YardstickSubject()
            subject.osd = OSDJudge(Self.rules).assess(record, isModified: modified, clauses: [])
            return FrameworkJudge(subject: subject, rules: Self.rules).judge(framework).criteria.first {
                $0.id == "owd-6"
            }?.status
        }
        #expect(status(nil, modified: false) == .cannotTell)
        #expect(status(Self.rules.licences.record("Apache-2.0"), modified: true) == .cannotTell)
        #expect(status(Self.rules.licences.record("Apache-2.0"), modified: false) == .met)
    }

    @Test func aLinkedComponentIsAPartOnly() throws {
        let framework = try #require(Self.rules.frameworks.first { $0.id == "osaid" })
        var subject = YardstickSubject()
        subject.components[.trainingCode] = Component(id: .trainingCode, status: .linked)
        let result = FrameworkJudge(subject: subject, rules: Self.rules).judge(framework)
        #expect(result.criteria.first { $0.id == "osaid-training-code" }?.status == .partly)
    }

    @Test func aPromisedComponentIsNotMet() throws {
        let framework = try #require(Self.rules.frameworks.first { $0.id == "osaid" })
        var subject = YardstickSubject()
        subject.components[.trainingCode] = Component(id: .trainingCode, status: .promised)
        let result = FrameworkJudge(subject: subject, rules: Self.rules).judge(framework)
        let criterion = try #require(result.criteria.first { $0.id == "osaid-training-code" })
        #expect(criterion.status == .notMet && criterion.reason.description == "training-code is promised")
    }
}
