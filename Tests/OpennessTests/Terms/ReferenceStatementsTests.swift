import OpenscanFacts
import OpenscanRules
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

@Suite struct ReferenceStatementsTests {
    /// A release with linked weights and a licence file, whose README links to that file behind the words.
    private func release(
        saying lead: String, to target: String = "LICENSE", _ polarity: Claim.Polarity = .claim,
        subject: Claim.Subject = .model
    ) -> ReleaseBuilder {
        let line = LineRange(12)
        return ReleaseBuilder().licensing("LICENSE", .text("CC-BY-NC-4.0")).card(headings: ["Tiny"]) {
            $0.links = [
                Link(kind: .hubModel, target: "https://huggingface.co/org/tiny", line: 4, quote: "weights"),
                Link(kind: .licence, target: target, line: 12, quote: lead + "[it](LICENSE)", lead: lead),
            ]
            $0.claims = [
                Claim(
                    category: .licence, subject: subject, polarity: polarity,
                    evidence: Evidence(path: "README.md", lines: line, quote: lead))
            ]
        }
    }

    @Test(arguments: [
        "the codebase and its model weights are released under ", "our models are under ", "模型权重采用",
        "the weights and the code of the model are licensed under ",
    ])
    func aSentenceOnTheWeightsStatesTheirTerms(lead: String) {
        let weights = release(saying: lead).terms.parts[.weights]
        #expect(weights?.basis == .stated)
        #expect(weights?.expression == "CC-BY-NC-4.0")
        #expect(weights?.evidence.map(\.place) == ["README.md:12"])
    }

    @Test(arguments: ["the model code is under ", "code for the model is under ", "this project is under ", "see "])
    func aSentenceOnSomethingElseStatesNone(lead: String) {
        #expect(release(saying: lead).terms.parts[.weights]?.basis == .inherited)
    }

    @Test func whatIsDeniedAnnouncedOrElsewhereStatesNone() {
        let lead = "the weights are released under "
        for polarity in [Claim.Polarity.negated, .promise, .mention] {
            #expect(release(saying: lead, polarity).terms.parts[.weights]?.basis == .inherited, "\(polarity)")
        }
        for target in ["docs/LICENSE", "../LICENSE", "../../LICENSE"] {
            #expect(release(saying: lead, to: target).terms.parts[.weights]?.basis == .inherited, "\(target)")
        }
        #expect(release(saying: lead, to: "./LICENSE#terms").terms.parts[.weights]?.basis == .stated)
    }

    @Test(arguments: [
        ("code and weights", [ReleasePart.weights, .code]), ("model code", [.code]), ("code of our models", [.code]),
        ("model, code and data", [.weights, .code, .data]), ("model's weights", [.weights]), ("documents", []),
        ("our dataset", [.data]),
    ])
    func nounsTellTheParts(words: String, parts: [ReleasePart]) {
        #expect(LicensedParts(TestRules.shared.claims).read(words) == parts.sorted())
    }
}
