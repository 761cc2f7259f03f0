import OpenscanBytes
import OpenscanFacts
import Testing

@testable import OpenscanArtefacts

/// Streams put together opcode by opcode.
private enum Opcodes {
    static func text(_ text: String) -> [UInt8] { [0x8C, UInt8(text.utf8.count)] + Array(text.utf8) }
    static func stackGlobal(_ module: String, _ name: String) -> [UInt8] { text(module) + text(name) + [0x93] }
    static func global(_ module: String, _ name: String) -> [UInt8] { Array("c\(module)\n\(name)\n".utf8) }
    static func raw(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8($0.value) } }
    static let head4: [UInt8] = [0x80, 4], head2: [UInt8] = [0x80, 2]
    /// `os.system('id')`.
    static let payload: [UInt8] = head2 + global("os", "system") + raw("U\u{2}id\u{85}R.")
    static func bytes(_ bytes: [UInt8]) -> [UInt8] { [UInt8(ascii: "C"), UInt8(bytes.count)] + bytes }
}

private func ids(_ bytes: [UInt8], name: String = "x.pkl") throws -> [FindingID] {
    try readArtefact(MemoryBytes(bytes), name: name)?.findings.filter { $0.severity > .low }.map(\.id) ?? []
}

@Suite struct PickleTests {
    static let payloads: [(String, [UInt8])] = [
        ("global", Opcodes.payload),
        (
            "stack global",
            Opcodes.head4 + Opcodes.stackGlobal("os", "system") + Opcodes.text("id") + Opcodes.raw("\u{85}R.")
        ),
        (
            "dotted name",
            Opcodes.head4 + Opcodes.stackGlobal("logging", "os.system") + Opcodes.text("id") + Opcodes.raw("\u{85}R.")
        ),
        (
            "memo alias",
            Opcodes.head4 + Opcodes.text("os") + [0x94, 0x30] + Opcodes.text("system") + [0x94, 0x30]
                + Opcodes.raw("h\u{0}h\u{1}\u{93}") + Opcodes.text("id") + Opcodes.raw("\u{85}R.")
        ),
        ("INST", Opcodes.raw("(S'id'\nios\nsystem\n.")),
        ("OBJ", Opcodes.raw("(cos\nsystem\nS'id'\no.")),
        ("NEWOBJ", Opcodes.head2 + Opcodes.raw("csubprocess\nPopen\nU\u{2}id\u{85}\u{81}.")),
        (
            "NEWOBJ_EX",
            Opcodes.head4 + Opcodes.stackGlobal("subprocess", "Popen") + Opcodes.text("id")
                + Opcodes.raw("\u{85}}\u{92}.")
        ),
        ("BUILD", Opcodes.head2 + Opcodes.raw("c__main__\nX\n)\u{81}}U\u{0C}__setstate__cos\nsystem\nsbU\u{2}idb.")),
        (
            "GETATTR chain",
            Opcodes.head2
                + Opcodes.raw(
                    "c__builtin__\ngetattr\nc__builtin__\n__import__\nU\u{2}os\u{85}RU\u{6}system\u{86}RU\u{2}id\u{85}R."
                )
        ),
        ("extension code", Opcodes.head2 + Opcodes.raw("\u{82}\u{1}U\u{2}id\u{85}R.")),
        (
            "name put together",
            Opcodes.head4 + Opcodes.stackGlobal("string", "capwords") + Opcodes.text("x") + Opcodes.raw("\u{85}R")
                + Opcodes.text("system") + Opcodes.raw("\u{93}") + Opcodes.text("id") + Opcodes.raw("\u{85}R.")
        ),
        ("broken behind the payload", Array(Opcodes.payload.dropLast()) + [0xFF, 0xFF, 0xFF]),
        ("second stream", Opcodes.head2 + Opcodes.raw("}.") + Opcodes.payload),
        ("nested in bytes", Opcodes.head4 + Opcodes.bytes(Opcodes.payload) + Opcodes.raw(".")),
        ("nested old style", Opcodes.head4 + Opcodes.bytes(Opcodes.raw("cos\nsystem\n(S'id'\ntR.")) + Opcodes.raw(".")),
        (
            "torch.storage",
            Opcodes.head4 + Opcodes.stackGlobal("torch.storage", "_load_from_bytes") + Opcodes.bytes(Opcodes.payload)
                + Opcodes.raw("\u{85}R.")
        ),
        ("behind junk", Array(repeating: 0, count: 77) + Opcodes.payload),
        (
            "frame that lies",
            Opcodes.head4 + [0x95, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F] + Opcodes.stackGlobal("os", "system")
                + Opcodes.text("id") + Opcodes.raw("\u{85}R.")
        ),
        ("changes a class", Opcodes.head2 + Opcodes.raw("ccollections\nOrderedDict\n}U\u{1}xK\u{1}sb.")),
        ("unheard of", Opcodes.head4 + Opcodes.stackGlobal("company.secret", "Thing") + Opcodes.raw(")R.")),
    ]

    @Test(arguments: payloads)
    func findsEveryPayload(sample: (String, [UInt8])) throws {
        let found = try ids(sample.1)
        #expect(found.contains(.dangerousGlobal) || found.contains(.unknownGlobal), "\(found)")
    }

    /// The same stream under names of formats that hold no code.
    @Test(arguments: [
        "model.safetensors", "model.gguf", "model.onnx", "a.npy", "data.json", "notes.txt", "model.h5", "noending",
        "model.parquet",
    ])
    func seesDisguise(name: String) throws {
        let found = try ids(Opcodes.payload, name: name)
        #expect(found.contains(.dangerousGlobal))
        if name.hasSuffix(".safetensors") || name.hasSuffix(".onnx") || name.hasSuffix(".npy") {
            #expect(found.contains(.pickleDisguised))
        }
    }

    /// Names by verdict: the same module may be harmless in one name and not in another.
    @Test(arguments: [
        ("collections", "OrderedDict", "expected"), ("torch._utils", "_rebuild_tensor_v2", "expected"),
        ("torch.nn.modules.linear", "Linear", "expected"), ("numpy.core.multiarray", "_reconstruct", "expected"),
        ("builtins", "set", "expected"), ("builtins", "eval", "dangerous"), ("builtins", "getattr", "dangerous"),
        ("posix", "system", "dangerous"), ("torch.hub", "load", "dangerous"), ("torch", "load", "dangerous"),
        ("numpy.testing._private.utils", "runstring", "dangerous"), ("logging", "os.system", "dangerous"),
        ("sklearn.linear_model._logistic", "LogisticRegression", "expected"),
        ("sklearn.utils", "os.system", "dangerous"),
        ("torch.nn.modules.linear", "os.system", "dangerous"), ("my.module", "Model", "unknown"),
        ("collections", "OrderedDict.__init__.__globals__", "dangerous"), ("__torch__.m", "M", "unknown"),
        ("torch.nn", "load_thing", "unknown"),
    ])
    func judgesNames(sample: (String, String, String)) {
        let verdict: String
        switch PickleGlobals.verdict(
            sample.0, sample.1, isCalled: true, context: sample.0.hasPrefix("sklearn") ? .general : .torch)
        {
        case .expected: verdict = "expected"
        case .unknown: verdict = "unknown"
        case .dangerous: verdict = "dangerous"
        }
        #expect(verdict == sample.2)
    }

    /// Words on lines begin like protocol 0 and are none.
    @Test(arguments: ["cat\ndog\nbird\n", "config\nvalue\n(x)\n", "(defun x\n (y))\n", "(S', b)\n", "c\nc\nc\n"])
    func leavesWordsAlone(text: String) throws {
        #expect(try readArtefact(MemoryBytes(Array(text.utf8)), name: "list.txt") == nil)
    }

    /// Marks, values, dictionaries or tuples without end.
    @Test(
        arguments: [("(", FindingID.nestingDepth), ("N", .truncated), ("}", .truncated), (")", .truncated)])
    func boundsWhatAStreamMayCost(opcode: String, id: FindingID) throws {
        let bytes = Opcodes.head2 + Array(repeating: Opcodes.raw(opcode)[0], count: 3_000_000)
        var facts: ArtefactFacts?
        let spent = try ContinuousClock().measure { facts = try readArtefact(MemoryBytes(bytes), name: "x.pkl") }
        #expect(spent < .seconds(60))
        #expect(facts?.status == .malformed)
        #expect(facts?.findings.contains { $0.id == id } == true, "\(facts?.findings ?? [])")
    }

    @Test func boundsTheNumbersOfTheMemo() throws {
        let far: [UInt8] = Opcodes.head2 + Opcodes.raw("Nr") + [0xFF, 0xFF, 0xFF, 0x7F] + Opcodes.raw(".")
        #expect(try readArtefact(MemoryBytes(far), name: "x.pkl")?.findings.contains { $0.id == .memoIndex } == true)
    }

    /// Streams in streams are followed to a depth; beyond it their report says that there are more.
    @Test(arguments: 1...12)
    func aPayloadUnderManyStreamsIsFoundOrTheDepthSaid(depth: Int) throws {
        var deep = Opcodes.payload
        for _ in 0..<depth { deep = Opcodes.head4 + Opcodes.bytes(deep) + Opcodes.raw(".") }
        #expect(try ids(deep) == [depth <= 4 ? .dangerousGlobal : .nestingDepth])
    }

    @Test func followsMemoBeyondItsDensePart() throws {
        var bytes = Opcodes.head4 + Opcodes.text("os") + [0x94, 0x30]
        // More entries than are kept one by one; the name from the beginning is still there.
        bytes += Opcodes.raw("N")
        for _ in 0..<750_000 { bytes.append(0x94) }
        bytes += Opcodes.raw("h\u{0}") + Opcodes.text("system") + [0x93] + Opcodes.text("id") + Opcodes.raw("\u{85}R.")
        #expect(try ids(bytes).contains(.dangerousGlobal))
    }

    // MARK: What a flood must not hide

    @Test func harmlessNamesByTheThousandHideNoDangerousOne() throws {
        let names = (0..<4100).flatMap { Opcodes.raw("ccollections\nx\($0)\n0") }
        #expect(try ids(Opcodes.head4 + names + Opcodes.payload.dropFirst(2)).contains(.dangerousGlobal))
    }

    @Test func harmlessStreamsInJunkHideNoDangerousOne() throws {
        let stream = Opcodes.head2 + Opcodes.raw("ccollections\nOrderedDict\n.") + [0, 0, 0, 0]
        let bytes = [UInt8](repeating: 0, count: 77) + [[UInt8]](repeating: stream, count: 12).joined()
        #expect(!(try ids(bytes).contains(.dangerousGlobal)))
        #expect(try ids(bytes + Opcodes.payload).contains(.dangerousGlobal))
    }

    @Test func stringsLikeStreamsHideNoDangerousOne() throws {
        let decoys = [[UInt8]](repeating: Opcodes.bytes(Opcodes.raw("ca\nb\nxxxxx")) + Opcodes.raw("0"), count: 300)
        let bytes = Opcodes.head4 + decoys.joined()
        #expect(!(try ids(bytes + Opcodes.raw("N.")).contains(.dangerousGlobal)))
        #expect(try ids(bytes + Opcodes.bytes(Opcodes.payload) + Opcodes.raw(".")).contains(.dangerousGlobal))
    }

    /// Limits that keep something from being read.
    static let overLimits: [(String, [UInt8])] = [
        (
            "strings like streams",
            [[UInt8]](repeating: Opcodes.bytes(Opcodes.raw("ca\nb\nxxxxx")) + Opcodes.raw("0"), count: 10_001)
                .flatMap { $0 }
        ), ("extension codes", (1...21).flatMap { [0x82, UInt8($0), UInt8(ascii: "0")] }),
    ]

    @Test(arguments: overLimits)
    func whatALimitKeepsFromBeingReadIsSaid(sample: (String, [UInt8])) throws {
        let bytes = MemoryBytes(Opcodes.head4 + sample.1 + Opcodes.raw("N."))
        let found = try #require(try readArtefact(bytes, name: "x.pkl")).findings
        #expect(found.contains { $0.id == .notInspected && $0.severity == .high }, "\(found)")
    }

    @Test func whatComesOutOfCompressedStringsIsBounded() throws {
        let packed = try FileBytes(path: Fixtures.folder + "gzip.joblib").bytes(at: 0, count: 1 << 20)
        let string = Opcodes.raw("B") + littleEndian(UInt32(packed.count)) + packed + Opcodes.raw("0")
        func isCutShort(_ bytes: [UInt8], at limit: Int) -> Bool {
            var facts = ArtefactFacts(format: "pickle", status: .ok)
            _ = PickleScan.scan(
                ByteCursor(MemoryBytes(Opcodes.head4 + bytes + Opcodes.raw("N."))), context: .general, facts: &facts,
                limits: Limits(), budget: PickleScan.Budget(expanded: limit))
            return facts.findings.contains { $0.id == .notInspected && $0.severity == .high }
        }
        #expect(!isCutShort(string, at: 10))
        #expect(isCutShort(string + string, at: 10))
        #expect(!isCutShort(string + string, at: 1 << 20))
    }

    // MARK: What only looks like a stream

    static let words: [[UInt8]] = [
        Opcodes.raw("bar\ncase\ncast\ncastle\ncat\n\n\u{0}\u{FF}\u{0}"),
        Opcodes.raw("cos\nsin\ncot\ntan\nReal\n\u{0}\u{80}\u{FF}"),
        Opcodes.raw("abs\ncos\nsin\ncosh\nsinh\ntan\n\u{0}\u{80}\u{FF}\u{0}\u{80}\u{FF}"),
    ]

    @Test(arguments: words, ["vocab.bin", "functions.dat", "x.pt"])
    func wordsBetweenBytesAreNoStream(words: [UInt8], name: String) throws {
        let found = try readArtefact(MemoryBytes(Array(128..<160) + words), name: name)?.findings ?? []
        #expect(!found.contains { $0.severity == .high }, "\(found)")
    }

    /// Calls it, or gives it to an object as what BUILD calls.
    static let acting = [
        Opcodes.raw("cos\nsystem\nU\u{2}id\u{85}R"),
        Opcodes.raw("c__main__\nX\n)\u{81}}U\u{0C}__setstate__cos\nsystem\nsbU\u{2}idb"),
    ]

    @Test(arguments: acting, ["vocab.bin", "functions.dat", "x.pt"])
    func aDangerousNameThatIsCalledIsFoundWithoutAnEnd(stream: [UInt8], name: String) throws {
        let bytes = Array(128..<160) + stream + [0xFF, 0, 0]
        #expect(try ids(bytes, name: name).contains(.dangerousGlobal))
    }

    // MARK: As CPython reads it

    @Test func memoizeFillsTheSlotThatCPythonFills() throws {
        let bytes =
            Opcodes.head4 + Opcodes.text("collections") + Opcodes.raw("q\u{1}0") + Opcodes.text("os") + [0x94]
            + Opcodes.raw("0") + Opcodes.text("OrderedDict") + Opcodes.raw("q\u{2}0") + Opcodes.text("system") + [0x94]
            + Opcodes.raw("0h\u{1}h\u{2}") + [0x93] + Opcodes.text("id") + Opcodes.raw("\u{85}R.")
        #expect(try ids(bytes).contains(.dangerousGlobal))
    }

    @Test(arguments: [#"S'\157\163'"#, #"S'\x6fs'"#, #"V\u006f\u0073"#])
    func namesInEscapesAreRead(module: String) throws {
        let bytes =
            Opcodes.head4 + Opcodes.raw(module + "\n") + Opcodes.text("system") + [0x93] + Opcodes.text("id")
            + Opcodes.raw("\u{85}R.")
        #expect(try ids(bytes).contains(.dangerousGlobal))
    }
}
