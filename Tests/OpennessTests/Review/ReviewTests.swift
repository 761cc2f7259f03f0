import OpenscanFacts
import OpenscanOpenness
import Testing

@Suite struct ReviewTests {
    private let place = Evidence(path: "LICENSE", lines: LineRange(3), quote: "no commercial use")

    private func question(_ id: String, _ machine: String = "high", words: String? = nil) -> ReviewQuestion {
        ReviewQuestion(
            id: id, kind: .flag, title: "t", machine: machine, reason: "r", answers: ["info", "low", "medium", "high"],
            evidence: [place], isOpen: false, digest: EvidenceDigest.of(answer: machine, [place]) { _ in words })
    }

    private func decision(_ id: String, _ outcome: ReviewDecision.Outcome, answer: String? = nil, on digest: String)
        -> ReviewDecision
    {
        ReviewDecision(
            id: id, outcome: outcome, answer: answer, reason: "because", by: "Ana", date: "2026-11-28",
            evidence: digest, line: 7, column: 3)
    }

    @Test func aDecisionHoldsWhileItsEvidenceStands() throws {
        let before = question("flag/ow-03", words: "no commercial use")
        let rejected = decision(before.id, .reject, on: before.digest)
        let held = try Review([before], [rejected])
        #expect(held[before.id]?.state == .decided && held[before.id]?.answer == nil)
        #expect(held.severity(before.id, .high) == nil)
        // The licence says something else now, at the same lines.
        let after = question("flag/ow-03", words: "no commercial use without a fee")
        let asksAgain = try Review([after], [rejected])
        #expect(asksAgain[after.id]?.state == .stale && asksAgain[after.id]?.answer == "high")
        #expect(asksAgain.severity(after.id, .high) == .high)
        // So does another answer of the program.
        let milder = question("flag/ow-03", "low", words: "no commercial use")
        #expect(try Review([milder], [rejected])[milder.id]?.state == .stale)
    }

    @Test func linesThatOnlyMoveChangeNoDigest() {
        let moved = Evidence(path: "LICENSE", lines: LineRange(9), quote: "no commercial use")
        func digest(_ place: Evidence) -> String {
            EvidenceDigest.of(answer: "high", [place]) { _ in "no commercial use" }
        }
        #expect(digest(place) == digest(moved))
        #expect(digest(place) != digest(Evidence(path: "COPYING", lines: LineRange(3), quote: place.quote)))
        #expect(
            EvidenceDigest.of(answer: "low", [place]) { _ in nil }
                != EvidenceDigest.of(answer: "high", [place]) { _ in nil })
        // A path cannot pass for words.
        let left = [Evidence(path: "a", quote: "b1:c"), Evidence(path: "d", quote: "e")]
        let right = [Evidence(path: "a1:b", quote: "c"), Evidence(path: "d", quote: "e")]
        #expect(EvidenceDigest.of(answer: "x", left) { _ in nil } != EvidenceDigest.of(answer: "x", right) { _ in nil })
    }

    @Test func anotherAnswerTakesThePlaceOfTheMachines() throws {
        let asked = question("flag/ow-03")
        let review = try Review([asked], [decision(asked.id, .override, answer: "low", on: asked.digest)])
        #expect(review[asked.id]?.answer == "low" && review.severity(asked.id, .high) == .low)
        let accepted = try Review([asked], [decision(asked.id, .accept, on: asked.digest)])
        #expect(accepted[asked.id]?.answer == "high" && accepted[asked.id]?.isPersons == true)
        let open = try Review([asked], [decision(asked.id, .open, on: "")])
        #expect(open[asked.id]?.state == .open && open.isEmpty)
    }

    @Test func whatDecidesNothingHereIsRefusedWithItsPlace() {
        let asked = question("flag/ow-03")
        for (decisions, word) in [
            ([decision("flag/ow-99", .accept, on: "")], "ow-99"),
            ([decision(asked.id, .override, answer: "grave", on: "")], "info, low, medium, high"),
            ([decision(asked.id, .accept, on: ""), decision(asked.id, .reject, on: "")], "twice"),
        ] {
            do throws(ReviewFileProblem) {
                _ = try Review([asked], decisions)
                Issue.record("accepted")
            } catch {
                #expect(error.message.contains(word) && error.line == 7 && error.column == 3)
            }
        }
    }
}
