import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct ArtefactComponentsTests {
    @Test func aFileOfWeightsIsTheModel() {
        let component = ReleaseBuilder().weights().component(.weightsFinal)
        #expect(component.status == .present)
        #expect(component.paths == ["model.safetensors"])
        #expect(component.confidence == .high)
    }

    @Test(arguments: [
        "tests/model.safetensors", "third_party/other/model.safetensors", "optimizer.pt", "training_args.bin",
        "rng_state_0.pth",
    ])
    func weightsOfTestsOfOthersAndOfTheTrainingsStateAreNot(path: String) {
        #expect(ReleaseBuilder().weights(path).status(.weightsFinal) == .absent)
    }

    @Test func anArrayIsWeightsOnlyWhereItsPathSaysSo() {
        for format in ["npz", "npy", "pickle", "hdf5"] {
            let format = FormatID(format)
            #expect(ReleaseBuilder().weights("mel_filters.x", format).status(.weightsFinal) == .absent, "\(format)")
            #expect(ReleaseBuilder().weights("weights/a.x", format).status(.weightsFinal) == .present, "\(format)")
        }
        #expect(ReleaseBuilder().weights("mel_filters.x").status(.weightsFinal) == .present, "a format of weights")
        #expect(ReleaseBuilder().weights("model.json", "xgboost-config").status(.weightsFinal) == .absent)
        #expect(ReleaseBuilder().weights("model.json", "xgboost-json").status(.weightsFinal) == .present)
    }

    @Test func aTokenizerOfATestIsNotTheModels() {
        #expect(ReleaseBuilder().artefact("bpe.model", .tokenizer, "sentencepiece").status(.tokenizer) == .present)
        let fixture = ReleaseBuilder().artefact("tests/bpe.model", .tokenizer, "sentencepiece")
        #expect(fixture.status(.tokenizer) == .absent)
    }

    @Test func anAdapterIsNotTheModel() {
        let byName = ReleaseBuilder().weights("adapter_model.safetensors")
        let byConfig = ReleaseBuilder().weights("out/a.safetensors").file("out/adapter_config.json") {
            $0.config = ModelConfig()
            $0.config?.isAdapter = true
        }
        let byKey = ReleaseBuilder().weights { $0.metadata["ss_network_module"] = "networks.lora" }
        let byValue = ReleaseBuilder().weights { $0.metadata["modelspec.architecture"] = "stable-diffusion/lora" }
        for release in [byName, byConfig, byKey, byValue] {
            #expect(release.status(.weightsAdapter) == .present)
            #expect(release.status(.weightsFinal) == .absent)
        }
        let beside = byConfig.weights("base/model.safetensors") { $0.metadata["modelspec.architecture"] = "llama" }
        #expect(beside.component(.weightsFinal).paths == ["base/model.safetensors"], "another folder, another model")
    }

    @Test func aCheckpointOfTheTrainingIsNotTheFinalModel() {
        let release = ReleaseBuilder().weights("checkpoint-500/model.safetensors")
        #expect(release.status(.weightsIntermediate) == .present)
        #expect(release.status(.weightsFinal) == .absent)
        #expect(release.weights("final/model.safetensors").status(.weightsFinal) == .present)
    }

    @Test func aPointerStandsForItsFileWithLessConfidence() {
        let component = ReleaseBuilder().weights {
            $0.status = .pointer
            $0.pointer = .init(oid: "sha256:0", size: 1234)
        }.component(.weightsFinal)
        #expect(component.status == .present)
        #expect(component.confidence == .medium)
        #expect(component.reasons.map(\.words.description) == ["a pointer stands for it (1234 bytes)"])
    }

    @Test func aPointerIsWhatItsNameSays() {
        for kind in [FormatKind.weights, .other] {
            let release = ReleaseBuilder().artefact("data/train.parquet", kind, "git-lfs-pointer") {
                $0.pointer = .init(oid: "sha256:0", size: 1 << 30)
            }
            #expect(release.status(.dataset) == .present)
            #expect(release.status(.weightsFinal) == .absent)
        }
        let picture = ReleaseBuilder().artefact("logo.png", .other, "git-lfs-pointer") {
            $0.pointer = .init(oid: "sha256:0", size: 1 << 20)
        }
        #expect(picture.found.ofArtefacts.isEmpty)
    }

    @Test func anEmptyFileOnlyClaimsToBeThere() {
        let component = ReleaseBuilder().weights {
            $0.status = .malformed
            $0.findings = [Finding(.emptyFile, .high, "no bytes")]
        }.component(.weightsFinal)
        #expect(component.status == .claimed)
        #expect(component.paths == ["model.safetensors"])
        #expect(component.reasons.map(\.words.description) == ["an empty file"])
    }

    /// Also one of which something can still be read.
    @Test func aDamagedFileOnlyClaimsToBeThere() {
        let damaged = ReleaseBuilder().weights {
            $0.status = .malformed
            $0.tensors = 2
            $0.findings = [Finding(.truncated, .high, "half of it")]
        }
        let component = damaged.component(.weightsFinal)
        #expect(component.status == .claimed)
        #expect(component.reasons.map(\.words.description) == ["damaged: half of it"])
        let beside = damaged.weights("other.safetensors").component(.weightsFinal)
        #expect(beside.status == .present)
        #expect(beside.confidence == .medium)
        #expect(beside.reasons.map(\.words.description) == ["damaged: half of it"])
    }

    @Test func tensorsOfAnAdapterAreNoModel() {
        let adapter = ReleaseBuilder().weights { $0.isAdapter = true }
        #expect(adapter.component(.weightsAdapter).status == .present)
        #expect(adapter.component(.weightsFinal).status == .absent)
    }

    @Test func aFormatThatCannotBeReadIsThereWithLessConfidence() {
        let component = ReleaseBuilder().weights("model.xyz", "safetensors") { $0.status = .unsupported }
            .component(.weightsFinal)
        #expect(component.status == .present)
        #expect(component.confidence == .medium)
    }

    @Test(arguments: [
        ("train-00000-of-00001.parquet", ComponentID.dataset as ComponentID?), ("corpus/part-1.parquet", .dataset),
        ("data/test-00000.parquet", .evaluationData), ("data/mmlu/all.parquet", .evaluationData),
        ("quantize/quantize_data/wikitext/train.arrow", nil), ("calibration/c4.parquet", nil),
        ("outputs/run1.parquet", .sampleOutputs), ("tests/train.parquet", nil), ("vendor/x/train.parquet", nil),
    ])
    func dataAreWhatTheirPathSays(path: String, id: ComponentID?) {
        #expect(ReleaseBuilder().data(path).found.ofArtefacts[path] == id)
    }

    /// Word lists and settings are tables too: a table is training data by its name, by its folder and size, or by
    /// its size alone.
    @Test(arguments: [
        ("train.csv", 3000, true), ("train.csv", 500, false), ("data/prices.csv", 100_000, true),
        ("data/prices.csv", 30_000, false), ("prices.csv", 2_000_000, true), ("prices.csv", 100_000, false),
        ("docs/train.csv", 2_000_000, false), ("examples/train.csv", 2_000_000, false),
        ("data/toy.csv", 2_000_000, false),
    ])
    func aTableIsTrainingDataByNameOrSize(path: String, bytes: Int, isData: Bool) {
        let release = ReleaseBuilder().data(path, "csv", bytes: bytes)
        #expect(release.status(.dataset) == (isData ? .present : .absent))
    }

    @Test func whatAPackageOfCodeCarriesIsNoTrainingData() {
        func status(_ path: String) -> Component.Status {
            ReleaseBuilder().program("norm/__init__.py").data(path, "csv", bytes: 2_000_000).status(.dataset)
        }
        #expect(status("norm/en/data/surnames.csv") == .absent)
        #expect(status("norm/data/train.csv") == .present, "its name says more than its place")
        #expect(status("data/surnames.csv") == .present)
    }

    @Test func anExampleOfMeasuringIsNoEvaluationData() {
        let table = ReleaseBuilder().data("data/val_example.jsonl", "jsonl", bytes: 3_000)
        #expect(table.status(.evaluationData) == .absent)
    }

    @Test func aTableOfUnknownSizeIsNone() {
        #expect(ReleaseBuilder().data("train.csv", "csv").status(.dataset) == .absent)
    }

    @Test func anArrayThatOnlyItsFolderCallsAModelHasToBeAsLargeAsOne() {
        func status(_ path: String, _ format: FormatID, _ parameters: Int) -> Component.Status {
            ReleaseBuilder().weights(path, format) { $0.parameters = parameters }.status(.weightsFinal)
        }
        #expect(status("app/models/tokenizer/mel_filters.npz", "npz", 41_800) == .absent)
        #expect(status("app/models/tokenizer/encoder.npz", "npz", 40_000_000) == .present)
        #expect(status("app/models/weights.npz", "npz", 41_800) == .present, "its own name says it")
        #expect(status("app/models/net.h5", "hdf5", 700_000) == .present, "no array")
    }

    @Test func arraysOfFewNumbersAreConstantsWhateverTheirName() {
        func status(_ parameters: Int?) -> Component.Status {
            ReleaseBuilder().weights("metrics/quality_model_params.npz", "npz") { $0.parameters = parameters }
                .status(.weightsFinal)
        }
        #expect(status(1_400) == .absent)
        #expect(status(2_000_000) == .present)
        #expect(status(nil) == .present, "what was not counted is not few")
        let small = ReleaseBuilder().weights("tiny.safetensors") { $0.parameters = 2 }
        #expect(small.status(.weightsFinal) == .present, "a format of weights alone needs no size")
    }
}
