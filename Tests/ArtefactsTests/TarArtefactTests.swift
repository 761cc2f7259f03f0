import OpenscanBytes
import OpenscanUnpacking
import Testing

@testable import OpenscanArtefacts

@Suite struct TarArtefactTests {
    @Test func readsLongNamesAndSizes() throws {
        let long = String(repeating: "a", count: 150)
        var bytes =
            TarMaker.header(name: "././@LongLink", size: "00000000227", type: "L")
            + TarMaker.padded(Array(long.utf8) + [0])
        bytes += TarMaker.header(name: "short", size: "00000000003") + TarMaker.padded([1, 2, 3])
        let record = "19 path=other/name\n"
        bytes +=
            TarMaker.header(name: "pax", size: "00000000023", type: "x") + TarMaker.padded(Array(record.utf8))
            + TarMaker.header(name: "x", size: "00000000001") + TarMaker.padded([9])
            + [UInt8](repeating: 0, count: 1024)
        let directory = try TarDirectory(MemoryBytes(bytes))
        #expect(directory.members.map { String(decoding: $0.name, as: UTF8.self) } == [long, "other/name"])
        #expect(directory.members.map(\.size.value) == [3, 1])
        #expect(directory.findings.isEmpty)
    }

    @Test(arguments: ["-0000000001", "\u{FF}", "99999999999", "77777777777"])
    func answersImpossibleSizes(size: String) throws {
        var block = TarMaker.header(name: "x", size: "00000000000")
        for (index, scalar) in size.unicodeScalars.enumerated() { block[124 + index] = UInt8(scalar.value) }
        if size == "\u{FF}" { for index in 125..<136 { block[index] = 0xFF } }
        for index in 148..<156 { block[index] = 0x20 }
        let octal = String(block.reduce(0) { $0 + Int($1) }, radix: 8)
        for (index, byte) in (String(repeating: "0", count: 6 - octal.count) + octal).utf8.enumerated() {
            block[148 + index] = byte
        }
        block[154] = 0
        let directory = try TarDirectory(MemoryBytes(block + [UInt8](repeating: 0, count: 1024)))
        #expect(directory.findings.contains { $0.id == .badSize || $0.id == .truncated }, "\(directory.findings)")
    }

    @Test func readsModelsInTars() throws {
        let zip = try ZipMaker(members: [ZipMaker.Member(name: "a/data.pkl", data: Payload.dangerous)]).bytes()
        let size = String(zip.count, radix: 8)
        let tar =
            TarMaker.header(name: "model_config.yaml", size: "00000000014")
            + TarMaker.padded(Array("target: a.B\n".utf8))
            + TarMaker.header(name: "w.ckpt", size: String(repeating: "0", count: 11 - size.count) + size)
            + TarMaker.padded(zip)
            + [UInt8](repeating: 0, count: 1024)
        let facts = try #require(try readArtefact(MemoryBytes(tar), name: "m.nemo"))
        #expect(facts.format == "nemo")
        #expect(facts.metadata["nemo.target"] == "a.B")
        #expect(facts.findings.contains { $0.id == .dangerousGlobal })
    }

    @Test func knowsWebDatasets() throws {
        var bytes: [UInt8] = []
        for number in 0..<4 {
            for ending in ["jpg", "txt"] {
                bytes += TarMaker.header(name: "0000\(number).\(ending)", size: "00000000001") + TarMaker.padded([1])
            }
        }
        let facts = try #require(try WebDataset.read(MemoryBytes(bytes + [UInt8](repeating: 0, count: 1024))))
        #expect(facts.metadata["rows"] == "4")
        #expect(
            try WebDataset.read(
                MemoryBytes(TarMaker.header(name: "setup.py", size: "00000000001") + TarMaker.padded([1]))) == nil)
    }
}
