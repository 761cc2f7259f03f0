import Foundation
import OpenscanBytes
import OpenscanFacts
import Testing

@testable import OpenscanArtefacts

@Suite struct EncodedPickleTests {
    private func findings(_ text: String) -> [Finding] {
        Array(text.utf8).withUnsafeBytes { EncodedPickle.findings($0, limits: Limits()) }
    }

    private func encoded(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    private let dangerous: [UInt8] =
        [0x80, 4] + Array("cos\nsystem\nU\u{4}id -".utf8) + [0x85, UInt8(ascii: "R"), UInt8(ascii: ".")]

    @Test(arguments: ["x = pickle.loads(b64decode('@'))", "{\"blob\": \"@\"}", "@", "key: @\n"])
    func aStreamInATextIsFoundWhateverTheTextIs(text: String) {
        let text = text.split(separator: "@", omittingEmptySubsequences: false).joined(separator: encoded(dangerous))
        let found = findings(text)
        #expect(found.map(\.id) == [.pickleDisguised])
        #expect(found.first?.severity == .high && found.first?.detail.description.contains("system") ?? false)
    }

    @Test func streamsThatDoNoHarmAndOtherTextsAreNotSaid() {
        let list: [UInt8] = [0x80, 4, 0x5D, 0x94] + Array(repeating: [0x4B, 1, 0x61], count: 20).joined() + [0x2E]
        #expect(findings(encoded(list)).isEmpty)
        #expect(findings("gASgASgASgASgASgASgASgASgASgASgASgAS").isEmpty)
        #expect(findings(encoded(Array("a picture, or any other bytes at all".utf8))).isEmpty)
        #expect(findings(String(repeating: "gASV", count: 200_000)).isEmpty)
    }
}

@Suite struct PickleArgumentTests {
    private func findings(_ stream: [UInt8]) throws -> [Finding] {
        try readArtefact(MemoryBytes(stream), name: "m.pkl")?.findings ?? []
    }

    private func call(_ module: String, _ name: String, _ text: String) -> [UInt8] {
        [0x80, 2] + Array("c\(module)\n\(name)\nX".utf8) + littleEndian(UInt32(text.utf8.count)) + Array(text.utf8)
            + [0x85, UInt8(ascii: "R"), UInt8(ascii: ".")]
    }

    /// An expected name makes no sense of the text of a program.
    @Test(arguments: [
        "import os\nos.system('id')", "x = 1; import socket", "__import__('os').system('id')", "exec(open('x').read())",
        "from os import system\n",
    ])
    func programsAsArgumentsAreSaid(text: String) throws {
        let found = try findings(call("collections", "OrderedDict", text))
        #expect(found.contains { $0.id == .embeddedCode && $0.detail.description.contains("OrderedDict") })
    }

    @Test(arguments: [
        "a sentence about imports of steel", "model.layers.0.weight", "important; nothing", "from here on",
    ])
    func otherTextsAreNot(text: String) throws {
        #expect(try !findings(call("collections", "OrderedDict", text)).contains { $0.id == .embeddedCode })
    }

    @Test func patternsMayLookForPrograms() throws {
        #expect(try !findings(call("re", "_compile", "^import (.*)$ and exec(")).contains { $0.id == .embeddedCode })
    }
}

/// Adapters as torch saves them: the keys of the tensors say so.
@Suite struct PickleAdapterTests {
    private func text(_ text: String) -> [UInt8] {
        [UInt8(ascii: "X")] + littleEndian(UInt32(text.utf8.count)) + Array(text.utf8)
    }

    private func tensor() -> [UInt8] {
        Array("ctorch._utils\n_rebuild_tensor_v2\n((".utf8) + text("storage") + Array("ctorch\nFloatStorage\n".utf8)
            + text("0") + text("cpu") + [UInt8(ascii: "K"), 4] + Array("tQK".utf8) + [0] + [UInt8(ascii: "K"), 4, 0x85]
            + [UInt8(ascii: "K"), 1, 0x85, 0x89] + Array("}tR".utf8)
    }

    private func isAdapter(_ keys: [String], one: Bool) throws -> Bool {
        var stream: [UInt8] = [0x80, 2, UInt8(ascii: "}")]
        if !one { stream.append(UInt8(ascii: "(")) }
        for key in keys { stream += text(key) + tensor() + (one ? [UInt8(ascii: "s")] : []) }
        stream += one ? [UInt8(ascii: ".")] : Array("u.".utf8)
        let zip = try ZipMaker(members: [
            .init(name: "a/data.pkl", data: stream), .init(name: "a/data/0", data: [UInt8](repeating: 0, count: 16)),
        ]).bytes()
        let facts = try #require(try readArtefact(MemoryBytes(zip), name: "pytorch_model.bin"))
        #expect(facts.tensors == keys.count)
        return facts.isAdapter
    }

    @Test(arguments: [true, false])
    func adaptersAreToldByTheirKeys(one: Bool) throws {
        #expect(try isAdapter(["a.lora_A.weight", "a.lora_B.weight"], one: one))
        #expect(try isAdapter(["unet.down.lora_up.weight", "unet.down.alpha"], one: one))
        #expect(try !isAdapter(["model.embed.weight", "model.norm.weight"], one: one))
        #expect(try !isAdapter(["explorativo.weight", "a.weight", "b.weight", "c.lora_A.weight"], one: one))
    }
}
