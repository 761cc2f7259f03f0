import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

@Suite struct ComponentFinderTests {
    @Test func everyComponentIsListedInTheOrderOfTheRules() {
        #expect(ReleaseBuilder().found.components.map(\.id) == TestRules.shared.components.all.map(\.id))
        #expect(ReleaseBuilder().found.components.allSatisfy { $0.status == .absent })
    }

    // MARK: Configs

    private func config(_ read: (inout ModelConfig) -> Void) -> ReleaseBuilder {
        var config = ModelConfig()
        read(&config)
        return ReleaseBuilder().file("config.json") { $0.config = config }
    }

    @Test func aConfigNamesTheArchitecture() {
        let named = config { $0.architectures = ["LlamaForCausalLM"] }
        #expect(named.component(.architecture).evidence.map(\.quote) == ["LlamaForCausalLM"])
        #expect(named.component(.architecture).confidence == .medium)
        #expect(config { $0.modelType = "llama" }.status(.architecture) == .present)
        let silent = config { $0.quantization = "4bit" }
        #expect(silent.status(.architecture) == .absent)
        #expect(silent.status(.modelMetadata) == .present, "settings all the same")
    }

    // MARK: A package that runs its model

    @Test func theModelsOwnCodeBesideItsWeightsRunsIt() {
        let package = ReleaseBuilder().weights().program("model.py", [.architecture: 9])
        let component = package.component(.inferenceCode)
        #expect(component.status == .present && component.confidence == .medium)
        #expect(component.paths == ["model.py"])
        #expect(component.reasons.map(\.words.description) == ["the model's own code, beside its weights"])
    }

    @Test func aConfigOrCodeWithoutWeightsRunsNothing() {
        #expect(ReleaseBuilder().program("model.py", [.architecture: 9]).status(.inferenceCode) == .absent)
        let settings = config { $0.architectures = ["LlamaForCausalLM"] }.weights()
        #expect(settings.status(.inferenceCode) == .absent)
        let linked = ReleaseBuilder().program("model.py", [.architecture: 9])
            .linking(.hubModel, "https://huggingface.co/org/model", saying: "weights")
        #expect(linked.status(.inferenceCode) == .absent, "a link is not the weights")
    }

    // MARK: Names

    @Test(arguments: [
        ("tokenizer.json", ComponentID.tokenizer), ("requirements.txt", .supportingTools),
        ("eval_results.json", .evaluationResults), ("trainer_state.json", .modelMetadata),
        ("Responsible-Use-Guide.pdf", .responsibleUseGuide), ("SECURITY.md", .securityPolicy),
        ("CHANGELOG.md", .changelog), ("USE_POLICY.md", .usagePolicy), ("samples/one.wav", .sampleOutputs),
        ("gpt2-samples/a/b.txt", .sampleOutputs), ("x.samples.jsonl", .sampleOutputs),
    ])
    func someFilesAreKnownByName(path: String, id: ComponentID) {
        #expect(ReleaseBuilder().file(path).status(id) == .present)
        #expect(ReleaseBuilder().file("third_party/" + path).status(id) == .absent, "other people's")
        #expect(ReleaseBuilder().file("tests/" + path).status(id) == .absent, "a test's")
    }

    @Test func aFolderOfSamplesHoldsOtherThingsToo() {
        #expect(ReleaseBuilder().file("samples/run.py").status(.sampleOutputs) == .absent)
        #expect(ReleaseBuilder().file("samples/deep/one.wav").status(.sampleOutputs) == .absent)
    }

    // MARK: Sections of cards

    private func sections(_ release: ReleaseBuilder) -> [DocumentSections] {
        CardSections(rules: TestRules.shared.cards).documents(release.release, release.found.components)
    }

    @Test func aCardsSectionsAreItsHeadingsAndFields() throws {
        let release = ReleaseBuilder().card(
            fields: [("license", ["mit"]), ("pipeline_tag", ["text-generation"])], headings: ["Known Limitations"],
            words: 100)
        let document = try #require(sections(release).first)
        #expect(document.kind == .modelCard && document.words == 100)
        #expect(document.sections == ["limits": LineRange(5), "licence": LineRange(2)])
        #expect(document.missing.contains("evaluation"))
        #expect(Set(document.missing).isDisjoint(with: ["limits", "licence"]))
    }

    @Test func otherDocumentsHaveNoSectionsToLack() {
        #expect(sections(ReleaseBuilder().card("NEWS.md", headings: ["Limitations"], words: 100)).isEmpty)
        let data = sections(ReleaseBuilder().card("DATASHEET.md", headings: ["Composition"], words: 10))
        #expect(data.map(\.kind) == [.dataCard])
        #expect(data.first?.sections == ["composition": LineRange(3)])
    }
}

@Suite struct FolderIndexTests {
    @Test func weightsAreInAFolderAndInThoseAbove() {
        let folders = ReleaseBuilder().weights("a/b/model.safetensors").file("c/x.txt").folders
        #expect(folders.withWeights == ["", "a/", "a/b/"])
    }

    @Test func aPointerIsNotInItsFolder() {
        let folders = ReleaseBuilder().weights("a/model.bin") { $0.pointer = .init(oid: "sha256:0", size: 1) }.folders
        #expect(folders.withWeights.isEmpty)
    }

    @Test func foldersThatAllFilesShareAreCounted() {
        #expect(ReleaseBuilder().file("pkg-1.0/a.py").file("pkg-1.0/src/b.py").folders.sharedDepth == 1)
        #expect(ReleaseBuilder().file("pkg-1.0/a.py").file("b.py").folders.sharedDepth == 0)
        #expect(ReleaseBuilder().file("x/a.py").file("y/b.py").folders.sharedDepth == 0)
    }

    @Test func onlyTextsOfTheReleaseItselfAreLicenceTexts() {
        let folders = ReleaseBuilder().licensing("LICENSE", .text("MIT")).licensing("NOTICE", .text("Apache-2.0"))
            .licensing("vendor/LICENSE", .text("MIT")).licensing("README.md", .text("MIT"))
            .licensing("COPYING", .words("MIT")).folders
        #expect(folders.licenceTexts == ["LICENSE"])
    }
}
