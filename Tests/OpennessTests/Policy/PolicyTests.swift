import OpenscanBytes
import OpenscanFacts
import OpenscanRules
import OpenscanScanning
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

@Suite struct PolicyTests {
    private let rules = TestRules.shared

    private func policy(_ text: String) throws -> Policy {
        try PolicyReader(rules).read(PolicyFileReader().read(Array(text.utf8)), name: "test")
    }

    private func result(_ text: String, _ dossier: Dossier, today: StatedDate? = StatedDate("2026-11-28")) throws
        -> PolicyResult
    {
        Judge(rules).judged(dossier, by: try policy(text), today: today)
    }

    private func failed(_ text: String, _ dossier: Dossier) throws -> [String] {
        try result(text, dossier).failures.map(\.rule)
    }

    /// A model whose weights are under some terms.
    private func model(
        _ expression: String?, _ basis: PartTerms.Basis = .text, code: String? = nil, isOpen: Bool = true
    ) -> Dossier {
        var dossier = Judge(rules).dossier(ReleaseBuilder().weights().release)
        func terms(_ expression: String?, _ basis: PartTerms.Basis) -> PartTerms {
            PartTerms(
                expression: expression, basis: basis, category: nil, osd: OSDAssessment(), isOpen: isOpen,
                evidence: [Evidence(path: "LICENSE", lines: LineRange(3))])
        }
        dossier.terms = [.weights: terms(expression, basis)]
        if let code { dossier.terms[.code] = terms(code, .text) }
        dossier.flags = []
        return dossier
    }

    // MARK: Licences

    @Test(arguments: [
        ("MIT", true), ("MIT OR GPL-3.0-only", true), ("MIT AND GPL-3.0-only", false), ("GPL-3.0-only", false),
        ("LicenseRef-modified-MIT", false), ("MIT WITH Classpath-exception-2.0", true),
    ])
    func aChoiceIsAllowedByOneOfItAndWhatBindsTogetherByAll(expression: String, isAllowed: Bool) throws {
        let rule = "licences: {weights: {allow: [mit, Apache-2.0]}}"
        #expect(try failed(rule, model(expression)).isEmpty == isAllowed)
    }

    @Test(arguments: [
        ("MIT", false), ("MIT OR GPL-3.0-only", false), ("MIT AND GPL-3.0-only", true), ("GPL-3.0-only", true),
    ])
    func aDeniedLicenceFailsWhereNoChoiceIsWithoutIt(expression: String, isDenied: Bool) throws {
        let rule = "licences: {weights: {deny: [GPL-3.0-only]}}"
        #expect(try failed(rule, model(expression)).isEmpty != isDenied)
    }

    /// What is not known keeps no rule that asks for something.
    @Test func unknownTermsAreNeitherAllowedNorOpen() throws {
        let rule = """
            licences:
              weights: {allow: [MIT], categories: [permissive], basis: [text, stated], open: true, osi-approved: yes}
            """
        let keys = ["allow", "basis", "categories", "open", "osi-approved"].map { "licences.weights.\($0)" }
        #expect(try failed(rule, model(nil, .notStated, isOpen: false)).sorted() == keys)
        #expect(try failed(rule, model("MIT")) == [])
        #expect(try failed(rule, model("MIT", .inherited)) == ["licences.weights.basis"])
    }

    @Test func kindsAreThoseOfEveryLicenceThatBinds() throws {
        let rule = "licences: {every: {categories: [permissive], deny-categories: [copyleft]}}"
        #expect(try failed(rule, model("MIT", code: "Apache-2.0")) == [])
        let broken = try result(rule, model("MIT", code: "GPL-3.0-only AND MIT"))
        #expect(broken.failures.map(\.rule) == ["licences.every.categories", "licences.every.deny-categories"])
        #expect(broken.failures.allSatisfy { $0.part == .code && $0.line == 1 })
        #expect(broken.failures[0].reason.evidence.first?.place == "LICENSE:3")
    }

    @Test func aPartThatIsNotThereIsNotAskedForItsTerms() throws {
        #expect(try failed("licences: {data: {allow: [MIT]}}", model("MIT")) == [])
        #expect(try failed("components: [dataset]", model("MIT")) == ["components.dataset"])
        #expect(try failed("files: [weights-final]", model("MIT")) == [])
    }

    @Test func aDeniedClauseIsShownWhereItStands() throws {
        var dossier = model("CC-BY-NC-4.0")
        var licence = JudgedLicence(
            id: "CC-BY-NC-4.0", name: "X", category: .nonCommercial, path: "LICENSE", method: .text,
            appliesTo: [.weightsFinal])
        licence.clauses = [
            ClauseMatch(
                id: "non-commercial", status: .present, evidence: Evidence(path: "LICENSE", lines: LineRange(49)))
        ]
        dossier.licences = [licence]
        let result = try result("licences: {weights: {deny-clauses: non-commercial}}", dossier)
        #expect(result.failures.map(\.reason.evidence) == [[Evidence(path: "LICENSE", lines: LineRange(49))]])
    }

    // MARK: Use, level, yardsticks, flags

    private func use(_ answer: UseAnswer) -> Dossier {
        var dossier = model("MIT")
        dossier.use = [
            UseDecision(id: .commercialUse, answer: answer, part: .weights, reason: Reason("said"))
        ]
        return dossier
    }

    @Test(arguments: [(UseAnswer.yes, 0), (.conditions, 1), (.unclear, 1), (.no, 1)])
    func onlyYesIsYes(answer: UseAnswer, count: Int) throws {
        #expect(try failed("use: {commercial-use: yes}", use(answer)).count == count)
    }

    @Test(arguments: [(UseAnswer.yes, 0), (.conditions, 0), (.unclear, 1), (.no, 1)])
    func conditionsAreTakenWhereThePolicySaysSo(answer: UseAnswer, count: Int) throws {
        #expect(try failed("use: {commercial-use: conditions}", use(answer)).count == count)
    }

    @Test func whatNothingAnswersIsNoYes() throws {
        #expect(try failed("use: {redistribute: yes}", use(.yes)) == ["use.redistribute"])
        #expect(try failed("use: {commercial-use: {least: yes, parts: [code]}}", use(.yes)) == ["use.commercial-use"])
    }

    @Test func aLevelThatCannotBeToldIsBelowEveryOther() throws {
        var dossier = model("MIT")
        dossier.gradient.rank = 7
        #expect(try failed("level: open-with-restrictions", dossier) == [])
        dossier.gradient.rank = 5
        #expect(try failed("level: open-with-restrictions", dossier) == ["level"])
        dossier.gradient.rank = nil
        dossier.gradient.level = "undetermined"
        #expect(try failed("level: fully-closed", dossier) == ["level"])
    }

    @Test func yardsticksAreMetOnlyWhereNothingIsOpen() throws {
        var dossier = model("MIT")
        #expect(
            try failed("yardsticks: {osaid: met, mof: 3, osd: met}", dossier) == [
                "yardsticks.osaid", "yardsticks.mof", "yardsticks.osd",
            ])
        dossier.yardsticks.mof.class = 2
        #expect(try failed("yardsticks: {mof: 3}", dossier) == [])
        #expect(try failed("yardsticks: {mof: 1}", dossier) == ["yardsticks.mof"])
        let criterion = FrameworkResult.Criterion(
            id: "x", name: "X", status: .cannotTell, required: true, reason: "no", evidence: [], change: nil)
        dossier.yardsticks.frameworks = [
            FrameworkResult(id: "osaid", name: "O", version: "1", verdict: "unclear", criteria: [criterion])
        ]
        #expect(try failed("yardsticks: {osaid: met}", dossier) == ["yardsticks.osaid"])
        dossier.yardsticks.frameworks[0].criteria[0].status = .met
        #expect(try failed("yardsticks: {osaid: met}", dossier) == [])
    }

    private var flagged: Dossier {
        var dossier = model("MIT")
        dossier.flags = [
            Flag(
                id: "ow-04", severity: .high, title: "T", claim: nil, evidence: [Evidence(path: "README.md")],
                reasons: [], remedy: "R")
        ]
        return dossier
    }

    @Test func flagsFailBySeverityAndById() throws {
        #expect(try failed("flags: [high]", flagged) == ["flags.ow-04"])
        #expect(try failed("flags: ow-04", flagged) == ["flags.ow-04"])
        #expect(try failed("flags: [ow-05, dangerous-global]", flagged) == [])
        let known = Judge(rules).judged(
            flagged, by: try policy("flags: [info]"), baseline: Baseline(flagged), today: nil)
        #expect(known.isKept)
    }

    // MARK: Exceptions

    private func exception(_ more: String) -> String {
        "flags: [high]\nexceptions:\n- {rule: flags.ow-04, reason: asked, owner: Ana, expires: 2026-11-28\(more)}\n"
    }

    @Test func anExceptionHoldsUpToItsDayForItsRelease() throws {
        let kept = try result(exception(""), flagged)
        #expect(kept.isKept)
        #expect(kept.waivers.map(\.owner) == ["Ana"])
        let late = try result(exception(""), flagged, today: StatedDate("2026-11-29"))
        #expect(late.failures.map(\.expired) == ["2026-11-28"])
        #expect(try !result(exception(""), flagged, today: nil).isKept)
        #expect(try result(exception(", release: release"), flagged).isKept)
        #expect(try !result(exception(", release: other"), flagged).isKept)
    }

    @Test func whatCannotBeReadKeepsNoPolicy() throws {
        let unread = Judge(rules).unread(
            ReleaseIdentity(name: "x", path: "x"),
            ReleaseFacts.ReadProblem(path: "x", code: "unreadable", message: "no"))
        #expect(try !failed("flags: [high]", unread).isEmpty)
    }

    // MARK: What is written

    @Test func everyPolicyOfTheProgramIsRead() throws {
        let reader = PolicyReader(rules)
        #expect(
            reader.presets == [
                "academic-redistribution", "commercial-product", "eu-open-source", "mof-class-3", "osaid", "osi",
                "research",
            ])
        for name in reader.presets {
            let preset = try reader.preset(name)
            #expect(!PolicyRules.ids(preset).isEmpty, "\(name)")
            #expect(preset.about != nil)
            // A release without anything keeps none of them.
            let empty = Judge(rules).dossier(ReleaseBuilder().weights().release)
            #expect(!Judge(rules).judged(empty, by: preset).isKept, "\(name)")
        }
    }

    @Test func aPolicyThatExtendsAnotherSetsItsKeysAnew() throws {
        let own = try policy("extends: commercial-product\nflags: [ow-04]\nuse: {modify: conditions}\n")
        #expect(own.flags?.value == Policy.Flags(ids: ["ow-04"]))
        #expect(own.use.first { $0.value.id == .modify }?.value.least == .conditions)
        #expect(own.use.first { $0.value.id == .commercialUse }?.value.least == .yes)
        #expect(own.files?.origin == "commercial-product")
    }

    @Test func filesExtendFilesAndNeverThemselves() throws {
        let files = ["a.yml": "extends: b.yml\nlevel: fully-closed\n", "b.yml": "extends: a.yml\nflags: [high]\n"]
        #expect(throws: PolicyProblem.self) {
            try PolicyReader(rules).read(PolicyFileReader().read(Array((files["a.yml"] ?? "").utf8)), name: "a.yml") {
                (name) throws(PolicyProblem) in
                try files[name].map { text throws(PolicyProblem) in
                    (try PolicyFileReader().read(Array(text.utf8)), name)
                }
            }
        }
        let own = try PolicyReader(rules).read(
            PolicyFileReader().read(Array("extends: [x.yml]\nlevel: api-access\n".utf8)), name: "a.yml"
        ) { (name) throws(PolicyProblem) in
            name == "x.yml" ? (try PolicyFileReader().read(Array("flags: [high]\n".utf8)), name) : nil
        }
        #expect(own.flags?.origin == "x.yml")
        #expect(own.level?.origin == "a.yml")
    }

    @Test(arguments: [
        ("licenses: {}", 1, 1, "did you mean 'licences'?"), ("licences:\n  weight: {}", 2, 3, "'weights'"),
        ("licences:\n  weights:\n    alow: [MIT]", 3, 5, "'allow'"),
        ("licences: {weights: {allow: [MTI]}}", 1, 30, "did you mean 'MIT'?"),
        ("use: {comercial-use: yes}", 1, 7, "'commercial-use'"), ("level: open", 1, 8, "is no level"),
        ("flags: [hgih]", 1, 9, "'high'"), ("components: [modelcard]", 1, 14, "'model-card'"),
        ("yardsticks: {osiad: met}", 1, 14, "'osaid'"), ("extends: comercial-product", 1, 10, "'commercial-product'"),
        ("flags: [high]\nexceptions:\n- {rule: flag.ow-04, reason: r, owner: o, expires: 2027-01-01}", 3, 1, "flags"),
        ("flags: [high]\nexceptions:\n- {rule: flags, owner: o, expires: 2027-01-01}", 3, 3, "needs 'reason'"),
        ("exceptions:\n- {rule: level, reason: r, owner: o, expires: soon}", 2, 47, "is no date"),
        ("level: &a fully-closed", 1, 8, "anchors"), ("use: {modify: *x}", 1, 15, "anchors"),
        ("level: !!str x", 1, 8, "tags"), ("flags: [high", 2, 1, "YAML"), ("level: a\nlevel: b", 1, 1, "twice"),
        ("version: 2", 1, 10, "has to be 1"),
    ])
    func mistakesAreNamedWithLineColumnAndWhatWasMeant(text: String, line: Int, column: Int, words: String) {
        do throws(PolicyProblem) {
            let node = try PolicyFileReader().read(Array(text.utf8))
            _ = try PolicyReader(rules).read(node, name: "test")
            Testing.Issue.record("\(text) was read")
        } catch {
            #expect(error.message.contains(words), "\(error.message)")
            #expect(error.place?.line == line, "\(text): \(error)")
            #expect(error.place?.column == column, "\(text): \(error)")
        }
    }

    @Test func whatIsQuotedOrSaidInCommentsIsNoAnchor() throws {
        let own = try policy("name: \"A & B * C !x\" # &a\nabout: R&D, what *we* do\nflags: [high]\n")
        #expect(own.name == "A & B * C !x")
        #expect(own.about == "R&D, what *we* do")
    }

    @Test(arguments: [
        String(repeating: "[", count: 5_000), String(repeating: "a: {", count: 5_000),
        String(repeating: "[\n", count: 50_000), String(repeating: "- ", count: 200_000), "\u{0}", "- a", "x",
        String(repeating: "a", count: (1 << 20) + 1),
        "flags: [" + String(repeating: "high,", count: 3_000) + "]",
    ])
    func hostileFilesAreRefused(text: String) {
        #expect(throws: PolicyProblem.self) {
            try PolicyReader(rules).read(PolicyFileReader().read(Array(text.utf8)), name: "test")
        }
    }

    @Test func anEmptyFileAsksNothing() throws {
        #expect(PolicyRules.ids(try policy("")).isEmpty)
        #expect(PolicyRules.ids(try policy("# nothing\n")).isEmpty)
    }
}
