import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

@Suite struct DifferenceTests {
    private let judge = Judge(TestRules.shared)

    private static let card = Evidence(path: "README.md", lines: LineRange(5), quote: "X is fully open source.")

    private func dossier(
        licence id: LicenceID = "Apache-2.0", clauses: [ClauseMatch] = [], use: UseAnswer = .yes,
        claims: [Claim] = [Claim(category: .openSource, subject: .model, polarity: .claim, evidence: card)]
    ) -> Dossier {
        var dossier = judge.dossier(ComponentList(name: "x"))
        let place = Evidence(path: "LICENSE", lines: LineRange(1, 9))
        dossier.licences = [
            JudgedLicence(
                id: id, name: "n", category: .permissive, path: "LICENSE", lines: LineRange(1, 9), method: .text,
                appliesTo: [.weightsFinal], clauses: clauses)
        ]
        dossier.terms = [
            .weights: PartTerms(
                expression: id.rawValue, basis: .text, category: nil, osd: OSDAssessment(), isOpen: clauses.isEmpty,
                evidence: [place])
        ]
        dossier.use = [
            UseDecision(id: .commercialUse, answer: use, part: .weights, reason: Reason("r", [place]))
        ]
        dossier.claims = claims
        return dossier
    }

    private func clause(_ id: ClauseID, _ parameters: [String: String] = [:]) -> ClauseMatch {
        ClauseMatch(
            id: id, status: .present, evidence: Evidence(path: "LICENSE", lines: LineRange(4), quote: "q"),
            parameters: parameters)
    }

    @Test func nothingChangesBetweenAReleaseAndItself() {
        let release = dossier(clauses: [clause("non-commercial")])
        let difference = judge.difference(release, release)
        #expect(difference.isEmpty && difference.flags.isEmpty && difference.untold.isEmpty)
    }

    @Test func aThresholdThatIsAddedTightensTermsUnderTheOldClaim() throws {
        let before = dossier(clauses: [clause("grant-use")])
        let after = dossier(
            licence: "LicenseRef-llama-2",
            clauses: [clause("grant-use"), clause("mau-threshold", ["mau": "700000000"])],
            use: .conditions)
        let difference = judge.difference(before, after)
        let terms = try #require(difference.terms.first)
        #expect(terms.part == .weights && terms.expression == .init("Apache-2.0", "LicenseRef-llama-2"))
        #expect(terms.clauses.map(\.id) == ["mau-threshold"] && terms.clauses[0].direction == .gained)
        #expect(terms.clauses[0].figures.new == ["mau": "700000000"] && terms.clauses[0].limits)
        #expect(difference.use.map(\.isTighter) == [true])
        let flag = try #require(difference.flags.first)
        #expect(flag.id == "terms-tightened" && flag.claim == Self.card && flag.severity == .high)
        #expect(flag.reasons.map(\.words.description).contains("added: mau-threshold (mau 700000000)"))
        // The other way round nothing got tighter.
        let back = judge.difference(after, before)
        #expect(back.flags.isEmpty && back.use.map(\.isTighter) == [false])
        #expect(back.terms.first?.clauses.map(\.direction) == [.lost])
    }

    @Test func figuresThatChangeAreAChangeOfTheClause() {
        let difference = judge.difference(
            dossier(clauses: [clause("mau-threshold", ["mau": "700"])]),
            dossier(clauses: [clause("mau-threshold", ["mau": "100"])]))
        let change = difference.terms.first?.clauses.first
        #expect(change?.direction == .changed && change?.figures == .init(["mau": "700"], ["mau": "100"]))
    }

    /// What keeps the flag from a false alarm.
    @Test func theFlagNeedsAClaimThatStaysAndALimitThatIsSaid() {
        let open = dossier(clauses: [clause("grant-use")])
        let limited = [clause("grant-use"), clause("non-commercial")]
        func flags(_ old: Dossier, _ new: Dossier) -> [FlagID] { judge.difference(old, new).flags.map(\.id) }
        #expect(flags(open, dossier(clauses: limited, use: .no)) == ["terms-tightened"])
        // The claim went, or came only now.
        #expect(flags(open, dossier(clauses: limited, use: .no, claims: [])).isEmpty)
        #expect(flags(dossier(clauses: [clause("grant-use")], claims: []), dossier(clauses: limited, use: .no)).isEmpty)
        // It is on the code, or on another model.
        for subject in [Claim.Subject.code, .otherModel] {
            let claims = [Claim(category: .openSource, subject: subject, polarity: .claim, evidence: Self.card)]
            var old = dossier(clauses: [clause("grant-use")], claims: claims)
            var new = dossier(clauses: limited, use: .no, claims: claims)
            old.terms[.code] = old.terms[.weights]
            new.terms[.code] = old.terms[.weights]
            #expect(flags(old, new).isEmpty, "\(subject)")
        }
        // An answer that became unclear is no limit, and a clause that limits nothing is none.
        #expect(flags(open, dossier(clauses: [clause("grant-use"), clause("governing-law")], use: .unclear)).isEmpty)
    }

    @Test func whatOneSideDoesNotTellDidNotChange() {
        var old = dossier()
        old.use = []
        old.terms = [:]
        let difference = judge.difference(old, dossier(clauses: [clause("non-commercial")], use: .no))
        #expect(difference.use.isEmpty && difference.terms.isEmpty && difference.flags.isEmpty)
        #expect(difference.untold.count == 2)
    }

    @Test func weightsAreHeldAgainstEachOtherByPathAndDigest() {
        func artefact(_ path: String, oid: String? = nil, tensors: Int = 1) -> JudgedArtefact {
            JudgedArtefact(
                path: path, format: "safetensors", tensors: tensors,
                pointer: oid.map { ArtefactFacts.Pointer(oid: $0, size: 9) })
        }
        let changes = ArtefactDifference(
            old: [
                artefact("a", tensors: 1), artefact("b", oid: "sha256:1"), artefact("c"),
                artefact("e", oid: "sha256:2"),
            ],
            new: [
                artefact("a", tensors: 2), artefact("d", oid: "sha256:1"), artefact("e", oid: "sha256:3"),
                artefact("f"),
            ]
        ).changes
        #expect(changes.map(\.path) == ["a", "b", "c", "e", "f"])
        #expect(changes[0].figures["tensors"] == .init("1", "2"))
        #expect(changes[1].renamed == "d" && changes[2].direction == .lost && changes[4].direction == .gained)
        #expect(changes[3].figures == ["digest": .init("sha256:2", "sha256:3")])
    }
}
