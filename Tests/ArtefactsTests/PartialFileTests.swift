import OpenscanBytes
import OpenscanFacts
import Testing

@testable import OpenscanArtefacts

/// Of a file of which only some bytes were fetched nothing is called wrong that nobody has seen.
@Suite struct PartialFileTests {
    private func read(_ bytes: [UInt8], seen: [Range<Int>], name: String) throws -> ArtefactFacts? {
        let partial = PartialBytes(MemoryBytes(bytes), seen: seen, path: name)
        do { return try readArtefact(partial, name: name) } catch let error as ReadError {
            #expect(error.isUnseen, "\(error)")
            return nil
        }
    }

    private static func words(_ facts: ArtefactFacts) -> Set<String> {
        Set(facts.findings.map { "\($0.id) \($0.severity)" })
    }

    @Test(arguments: Fixtures.expected)
    func aFileThatIsAllHereIsReadAsEver(sample: Fixtures.Expected) throws {
        let all = try FileBytes(path: sample.path).bytes(at: 0, count: 1 << 20)
        let whole = try readArtefact(MemoryBytes(all), name: sample.name)
        #expect(try read(all, seen: [0..<all.count], name: sample.name) == whole)
    }

    /// Every sample with its beginning, with and without its end: what is missing makes it neither damaged nor dangerous, and what was
    /// counted was there.
    @Test(arguments: Fixtures.expected)
    func whatIsNotHereIsNoFault(sample: Fixtures.Expected) throws {
        let all = try FileBytes(path: sample.path).bytes(at: 0, count: 1 << 20)
        let whole = try #require(try readArtefact(MemoryBytes(all), name: sample.name))
        let known = Self.words(whole)
        // Less than recognition looks at may be taken for another format.
        for cut in stride(from: min(all.count, 1024), to: all.count, by: max(1, all.count / 25)) {
            for tail in [0, 64, 1024] {
                var seen = [0..<cut]
                if tail > 0, all.count - tail > cut { seen.append(all.count - tail..<all.count) }
                guard let facts = try read(all, seen: seen, name: sample.name), facts.format == whole.format else {
                    continue
                }
                let place: Comment = "\(sample.name) cut at \(cut) of \(all.count), tail \(tail): \(facts.findings)"
                #expect(facts.status == whole.status || facts.status == .notInspected, place)
                #expect(facts.tensors ?? 0 <= whole.tensors ?? 0, place)
                for finding in facts.findings where finding.severity > .low && finding.id != .unseen {
                    #expect(known.contains("\(finding.id) \(finding.severity)"), place)
                }
                if facts.status == .notInspected {
                    #expect(facts.findings.contains { $0.id == .unseen || $0.id == .notInspected }, place)
                }
            }
        }
    }

    @Test func aHeaderIsAllThatIsReadOfTensors() throws {
        let header = Array(#"{"a":{"dtype":"F32","shape":[1024,1024],"data_offsets":[0,4194304]}}"#.utf8)
        let start = littleEndian(UInt64(header.count)) + header
        let bytes = MemoryBytes(start, size: start.count + 4_194_304)
        let partial = PartialBytes(bytes, seen: [0..<start.count], path: "model.safetensors")
        let facts = try #require(try readArtefact(partial, name: "model.safetensors"))
        #expect(facts.status == .ok && facts.parameters == 1 << 20 && facts.findings.isEmpty)
        let cut = PartialBytes(bytes, seen: [0..<40], path: "model.safetensors")
        let less = try #require(try readArtefact(cut, name: "model.safetensors"))
        #expect(less.status == .notInspected && less.findings.map(\.id) == [.unseen])
    }

    /// What runs at loading stands in the stream; where that is here it is read, whatever else is not.
    @Test func aStreamThatIsHereIsReadWithoutItsTensors() throws {
        let stream = Array("cos\nsystem\n(S'id'\ntR.".utf8)
        let zip = try ZipMaker(members: [
            .init(name: "m/data.pkl", data: stream), .init(name: "m/data/0", data: .init(repeating: 1, count: 200_000)),
            .init(name: "m/version", data: Array("3\n".utf8)),
        ]).bytes()
        let facts = try #require(
            try read(zip, seen: [0..<100, zip.count - 66_000..<zip.count], name: "pytorch_model.bin"))
        #expect(facts.format == "torch-zip")
        #expect(facts.findings.contains { $0.id == .dangerousGlobal && $0.severity == .high }, "\(facts.findings)")
        #expect(facts.findings.contains { $0.id == .unseen && $0.severity == .info }, "\(facts.findings)")
        #expect(!facts.findings.contains { $0.id == .zipAnomaly }, "\(facts.findings)")
    }

    /// A stream of which some is missing may run anything: nobody calls it clean.
    @Test func aStreamThatIsNotHereIsSaid() throws {
        let zip = try ZipMaker(members: [
            .init(name: "m/data/0", data: .init(repeating: 1, count: 200_000)),
            .init(name: "m/data.pkl", data: Array("cos\nsystem\n(S'id'\ntR.".utf8)),
            .init(name: "m/data/1", data: .init(repeating: 1, count: 200_000)),
            .init(name: "m/version", data: Array("3\n".utf8)),
        ]).bytes()
        let facts = try #require(
            try read(zip, seen: [0..<1000, zip.count - 66_000..<zip.count], name: "pytorch_model.bin"))
        #expect(facts.status == .notInspected, "\(facts)")
        #expect(facts.findings.contains { $0.id == .unseen && $0.severity == .medium }, "\(facts.findings)")
        let bare = try #require(
            try read([0x80, 4, 0x42, 0, 0, 1, 0] + .init(repeating: 7, count: 70_000), seen: [0..<600], name: "a.pkl"))
        #expect(bare.status == .notInspected, "\(bare)")
        #expect(bare.findings.contains { $0.id == .unseen && $0.severity == .medium }, "\(bare.findings)")
    }
}
