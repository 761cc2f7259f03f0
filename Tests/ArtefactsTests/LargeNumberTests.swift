import OpenscanBytes
import OpenscanFacts
import Testing

@testable import OpenscanArtefacts

/// Numbers so large that a sum or product of them does not fit: each is a finding, none a trap.
@Suite struct LargeNumberTests {
    private func findings(_ bytes: [UInt8], name: String) throws -> [FindingID] {
        try #require(try readArtefact(MemoryBytes(bytes), name: name)).findings.map(\.id)
    }

    private func safetensors(_ header: String) -> [UInt8] {
        littleEndian(UInt64(header.utf8.count)) + Array(header.utf8)
    }

    @Test func parametersOfAnUnknownTypeDoNotFit() throws {
        let tensor = #"{"dtype":"XX","shape":[900000000000000000,9],"data_offsets":[0,0]}"#
        let found = try findings(safetensors(#"{"a":\#(tensor),"b":\#(tensor)}"#), name: "m.safetensors")
        #expect(found.contains(.integerOverflow))
    }

    @Test func parametersOfAKnownTypeDoNotFit() throws {
        let tensor = #"{"dtype":"U8","shape":[900000000000000000,9],"data_offsets":[0,0]}"#
        let bytes = safetensors(#"{"a":\#(tensor),"b":\#(tensor)}"#)
        let facts = try #require(try readArtefact(MemoryBytes(bytes), name: "m.safetensors"))
        #expect(facts.findings.contains { $0.id == .integerOverflow })
        #expect(facts.parameters == 8_100_000_000_000_000_000)
        #expect(facts.parametersByType == ["U8": 8_100_000_000_000_000_000])
    }

    private func varint(_ value: UInt64) -> [UInt8] {
        var out: [UInt8] = []
        var rest = value
        while rest >= 0x80 {
            out.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return out + [UInt8(rest)]
    }

    /// A field numbered with the largest number, and one that comes fifteen after it.
    @Test func fieldsOfThriftHaveNoNumbersThatLarge() throws {
        let footer = [0x01] + varint(UInt64(Int64.max) << 1) + [0xF1, 0]
        let bytes = Array("PAR1".utf8) + footer + littleEndian(UInt32(footer.count)) + Array("PAR1".utf8)
        #expect(try findings(bytes, name: "d.parquet") == [.badNumber])
    }

    @Test(arguments: [UInt64(Int64.max) - 255, .max, 1 << 63])
    func blobsOfCoreMLDoNotReachSoFar(size: UInt64) throws {
        var bytes = littleEndian(UInt32(1)) + littleEndian(UInt32(2)) + [UInt8](repeating: 0, count: 56)
        bytes += littleEndian(UInt32(0xDEAD_BEEF)) + littleEndian(UInt32(1)) + littleEndian(size)
        bytes += littleEndian(UInt64(128)) + [UInt8](repeating: 0, count: 48)
        let found = try findings(bytes, name: "weight.bin")
        #expect(found.count == 1)
        #expect(found.allSatisfy { [.integerOverflow, .badNumber, .truncated].contains($0) })
    }

    /// Two arrays of MessagePack, each of half the largest number.
    @Test func arraysOfFlaxDoNotFit() throws {
        let shape = [0x91, 0xCF] + [UInt8](repeating: 0x7F, count: 8)
        let array = [0x93] + shape + [0xA1, UInt8(ascii: "f"), 0xC4, 0]
        let item = [0xC7, UInt8(array.count), 1] + array
        let bytes = [0x82, 0xA1, UInt8(ascii: "a")] + item + [0xA1, UInt8(ascii: "b")] + item
        #expect(try findings(bytes, name: "m.msgpack").contains(.integerOverflow))
    }

    /// A stream whose length nobody knows has no place where numbers end.
    @Test func aStreamOfUnknownLengthIsNotReadByItsLargestNumber() throws {
        let stream = StreamBytes(SequentialBytes(MemoryBytes([1, 2, 3])), size: nil, path: "")
        let cursor = ByteCursor(stream)
        #expect(!cursor.isEndKnown)
        #expect(throws: ArtefactStop.self) { try cursor.skip(FileNumber(count: .max)) }
        try cursor.skip(FileNumber(count: 1 << 59))
        #expect(throws: ArtefactStop.self) { try cursor.skip(FileNumber(count: 1 << 59 + 1)) }
        #expect(try cursor.isAtEnd)
        #expect(cursor.isEndKnown)
        #expect(throws: ArtefactStop.self) { try cursor.span(FileNumber(count: .max)) }
    }

    @Test func partsOfBytesAreCheckedAgainstTheirEnds() throws {
        let bytes: [UInt8] = [1, 2, 3, 4, 5]
        #expect(bytes.byte(at: 5) == nil && bytes.byte(at: -1) == nil && bytes.byte(at: 4) == 5)
        #expect(bytes.part(from: 3).elementsEqual([4, 5]))
        #expect(bytes.part(from: 6).isEmpty && bytes.part(from: .max).isEmpty && bytes.part(from: 0, most: -1).isEmpty)
        #expect(bytes[2...].part(from: 1, most: 1).elementsEqual([4]))
        #expect(try bytes.number(at: 1, UInt16.self) == 0x0302)
        #expect(throws: ArtefactStop.self) { try bytes.number(at: 4, UInt16.self) }
        #expect(throws: ArtefactStop.self) { try bytes.number(at: FileNumber(count: .max), UInt8.self) }
        #expect(bytes.littleEndianBits == 0x05_0403_0201)
    }

    /// A table of FlatBuffers whose offsets lead before the file and behind it.
    @Test(arguments: [Int32.max, .min, -1, 9])
    func tablesOfFlatBuffersStayInTheFile(distance: Int32) throws {
        let bytes = littleEndian(UInt32(8)) + Array("TFL3".utf8) + littleEndian(distance) + [0, 0, 0, 0]
        let found = try findings(bytes, name: "m.tflite")
        #expect(found.count == 1)
        #expect(found.allSatisfy { [.integerOverflow, .badOffsets, .badHeader].contains($0) })
    }

    /// The superblock gives addresses and lengths of all ones but one.
    @Test func addressesOfHDF5ThatAreNoneAreSaid() throws {
        let address = [UInt8](repeating: 0xFE, count: 8)
        let head: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A, 2, 8, 8, 0]
        #expect(try findings(head + address + address + address + address, name: "m.h5").contains(.badOffsets))
        let undefined = [UInt8](repeating: 0xFF, count: 8)
        #expect(try findings(head + undefined + undefined + undefined + undefined, name: "m.h5").contains(.badOffsets))
    }

    @Test func storagesOfTorchDoNotFit() throws {
        // Magic number, version, system, an object, a list of keys.
        let head: [UInt8] = [0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E]
        func tensor(_ key: String) -> [UInt8] {
            // ('storage', torch FloatStorage, key, 'cpu', 2^60), asked for from outside; an offset and a shape.
            Array("ctorch._utils\n_rebuild_tensor_v2\n((U\u{7}storagectorch\nFloatStorage\nU\u{1}\(key)U\u{3}cpu".utf8)
                + [0x8A, 8, 0, 0, 0, 0, 0, 0, 0, 0x10] + Array("tQK\0(K\u{1}ttR".utf8)
        }
        let object = [0x80, 2] + Array("(".utf8) + tensor("a") + tensor("b") + Array("t.".utf8)
        let bytes = head + [0x80, 2, 0x4D, 0xE9, 3, 0x2E] + [0x80, 2, 0x7D, 0x2E] + object + [0x80, 2, 0x5D, 0x2E]
        let facts = try #require(try readArtefact(MemoryBytes(bytes), name: "m.pt"))
        #expect(
            facts.findings.contains { $0.id == .truncated && $0.detail.description.contains("storages of") }, "\(facts)"
        )
    }
}
