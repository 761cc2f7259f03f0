import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanCards

@Suite struct CardFormTests {
    private func findings(_ text: String) -> [Finding] {
        CardReader(TestRules.shared).read(text, path: "README.md").findings
    }

    @Test(
        arguments: [
            ("---\nlicense: mit\n\n# Model\n", FindingID.badFrontMatter, "line 1"),
            ("# Model\n\u{8}x\n", .controlCharacters, "line 2"), ("a\n\nb\0", .controlCharacters, "line 3"),
            ("---\nlicense: other\nlicense_link: ../../etc/LICENSE\n---\n", .pathTraversal, "line 3"),
            ("---\nlicense_link: file:///etc/x\n---\n", .pathTraversal, "line 2"),
            ("---\nlicense_link: /etc/x\n---\n", .pathTraversal, "line 2"),
        ] as [(String, FindingID, String)])
    func whatIsAmissIsSaidWithItsLine(text: String, id: FindingID, words: String) {
        let found = findings(text)
        #expect(found.map(\.id) == [id])
        #expect(found.first?.detail.description.contains(words) ?? false)
    }

    @Test(arguments: [
        "---\n\n# A line above\n", "---\nSome text, and a colon: here\n", "---\nlicense_link: LICENSE\n---\n# A\r\n",
        "---\nlicense_link: https://example.org/../x\n---\n", "# A\n\tcode\n",
    ])
    func soundCardsHaveNone(text: String) { #expect(findings(text).isEmpty) }
}
