import Testing
import Unpacking

@testable import Artefacts

/// Zips written member by member, so that they can be written wrong.
struct ZipMaker {
    struct Member {
        var name: String
        var localName: String?
        var data: [UInt8]
        var flags: UInt16 = 0
        var localFlags: UInt16?
        var checksum: UInt32?
        var directoryOffset: Int?
    }

    var members: [Member]
    var head: [UInt8] = []
    var tail: [UInt8] = []

    func bytes() throws -> [UInt8] {
        var out = head
        var directory: [UInt8] = []
        for member in members {
            let sum = try member.checksum ?? Checksum.crc32(MemoryBytes(member.data))
            let offset = member.directoryOffset ?? out.count - head.count
            let local = Array((member.localName ?? member.name).utf8)
            let name = Array(member.name.utf8)
            let size = littleEndian(UInt32(member.data.count))
            out +=
                [0x50, 0x4B, 3, 4] + littleEndian(UInt16(20)) + littleEndian(member.localFlags ?? member.flags)
                + littleEndian(UInt16(0)) + littleEndian(UInt32(0)) + littleEndian(sum) + size + size
                + littleEndian(UInt16(local.count)) + littleEndian(UInt16(0)) + local + member.data
            directory +=
                [0x50, 0x4B, 1, 2] + littleEndian(UInt16(20)) + littleEndian(UInt16(20)) + littleEndian(member.flags)
                + littleEndian(UInt16(0)) + littleEndian(UInt32(0)) + littleEndian(sum) + size + size
            directory +=
                littleEndian(UInt16(name.count)) + [UInt8](repeating: 0, count: 12) + littleEndian(UInt32(offset))
                + name
        }
        let start = out.count - head.count
        out += directory
        out +=
            [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + littleEndian(UInt16(members.count)) + littleEndian(UInt16(members.count))
            + littleEndian(UInt32(directory.count)) + littleEndian(UInt32(start)) + [0, 0]
        return out + tail
    }
}

private let payload: [UInt8] =
    [0x80, 2] + Array("cos\nsystem\nU\u{2}id".utf8) + [0x85, UInt8(ascii: "R"), UInt8(ascii: ".")]
private let harmless: [UInt8] = [0x80, 2] + Array("}.".utf8)

private func findings(_ zip: ZipMaker, name: String = "m.pt") throws -> [Finding] {
    try #require(try readArtefact(MemoryBytes(try zip.bytes()), name: name)).findings
}

@Suite struct ZipTests {
    private static func model(_ change: (inout ZipMaker.Member) -> Void = { _ in }) -> ZipMaker {
        var member = ZipMaker.Member(name: "archive/data.pkl", data: payload)
        change(&member)
        return ZipMaker(members: [member, ZipMaker.Member(name: "archive/version", data: Array("3\n".utf8))])
    }

    /// What a scanner stumbles over and a loader does not: the payload is found and the oddness said.
    static let anomalies: [(String, ZipMaker)] = [
        ("marked as encrypted", model { $0.flags = 1 }), ("encrypted in one header", model { $0.localFlags = 1 }),
        ("wrong checksum", model { $0.checksum = 7 }),
        ("another name in the local header", model { $0.localName = "archive/nothing.t" }),
        (
            "bytes in front",
            {
                var zip = model()
                zip.head = Array(repeating: 0x4D, count: 90)
                return zip
            }()
        ),
        (
            "name twice",
            {
                var zip = model()
                zip.members.append(ZipMaker.Member(name: "archive/data.pkl", data: harmless))
                return zip
            }()
        ),
        (
            "overlapping members",
            {
                var zip = model()
                zip.members[1].directoryOffset = 4
                return zip
            }()
        ),
    ]

    @Test(arguments: anomalies)
    func seesThroughOddZips(sample: (String, ZipMaker)) throws {
        // With bytes in front the first ones are not a zip's: the name decides.
        let found = try readArtefact(MemoryBytes(try sample.1.bytes()), name: "m.pt")?.findings ?? []
        #expect(found.contains { $0.id == "dangerous-global" }, "\(found)")
        if sample.0 != "bytes in front" {
            #expect(found.contains { $0.id == "zip-anomaly" || $0.id == "duplicate-key" }, "\(found)")
        }
    }

    @Test func findsStreamsUnderAnyName() throws {
        let zip = ZipMaker(members: [
            ZipMaker.Member(name: "archive/data.pkl", data: harmless),
            ZipMaker.Member(name: "archive/weights/readme", data: payload),
        ])
        let found = try findings(zip)
        #expect(found.contains { $0.id == "dangerous-global" })
        #expect(found.contains { $0.id == "pickle-disguised" })
    }

    @Test func findsZipsInZips() throws {
        let inner = try Self.model().bytes()
        let zip = ZipMaker(members: [
            ZipMaker.Member(name: "archive/data.pkl", data: harmless), ZipMaker.Member(name: "more.bin", data: inner),
        ])
        #expect(try findings(zip).contains { $0.id == "dangerous-global" })
        // Deeper than anybody packs in earnest: an answer, not a crash.
        var nested = inner
        for _ in 0..<12 { nested = try ZipMaker(members: [ZipMaker.Member(name: "m.pt", data: nested)]).bytes() }
        _ = try readArtefact(MemoryBytes(nested), name: "m.pt")
    }

    @Test func findsWhatFollowsTheEnd() throws {
        var zip = Self.model()
        zip.members[0].data = harmless
        zip.tail = payload
        let found = try findings(zip)
        #expect(found.contains { $0.id == "trailing-data" })
        #expect(found.contains { $0.id == "dangerous-global" })
    }

    @Test func namesPathsThatLeadOut() throws {
        var zip = Self.model()
        zip.members.append(ZipMaker.Member(name: "../../etc/cron.d/x", data: harmless))
        #expect(try findings(zip).contains { $0.id == "path-traversal" })
    }

    @Test func leavesHarmlessZipsAlone() throws {
        var zip = Self.model()
        zip.members[0].data = harmless
        #expect(try findings(zip).allSatisfy { finding in finding.severity == .info })
    }

    @Test func saysWhichStorageIsMissing() throws {
        let whole = try FileBytes(path: Fixtures.folder + "state.pt").bytes(at: 0, count: 1 << 20)
        // The name of a storage in both headers.
        var changed = whole
        let name = Array("state/data/0".utf8)
        for place in 0..<changed.count - name.count where changed[place..<place + name.count].elementsEqual(name) {
            changed[place + name.count - 1] = UInt8(ascii: "x")
        }
        let facts = try #require(try readArtefact(MemoryBytes(changed), name: "state.pt"))
        #expect(facts.findings.contains { $0.id == "missing-shard" })
        #expect(facts.status == .malformed)
    }
}

@Suite struct TarTests {
    private func header(name: String, size: String, type: Character = "0") -> [UInt8] {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, _ place: Int) {
            for (index, byte) in text.utf8.enumerated() { block[place + index] = byte }
        }
        put(name, 0)
        put("0000644", 100)
        put(size, 124)
        put("00000000000", 136)
        block[156] = type.asciiValue!
        put("ustar\u{0}00", 257)
        for index in 148..<156 { block[index] = 0x20 }
        let sum = block.reduce(0) { $0 + Int($1) }
        let octal = String(sum, radix: 8)
        put(String(repeating: "0", count: 6 - octal.count) + octal + "\u{0} ", 148)
        return block
    }

    private func padded(_ bytes: [UInt8]) -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
    }

    @Test func readsLongNamesAndSizes() throws {
        let long = String(repeating: "a", count: 150)
        var bytes = header(name: "././@LongLink", size: "00000000227", type: "L") + padded(Array(long.utf8) + [0])
        bytes += header(name: "short", size: "00000000003") + padded([1, 2, 3])
        let record = "19 path=other/name\n"
        bytes +=
            header(name: "pax", size: "00000000023", type: "x") + padded(Array(record.utf8))
            + header(name: "x", size: "00000000001") + padded([9]) + [UInt8](repeating: 0, count: 1024)
        let directory = try TarDirectory(MemoryBytes(bytes))
        #expect(directory.members.map { String(decoding: $0.name, as: UTF8.self) } == [long, "other/name"])
        #expect(directory.members.map(\.size) == [3, 1])
        #expect(directory.findings.isEmpty)
    }

    @Test(arguments: ["-0000000001", "\u{FF}", "99999999999", "77777777777"])
    func answersImpossibleSizes(size: String) throws {
        var block = header(name: "x", size: "00000000000")
        for (index, scalar) in size.unicodeScalars.enumerated() { block[124 + index] = UInt8(scalar.value) }
        if size == "\u{FF}" { for index in 125..<136 { block[index] = 0xFF } }
        for index in 148..<156 { block[index] = 0x20 }
        let octal = String(block.reduce(0) { $0 + Int($1) }, radix: 8)
        for (index, byte) in (String(repeating: "0", count: 6 - octal.count) + octal).utf8.enumerated() {
            block[148 + index] = byte
        }
        block[154] = 0
        let directory = try TarDirectory(MemoryBytes(block + [UInt8](repeating: 0, count: 1024)))
        #expect(directory.findings.contains { $0.id == "bad-size" || $0.id == "truncated" }, "\(directory.findings)")
    }

    @Test func readsModelsInTars() throws {
        let zip = try ZipMaker(members: [ZipMaker.Member(name: "a/data.pkl", data: payload)]).bytes()
        let size = String(zip.count, radix: 8)
        let tar =
            header(name: "model_config.yaml", size: "00000000014") + padded(Array("target: a.B\n".utf8))
            + header(name: "w.ckpt", size: String(repeating: "0", count: 11 - size.count) + size) + padded(zip)
            + [UInt8](repeating: 0, count: 1024)
        let facts = try #require(try readArtefact(MemoryBytes(tar), name: "m.nemo"))
        #expect(facts.format == "nemo")
        #expect(facts.metadata["nemo.target"] == "a.B")
        #expect(facts.findings.contains { $0.id == "dangerous-global" })
    }

    @Test func knowsWebDatasets() throws {
        var bytes: [UInt8] = []
        for number in 0..<4 {
            for ending in ["jpg", "txt"] {
                bytes += header(name: "0000\(number).\(ending)", size: "00000000001") + padded([1])
            }
        }
        let facts = try #require(try WebDataset.read(MemoryBytes(bytes + [UInt8](repeating: 0, count: 1024))))
        #expect(facts.metadata["rows"] == "4")
        #expect(try WebDataset.read(MemoryBytes(header(name: "setup.py", size: "00000000001") + padded([1]))) == nil)
    }
}
