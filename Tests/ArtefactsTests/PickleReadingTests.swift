import OpenscanBytes
import OpenscanFacts
import Testing

@testable import OpenscanArtefacts

private func raw(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8($0.value) } }
/// `os.system('id')`, to be put behind something.
private let call = raw("cos\nsystem\nU\u{2}id\u{85}R.")
private let head = raw("\u{80}\u{4}")

private func findings(_ bytes: [UInt8], name: String = "x.pkl") throws -> [Finding] {
    try readArtefact(MemoryBytes(bytes), name: name)?.findings ?? []
}

/// Where readers go on, the machine does: each of these hid what follows it.
@Suite struct PickleReadingTests {
    /// What CPython reads and goes on behind.
    static let passed: [(String, [UInt8])] = [
        ("the same words the other way round", raw("csystem\nos\n0")),
        ("a line longer than any window", raw("V") + [UInt8](repeating: 0x61, count: 1_200_000) + raw("\n0")),
        (
            "a reference outside longer than any window",
            raw("P") + [UInt8](repeating: 0x61, count: 1_200_000) + raw("\n0")
        ),
        ("a memo number with zeros before it", raw("Np0000000000000000000000001\ng1\n00")),
        ("a memo number with a zero behind it", raw("Np1\u{0}x\ng1\n00")),
        ("a memo number with underscores and spaces", raw("Np 1_0 \ng10\n00")),
        ("a memo number that is large", raw("Np99999999999999999999999999\ng099999999999999999999999999\n00")),
        ("a name of some length", raw("cos\n") + [UInt8](repeating: 0x61, count: 2000) + raw("\n0")),
    ]

    @Test(arguments: passed)
    func readsOnBehind(sample: (String, [UInt8])) throws {
        // Beyond what a search in broken streams would reach, or with its help not needed.
        let found = try #require(try readArtefact(MemoryBytes(head + sample.1 + call), name: "x.pkl"))
        #expect(
            found.findings.contains { $0.id == .dangerousGlobal && $0.detail.description.contains("os.system runs") })
        #expect(found.status == .ok, "\(found.findings)")
    }

    @Test func namesThatFallTogetherAreTwo() throws {
        let found = try findings(head + raw("csystem\nos\n0") + call)
        #expect(found.filter { $0.id.isGlobal }.count == 2, "\(found)")
    }

    /// C drops what is left of a frame where a line or string needs more.
    @Test func aFrameThatEndsWithinAnArgumentIsReadBothWays() throws {
        let frame: [UInt8] = [0x95, 4, 0, 0, 0, 0, 0, 0, 0]
        let found = try findings(head + frame + raw("cabcpty\nspwn\n)R."))
        #expect(found.contains { $0.id == .badFrame && $0.severity == .high })
        #expect(found.contains { $0.detail.description.contains("pty.spwn runs code") }, "\(found)")
        let text = try findings(head + frame + raw("N\u{8C}\u{3}pty\u{8C}\u{4}spwn\u{93})R."))
        #expect(text.contains { $0.detail.description.contains("pty.spwn runs code") })
        let whole = try findings(head + frame + raw("N0N0N."))
        #expect(!whole.contains { $0.severity > .info }, "\(whole)")
    }

    /// joblib passes over the bytes of an array; the usual loader runs them.
    @Test func bytesOfAnArrayAreOpcodesForTheUsualLoader() throws {
        func wrapper(_ bytes: [UInt8]) -> [UInt8] {
            head + raw("cjoblib.numpy_pickle\nNumpyArrayWrapper\n)\u{81}}U\u{5}shapeK") + [UInt8(bytes.count)]
                + raw("\u{85}sU\u{5}dtypeU\u{2}u1sb") + bytes + raw(".")
        }
        let found = try findings(wrapper(call))
        #expect(found.contains { $0.id == .dangerousGlobal })
        let harmless = try findings(wrapper(Array(0..<40)) + wrapper(raw("cmath\npi\n00")))
        #expect(!harmless.contains { $0.severity > .info }, "\(harmless)")
    }

    /// An attribute of the state is what is called when the object is given something more.
    @Test(arguments: [
        "U\u{C}__setstate__", "U\u{6}append", "U\u{6}extend", "U\u{3}add",
    ])
    func whatAnObjectGetsBehindItsStateIsAFinding(attribute: String) throws {
        let object = raw("ccollections\nOrderedDict\n)R}" + attribute + "ctransformers.a\nb\nsb")
        let opcodes = ["U\u{2}idb.", "U\u{2}ida.", "(U\u{2}ide.", "(U\u{2}id\u{90}."]
        for opcode in opcodes {
            let found = try findings(head + object + raw(opcode))
            #expect(found.contains { $0.id == .unknownGlobal && $0.severity == .high }, "\(opcode) \(found)")
        }
        // Items first and the state behind them, as picklers write it.
        let usual = try findings(head + raw("ccollections\nOrderedDict\n)R(K\u{1}K\u{2}u}U\u{1}aK\u{1}sb."))
        #expect(!usual.contains { $0.severity > .info }, "\(usual)")
    }

    /// Names that harmless functions look up, and functions that they call.
    @Test(arguments: ["numpy.core", "numpy._core"])
    func namesGivenToAFunctionThatLooksThemUpAreJudged(module: String) throws {
        let found = try findings(head + raw("c\(module)\n_ufunc_reconstruct\nU\u{2}osU\u{6}system\u{86}R."))
        #expect(found.contains { $0.id == .dangerousGlobal })
        let usual = try findings(head + raw("c\(module)\n_ufunc_reconstruct\nU\u{A}numpy.core" + "U\u{5}log1p\u{86}R."))
        #expect(!usual.contains { $0.id == .dangerousGlobal })
        let called = try findings(
            head + raw("ctorch._tensor\n_rebuild_from_type_v2\n(ctransformers.a\nb\nN)NtR."))
        #expect(called.contains { $0.id == .unknownGlobal })
    }

    /// A name itself is given an item.
    @Test(arguments: ["Na", "(Ne", "(N\u{90}", "NNs", "(NNu", "}b"])
    func changesOfANameAreAFinding(opcodes: String) throws {
        let found = try findings(head + raw("ccollections\nOrderedDict\n" + opcodes + "."))
        #expect(found.contains { $0.id == .unknownGlobal && $0.severity == .high })
    }

    // MARK: Bounds

    @Test func aLongStackKeepsItsEnd() throws {
        let many = [UInt8](repeating: UInt8(ascii: "N"), count: 600_000)
        // The module lies on the stack before the bound is reached, the name behind it.
        let bytes =
            head + raw("(") + many.dropFirst(100_001) + raw("U\u{2}os") + raw("U\u{6}system\u{93}U\u{2}id\u{85}Rt.")
        let found = try findings(bytes)
        #expect(found.contains { $0.id == .dangerousGlobal && $0.detail.description.contains("called") }, "\(found)")
        // What was let go is called.
        let pops = [UInt8](repeating: UInt8(ascii: "0"), count: 590_000)
        let lost = try findings(head + many.dropFirst(300_000) + raw("ccollections\nx\n") + many + pops + raw(")R."))
        #expect(lost.contains { $0.id == .unknownGlobal && $0.severity == .high }, "\(lost)")
    }

    @Test(arguments: ["(", "(N"])
    func marksThatAreTooManyEndTheReadingWithAWarning(opcodes: String) throws {
        let marks = [[UInt8]](repeating: raw(opcodes), count: 100_001).flatMap { $0 }
        let found = try findings(head + marks + [UInt8](repeating: UInt8(ascii: "1"), count: 100_001) + call)
        #expect(found.contains { $0.id == .nestingDepth && $0.severity == .high }, "\(found)")
    }

    @Test func callsOfWhatTheHeapDidNotKeepAreAFinding() throws {
        let many = [[UInt8]](repeating: raw(")0"), count: 600_000).flatMap { $0 }
        let found = try findings(head + many + raw("ccollections\nOrderedDict\n)R)R."))
        #expect(found.contains { $0.id == .unknownGlobal && $0.severity == .high })
    }
}

@Suite struct PickleNumberTests {
    /// `int(line, base)`, with what C takes besides.
    @Test(arguments: [
        ("12", 0, 12), ("-12", 10, -12), ("+1", 10, 1), (" 1\t", 10, 1), ("1_0", 10, 10), ("0001", 10, 1),
        ("0x1F", 0, 31),
        ("0b11", 0, 3), ("0o17", 0, 15), ("017", 0, 15), ("0x_f", 0, 15), ("5L", 0, 5), ("00", 0, 0),
        ("1\u{0}x", 10, 1),
        ("-9223372036854775808", 10, Int.min), ("9223372036854775807", 0, Int.max), ("0", 0, 0), ("0", 10, 0),
    ])
    func readsNumbers(sample: (String, Int, Int)) {
        #expect(Array(sample.0.utf8).withUnsafeBytes { PickleNumber.value($0, base: sample.1) } == sample.2)
    }

    @Test(arguments: [
        ("", 0), ("_1", 10), ("1_", 10), ("1__0", 10), ("x", 0), ("0x", 0), ("089", 0), ("5L", 10), ("0x1", 10),
        ("1 2", 10), ("-", 0), ("9223372036854775808", 0),
    ])
    func refusesWhatIsNone(sample: (String, Int)) {
        #expect(Array(sample.0.utf8).withUnsafeBytes { PickleNumber.value($0, base: sample.1) } == nil)
    }

    @Test func largeNumbersOfTheMemoAreTold() {
        func value(_ text: String) -> Int? { Array(text.utf8).withUnsafeBytes { PickleNumber.value($0, base: 10) } }
        let large = value("99999999999999999999")
        #expect(large != nil && large == value("0099999999999999999_999"))
        #expect(large != value("99999999999999999998"))
        #expect(large ?? 0 > 1 << 60)
    }
}
