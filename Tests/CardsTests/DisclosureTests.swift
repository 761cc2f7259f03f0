import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanCards

/// Sentences that tell what readers of a release look for, and those that only sound like it.
@Suite struct DisclosureTests {
    private func told(_ text: String) -> [String] {
        CardReader(TestRules.shared).read(text, path: "README.md").disclosures.map(\.id.rawValue)
    }

    @Test(arguments: [
        ("energy", "Training used 2.1 million kWh of energy."), ("carbon", "We emitted 31.22 tons of CO2 in total."),
        ("carbon", "训练共排放 12 吨二氧化碳（碳排放）。"), ("training-compute", "Pre-training took 2.664M H800 GPU hours."),
        ("training-compute", "It was trained with 3.8e25 FLOPs."),
        ("training-hardware", "We trained it on 512 A100 GPUs."),
        ("training-time", "Training took 34 days."), ("data-size", "It was trained on 1.5 trillion tokens."),
        ("data-sources", "The training data consists of Wikipedia, books and code."),
        ("hyperparameters", "The learning rate was 3e-4 with 2000 warmup steps."),
        ("hyperparameters", "| Learning rate | 1e-4 |"), ("red-team", "We conducted red-teaming with 30 experts."),
        ("data-labour", "Annotators were paid 20 USD per hour."),
        ("content-marking", "All output images carry an invisible watermark."),
        ("retirement", "This model is deprecated, use v2."), ("feedback", "Please send feedback to tiny@example.org."),
        ("feedback", "欢迎提交 issue。"), ("personal-data", "We removed personal information from the training data."),
        ("no-gate", "The weights can be downloaded without registration."),
        ("audience-applicants", "Model weights are available upon request."),
        ("bug-bounty", "There is a bug bounty programme."),
        ("copyrighted-data", "The training data may contain copyrighted text."),
    ])
    func isTold(id: String, text: String) { #expect(told("# Tiny\n\n\(text)\n").contains(id), "\(text)") }

    @Test(arguments: [
        ("energy", "It saves energy."), ("carbon", "Carbon emissions are not disclosed."),
        ("training-compute", "Inference needs 3 FLOPs per token."),
        ("training-hardware", "Inference needs at least 2 A100 GPUs; training is not shown."),
        ("training-time", "We trained it on 300 hours of speech data."),
        ("data-size", "Training used a context of 4096 tokens."),
        ("data-sources", "Training data will be described later; training data format includes JSON files."),
        ("hyperparameters", "The learning rate matters."), ("red-team", "You should do red teaming."),
        ("content-marking", "Watermarks in the training data were kept in the output."),
        ("retirement", "The deprecated function of the model config was removed."),
        ("feedback", "We use reinforcement learning from human feedback, please note."),
        ("bug-bounty", "Is there a bug bounty?"), ("energy", "## Energy 12 kWh"),
        ("energy", "```\nenergy 12 kWh\n```"), ("energy", "## Acknowledgements\n\nThanks for 12 kWh of energy."),
        ("training-hardware", "Coming soon: we will release the run on 512 A100 GPUs for training."),
    ])
    func isNotTold(id: String, text: String) { #expect(!told("# Tiny\n\n\(text)\n").contains(id), "\(text)") }

    @Test func aSentenceMayGoOverLines() {
        let card = CardReader(TestRules.shared).read(
            "# Tiny\n\nThe training used\n120 MWh of\nenergy.\n", path: "README.md")
        #expect(card.disclosures.map(\.id.rawValue) == ["energy"])
        #expect(card.disclosures.first?.evidence.lines == LineRange(4))
    }

    /// What was so on a day of news need not be so after later ones.
    @Test func whatOlderNewsSayOfAccessIsOver() {
        let old =
            "# Tiny\n\n**July 4, 2024**\n\n- Weights for all.\n\n**June 1, 2023**\n\nPlease request access to the model.\n"
        #expect(!told(old).contains("audience-applicants"))
        #expect(told(old + "\n## Use\n\nPlease request access to the model.\n").contains("audience-applicants"))
        #expect(
            told("# Tiny\n\n**July 4, 2024**\n\nPlease request access to the model.\n").contains("audience-applicants"))
    }

    @Test func placesOfOneThingAreBounded() {
        let text = String(repeating: "Training used 2 kWh of energy.\n\n", count: 5000)
        #expect(told(text).count == 3)
    }
}
