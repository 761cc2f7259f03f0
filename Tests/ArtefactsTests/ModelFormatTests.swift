import OpenscanBytes
import OpenscanFacts
import Testing

@testable import OpenscanArtefacts

/// Components of spaCy: MessagePack with arrays of NumPy as maps.
@Suite struct ThincTests {
    private func text(_ text: String) -> [UInt8] { [0xA0 | UInt8(text.utf8.count)] + Array(text.utf8) }
    private func bytes(_ bytes: [UInt8]) -> [UInt8] {
        [0xC5, UInt8(bytes.count >> 8), UInt8(bytes.count & 0xFF)] + bytes
    }
    private func key(_ text: String) -> [UInt8] { [0xC4, UInt8(text.utf8.count)] + Array(text.utf8) }

    private func array(_ shape: [UInt8], type: String = "<f4", isArray: Bool = true) -> [UInt8] {
        [0x85] + key("nd") + [isArray ? 0xC3 : 0xC2] + key("type") + text(type) + key("kind") + [0xC4, 0]
            + key("shape") + [0x90 | UInt8(shape.count)] + shape + key("data")
            + bytes([UInt8](repeating: 0x80, count: shape.reduce(4) { $0 * Int($1) }))
    }

    private func model(_ params: [UInt8], shims: [UInt8] = [0x90]) -> [UInt8] {
        [0x84] + text("nodes") + [0x90] + text("attrs") + [0x90] + text("params") + [0x91, 0x81] + text("W") + params
            + text("shims") + shims
    }

    private func read(_ bytes: [UInt8], _ name: String = "model") throws -> ArtefactFacts? {
        try readArtefact(MemoryBytes(bytes), name: name)
    }

    @Test func arraysOfAComponentAreCounted() throws {
        let facts = try #require(try read(model(array([3, 4]))))
        #expect(facts.format == "thinc-msgpack" && facts.kind == .weights && facts.status == .ok)
        #expect(facts.tensors == 1 && facts.parametersByType == ["float32": 12])
        #expect(try read(model(array([3, 4], isArray: false)))?.parameters == 0)
    }

    /// Parts keep their own state as bytes, and a part of PyTorch as its file.
    @Test func whatAComponentHoldsInsideIsCountedAsWell() throws {
        let inner = bytes(model(array([2, 2])))
        #expect(try read(model(array([3, 4]), shims: [0x91] + inner))?.parameters == 16)
        let zip = ZipMaker(members: [
            .init(name: "archive/data.pkl", data: Payload.harmless),
            .init(name: "archive/version", data: Array("3\n".utf8)),
        ])
        let facts = try #require(try read(model(array([3, 4]), shims: [0x91] + bytes(try zip.bytes()))))
        #expect(facts.findings.contains { $0.detail.description.hasPrefix("state: ") })
    }

    /// Of a map whose first key is no `nodes` the name has to say what it is.
    @Test func componentsOfOlderVersionsAreToldByTheirName() throws {
        let old = [UInt8(0x81)] + key("weights") + array([3, 4])
        #expect(try read(old)?.parameters == 12)
        #expect(try read(old, "other") == nil)
        #expect(try read([0x80, 1, 2, 3, 0, 0])?.format != "thinc-msgpack")
    }

    /// Bytes that begin as a map and are none cost no more than they are long.
    @Test func bytesOfAnotherKindArePassedOver() throws {
        let junk = bytes([0x8F] + [UInt8](repeating: 0xC1, count: 40))
        let facts = try #require(try read(model(array([3, 4]), shims: [0x91] + junk)))
        #expect(facts.parameters == 12 && facts.status == .ok)
        let nested = (0..<200).reduce([UInt8(0x80)]) { inner, _ in
            inner.count > 60_000 ? inner : [0x81, 0xA1, 0x61] + bytes(inner + [UInt8](repeating: 0, count: 9))
        }
        _ = try read(model(array([3, 4]), shims: [0x91] + bytes(nested)))
    }

    @Test func filesThatAreCutAreSaid() throws {
        let whole = model(array([3, 4]))
        #expect(try read(Array(whole.dropLast(20)))?.status == .malformed)
        #expect(try read([1, 2, 3], "model") == nil)
    }
}

@Suite struct PlainModelTests {
    private func read(_ text: String, _ name: String) throws -> ArtefactFacts? {
        try readArtefact(MemoryBytes(Array(text.utf8)), name: name)
    }

    @Test func treesAsJSONAreWeightsAndSettingsAreNot() throws {
        let trees =
            "{\"learner\":{\"gradient_booster\":{\"model\":{\"trees\":[{},{}]},\"name\":\"gbtree\"},\"objective\":{\"name\":\"x\"}},\"version\":[2,0,0]}"
        let facts = try #require(try read(trees, "m.json"))
        #expect(facts.format == "xgboost-json" && facts.kind == .weights && facts.metadata["trees"] == "2")
        let settings =
            "{\"learner\":{\"gradient_booster\":{\"name\":\"gbtree\"},\"objective\":{\"name\":\"x\"}},\"version\":[2,0,0]}"
        #expect(try read(settings, "m.json")?.format == "xgboost-config")
        #expect(try read(settings, "m.json")?.kind == .other)
        let light = "{\"name\":\"tree\",\"version\":\"v4\",\"num_tree_per_iteration\":1,\"tree_info\":[{}]}"
        #expect(try read(light, "m.json")?.format == "lightgbm-json")
        #expect(try read(light, "m.json")?.metadata["trees"] == "1")
        #expect(try read("{\"num_trees\": 1, \"tree\": 2}", "m.json") == nil)
    }

    @Test func modelsAsPMMLAreRead() throws {
        let text =
            "<?xml version=\"1.0\"?>\n<PMML version=\"4.4\"><Header><Application name=\"r\"/></Header><TreeModel/></PMML>"
        let facts = try #require(try read(text, "m.xml"))
        #expect(facts.format == "pmml" && facts.status == .ok && facts.metadata["version"] == "4.4")
        #expect(facts.metadata["model"] == "TreeModel" && facts.metadata["application.name"] == "r")
        #expect(try read(String(text.dropLast(8)), "m.xml")?.status == .malformed)
        #expect(try read("<html/>", "m.xml") == nil)
    }

    @Test func objectsOfRAreRecognised() throws {
        let facts = try #require(try readArtefact(MemoryBytes([0x1F, 0x8B, 8, 0, 0, 0, 0, 0]), name: "fit.rds"))
        #expect(facts.format == "r-data" && facts.status == .unsupported)
        #expect(try read("text", "fit.rds")?.format != "r-data")
    }

    @Test func aSkopsFileSaysWhatItsLoaderHasToTrust() throws {
        func zip(_ schema: String) throws -> [UInt8] {
            try ZipMaker(members: [.init(name: "schema.json", data: Array(schema.utf8))]).bytes()
        }
        let own = try zip(
            "{\"__class__\":\"Ridge\",\"__module__\":\"sklearn.linear_model\",\"_skops_version\":\"0.11\"}")
        let facts = try #require(try readArtefact(MemoryBytes(own), name: "m.skops"))
        #expect(facts.format == "skops" && facts.kind == .weights)
        #expect(!facts.findings.contains { $0.id.isGlobal })
        let foreign = try zip("{\"content\":[{\"__class__\":\"system\",\"__module__\":\"os\"}]}")
        let found = try #require(try readArtefact(MemoryBytes(foreign), name: "m.skops"))
        #expect(found.findings.contains { $0.id == .unknownGlobal && $0.detail.description.contains("os system") })
    }

    @Test func aPackageOfTorchServeRunsItsHandler() throws {
        let manifest = "{\"model\":{\"modelName\":\"m\",\"handler\":\"h.py\",\"serializedFile\":\"m.pt\"}}"
        let zip = try ZipMaker(members: [.init(name: "MAR-INF/MANIFEST.json", data: Array(manifest.utf8))]).bytes()
        let facts = try #require(try readArtefact(MemoryBytes(zip), name: "m.mar"))
        #expect(facts.format == "torch-archive" && facts.kind == .weights)
        #expect(facts.findings.contains { $0.id == .remoteCode && $0.detail.description.contains("h.py") })
    }

    /// The config decides, whatever the weights are called and whatever the file is.
    @Test(arguments: ["m.keras", "m.bin"], ["model.weights.npz", "w", "model.weights.h5"])
    func aLambdaIsFoundBesideAnyWeights(name: String, weights: String) throws {
        let config =
            "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[{\"class_name\":\"Lambda\",\"config\":{\"name\":\"l\"}}]}}"
        let zip = try ZipMaker(members: [
            .init(name: "config.json", data: Array(config.utf8)), .init(name: weights, data: [1, 2, 3]),
        ]).bytes()
        let facts = try #require(try readArtefact(MemoryBytes(zip), name: name))
        #expect(facts.findings.contains { $0.id == .embeddedCode && $0.severity == .high })
    }
}
