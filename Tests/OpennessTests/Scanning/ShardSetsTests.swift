import OpenscanFacts
import Testing

@testable import OpenscanScanning

/// The index of a sharded set against the files beside it.
@Suite struct ShardSetsTests {
    private static let names = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"]

    private func index(
        _ files: [String] = names, tensors: Int = 4, size: Int? = 200, in folder: String = "",
        beside release: ReleaseBuilder = ReleaseBuilder()
    ) -> ReleaseBuilder {
        release.file(folder + "model.safetensors.index.json", bytes: 10) {
            $0.shardIndex = ShardIndex(files: files, tensors: tensors, totalSize: size, findings: [])
        }
    }

    /// Each of 110 bytes with two tensors.
    private func shards(_ names: [String] = names, in folder: String = "", beside release: ReleaseBuilder)
        -> ReleaseBuilder
    {
        names.reduce(release) { release, name in
            release.artefact(folder + name, .weights, "safetensors", 110) { $0.tensors = 2 }
        }
    }

    /// Findings of the index.
    private func findings(_ release: ReleaseBuilder) -> [String] {
        var facts = release.release
        Completeness.check(&facts)
        return facts.files.filter { $0.shardIndex != nil }.flatMap(\.findings).map { "\($0.id.rawValue): \($0.detail)" }
    }

    @Test func aWholeSetIsNoFinding() {
        #expect(findings(shards(beside: index())).isEmpty)
        #expect(findings(shards(in: "a/", beside: index(in: "a/"))).isEmpty)
    }

    /// Tensors by name and shard, not by their number.
    @Test func tensorsElsewhereOrUnderAnotherNameAreNamed() {
        func set(_ held: [[UInt64]]) -> [String] {
            let named: [(String, UInt64, Int)] = [("a", 1, 0), ("b", 2, 0), ("c", 3, 1)]
            let index = ReleaseBuilder().file("model.safetensors.index.json", bytes: 10) {
                $0.shardIndex = ShardIndex(
                    files: Self.names, tensors: 3, named: named.map { .init(name: $0.0, hash: $0.1, file: $0.2) },
                    totalSize: nil, findings: [])
            }
            return findings(
                zip(Self.names, held).reduce(index) { release, shard in
                    release.artefact(shard.0, .weights, "safetensors", 110) {
                        $0.tensors = shard.1.count
                        $0.tensorNames = shard.1
                    }
                })
        }
        #expect(set([[1, 2], [3]]).isEmpty)
        #expect(
            set([[1, 3], [2]]) == [
                "missing-shard: tensor b is not in \(Self.names[0]), where the index has it; it is in \(Self.names[1])",
                "missing-shard: tensor c is not in \(Self.names[1]), where the index has it; it is in \(Self.names[0])",
            ])
        #expect(
            set([[1, 2], [9]]) == [
                "missing-shard: tensor c is not in \(Self.names[1]), where the index has it, and no other shard has it",
                "extra-shard: 1 tensors of \(Self.names[1]) are not named by the index",
            ])
    }

    // MARK: Missing

    @Test func aShardThatIsNamedAndNotThereIsMissing() {
        let release = shards([Self.names[0]], beside: index())
        #expect(
            findings(release) == [
                "missing-shard: model-00002-of-00002.safetensors is named by the index and not there"
            ])
    }

    @Test func aShardInAnotherFolderIsMissing() {
        let release = shards(in: "old/", beside: index())
        #expect(findings(release).count == 2)
    }

    @Test func manyMissingShardsAreCounted() {
        let many = (1...60).map { "model-\($0)-of-60.safetensors" }
        let found = findings(index(many))
        #expect(found.count == 51)
        #expect(found.last == "missing-shard: and 10 more shards are not there")
    }

    @Test func aPointerStandsForItsShard() {
        let release = shards([Self.names[0]], beside: index(size: 300)).artefact(
            Self.names[1], .weights, "safetensors", 130
        ) {
            $0.status = .pointer
            $0.pointer = .init(oid: "sha256:0", size: 200)
        }
        #expect(findings(release).isEmpty, "with the size that it stands for")
    }

    // MARK: Left over

    @Test func aShardThatIsNotNamedIsLeftOver() {
        let release = shards(beside: index()).weights("model-00003-of-00003.safetensors")
        #expect(
            findings(release) == [
                "extra-shard: model-00003-of-00003.safetensors looks like a shard and is not named by the index"
            ])
    }

    @Test func otherFilesAreNotLeftOver() {
        for path in ["other.safetensors", "model-00003-of-00003.bin", "b/model-00003-of-00003.safetensors"] {
            #expect(findings(shards(beside: index()).weights(path)).isEmpty, "\(path)")
        }
        let plain = index(["a.safetensors"], tensors: 2, size: 100)
        let release = shards(["a.safetensors"], beside: plain).weights("model-00003-of-00003.safetensors")
        #expect(findings(release).isEmpty, "an index whose shards are not numbered")
    }

    // MARK: Sizes

    @Test func shardsThatAreTooSmallAreSaid() {
        let found = findings(shards(beside: index(size: 221)))
        #expect(found == ["bad-size: the index announces 221 bytes, its shards have 220"])
        #expect(findings(shards(beside: index(size: 220))).isEmpty, "headers come on top, so more is right")
        #expect(findings(shards(beside: index(size: nil))).isEmpty)
    }

    @Test func aMissingShardIsSaidOnce() {
        let found = findings(shards([Self.names[0]], beside: index(size: 1000)))
        #expect(found.count == 1, "that bytes are missing as well goes without saying")
    }

    @Test func tensorsAreCountedWhereEveryShardWasRead() {
        let found = findings(shards(beside: index(tensors: 5)))
        #expect(found == ["bad-size: the index names 5 tensors, its shards hold 4"])
        let unread = shards(beside: index(tensors: 5)).file(Self.names[0]) { $0.artefact?.status = .notInspected }
        #expect(findings(unread).isEmpty)
    }

    @Test func anIndexOfNothingFindsNothing() { #expect(findings(index([], tensors: 0, size: 100)).isEmpty) }
}

/// Sets without an index, external data, parts of pipelines.
@Suite struct CompletenessTests {
    private func findings(_ release: ReleaseBuilder) -> [String] {
        var facts = release.release
        Completeness.check(&facts)
        return facts.files.flatMap { file in file.findings.map { "\(file.path) \($0.id.rawValue): \($0.detail)" } }
    }

    private func set(_ numbers: [Int], of count: Int, in folder: String = "") -> ReleaseBuilder {
        numbers.reduce(ReleaseBuilder()) { $0.weights("\(folder)model-\($1)-of-\(count).safetensors") }
    }

    @Test func aNumberThatIsNotThereIsMissing() {
        #expect(
            findings(set([1, 3], of: 4)) == [
                "model-1-of-4.safetensors missing-shard: 2 of 4 parts of this set are not there (numbers 2, 4)"
            ])
        #expect(findings(set([1, 2, 3, 4], of: 4)).isEmpty)
        #expect(findings(set([0, 1], of: 2)).isEmpty, "some count from nothing")
        #expect(findings(set([0], of: 2)).first?.hasSuffix("(numbers 1)") == true)
    }

    @Test func eachFolderHasItsOwnSet() {
        let whole = set([1, 2], of: 2, in: "a/")
        #expect(findings(whole.weights("b/model-1-of-2.safetensors")).count == 1)
    }

    @Test func documentsAreNoSet() {
        #expect(findings(ReleaseBuilder().file("page-1-of-9.md")).isEmpty)
        #expect(findings(ReleaseBuilder().weights("state-of-the-art.safetensors")).isEmpty)
    }

    @Test(arguments: [
        ("a/model-00002-of-00005.bin", 2, 5), ("part-1-of-2", 1, 2),
    ])
    func shardsAreNumbered(path: String, number: Int, count: Int) throws {
        let name = try #require(ShardName(path))
        #expect(name.number == number && name.count == count)
    }

    @Test(arguments: ["one-of-many.bin", "model-1-of-0.bin", "model-1234567-of-9.bin", "-of-.bin", "model.bin"])
    func otherNamesAreNot(path: String) { #expect(ShardName(path) == nil) }

    @Test func externalDataMustBeThereAndLongEnough() {
        let model = ReleaseBuilder().artefact("onnx/model.onnx", .weights, "onnx") { $0.needs = ["model.data": 100] }
        #expect(
            findings(model) == [
                "onnx/model.onnx missing-shard: model.data is named as external data and not there"
            ])
        #expect(findings(model.file("model.data", bytes: 100)).count == 1, "beside the model, not elsewhere")
        #expect(findings(model.file("onnx/model.data", bytes: 100)).isEmpty)
        #expect(
            findings(model.file("onnx/model.data", bytes: 99)).map { $0.contains("bad-external-data") } == [true])
    }

    @Test func partsOfAPipelineMustBeThereWithTheirWeights() {
        let pipeline = ReleaseBuilder().file("model_index.json") {
            $0.config = ModelConfig()
            $0.config?.isPipeline = true
            $0.config?.parts = [
                .init(name: "unet", type: "UNet", hasWeights: true),
                .init(name: "scheduler", type: "DDIMScheduler", hasWeights: false),
            ]
        }
        #expect(findings(pipeline).count == 2)
        let settings = pipeline.file("unet/config.json").file("scheduler/config.json")
        #expect(
            findings(settings) == [
                "model_index.json missing-shard: the part unet (UNet) is there without its weights"
            ])
        #expect(findings(settings.weights("unet/model.safetensors")).isEmpty)
    }
}
