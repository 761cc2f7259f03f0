import OpenscanBytes
import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanArtefacts

@Suite struct FixtureTests {
    /// A list that cannot be read would leave nothing to test.
    @Test func committedSamplesAreThere() { #expect(Fixtures.committed.count == 66) }

    @Test(
        .enabled(if: AtHand.runs(!Fixtures.light.isEmpty), "the samples of light libraries are not made: run make test")
    )
    func lightSamplesAreThere() { #expect(Fixtures.light.map(\.name).sorted() == ["apart.onnx", "model.onnx"]) }

    @Test(arguments: Fixtures.expected)
    func agreesWithTheLibrary(sample: Fixtures.Expected) throws {
        let facts = try #require(try readArtefact(FileBytes(path: sample.path), name: sample.name))
        #expect(facts.format.rawValue == sample.value["format"]?.string)
        #expect(facts.status == .ok, "\(facts.findings)")
        if let tensors = sample.value["tensors"]?.int {
            #expect(facts.tensors == tensors)
            #expect(facts.parameters ?? 0 == sample.value["parameters"]?.int)
            let types = Dictionary(
                uniqueKeysWithValues: (sample.value["types"]?.members ?? []).map { ($0.key, $0.value.int ?? -1) })
            #expect(facts.parametersByType == types)
        }
        for member in sample.value["metadata"]?.members ?? [] {
            #expect(facts.metadata[member.key] == member.value.string, "\(member.key)")
        }
        let isHarmless = !["lambda", "writer"].contains { sample.name.hasPrefix($0) }
        let alarms = facts.findings.filter {
            [FindingID.dangerousGlobal, .unknownGlobal, .embeddedCode, .pickleDisguised, .zipAnomaly].contains($0.id)
                && $0.severity > .info
        }
        #expect(alarms.isEmpty == isHarmless, "\(alarms)")
    }

    /// Members of tars come as streams: what is said of a file does not depend on where it lies, or it says that it was not inspected.
    @Test(arguments: Fixtures.expected)
    func agreesAsAStream(sample: Fixtures.Expected) throws {
        let bytes = try FileBytes(path: sample.path)
        let streamed = try #require(try readArtefact(bytes, name: sample.name, isStream: true))
        let direct = try #require(try readArtefact(FileBytes(path: sample.path), name: sample.name))
        #expect(streamed == direct)
    }

    /// However a file is cut, it is answered, and never as whole where its tensors are not. The oldest GGML files say nowhere how
    /// many tensors they have.
    @Test(arguments: Fixtures.expected)
    func answersEveryCut(sample: Fixtures.Expected) throws {
        let all = try FileBytes(path: sample.path).bytes(at: 0, count: 1 << 20)
        let whole = try #require(try readArtefact(MemoryBytes(all), name: sample.name))
        for cut in stride(from: 0, to: all.count, by: max(1, all.count / 60)) {
            guard let facts = try readArtefact(MemoryBytes(Array(all[..<cut])), name: sample.name) else { continue }
            expectSound(facts)
            guard facts.status == .ok, facts.format == whole.format, whole.tensors != nil, whole.format != "ggml-legacy"
            else { continue }
            #expect(facts.tensors == whole.tensors && facts.parameters == whole.parameters, "cut at \(cut)")
        }
    }

    /// No byte of a header that is changed brings a reader down or gets an odd number or letter into its answer.
    @Test(arguments: Fixtures.expected)
    func answersEveryChange(sample: Fixtures.Expected) throws {
        let all = try FileBytes(path: sample.path).bytes(at: 0, count: 1 << 20)
        var state: UInt64 = 88_172_645_463_325_252
        for _ in 0..<60 {
            var changed = all
            for _ in 0..<4 {
                state ^= state << 13
                state ^= state >> 7
                state ^= state << 17
                changed[Int(state % UInt64(min(all.count, 4096)))] = UInt8(truncatingIfNeeded: state >> 32)
            }
            if let facts = try readArtefact(MemoryBytes(changed), name: sample.name) { expectSound(facts) }
        }
    }

    /// What holds of every answer, whatever the bytes: no negative number, and nothing that a terminal must not see.
    private func expectSound(_ facts: ArtefactFacts) {
        let numbers = [facts.tensors ?? 0, facts.parameters ?? 0] + facts.parametersByType.values + facts.needs.values
        #expect(numbers.allSatisfy { $0 >= 0 }, "\(numbers)")
        let words =
            facts.metadata.flatMap { [$0.key, $0.value] } + facts.parametersByType.keys
            + facts.findings.map(\.detail.description)
        for word in words {
            #expect(!word.unicodeScalars.contains(where: Printable.isUnsafe), "\(word.debugDescription)")
        }
    }
}
