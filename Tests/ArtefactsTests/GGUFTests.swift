import OpenscanBytes
import OpenscanFacts
import OpenscanUnpacking
import Testing

@testable import OpenscanArtefacts

@Suite struct GGUFTests {
    private func string(_ text: String) -> [UInt8] { littleEndian(UInt64(text.utf8.count)) + Array(text.utf8) }

    private func read(_ bytes: [UInt8], size: Int? = nil) throws -> ArtefactFacts {
        let source = MemoryBytes(bytes, size: size)
        return try GGUF.read(EntryContent(source, buffer: PrefixBuffer()), fileSize: source.byteCount, limits: Limits())
    }

    private func header(version: UInt32 = 3, tensors: UInt64, pairs: UInt64) -> [UInt8] {
        Array("GGUF".utf8) + littleEndian(version) + littleEndian(tensors) + littleEndian(pairs)
    }

    /// Types that are gone have a name and are still said not to be known.
    @Test(
        arguments: [
            (41, "Q1_0", []), (42, "Q2_0", []), (5, "Q4_3", [FindingID.unknownDType]),
            (37, "IQ4_NL_4_8", [.unknownDType]),
            (777, "type 777", [.unknownDType]),
        ] as [(UInt32, String, [FindingID])])
    func typesAreNamed(type: UInt32, name: String, findings: [FindingID]) throws {
        var bytes = header(tensors: 1, pairs: 0)
        bytes += string("w") + littleEndian(UInt32(1)) + littleEndian(UInt64(256)) + littleEndian(type)
        bytes += littleEndian(UInt64(0))
        let facts = try read(bytes, size: 1 << 20)
        #expect(facts.parametersByType == [name: 256])
        #expect(facts.findings.map(\.id).filter { $0 == .unknownDType } == findings)
    }

    @Test func countsQuantisedBlocks() throws {
        var bytes = header(tensors: 2, pairs: 2)
        bytes += string("general.license") + littleEndian(UInt32(8)) + string("mit")
        bytes +=
            string("tokens") + littleEndian(UInt32(9)) + littleEndian(UInt32(8)) + littleEndian(UInt64(2)) + string("a")
            + string("b")
        bytes +=
            string("w") + littleEndian(UInt32(2)) + littleEndian(UInt64(64)) + littleEndian(UInt64(2))
            + littleEndian(UInt32(2)) + littleEndian(UInt64(0))
        bytes +=
            string("n") + littleEndian(UInt32(1)) + littleEndian(UInt64(8)) + littleEndian(UInt32(0))
            + littleEndian(UInt64(96))
        let facts = try read(bytes, size: 4096)
        #expect(facts.status == .ok, "\(facts.findings)")
        #expect(facts.tensors == 2)
        #expect(facts.parametersByType == ["Q4_0": 128, "F32": 8])
        #expect(facts.metadata["general.license"] == "mit")
        #expect(facts.metadata["tokens"] == "a, b")
    }

    @Test func readsBigEndian() throws {
        func big<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
            withUnsafeBytes(of: value.bigEndian) { Array($0) }
        }
        var bytes = Array("GGUF".utf8) + big(UInt32(3)) + big(UInt64(0)) + big(UInt64(1))
        bytes += big(UInt64(3)) + Array("key".utf8) + big(UInt32(4)) + big(UInt32(7))
        let facts = try read(bytes)
        #expect(facts.metadata["key"] == "7")
        #expect(facts.metadata["byteOrder"] == "big-endian")
    }

    @Test func answersBrokenFiles() throws {
        #expect(try read(header(version: 9, tensors: 0, pairs: 0)).findings.first?.id == .unsupportedVersion)
        #expect(try read(header(tensors: 1 << 60, pairs: 0)).findings.first?.id == .countTooLarge)
        #expect(try read(header(tensors: 1, pairs: 0), size: 1000).findings.first?.id == .truncated)
        #expect(
            try read(header(tensors: 0, pairs: 1) + littleEndian(UInt64.max), size: 1000).findings.first?.id
                == .stringLength)
        #expect(
            try read(header(tensors: 0, pairs: 1) + string("k") + littleEndian(UInt32(99)), size: 1000).findings.first?
                .id == .badType)
        var nested = header(tensors: 0, pairs: 1) + string("k") + littleEndian(UInt32(9))
        for _ in 0..<20 { nested += littleEndian(UInt32(9)) + littleEndian(UInt64(1)) }
        #expect(try read(nested, size: 100_000).findings.first?.id == .nestingDepth)
    }
}
