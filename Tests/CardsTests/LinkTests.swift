import OpenscanBytes
import OpenscanFacts
import OpenscanRules
import OpenscanTestSupport
import Testing

@testable import OpenscanCards

@Suite struct LinkTests {
    private static func kind(_ target: String, _ line: String) -> Link.Kind {
        let line = FoldedText(line)
        return TestRules.shared.links.kind(
            target, .init(own: line, sentence: line, paragraph: line, heading: FoldedText("")))
    }

    @Test(arguments: [
        ("https://huggingface.co/org/name", Link.Kind.hubModel),
        ("https://huggingface.co/datasets/org/name", .hubDataset), ("https://huggingface.co/spaces/org/demo", .demo),
        ("https://arxiv.org/abs/2302.04844", .paper),
        ("https://github.com/org/repo", .code), ("https://dl.fbaipublicfiles.com/x/model.pth", .weights),
        ("https://docs.python.org/3/reference/datamodel.html", .other),
        ("https://huggingface.co/docs/transformers", .other),
        ("https://img.shields.io/badge/Data%20License-x", .other),
        ("https://huggingface.co/org/name/resolve/main/architecture.png", .other),
        ("https://huggingface.co/datasets/org/name/resolve/main/mix.jpg", .other),
        ("https://docs.google.com/forms/d/1", .form),
        ("https://huggingface.co/org/name/blob/main/tokenizer_config.json", .other),
        ("https://huggingface.co/org/name/tree/main", .hubModel),
        ("https://s3.amazonaws.com/models.huggingface.co/bert/gpt2-vocab.json", .other),
    ])
    func aLinkIsWhatItsAddressSays(target: String, kind: Link.Kind) {
        #expect(Self.kind(target, "") == kind)
    }

    @Test func namesOfTheHubHaveALetterAndNoEndingOfAProgram() {
        func isName(_ text: String) -> Bool {
            Array(text.utf8).withUnsafeBytes { TestRules.shared.links.weights.isHubName($0) }
        }
        #expect(isName("org/model-7b") && isName("org/7b"))
        #expect(!isName("ViT-L/14") && !isName("cuda/wkv_op.cpp") && !isName("cuda/wkv.cu"))
    }

    @Test func aDOIOfAStoreOfFilesIsNoPaper() {
        func kind(_ target: String, _ line: String) -> Link.Kind { Self.kind(target, line) }
        #expect(kind("https://doi.org/10.6084/m9.figshare.1", "All data files: https://doi.org/10.6084/") == .data)
        #expect(kind("https://doi.org/10.5281/zenodo.1", "[![DOI](badge.svg)](https://doi.org/10.5281/)") == .other)
        #expect(kind("https://doi.org/10.1038/s41586-021-03819-2", "Our data") == .paper)
    }

    @Test func papersAreKnownByNumber() {
        let line: Substring = "as in arXiv:1607.01759 by"
        let found = LinkFinder(rules: TestRules.shared.links).identifiers(line, FoldedText(line), 1)
        #expect(found.first?.kind == .paper)
    }
}
