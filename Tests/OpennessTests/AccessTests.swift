import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

/// How a release can be had: every answer from what its files say.
@Suite struct AccessTests {
    private func access(_ release: ReleaseBuilder) -> ReleaseAccess {
        let terms = release.terms
        return AccessJudge(
            SpeakingDocuments(release.release, rules: TestRules.shared), components: release.found.components,
            terms: terms, rules: TestRules.shared
        )
        .access
    }

    private func status(_ access: ReleaseAccess, _ way: ReleaseAccess.Way) -> ComponentStatus? {
        (access.direct + access.indirect).first { $0.way == way }?.status
    }

    private func said(_ id: DisclosureID, _ quote: String) -> ReleaseBuilder {
        ReleaseBuilder().card { card in
            card.disclosures = [
                Disclosure(id: id, evidence: Evidence(path: "README.md", lines: LineRange(7), quote: quote))
            ]
        }
    }

    @Test func everyWayIsAnswered() {
        let access = access(ReleaseBuilder().weights())
        #expect(access.direct.map(\.way) == ReleaseAccess.Way.direct)
        #expect(access.indirect.map(\.way) == ReleaseAccess.Way.indirect)
        #expect(status(access, .weights) == .present)
        #expect(
            status(access, .data) == .absent && status(access, .api) == .unknown && status(access, .compute) == .unknown
        )
        #expect(access.who.value == .unknown && access.gate.value == .unknown, "no licence, no word of who may have it")
        #expect(access.how.map(\.isShown) == [false, false, false])
        #expect(access.summary.evidence.map(\.path) == ["model.safetensors"])
    }

    @Test func sentencesOfferWhatNoFileShows() {
        let release = ReleaseBuilder().card { card in
            card.access = [
                AccessStatement(kind: .fineTuning, evidence: Evidence(path: "README.md", lines: LineRange(4)))
            ]
        }
        #expect(status(access(release), .fineTuning) == .claimed)
        #expect(
            status(access(said("compute-offered", "Researchers can apply for compute credits.")), .compute) == .claimed)
    }

    // MARK: Gate and audience

    @Test func fieldsOfTheCardAreAGate() {
        let form = access(ReleaseBuilder().weights().card(fields: [("extra_gated_fields", ["Name"])]))
        #expect(form.gate.value == .form && form.who.value == .unknown)
        let prompt = access(ReleaseBuilder().weights().card(fields: [("extra_gated_prompt", ["Agree"])]))
        #expect(prompt.gate.value == .prompt && prompt.who.value == .everybody)
        let territory = access(ReleaseBuilder().weights().card(fields: [("extra_gated_eu_disallowed", ["true"])]))
        #expect(territory.gate.value == .unknown)
    }

    /// What a hub asks for stands in a manifest of what was fetched, where there is one; the card speaks first.
    @Test func theHubsOwnGateIsKnownFromAManifest() {
        func asked(_ gate: HubGate) -> ReleaseAccess {
            let release = ReleaseBuilder().weights()
            return AccessJudge(
                SpeakingDocuments(release.release, rules: TestRules.shared), components: release.found.components,
                terms: release.terms, rules: TestRules.shared, hubGate: gate
            ).access
        }
        #expect(asked(.manual).gate.value == .form && asked(.manual).who.value == .applicants)
        #expect(asked(.automatic).gate.value == .prompt && asked(.automatic).who.value == .everybody)
        #expect(asked(.none).gate.value == .none)
        #expect(asked(.unknown).gate.value == .unknown)
    }

    @Test func somebodyDecides() {
        let release = ReleaseBuilder().weights().card { card in
            card.gates = [
                Evidence(path: "README.md", lines: LineRange(3), quote: "Requests for the weights are reviewed.")
            ]
        }
        #expect(access(release).gate.value == .form && access(release).who.value == .applicants)
        #expect(access(said("audience-applicants", "Weights are available upon request.")).who.value == .applicants)
        #expect(access(said("audience-insiders", "For internal use.")).who.value == .insiders)
        #expect(access(said("no-gate", "Weights need no registration.")).gate.value == .none)
    }

    @Test func aFormForCommercialUseIsNoGate() {
        let release = ReleaseBuilder().weights().card { card in
            card.gates = [
                Evidence(
                    path: "README.md", lines: LineRange(3),
                    quote: "For commercial use of the model, requests are reviewed by us.")
            ]
        }
        #expect(access(release).gate.value == .unknown)
    }

    @Test func aFormIsAGateWhereTheTextAsksForSomething() {
        let form = "https://docs.google.com/forms/x"
        let gate = ReleaseBuilder().linking(.form, form, saying: "Fill out the form to request access to the weights")
        #expect(access(gate).gate.value == .form)
        #expect(
            access(ReleaseBuilder().linking(.form, form, saying: "Take our survey on the model")).gate.value == .unknown
        )
    }

    @Test func whatIsLinkedWithoutAConditionIsForEverybody() {
        let release = ReleaseBuilder().linking(
            .weights, "https://example.org/release.safetensors", saying: "Download our weights")
        #expect(access(release).who.value == .everybody)
        #expect(access(release).who.reason.evidence.first?.lines == LineRange(10))
    }

    // MARK: Time

    private func promised(_ due: String?, news: String?) -> ReleaseBuilder {
        let place = Evidence(path: "README.md", lines: LineRange(4), quote: "Training code will be released.")
        return ReleaseBuilder().weights().card { card in
            card.promises = [place]
            card.dueDates = due.flatMap { StatedDate($0) }.map { [DatedStatement(date: $0, evidence: place)] } ?? []
            card.latestNews = news.flatMap { StatedDate($0) }.map {
                DatedStatement(date: $0, evidence: Evidence(path: "README.md", lines: LineRange(9)))
            }
        }
    }

    @Test func aReleaseWithAnnouncedPartsIsStaged() {
        let access = access(promised(nil, news: "2024-08-01"))
        #expect(access.when.value == .staged)
        #expect(access.promises.map(\.parts) == [[.trainingCode]] && access.promises.map(\.isOverdue) == [false])
    }

    @Test func aDayPassesByTheReleasesOwnNews() {
        let late = access(promised("2024-06", news: "2024-08-01"))
        #expect(late.when.value == .overdue && late.promises.map(\.isOverdue) == [true])
        #expect(late.promises.first?.reason.evidence.map(\.lines) == [LineRange(4), LineRange(9)])
        #expect(access(promised("2024-06", news: "2024-06-15")).when.value == .staged, "the month is not over")
        #expect(access(promised("2024-06", news: nil)).when.value == .staged, "there is no clock")
    }

    @Test func nothingAnnouncedIsReleased() {
        #expect(access(ReleaseBuilder().weights()).when.value == .released)
        #expect(access(ReleaseBuilder().card()).when.value == .unknown)
        #expect(access(said("staged-release", "We follow a staged release.")).when.value == .staged)
    }

    // MARK: Care

    @Test func careIsShownByFilesFieldsAndSentences() {
        let release = ReleaseBuilder().file("CHANGELOG.md").file("SECURITY.md").card(fields: [("new_version", ["o/m2"])]
        )
        #expect(access(release).how.map(\.isShown) == [true, true, true])
        #expect(access(said("retirement", "This version is deprecated.")).how.map(\.isShown) == [false, false, true])
        #expect(access(ReleaseBuilder().card(headings: ["Contact"])).how.map(\.isShown) == [false, true, false])
    }

    @Test func testsAndCommunityFilesDoNotSpeak() {
        let release = ReleaseBuilder().card("CONTRIBUTING.md") { card in
            card.disclosures = [Disclosure(id: "retirement", evidence: Evidence(path: "CONTRIBUTING.md"))]
        }
        #expect(access(release).how.map(\.isShown) == [false, false, false])
    }
}
