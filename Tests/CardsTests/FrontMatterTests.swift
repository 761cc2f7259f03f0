import OpenscanBytes
import OpenscanFacts
import OpenscanRules
import OpenscanTestSupport
import Testing

@testable import OpenscanCards

@Suite struct FrontMatterTests {
    private func read(_ text: String) -> FrontMatter? {
        FrontMatter.read(text.split(separator: "\n", omittingEmptySubsequences: false))
    }

    @Test func scalarsStayAsWrittenAndListsAreLists() throws {
        let head = try #require(
            read(
                "---\nlicense: apache-2.0\nversion: 1.0\nflag: no\ndatasets:\n- a/b\n- c/d\nbase_model: x/y\n---\ntext")
        )
        #expect(head.first("license") == "apache-2.0")
        #expect(head.first("version") == "1.0", "scalars stay as written")
        #expect(head.first("flag") == "no")
        #expect(head.values("datasets") == ["a/b", "c/d"])
        #expect(head.line("base_model") == 8)
        #expect(head.findings.isEmpty)
    }

    @Test func duplicateKeysAreReportedAndLoseNothing() throws {
        let head = try #require(read("---\nlicense: mit\nlicense: apache-2.0\ntags:\n- x\n---\n"))
        #expect(head.first("license") == "mit")
        #expect(head.findings.contains { $0.id == .badFrontMatter })
        #expect(head.findings.contains { $0.id == .duplicateKey })
    }

    @Test func aliasesAreNotExpanded() throws {
        let bomb =
            "---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\nlicense: mit\n---\n"
        let head = try #require(read(bomb))
        #expect(head.findings.contains { $0.id == .yamlBomb })
        #expect(head.first("license") == "mit")
    }

    @Test func objectsAreNotMade() throws {
        #expect(
            try #require(read("---\na: !!python/object/apply:os.system [x]\nlicense: mit\n---\n")).findings.contains {
                $0.id == .yamlTag
            })
    }

    /// For Swift "\r\n" is one character: a card with such line ends was read as one line.
    @Test func windowsLineEndsEndLines() throws {
        let card = CardReader(TestRules.shared).read(
            "---\r\nlicense: mit\r\n---\r\n# X\r\nWe open-source our model.\r\n", path: "README.md")
        #expect(card.frontMatter?.first("license") == "mit")
        #expect(card.claims.first?.evidence.lines?.first == 5)
    }

    @Test func aRuleInTheTextIsNoHead() { #expect(read("# Title\n---\nx") == nil) }
}
