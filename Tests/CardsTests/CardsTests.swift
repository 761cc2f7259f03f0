import Licensing
import Testing
import Unpacking

@testable import Cards

@Suite struct FrontMatterTests {
    private func read(_ text: String) -> FrontMatter? {
        FrontMatter.read(text.split(separator: "\n", omittingEmptySubsequences: false))
    }

    @Test func fields() throws {
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
        #expect(head.findings.contains { $0.id == "bad-front-matter" })
        #expect(head.findings.contains { $0.id == "duplicate-key" })
    }

    @Test func aliasesAreNotExpanded() throws {
        let bomb =
            "---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\nlicense: mit\n---\n"
        let head = try #require(read(bomb))
        #expect(head.findings.contains { $0.id == "yaml-bomb" })
        #expect(head.first("license") == "mit")
    }

    @Test func objectsAreNotMade() throws {
        #expect(
            try #require(read("---\na: !!python/object/apply:os.system [x]\nlicense: mit\n---\n")).findings.contains {
                $0.id == "yaml-tag"
            })
    }

    /// For Swift "\r\n" is one character: a card with such line ends was read as one line.
    @Test func windowsLineEnds() throws {
        let card = CardFacts.read(
            "---\r\nlicense: mit\r\n---\r\n# X\r\nWe open-source our model.\r\n", path: "README.md")
        #expect(card.frontMatter?.first("license") == "mit")
        #expect(card.claims.first?.evidence.lines?.first == 5)
    }

    @Test func noHead() { #expect(read("# Title\n---\nx") == nil) }
}

@Suite struct LinkTests {
    @Test(arguments: [
        ("https://huggingface.co/org/name", Link.Kind.hubModel),
        ("https://huggingface.co/datasets/org/name", .hubDataset), ("https://huggingface.co/spaces/org/demo", .demo),
        ("https://arxiv.org/abs/2302.04844", .paper),
        ("https://github.com/org/repo", .code), ("https://dl.fbaipublicfiles.com/x/model.pth", .weights),
        ("https://docs.python.org/3/reference/datamodel.html", .other),
        ("https://huggingface.co/docs/transformers", .other),
        ("https://img.shields.io/badge/Data%20License-x", .other), ("https://docs.google.com/forms/d/1", .form),
    ])
    func kinds(target: String, kind: Link.Kind) {
        #expect(LinkFinder.kind(target, context: FoldedText(""), line: FoldedText("")) == kind)
    }

    @Test func papersByNumber() {
        #expect(LinkFinder.identifiers("as in arXiv:1607.01759 by", 1).first?.kind == .paper)
    }
}

@Suite struct PackageMetadataTests {
    @Test(
        arguments: [
            (
                "METADATA",
                "Metadata-Version: 2.1\nName: x\nLicense: MIT\nClassifier: License :: OSI Approved :: MIT License\n\nLicense: GPL",
                PackageMetadata.Format.coreMetadata, ["MIT", "MIT"]
            ),
            (
                "pyproject.toml", "[project]\nname = \"x\"\nlicense = {text = \"Apache-2.0\"}\n", .pyproject,
                ["Apache-2.0"]
            ),
            ("pyproject.toml", "[project]\nlicense = \"MIT\"\n[tool.other]\nlicense = \"GPL\"\n", .pyproject, ["MIT"]),
            ("setup.cfg", "[metadata]\nlicense = BSD-3-Clause\n", .setupConfig, ["BSD-3-Clause"]),
            ("Cargo.toml", "[package]\nlicense = \"MIT OR Apache-2.0\"\n", .cargo, ["Apache-2.0", "MIT"]),
            ("package.json", "{\"name\": \"x\", \"license\": \"ISC\"}", .packageJSON, ["ISC"]),
            ("CITATION.cff", "title: x\nlicense: Apache-2.0\n", .citation, ["Apache-2.0"]),
            ("setup.py", "setup(\n    name='x',\n    license='MIT',\n)", .setupScript, ["MIT"]),
        ] as [(String, String, PackageMetadata.Format, [String])])
    func fields(path: String, text: String, format: PackageMetadata.Format, expected: [String]) {
        #expect(PackageMetadata.format(path) == format)
        #expect(PackageMetadata.read(text, path: path, format: format).flatMap(\.value.ids) == expected)
    }
}
