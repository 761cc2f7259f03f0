import OpenscanBytes
import OpenscanFacts
import OpenscanUnpacking
import Testing

@testable import OpenscanArtefacts

private func raw(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8($0.value) } }
private func string(_ text: String) -> [UInt8] { littleEndian(UInt64(text.utf8.count)) + Array(text.utf8) }
private func findings(_ bytes: [UInt8], name: String) throws -> [Finding] {
    try readArtefact(MemoryBytes(bytes), name: name)?.findings ?? []
}

/// Streams where formats end, and under names that loaders run whatever the bytes are.
@Suite struct PickleSearchTests {
    /// One tensor of eight numbers, filled up to the alignment.
    private static let gguf: [UInt8] =
        Array("GGUF".utf8) + littleEndian(UInt32(3)) + littleEndian(UInt64(1)) + littleEndian(UInt64(0)) + string("w")
        + littleEndian(UInt32(1)) + littleEndian(UInt64(7)) + littleEndian(UInt32(0)) + littleEndian(UInt64(0))
        + [UInt8](repeating: 0, count: 7 + 28)

    @Test func aStreamBehindTheTensorsOfGGUFIsFound() throws {
        for padding in [0, 4] {
            let whole = Self.gguf + [UInt8](repeating: 0, count: padding)
            #expect(try findings(whole, name: "m.gguf").isEmpty)
        }
        let found = try findings(Self.gguf + [0, 0, 0, 0] + Payload.dangerous + Payload.dangerous, name: "m.gguf")
        #expect(found.contains { $0.id == .trailingData && $0.severity == .low })
        #expect(found.contains { $0.id == .dangerousGlobal }, "\(found)")
    }

    @Test func aStreamInGGUFThatIsNotWellFormedIsFound() throws {
        var bytes = Self.gguf
        bytes[8] = 0xFF
        bytes[15] = 0xFF
        let found = try findings(bytes + Payload.dangerous, name: "m.gguf")
        #expect(found.contains { $0.id == .dangerousGlobal }, "\(found)")
    }

    @Test func aStreamBehindOldTensorsIsFound() throws {
        let old = Array("fmgg".utf8) + littleEndian(UInt32(1)) + [UInt8](repeating: 0, count: 28)
        #expect(!(try findings(old, name: "m.bin").contains { $0.severity > .low }))
        let found = try findings(old + [0xFF, 0xFF, 0xFF, 0xFF] + Payload.dangerous, name: "m.bin")
        #expect(found.contains { $0.id == .dangerousGlobal }, "\(found)")
    }

    /// `G` takes eight bytes as a number: a pickle that begins with the magic of GGUF and has no marker anywhere.
    @Test(arguments: ["m.pt", "m.pkl", "m.joblib", "pytorch_model.bin"])
    func aFileThatRunsAsAPickleBesideItsFormatIsFound(name: String) throws {
        let bytes =
            Array("GGUF".utf8) + littleEndian(UInt32(3)) + raw("\u{1}")
            + raw("\u{8C}\u{2}os\u{8C}\u{6}system\u{93}U\u{2}id\u{85}R.")
        let found = try findings(bytes, name: name)
        #expect(found.contains { $0.id == .dangerousGlobal }, "\(found)")
        #expect(found.contains { $0.id == .pickleDisguised && $0.severity == .high })
        #expect(!(try findings(Self.gguf + [0, 0, 0, 0], name: name).contains { $0.id == .pickleDisguised }))
    }

    /// So much begins like a stream that what stands behind is not reached.
    @Test(arguments: ["vocab.bin", "x.dat", "x.pt"])
    func aSearchThatGivesUpSaysSo(name: String) throws {
        // Every one of the names begins an attempt that goes through all that follow it.
        let decoy = raw(String(repeating: "ca\nb\n", count: 400)) + [0xFF]
        let many = [UInt8](repeating: 0, count: 32) + [[UInt8]](repeating: decoy, count: 20).joined()
        let found = try findings(many + Payload.dangerous, name: name)
        #expect(found.contains { $0.id == .notInspected && $0.severity >= .medium }, "\(found)")
        #expect(try findings([UInt8](repeating: 0xFF, count: 4000), name: name).allSatisfy { $0.id != .notInspected })
    }
}

@Suite struct SmallWindowTests {
    /// `os.system('id')` and some more, by zlib with windows of 256 bytes to 16 kB.
    private static let packed: [[UInt8]] = [
        [
            24, 211, 107, 96, 74, 206, 47, 230, 42, 174, 44, 46, 73, 205, 229, 10, 101, 202, 76, 105, 13, 210, 3, 0, 71,
            152, 6, 170,
        ],
        [
            40, 207, 107, 96, 74, 206, 47, 230, 42, 174, 44, 46, 73, 205, 229, 10, 101, 202, 76, 105, 13, 210, 3, 0, 71,
            152, 6, 170,
        ],
        [
            56, 203, 107, 96, 74, 206, 47, 230, 42, 174, 44, 46, 73, 205, 229, 10, 101, 202, 76, 105, 13, 210, 3, 0, 71,
            152, 6, 170,
        ],
        [
            72, 199, 107, 96, 74, 206, 47, 230, 42, 174, 44, 46, 73, 205, 229, 10, 101, 202, 76, 105, 13, 210, 3, 0, 71,
            152, 6, 170,
        ],
        [
            88, 195, 107, 96, 74, 206, 47, 230, 42, 174, 44, 46, 73, 205, 229, 10, 101, 202, 76, 105, 13, 210, 3, 0, 71,
            152, 6, 170,
        ],
        [
            104, 222, 107, 96, 74, 206, 47, 230, 42, 174, 44, 46, 73, 205, 229, 10, 101, 202, 76, 105, 13, 210, 3, 0,
            71, 152, 6, 170,
        ],
    ]

    @Test(arguments: packed, ["m.pkl", "m.joblib", "m.z", "m.pt", "m.bin", "m.gz"])
    func streamsOfSmallWindowsAreExpanded(bytes: [UInt8], name: String) throws {
        #expect(try findings(bytes, name: name).contains { $0.id == .dangerousGlobal })
    }

    /// The two bytes alone are in every fifth hundredth file.
    @Test func headersWithoutAStreamBehindThemAreNone() throws {
        var generator = SystemRandomNumberGenerator()
        for (first, second) in [
            (0x68, 0x81), (0x58, 0x85), (0x48, 0x89), (0x38, 0x8D), (0x28, 0x91), (0x18, 0x95), (0x08, 0x99),
        ] {
            #expect((first << 8 | second) % 31 == 0)
            for _ in 0..<200 {
                let bytes =
                    [UInt8(first), UInt8(second)] + (0..<600).map { _ in UInt8.random(in: 0...255, using: &generator) }
                let isZlib = bytes.withUnsafeBytes { Compression.isZlib($0) }
                #expect(!isZlib)
            }
        }
    }
}
