import OpenscanFacts
import Testing

@testable import OpenscanScanning

/// Totals that do not fit stand at the largest number, and a finding about the whole says so.
@Suite struct TotalsTests {
    private func problems(_ release: ReleaseBuilder) -> [String] {
        var facts = release.release
        Totals.check(&facts)
        #expect(facts.problems.allSatisfy { $0.path.isEmpty && $0.finding.id == .integerOverflow })
        return facts.problems.map(\.finding.detail.description)
    }

    @Test func whatFitsIsNoFinding() {
        let release = ReleaseBuilder().file("a.bin", bytes: .max - 1).file("b.bin", bytes: 1)
            .artefact("c.gguf", .weights, "gguf", nil) { $0.parameters = 7 }
        #expect(problems(release).isEmpty)
    }

    @Test func sizesThatDoNotFitAreSaid() {
        let release = ReleaseBuilder().file("a.bin", bytes: .max).file("b.bin", bytes: 1)
        #expect(
            problems(release) == ["the sizes of all files add up to more than can be counted; totals are too small"])
    }

    @Test func parametersAndPointersThatDoNotFitAreSaid() {
        let release = ["a", "b"].reduce(ReleaseBuilder()) { release, name in
            release.artefact(name + ".gguf", .weights, "gguf", 1) {
                $0.parameters = .max
                $0.pointer = ArtefactFacts.Pointer(oid: "sha256:0", size: .max)
            }
        }
        #expect(problems(release).count == 2)
    }
}
