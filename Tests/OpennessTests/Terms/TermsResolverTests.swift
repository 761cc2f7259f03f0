import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

@Suite struct TermsResolverTests {
    private let weights = ReleaseBuilder().weights()
    private let linked = ReleaseBuilder().linking(
        .hubModel, "https://huggingface.co/org/model", saying: "Weights: here")

    private func ids(_ terms: Terms) -> [LicenceID] { terms.ofWeights.map(\.id) }

    @Test func aTokenizerBesideLinkedWeightsIsNone() {
        let release = linked.licensing("LICENSE", .text("MIT")).file("tokenizer.json")
        #expect(release.status(.tokenizer) == .present)
        #expect(release.terms.parts[.weights]?.basis == .inherited)
        #expect(release.terms.parts[.weights]?.isOpen == false)
    }

    @Test func theLicenceOfACodeOfConductIsNotTheCodes() {
        let release = weights.licensing("LICENSE", .text("MIT")).card("CODE_OF_CONDUCT.md")
            .licensing("CODE_OF_CONDUCT.md", .words("CC-BY-4.0"))
        #expect(release.terms.licences.map(\.id) == ["MIT"])
    }

    // MARK: Stores

    /// A text of one model is no text of the other.
    @Test func aStoreIsAsOpenAsTheLeastOpenOfItsModels() {
        let store = ReleaseBuilder().store(of: "a/", "b/").weights("a/m.safetensors").weights("b/m.safetensors")
            .licensing("a/LICENSE", .text("MIT"))
        let half = store.terms
        #expect(half.parts[.weights]?.basis == .notStated && half.parts[.weights]?.isOpen == false)
        let both = store.licensing("b/LICENSE", .text("CC-BY-NC-4.0")).terms
        #expect(Set(ids(both)) == ["MIT", "CC-BY-NC-4.0"] && both.parts[.weights]?.isOpen == false)
        #expect(store.licensing("b/LICENSE", .text("Apache-2.0")).terms.parts[.weights]?.isOpen == true)
    }

    // MARK: Which licence covers what

    @Test func aFileForTheWeightsTakesThemFromTheGeneralOne() throws {
        let terms = weights.licensing("LICENSE", .text("MIT")).licensing("LICENSE-MODEL", .text("CC-BY-NC-4.0")).terms
        #expect(ids(terms) == ["CC-BY-NC-4.0"])
        let general = try #require(terms.licences.first { $0.id == "MIT" })
        #expect(!general.covers(.weightsFinal) && general.covers(.inferenceCode))
        #expect(terms.parts[.weights]?.expression == "CC-BY-NC-4.0")
    }

    /// An archive has its files in a folder of its name, as a tree has them at its top.
    @Test func theFolderThatAllFilesShareIsTheReleases() {
        func covered(_ folder: String) -> [ComponentID] {
            ReleaseBuilder().weights(folder + "model.safetensors").file(folder + "config.json")
                .licensing(folder + "LICENSE", .text("MIT")).terms.licences.first?.appliesTo ?? []
        }
        #expect(covered("") == covered("model-1.0/") && covered("").contains(.architecture))
        let beside =
            ReleaseBuilder().weights("model-1.0/model.safetensors").file("README.md")
            .licensing("model-1.0/LICENSE", .text("MIT")).terms.licences.first?.appliesTo ?? []
        #expect(beside.contains(.weightsFinal) && !beside.contains(.architecture), "a folder of weights among others")
    }

    @Test func aSentenceOnTheWeightsTakesThemFromTheGeneralOne() {
        let terms = weights.licensing("LICENSE", .text("MIT")).card()
            .licensing("README.md", .words("CC-BY-NC-4.0", of: [.weights])).terms
        #expect(ids(terms) == ["CC-BY-NC-4.0"])
        let code = weights.licensing("LICENSE", .text("MIT")).card()
            .licensing("README.md", .words("Apache-2.0", of: [.code])).terms
        #expect(ids(code) == ["MIT"], "a sentence on the code does not")
    }

    /// Metadata is a claim, the text is the licence: the field stands behind it and takes nothing away.
    @Test func aFieldStandsBehindTheText() {
        let release = weights.licensing("LICENSE", .text("CC-BY-NC-4.0")).card(fields: [("license", ["mit"])])
        #expect(ids(release.terms) == ["CC-BY-NC-4.0", "MIT"])
        #expect(release.terms.parts[.weights]?.expression == "CC-BY-NC-4.0")
        #expect(release.terms.parts[.weights]?.isOpen == false)
        let same = weights.licensing("LICENSE", .text("MIT")).card(fields: [("license", ["mit"])])
        #expect(ids(same.terms) == ["MIT"], "saying the same twice is once")
    }

    @Test func aTextForTheWeightsOutranksWhatProseSaysOfThem() {
        let terms = weights.licensing("LICENSE-MODEL", .text("CC-BY-NC-4.0")).card()
            .licensing("README.md", .words("MIT", of: [.weights])).terms
        #expect(ids(terms) == ["CC-BY-NC-4.0"])
    }

    @Test func aLicenceOfTheDataTakesThemFromTheGeneralOne() throws {
        let release = ReleaseBuilder().data("data/train.parquet").licensing("LICENSE", .text("MIT"))
        #expect(release.terms.parts[.data]?.expression == "MIT")
        let own = release.licensing("LICENSE-DATA", .text("CC-BY-NC-4.0")).terms
        #expect(own.parts[.data]?.expression == "CC-BY-NC-4.0")
        let general = try #require(own.licences.first { $0.id == "MIT" })
        #expect(!general.covers(.dataset))
    }

    // MARK: Operators

    private func offering(_ expression: String, _ ids: LicenceID...) throws -> ReleaseBuilder {
        let value = LicenceValue(
            raw: expression, ids: ids, expression: try LicenceExpression.parse(expression), isFamily: false)
        return weights.file("pyproject.toml") {
            $0.declared = [
                DeclaredLicence(
                    field: "license", value: value, evidence: Evidence(path: "pyproject.toml", lines: LineRange(1)))
            ]
        }
    }

    @Test func ofAChoiceTheBranchThatAsksLeastBinds() throws {
        let terms = try offering("MIT OR CC-BY-NC-4.0", "MIT", "CC-BY-NC-4.0").terms
        #expect(terms.parts[.weights] == nil || ids(terms) == ["MIT"])
        #expect(ConcludedExpression.of(terms.ofWeights) == "CC-BY-NC-4.0 OR MIT")
        let other = try #require(terms.licences.first { $0.id == "CC-BY-NC-4.0" })
        #expect(other.appliesTo.isEmpty, "nobody has to take it")
    }

    @Test func whatHoldsTogetherBindsTogether() throws {
        let terms = try offering("MIT AND CC-BY-NC-4.0", "MIT", "CC-BY-NC-4.0").terms
        #expect(Set(ids(terms)) == ["MIT", "CC-BY-NC-4.0"])
        #expect(ConcludedExpression.of(terms.ofWeights) == "CC-BY-NC-4.0 AND MIT")
    }

    @Test func branchesThatAskTheSameAreBothThere() throws {
        #expect(Set(ids(try offering("MIT OR Apache-2.0", "MIT", "Apache-2.0").terms)) == ["MIT", "Apache-2.0"])
    }

    @Test func anExceptionBelongsToItsLicence() throws {
        let terms = try offering(
            "GPL-3.0-or-later WITH GCC-exception-3.1", "GPL-3.0-or-later", "GCC-exception-3.1"
        ).terms
        #expect(ConcludedExpression.of(terms.ofWeights) == "GPL-3.0-or-later WITH GCC-exception-3.1")
    }

    /// Texts carry no operator: metadata say how those that are there go together, and cannot take one back that stands alone.
    @Test func metadataSayHowTextsGoTogether() throws {
        let offered = try offering("MIT OR CC-BY-NC-4.0", "MIT", "CC-BY-NC-4.0")
        let both = offered.licensing("LICENSE-MIT", .text("MIT")).licensing("LICENSE-CC", .text("CC-BY-NC-4.0"))
        #expect(both.terms.parts[.weights]?.expression == "CC-BY-NC-4.0 OR MIT")
        #expect(both.terms.parts[.weights]?.isOpen == true)
        let one = offered.licensing("LICENSE", .text("CC-BY-NC-4.0")).terms
        #expect(one.parts[.weights]?.expression == "CC-BY-NC-4.0")
        #expect(one.parts[.weights]?.isOpen == false)
    }

    @Test func whatIsDeclaredAndNotUnderstoodIsNotNothing() throws {
        let terms = weights.card(fields: [("license", ["our-very-own-terms-7"])]).terms
        let part = try #require(terms.parts[.weights])
        #expect(part.expression == "LicenseRef-our-very-own-terms-7" && part.basis == .elsewhere && !part.isOpen)
        #expect(part.evidence.first?.quote == "license: our-very-own-terms-7")
        #expect(weights.card(fields: [("license", ["unknown"])]).terms.ofWeights.isEmpty)
        // "other" alone says nothing; a name or an address beside it does.
        #expect(weights.card(fields: [("license", ["other"])]).terms.ofWeights.isEmpty)
        let named = weights.card(fields: [("license", ["other"]), ("license_name", ["Own Terms (v2)"])]).terms
        #expect(ids(named) == ["LicenseRef-Own-Terms-v2"] && named.ofWeights.first?.name == "Own Terms (v2)")
    }

    /// The address of a text settles a name of several, and outranks a name that says another.
    @Test(arguments: [
        ("modified-mit", "https://github.com/MiniMax-AI/MiniMax-M2/blob/main/LICENSE", ["LicenseRef-minimax-m2"]),
        ("mit", "https://huggingface.co/tencent/HunyuanVideo/blob/main/LICENSE", ["LicenseRef-hunyuan-video"]),
        ("apache-2.0", "https://www.apache.org/licenses/LICENSE-2.0", ["Apache-2.0"]),
        ("apache-2.0", "https://example.org/our/terms", ["Apache-2.0"]),
        ("modified-mit", "https://example.org/our/terms", ["LicenseRef-modified-mit"]),
    ])
    func anAddressSettlesAName(name: String, link: String, expected: [String]) {
        let terms = weights.card(fields: [("license", ["other"]), ("license_name", [name]), ("license_link", [link])])
            .terms
        #expect(ids(terms).map(\.rawValue) == expected)
    }

    // MARK: The code's licence is not the weights'

    @Test func aFileForTheCodeCoversNoWeights() {
        let terms = weights.licensing("LICENSE-CODE", .text("MIT")).terms
        #expect(ids(terms).isEmpty)
        #expect(terms.parts[.weights]?.basis == .notStated)
        #expect(terms.parts[.weights]?.isOpen == false)
    }

    @Test func headsOfSourceFilesCoverNoWeights() {
        let terms = weights.program("a.py").licensing("a.py", .words("MIT", .header, line: 1)).terms
        #expect(ids(terms).isEmpty)
    }

    @Test func aSentenceOnLinkedWeightsIsHowTheirTermsAreKnown() {
        let linked = ReleaseBuilder().card().linking(.weights, "https://x.org/model.pth", saying: "the weights")
            .licensing("LICENSE", .text("Apache-2.0"))
        #expect(linked.terms.parts[.weights]?.basis == .inherited)
        let stated = linked.licensing("README.md", .words("Apache-2.0", of: [.code, .weights]))
        #expect(stated.terms.parts[.weights]?.basis == .stated)
        #expect(stated.terms.parts[.weights]?.evidence.map(\.place) == ["README.md:30"])
    }

    @Test func aSentenceOnAnotherPartCoversNoWeights() {
        let readme = weights.card().licensing("README.md", .words("MIT"))
        #expect(ids(readme.terms) == ["MIT"], "a sentence on the whole covers what the release ships")
        let code = weights.card().licensing("README.md", .words("MIT", of: [.code]))
        #expect(ids(code.terms).isEmpty)
        #expect(code.terms.parts[.weights]?.basis == .notStated)
        let data = weights.card("DATA.md").licensing("DATA.md", .words("CC0-1.0"))
        #expect(ids(data.terms).isEmpty)
        let file = weights.licensing("LICENSE-CODE", .words("MIT"))
        #expect(ids(file.terms).isEmpty)
        let both = weights.card().licensing("README.md", .words("MIT"), .words("MIT", of: [.code], line: 40))
        #expect(ids(both.terms) == ["MIT"], "a sentence on the code takes nothing from one on the whole")
    }

    @Test func aPackagesLicenceCoversTheWeightsThatItShips() {
        func package(_ release: ReleaseBuilder) -> Terms {
            release.file("pyproject.toml") {
                $0.declared = [
                    DeclaredLicence(
                        field: "license", value: TestRules.shared.licences.value("MIT"),
                        evidence: Evidence(path: "pyproject.toml", lines: LineRange(2), quote: "MIT"))
                ]
            }.terms
        }
        #expect(ids(package(weights)) == ["MIT"])
        #expect(package(weights).parts[.weights]?.basis == .metadata)
        #expect(ids(package(linked)).isEmpty, "not those that it links")
        #expect(ids(package(ReleaseBuilder().weights("tests/model.safetensors"))).isEmpty)
        let stated = package(weights.card(fields: [("license", ["cc-by-nc-4.0"])]))
        #expect(ids(stated) == ["CC-BY-NC-4.0"], "nor where something else speaks of them")
    }

    // MARK: How it is known

    @Test func aGeneralTextCoversWhatLiesBesideItAndIsInheritedByWhatIsLinked() throws {
        let present = try #require(weights.licensing("LICENSE", .text("MIT")).terms.parts[.weights])
        #expect(present.basis == .text && present.isOpen)
        let elsewhere = try #require(linked.licensing("LICENSE", .text("MIT")).terms.parts[.weights])
        #expect(elsewhere.basis == .inherited && elsewhere.expression == "MIT")
        #expect(!elsewhere.isOpen, "the repository's licence is not said of what it links")
    }

    @Test func aNameThatIsSaidOfTheWholeIsInheritedByWhatIsLinked() {
        let address = linked.licensing("LICENSE", .words("MIT", .url)).terms.parts[.weights]
        #expect(address?.basis == .inherited && address?.isOpen == false)
        let code = ReleaseBuilder().linking(.code, "https://github.com/org/repo", saying: "Training code: here")
            .licensing("README.md", .words("MIT")).terms.parts[.code]
        #expect(code?.basis == .inherited && code?.isOpen == false)
    }

    @Test func whatIsSaidOfALinkedPartIsSaid() {
        let text = linked.licensing("LICENSE-MODEL", .text("MIT")).terms.parts[.weights]
        #expect(text?.basis == .text && text?.isOpen == true)
        let sentence = linked.licensing("README.md", .words("MIT", of: [.weights])).terms.parts[.weights]
        #expect(sentence?.basis == .stated && sentence?.isOpen == true)
    }

    @Test func everyBasisHasItsSource() {
        func basis(_ release: ReleaseBuilder) -> PartTerms.Basis? { release.terms.parts[.weights]?.basis }
        #expect(basis(weights.licensing("LICENSE", .text("MIT"))) == .text)
        #expect(basis(weights.licensing("LICENSE", .words("MIT"))) == .text, "a standard notice is as good")
        #expect(basis(weights.licensing("LICENSE", .words("MIT", .url))) == .stated, "an address names a licence")
        #expect(basis(weights.card(fields: [("license", ["mit"])])) == .stated)
        #expect(basis(ReleaseBuilder().weights { $0.metadata["license"] = "mit" }) == .metadata)
        #expect(basis(weights.file("MODEL_LICENSE.pdf")) == .elsewhere)
        #expect(basis(weights) == .notStated)
    }

    @Test func termsThatStandElsewhereAreNotOpen() throws {
        let part = try #require(weights.file("MODEL_LICENSE.pdf").terms.parts[.weights])
        #expect(part.expression == "LicenseRef-unknown" && !part.isOpen)
        let general = weights.file("MODEL_LICENSE.pdf").licensing("LICENSE", .text("MIT")).terms
        #expect(!ids(general).isEmpty)
        #expect(general.parts[.code] == nil)
    }

    @Test func theStrongestBasisSpeaksAlone() throws {
        let part = try #require(
            ReleaseBuilder().weights { $0.metadata["license"] = "cc-by-nc-4.0" }
                .licensing("LICENSE", .text("MIT")).terms.parts[.weights])
        #expect(part.basis == .text && part.expression == "MIT")
        #expect(part.evidence.map(\.place) == ["LICENSE:1-20"])
    }

    @Test func twoOfOneBasisHoldTogetherAndTheWeakestDecides() throws {
        let part = try #require(
            weights.licensing("LICENSE", .text("MIT")).licensing("COPYING", .text("CC-BY-NC-4.0")).terms.parts[.weights]
        )
        #expect(part.expression == "CC-BY-NC-4.0 AND MIT")
        #expect(part.category == .nonCommercial)
        #expect(!part.isOpen)
    }

    @Test func partsThatAreNotThereHaveNoTerms() {
        let terms = weights.licensing("LICENSE", .text("MIT")).terms
        #expect(terms.parts[.weights] != nil)
        #expect(terms.parts[.code] == nil && terms.parts[.data] == nil)
        let promised = ReleaseBuilder().licensing("LICENSE", .text("MIT")).card {
            $0.promises = [Evidence(path: "README.md", lines: LineRange(4), quote: "Weights coming soon.")]
        }
        #expect(promised.terms.parts[.weights] == nil, "what is promised has none yet")
    }

    // MARK: One licence

    @Test func aChangedTextIsNotTheStandards() throws {
        let changed = LicenceMatch.text("MIT") { $0.modification = .init(added: [], missingWords: 3) }
        let terms = weights.licensing("LICENSE", changed).terms
        let licence = try #require(terms.licences.first)
        #expect(licence.isModified && licence.missingWords == 3 && !licence.isOSIApproved)
        #expect(terms.parts[.weights]?.expression == "LicenseRef-modified-MIT")
        #expect(terms.parts[.weights]?.isOpen == false)
        #expect(weights.licensing("LICENSE", .text("MIT")).terms.areWeightsApproved)
        #expect(!terms.areWeightsApproved)
    }

    @Test func sentencesOfOneFileAreOneEntryAndTextsStayApart() {
        let twice = ReleaseBuilder().card().licensing(
            "README.md", .words("MIT", of: [.code]), .words("MIT", of: [.weights], line: 31)
        ).terms
        #expect(twice.licences.map(\.id) == ["MIT"])
        #expect(twice.licences.first?.covers(.weightsFinal) == true)
        #expect(twice.licences.first?.covers(.trainingCode) == true)
        let texts = ReleaseBuilder().licensing(
            "LICENSE", .text("MIT"), .text("MIT") { $0.lines = LineRange(30, 50) }
        ).terms
        #expect(texts.licences.map(\.lines) == [LineRange(1, 20), LineRange(30, 50)])
    }

    @Test func anUnknownTextSaysSo() throws {
        let release = weights.licensing("LICENSE").file("LICENSE") {
            $0.licence?.unknownText = [Evidence(path: "LICENSE", lines: LineRange(1, 9))]
        }
        let licence = try #require(release.terms.licences.first)
        #expect(licence.name == "Unknown licence text")
        #expect(licence.category == .unclear && !licence.isOpen)
    }
}
