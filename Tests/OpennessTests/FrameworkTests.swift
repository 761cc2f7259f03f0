import OpenscanFacts
import OpenscanRules
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

@Suite struct FrameworkTests {
    private static let rules = TestRules.shared

    @Test func everyFrameworkIsData() {
        #expect(Self.rules.frameworks.count == 8)
        for framework in Self.rules.frameworks {
            #expect(!framework.source.isEmpty && !framework.criteria.isEmpty)
            #expect(Set(framework.criteria.map(\.id)).count == framework.criteria.count)
        }
    }

    /// Nothing known makes nothing met; everything there under open terms leaves only what files cannot tell.
    @Test(arguments: rules.frameworks.map(\.id))
    func nothingMeetsNothingAndEverythingMeetsAllThatFilesShow(id: String) throws {
        let framework = try #require(Self.rules.frameworks.first { $0.id == id })
        let nothing = FrameworkJudge(subject: YardstickSubject(disclosures: [:]), rules: Self.rules).judge(framework)
        #expect(nothing.met == 0 && nothing.partly == 0 && nothing.notMet > 0)
        var subject = YardstickSubject()
        for id in ComponentID.allCases {
            var component = Component(id: id, status: .present)
            component.licences = ["Apache-2.0"]
            subject.components[id] = component
        }
        let approved = Self.rules.licences.record("Apache-2.0")
        subject.osd = OSDJudge(Self.rules).assess(approved, isModified: false, clauses: [])
        for section in Self.rules.cards.modelSections + Self.rules.cards.dataSections {
            subject.sections[section.id] = Evidence(path: "README.md")
        }
        subject.disclosures = Dictionary(
            uniqueKeysWithValues: Self.rules.disclosures.rules.map { ($0.id, [Evidence(path: "README.md")]) })
        subject.duties = [ModelDescription.Duty(clause: "include-licence-copy", status: .kept, note: nil)]
        let everything = FrameworkJudge(subject: subject, rules: Self.rules).judge(framework)
        // Terms that limit somebody are not there in an open licence.
        let ofTerms = Set(framework.criteria.filter { !$0.hasTerms.isEmpty }.map(\.id))
        #expect(everything.criteria.filter { $0.status == .notMet && !ofTerms.contains($0.id) }.isEmpty)
        #expect(everything.partly == 0)
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

    private func status(_ id: String, _ subject: YardstickSubject) -> FrameworkResult.Status? {
        Self.rules.frameworks.lazy.flatMap { FrameworkJudge(subject: subject, rules: Self.rules).judge($0).criteria }
            .first { $0.id == id }?.status
    }

    private func telling(_ ids: DisclosureID...) -> YardstickSubject {
        let place = Evidence(path: "README.md", lines: LineRange(4))
        return YardstickSubject(disclosures: Dictionary(uniqueKeysWithValues: ids.map { ($0, [place]) }))
    }

    /// A file's name shows nothing of what it says.
    @Test func aReportThatWasNotReadMeetsNothing() {
        var subject = YardstickSubject(disclosures: [:])
        subject.components[.technicalReport] = Component(id: .technicalReport, status: .present)
        subject.unreadReports = [Evidence(path: "report.pdf")]
        #expect(status("owd-5", subject) == .cannotTell && status("aia23-energy", subject) == .cannotTell)
        #expect(status("osaid-data-information", subject) == .cannotTell)
        subject.unreadReports = []
        #expect(status("owd-5", subject) == .notMet && status("aia23-energy", subject) == .notMet)
    }

    @Test func sentencesMeetWhatIsAskedOfDocuments() {
        #expect(status("aia23-data-sources", telling("data-sources")) == .met)
        #expect(status("aia23-energy", telling("energy")) == .partly)
        #expect(status("aia23-energy", telling("energy", "energy-measures")) == .met)
        #expect(status("fmti23-labour", telling("data-labour")) == .met)
        #expect(status("eu-53-1-d", telling("training-summary")) == .met)
        #expect(status("do-gov-1", telling("code-of-conduct")) == .met)
        #expect(status("aia23-energy", YardstickSubject()) == .cannotTell, "nothing is known of what documents say")
    }

    @Test func sectionsAndSentencesTogetherAreMetInPart() {
        var subject = telling("risks")
        #expect(status("up-dev-2", subject) == .partly)
        subject.sections["bias-and-risk"] = Evidence(path: "README.md", lines: LineRange(3))
        #expect(status("up-dev-2", subject) == .met)
    }

    @Test func termsAreAskedForWhereTheyAreTheAnswer() {
        var subject = YardstickSubject(disclosures: [:])
        subject.osd = OSDJudge(Self.rules).assess(
            Self.rules.licences.record("Apache-2.0"), isModified: false, clauses: [])
        #expect(status("do-gov-4", subject) == .notMet && status("eu-lic-access", subject) == .met)
        #expect(status("eu-lic-safety-terms", subject) == .met)
        subject.clauses = ["mau-threshold", "registration-or-request", "use-restriction-list"]
        #expect(status("do-gov-4", subject) == .met && status("eu-lic-access", subject) == .cannotTell)
        #expect(status("eu-lic-safety-terms", subject) == .cannotTell && status("fmti23-usage-policy", subject) == .met)
    }

    @Test func dutiesOfTheBaseAreKeptOrNot() {
        var subject = YardstickSubject(disclosures: [:])
        #expect(status("up-data-5", subject) == .cannotTell)
        subject.duties = [ModelDescription.Duty(clause: "include-licence-copy", status: .kept, note: nil)]
        #expect(status("up-data-5", subject) == .met)
        subject.duties.append(ModelDescription.Duty(clause: "attribution-display", status: .missing, note: nil))
        #expect(status("up-data-5", subject) == .notMet)
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
