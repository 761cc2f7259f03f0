import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

@Suite struct OwnNamesTests {
    private func names(_ title: String, _ targets: [String], files: [String] = []) -> OwnNames {
        var release = ReleaseBuilder().card(headings: [title]) {
            $0.links = targets.map { Link(kind: .other, target: $0, line: 5, quote: "") }
        }
        for file in files { release = release.file(file) { _ in } }
        return OwnNames(release.release, rules: TestRules.shared)
    }

    @Test func aRepositoryOfTheWholeNameTellsTheOwner() {
        let names = names("Kimi-Audio", ["https://github.com/MoonshotAI/Kimi-Audio.git"])
        #expect(names.whose("https://github.com/MoonshotAI/Other") == .own)
        #expect(names.whose("https://huggingface.co/moonshotai/x") == .own, "however it is written")
        #expect(names.whose("https://github.com/openai/whisper") == .others)
        #expect(names.whose("https://example.org/x") == .unknown)
        #expect(names.isThisRepository("https://github.com/MoonshotAI/Kimi-Audio/tree/main/src"))
        #expect(!names.isThisRepository("https://github.com/MoonshotAI/Kimi-Audio-Evalkit"))
    }

    @Test func aFileOfTheReleaseTellsTheOwner() {
        let raw = "https://github.com/Maker/src/raw/main/figures/curve.png"
        #expect(names("Zebra", [raw], files: ["figures/curve.png"]).whose("Maker/anything") == .own)
        #expect(names("Zebra", [raw]).whose("Maker/anything") == .unknown)
        let top = "https://github.com/Maker/src/blob/main/README.md"
        #expect(names("Zebra", [top]).whose("Maker/anything") == .unknown, "every repository has such a file")
    }

    @Test func aModelWithTheNameIsTheReleases() {
        let names = names("Zebra: fast striped models", ["https://hf.co/stables/Zebra-7B"])
        #expect(names.whose("stables/other") == .own)
        #expect(names.whose("somebody/zebra-gguf") == .own)
        #expect(names.whose("somebody/models") == .others, "what any model may be called is no name")
    }

    @Test func aHostOfTheNameIsTheReleases() {
        let names = names("Zebra", ["https://github.com/zebra-labs/Zebra"])
        #expect(names.whose("https://docs.zebra.ai/x") == .own)
        #expect(names.whose("https://models.other.ai/x") == .unknown)
    }
}
