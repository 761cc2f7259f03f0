import OpenscanFacts
import Testing

@testable import OpenscanArtefacts

@Suite struct FindingListTests {
    private static let kinds: [FindingID] = [.zipAnomaly, .notInspected, .unknownGlobal, .duplicateKey, .badValue]

    private func flooded(_ kinds: some Sequence<FindingID>, each count: Int) -> ArtefactFacts {
        var facts = ArtefactFacts(format: "zip", status: .ok)
        for kind in kinds { for number in 0..<count { facts.find(kind, .medium, "\(number)") } }
        return facts
    }

    @Test func aFullListGivesWayToAGraverFinding() {
        var facts = flooded(Self.kinds, each: 50)
        #expect(facts.findings.count == ArtefactFacts.findingLimit + 1)
        facts.find(.dangerousGlobal, .high, "os.system")
        #expect(facts.findings.contains { $0.id == .dangerousGlobal })
        #expect(facts.findings.count == ArtefactFacts.findingLimit + 1)
    }

    @Test func severitiesOfAKindAreCountedApart() {
        var facts = flooded([.unknownGlobal], each: 60)
        facts.find(.unknownGlobal, .high, "an extension code")
        #expect(facts.findings.contains { $0.severity == .high })
    }

    @Test func whatIsLeftOutIsCountedInOneFinding() {
        let facts = flooded([.unknownGlobal], each: 60)
        #expect(facts.findings.count(where: { $0.id == .unknownGlobal }) == 50)
        #expect(
            facts.findings.filter { $0.id == .manyEntries }.map(\.detail.description) == [
                "10 more findings are not listed"
            ])
        #expect(flooded([.unknownGlobal], each: 50).findings.count == 50)
    }

    @Test func theSameFindingIsListedOnceAndAtItsGravest() {
        var facts = ArtefactFacts(format: "zip", status: .ok)
        for severity in [Severity.low, .high, .medium] { facts.find(.zipAnomaly, severity, "the same") }
        #expect(facts.findings == [Finding(.zipAnomaly, .high, "the same")])
    }
}
