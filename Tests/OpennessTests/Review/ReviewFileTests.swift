import OpenscanFacts
import OpenscanOpenness
import OpenscanReporting
import OpenscanScanning
import OpenscanTestSupport
import Testing

@Suite struct ReviewFileTests {
    private func read(_ text: String) throws(ReviewFileProblem) -> [ReviewDecision] {
        try ReviewFileReader().read(Array(text.utf8))
    }

    @Test func aFileSaysWhatWasDecided() throws {
        let decisions = try read(
            """
            version: 1
            release: x
            decisions:
              - id: verdict
                decision: override
                answer: no
                reason: the use list is wide
                by: Ana
                date: 2026-11-28
                evidence: sha256:00
              - id: flag/ow-01
            """)
        #expect(decisions.map(\.id) == ["verdict", "flag/ow-01"])
        #expect(decisions[0].outcome == .override && decisions[0].answer == "no" && decisions[0].date == "2026-11-28")
        #expect(decisions[0].line == 4 && decisions[0].column == 9)
        #expect(decisions[1].outcome == .open)
        #expect(try read("") == [] && read("decisions:\n") == [] && read("decisions: []\n") == [])
    }

    @Test(arguments: [
        ("- 1\n", 1, "mapping"), ("decisions: 3\n", 1, "list"), ("decisons: []\n", 1, "not known"),
        ("decisions:\n  - verdict\n", 2, "mapping"), ("decisions:\n  - decision: accept\n", 2, "needs an 'id'"),
        ("decisions:\n  - id: a\n    decision: maybe\n", 3, "accept, reject, override"),
        ("decisions:\n  - id: a\n    decision: accept\n", 2, "needs 'reason'"),
        ("decisions:\n  - id: a\n    date: 28.11.2026\n", 3, "2026-11-28"),
        ("decisions:\n  - id: a\n    date: 2026-13-01\n", 3, "2026-11-28"),
        ("decisions:\n  - id: a\n    why: x\n", 3, "not known"), ("decisions:\n  - id: [a]\n", 2, "is a text"),
        (
            "decisions:\n  - id: a\n    decision: override\n    reason: r\n    by: b\n    date: 2026-01-01\n    evidence: e\n",
            2, "answer"
        ),
        ("decisions: [\n", 2, "YAML"),
    ]) func whatIsWrongIsSaidWithItsPlace(text: String, line: Int, word: String) {
        do throws(ReviewFileProblem) {
            _ = try read(text)
            Issue.record("read")
        } catch {
            #expect(error.message.contains(word), "\(error.message)")
            #expect(error.line == line, "\(error)")
        }
    }

    @Test func whatAnybodyWroteIsFitToBeShown() throws {
        let decisions = try read("decisions:\n  - id: \"a\\u202eb\"\n    reason: \"x\\u001b[31m\"\n")
        #expect(decisions[0].id == "a\\u{202e}b" && decisions[0].reason.contains("\\u{1b}"))
        #expect(throws: ReviewFileProblem.self) {
            try read("decisions:\n  - id: " + String(repeating: "x", count: 3_000))
        }
        #expect(throws: ReviewFileProblem.self) { try read(String(repeating: "# x\n", count: 1_100_000)) }
    }

    /// What is written to be filled in can be read again, whatever the release is called.
    @Test func aFileToFillInReadsBack() throws {
        let names = ["a\"b: [c]\\", "x\n- id: y", "# no", "{{t}}", "é\u{202E}"]
        let questions = names.map { name in
            ReviewQuestion(
                id: "finding/truncated/" + name, kind: .finding, title: "\(name)", machine: "high", reason: "\(name)",
                answers: ["low"], evidence: [], isOpen: true, digest: "sha256:00")
        }
        let tool = ReportTool(name: "openscan", version: "1", licenceData: "", ruleData: "")
        let text = ReviewFileText.text(try Review(questions), release: names[0], tool: tool, words: .english)
        let read = try read(text)
        #expect(read.count == names.count && read.allSatisfy { $0.outcome == .open && $0.evidence == "sha256:00" })
        #expect(read[0].id == questions[0].id)
    }
}
