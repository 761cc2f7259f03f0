import OpenscanBytes
import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanLicensing

/// Work is counted, not timed: it grows with a text and no faster, whatever the text holds.
@Suite struct BoundedWorkTests {
    private static let engine = ClauseEngine(TestRules.shared.clauses)
    private static let matcher = {
        let words = LicencePhrases(TestRules.shared.licenceWords)
        return TextMatcher(TestRules.index, words.operatives)
    }()

    private static let hostile = [
        "you must not use or modify or distribute the work, nor copy it, ",
        "you shall not use the model for military purposes you may use copy modify and distribute the model for any purpose ",
        "you you may not not use use the the model model to or any output if monthly shall must of ",
        "you ",
        "permission is hereby granted free of charge to any person to deal without restriction ",
    ]

    private func text(_ part: String, _ bytes: Int) -> String {
        String(repeating: part, count: bytes / part.utf8.count)
    }

    private func workOfClauses(_ text: String) -> Int {
        var work = SearchWork(1 << 40)
        var copy = text
        return copy.withUTF8 { bytes in
            _ = Self.engine.find(Tokenizer.tokens(of: text), UnsafeRawBufferPointer(bytes), path: "LICENSE", &work)
            return (1 << 40) - work.left
        }
    }

    @Test(arguments: hostile) func clausesOfOneLongSentence(part: String) {
        let (small, large) = (workOfClauses(text(part, 20_000)), workOfClauses(text(part, 40_000)))
        #expect(small > 1_000)
        #expect(Double(large) < 2.5 * Double(small), "\(small), then \(large)")
    }

    @Test(arguments: hostile) func comparisonsOfOneLongSentence(part: String) {
        func used(_ bytes: Int) -> Int {
            let tokens = Tokenizer.tokens(of: text(part, bytes))
            var work = SearchWork(1 << 40)
            _ = Self.matcher.match(tokens, numbers: TestRules.index.numbers(of: tokens), &work)
            return (1 << 40) - work.left
        }
        // Blocks are compared one by one, so that two of them are as much again.
        let (small, large) = (used(400_000), used(800_000))
        #expect(Double(large) < 3 * Double(max(small, 100_000)), "\(small), then \(large)")
    }

    @Test func workThatIsUsedUpIsSaid() {
        let text = "You may use the model.\n\n" + text("you may not use the model for any purpose, ", 4_000)
        var copy = text
        copy.withUTF8 { bytes in
            var work = SearchWork(2_000)
            let found = Self.engine.find(Tokenizer.tokens(of: text), UnsafeRawBufferPointer(bytes), path: "x", &work)
            #expect(found.unreadFrom != nil)
        }
    }

    @Test(.enabled(if: LicenceTexts.common.areReady, LicenceTexts.absence))
    func aLicenceUsesLittleOfItsAllowance() throws {
        for name in ["AGPL-3.0-only", "MPL-2.0", "CC-BY-NC-4.0"] {
            let text = try LicenceTexts.common.text(name)
            let used = workOfClauses(text)
            #expect(used * 4 < SearchWork.clauses(bytes: text.utf8.count).left, "\(name): \(used)")
        }
    }

    @Test func unknownTagsAreCountedAndKnownOnesKept() {
        let tags = (0..<500).map { "SPDX-License-Identifier: LicenseRef-\($0)\n" }.joined()
        let found = scan(tags + "SPDX-License-Identifier: GPL-3.0-only\n", role: .document)
        #expect(found.matches.contains { $0.id == "GPL-3.0-only" })
        #expect(found.matches.count == 201)
        #expect(found.findings.map(\.id) == [.manyEntries])
        #expect(scan("SPDX-License-Identifier: LicenseRef-a\n", role: .document).findings.isEmpty)
    }

    @Test func whatStandsInATagIsSaidByTheTag() {
        let found = scan(
            "x\nSPDX-License-Identifier: MIT license under Apache-2.0\ny\nunder the ISC license\n", role: .document)
        #expect(found.matches.filter { $0.method != .tag }.map(\.id) == ["ISC"], "\(found.matches)")
    }

    @Test func theSentenceOfALongTextIsShownAroundTheMatch() {
        let filler = text("lorem ipsum dolor sit amet ", 60_000)
        let found = Self.engine.find(in: filler + "you may not use the model for military purposes", path: "x")
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.evidence.quote?.contains("you may not use") ?? false }, "\(found)")
    }
}
