import OpenscanBytes
import OpenscanFacts
import Testing

@testable import OpenscanArtefacts

/// A hole costs nothing on a disk: whoever reads one to its end can be kept busy for days.
@Suite struct SparseFileTests {
    private static let enough = 1 << 20

    static let samples: [(name: String, start: String, id: FindingID)] = [
        ("trees.json", #"{"learner":{"gradient_booster":{}},"version":[2,0,0]}"#, .badJSON),
        ("trees.json", #"{"learner":{"gradient_booster":{}},"version":"2"#, .badJSON),
        ("tokenizer.json", #"{"version":"1.0","model":{"type":"BPE","vocab":{},"merges":[]}}"#, .badJSON),
        ("openvino.xml", #"<?xml version="1.0"?><net name="x" version="11"><layers>"#, .badHeader),
        ("openvino.xml", #"<net name="x"#, .badHeader),
    ]

    @Test(arguments: samples)
    func zerosBehindATextAreRefused(sample: (name: String, start: String, id: FindingID)) throws {
        // Longer than what recognition looks at, as a real file is.
        let text = sample.start.replacing(#","version""#, with: String(repeating: " ", count: 600) + #","version""#)
        let bytes = HoleyBytes(Array(text.utf8))
        let facts = try #require(try readArtefact(bytes, name: sample.name))
        #expect(facts.status == .malformed)
        #expect(facts.findings.contains { $0.id == sample.id }, "\(facts.findings)")
        #expect(bytes.bytesRead < Self.enough)
    }

    @Test func zerosBehindTheTensorsOfGGMLAreRefused() throws {
        let bytes = HoleyBytes(try FileBytes(path: Fixtures.folder + "legacy.ggml").bytes(at: 0, count: 1 << 20))
        let facts = try #require(try readArtefact(bytes, name: "legacy.ggml"))
        #expect(facts.findings.contains { $0.id == .badDims }, "\(facts.findings)")
        // As much again is searched for streams.
        #expect(bytes.bytesRead < Self.enough + Limits().searchedBytes)
    }

    @Test func tensorsOfGGMLAreCountedToALimit() throws {
        let header = Array("fmgg".utf8) + littleEndian(UInt32(1)) + [UInt8](repeating: 0, count: 28)
        let tensor = [1, 0, 0, 0].flatMap { littleEndian(UInt32($0)) }
        let few = try #require(
            try readArtefact(MemoryBytes(header + [[UInt8]](repeating: tensor, count: 3).joined()), name: "m.ggml"))
        #expect(few.tensors == 3)
        #expect(few.status == .ok)
        let many = try #require(
            try readArtefact(
                MemoryBytes(header + [[UInt8]](repeating: tensor, count: 100_001).joined()), name: "m.ggml"))
        #expect(many.findings.contains { $0.id == .countTooLarge }, "\(many.findings)")
    }
}
