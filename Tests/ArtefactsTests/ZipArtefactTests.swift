import OpenscanBytes
import OpenscanFacts
import Testing

private func findings(_ zip: ZipMaker, name: String = "m.pt") throws -> [Finding] {
    try #require(try readArtefact(MemoryBytes(try zip.bytes()), name: name)).findings
}

@Suite struct ZipArtefactTests {
    private static func model(_ change: (inout ZipMaker.Member) -> Void = { _ in }) -> ZipMaker {
        var member = ZipMaker.Member(name: "archive/data.pkl", data: Payload.dangerous)
        change(&member)
        return ZipMaker(members: [member, ZipMaker.Member(name: "archive/version", data: Array("3\n".utf8))])
    }

    /// What a scanner stumbles over and a loader does not: the Payload.dangerous is found and the oddness said.
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
                zip.members.append(ZipMaker.Member(name: "archive/data.pkl", data: Payload.harmless))
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
        #expect(found.contains { $0.id == .dangerousGlobal }, "\(found)")
        if sample.0 != "bytes in front" {
            #expect(found.contains { $0.id == .zipAnomaly || $0.id == .duplicateKey }, "\(found)")
        }
    }

    private static let wide: [(name: String, finding: FindingID, members: [ZipMaker.Member])] = [
        ("m.pt", .dangerousGlobal, [ZipMaker.Member(name: "archive/data.pkl", data: Payload.dangerous)]),
        ("m.npz", .pickleDisguised, [ZipMaker.Member(name: "a.npy", data: Payload.dangerous)]),
        (
            "m.keras", .embeddedCode,
            [
                ZipMaker.Member(
                    name: "config.json", data: Array(#"{"class_name":"Lambda","config":{"name":"l"}}"#.utf8)),
                ZipMaker.Member(name: "model.weights.h5", data: []),
            ]
        ),
    ]

    /// What stands in front of a zip shifts the record of zip64 too: zipfile looks for it right before its locator.
    @Test(arguments: wide, [0, 90])
    func endRecordsOfZip64AreFoundBehindOtherBytes(
        sample: (name: String, finding: FindingID, members: [ZipMaker.Member]), prefix: Int
    ) throws {
        let head = [UInt8](repeating: 0x4D, count: prefix)
        let zip = ZipMaker(members: sample.members, head: head, isWide: true)
        let found = try findings(zip, name: sample.name)
        #expect(found.contains { $0.id == sample.finding }, "\(found)")
        let words = found.filter { $0.id == .zipAnomaly }.map(\.detail.description)
        #expect(words == (prefix == 0 ? [] : ["90 bytes stand before the zip"]))
    }

    @Test func twoEndRecordsOfZip64ThatDisagreeAreSaid() throws {
        let member = ZipMaker.Member(name: "archive/data.pkl", data: Payload.dangerous)
        var zip = ZipMaker(members: [member], isWide: true)
        let size = try zip.bytes().count
        // Where the locator points, counted from the file's beginning, stands another one.
        let record = ZipMaker.wideEndRecord(count: 0, size: 0, offset: 0)
        let place = size - 22 - 20 - record.count
        zip.head = [UInt8](repeating: 0x4D, count: place) + record + [UInt8](repeating: 0x4D, count: 100)
        let found = try findings(zip)
        #expect(
            found.contains {
                $0.id == .zipAnomaly && $0.severity == .high && $0.detail.description.contains("disagree")
            })
        #expect(found.contains { $0.id == .dangerousGlobal }, "\(found)")
    }

    @Test func findsStreamsUnderAnyName() throws {
        let zip = ZipMaker(members: [
            ZipMaker.Member(name: "archive/data.pkl", data: Payload.harmless),
            ZipMaker.Member(name: "archive/weights/readme", data: Payload.dangerous),
        ])
        let found = try findings(zip)
        #expect(found.contains { $0.id == .dangerousGlobal })
        #expect(found.contains { $0.id == .pickleDisguised })
    }

    @Test func findsZipsInZips() throws {
        let inner = try Self.model().bytes()
        let zip = ZipMaker(members: [
            ZipMaker.Member(name: "archive/data.pkl", data: Payload.harmless),
            ZipMaker.Member(name: "more.bin", data: inner),
        ])
        #expect(try findings(zip).contains { $0.id == .dangerousGlobal })
    }

    /// Deeper than anybody packs in earnest: the payload is not reached, and that is said.
    @Test(arguments: 1...12)
    func aPayloadUnderManyZipsIsFoundOrTheDepthSaid(depth: Int) throws {
        var zip = Self.model()
        for _ in 0..<depth { zip = ZipMaker(members: [ZipMaker.Member(name: "m.pt", data: try zip.bytes())]) }
        let alarms = try findings(zip).filter { $0.severity > .info }.map(\.id)
        #expect(alarms == [depth <= 3 ? .dangerousGlobal : .notInspected])
    }

    @Test func findsWhatFollowsTheEnd() throws {
        var zip = Self.model()
        zip.members[0].data = Payload.harmless
        zip.tail = Payload.dangerous
        let found = try findings(zip)
        #expect(found.contains { $0.id == .trailingData })
        #expect(found.contains { $0.id == .dangerousGlobal })
    }

    @Test func namesPathsThatLeadOut() throws {
        var zip = Self.model()
        zip.members.append(ZipMaker.Member(name: "../../etc/cron.d/x", data: Payload.harmless))
        #expect(try findings(zip).contains { $0.id == .pathTraversal })
    }

    @Test func leavesHarmlessZipsAlone() throws {
        var zip = Self.model()
        zip.members[0].data = Payload.harmless
        #expect(!(try findings(zip).contains { $0.severity > .info }))
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
        #expect(facts.findings.contains { $0.id == .missingShard })
        #expect(facts.status == .malformed)
    }

    // MARK: Behind the limit of members

    private static func many(_ late: [ZipMaker.Member]) -> ZipMaker {
        var zip = model { $0.data = Payload.harmless }
        zip.members += (0..<20_001).map { ZipMaker.Member(name: "archive/data/\($0)", data: []) }
        zip.members += late
        return zip
    }

    @Test(arguments: ["archive/zz.pkl", "zz.JOBLIB", "late/data.pkl", "zz.npy"])
    func aLateMemberThatLoadersFindByNameIsRead(name: String) throws {
        let found = try findings(Self.many([ZipMaker.Member(name: name, data: Payload.dangerous)]))
        #expect(found.contains { $0.id == .dangerousGlobal }, "\(found)")
    }

    @Test func namesTwiceAreFoundBehindTheLimit() throws {
        let twin = ZipMaker.Member(name: "archive/twin", data: [])
        #expect(!(try findings(Self.many([twin])).contains { $0.id == .duplicateKey }))
        #expect(try findings(Self.many([twin, twin])).contains { $0.id == .duplicateKey })
    }

    @Test func moreLateMembersThanAreReadAreSaid() throws {
        let late = (0..<5002).map { ZipMaker.Member(name: "archive/\($0).pkl", data: Payload.harmless) }
        let found = try findings(Self.many(late))
        #expect(found.contains { $0.id == .manyEntries && $0.severity == .high }, "\(found)")
    }

    @Test func moreArchivesInsideThanAreOpenedAreSaid() throws {
        let inner = try ZipMaker(members: [ZipMaker.Member(name: "x", data: [1])]).bytes()
        let zip = ZipMaker(members: (0..<101).map { ZipMaker.Member(name: "\($0).bin", data: inner) })
        #expect(try findings(zip).contains { $0.id == .notInspected && $0.severity == .high })
    }

    // MARK: Behind other bytes

    @Test(arguments: [("model.keras", "keras-zip"), ("arrays.npz", "npz")] as [(String, FormatID)])
    func aPackageBehindOtherBytesIsRead(sample: (String, FormatID)) throws {
        let whole = try FileBytes(path: Fixtures.folder + sample.0).bytes(at: 0, count: 1 << 20)
        let plain = try #require(try readArtefact(MemoryBytes(whole), name: sample.0))
        let junk = Array(UInt8(1)..<200)
        let facts = try #require(try readArtefact(MemoryBytes(junk + junk + whole), name: sample.0))
        #expect(facts.format == sample.1)
        #expect(try #require(facts.tensors) > 0)
        #expect(facts.parametersByType == plain.parametersByType)
        #expect(facts.findings.contains { $0.id == .zipAnomaly })
    }

    @Test(arguments: ["m.pt", "m.nemo"])
    func aCheckpointBehindOtherBytesIsReadAsAZip(name: String) throws {
        var zip = Self.model()
        zip.head = Array(UInt8(1)..<200)
        let facts = try #require(try readArtefact(MemoryBytes(try zip.bytes()), name: name))
        #expect(facts.format == "torch-zip")
        #expect(facts.tensors == 0)
        #expect(facts.findings.contains { $0.id == .dangerousGlobal })
    }

    @Test func aLambdaBehindOtherBytesIsFound() throws {
        let whole = try FileBytes(path: Fixtures.folder + "lambda.keras").bytes(at: 0, count: 1 << 20)
        let facts = try #require(try readArtefact(MemoryBytes(Array(UInt8(1)..<200) + whole), name: "lambda.keras"))
        #expect(facts.findings.contains { $0.id == .embeddedCode && $0.severity == .high }, "\(facts.findings)")
    }

    // MARK: Members that are no streams

    @Test func wordsInAMemberAreNoStream() throws {
        let words = Array("cast\ncastle\ncat\n\n".utf8) + [0, 0xFF, 0]
        var zip = Self.model { $0.data = Payload.harmless }
        zip.members.append(ZipMaker.Member(name: "archive/vocab", data: words))
        #expect(!(try findings(zip).contains { $0.severity > .info }))
        zip.members[2].name = "archive/vocab.pkl"
        #expect(try findings(zip).contains { $0.id == .dangerousGlobal })
    }
}
