import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct ProgramComponentsTests {
    /// Signs of the code and its name together reach the sum, or the code's alone do.
    @Test(arguments: [
        ("train.py", CodeRole.training, 3, ComponentID.trainingCode, true),
        ("run.py", .training, 3, .trainingCode, false), ("run.py", .training, 5, .trainingCode, true),
        ("train.py", .training, 2, .trainingCode, false), ("train.py", .training, 0, .trainingCode, false),
        ("docs/train.py", .training, 9, .trainingCode, false), ("tests/train.py", .training, 9, .trainingCode, false),
        ("vendor/x/train.py", .training, 9, .trainingCode, false),
        ("examples/train.py", .training, 3, .trainingCode, true),
        ("predict.py", .inference, 2, .inferenceCode, true), ("run.py", .inference, 2, .inferenceCode, false),
        ("run.py", .inference, 4, .inferenceCode, true), ("predict.py", .inference, 1, .inferenceCode, false),
        ("benchmark.py", .evaluation, 3, .evaluationCode, true), ("run.py", .evaluation, 3, .evaluationCode, false),
        ("run.py", .evaluation, 6, .evaluationCode, true),
        ("dedup.py", .dataProcessing, 3, .dataProcessingCode, true),
        ("data/a.py", .dataProcessing, 3, .dataProcessingCode, true),
        ("a.py", .dataProcessing, 3, .dataProcessingCode, false),
        ("dedup.py", .dataProcessing, 1, .dataProcessingCode, false),
        // What goes over many things and writes them out is about data where its name says so.
        ("scripts/process/msa.py", .handling, 2, .dataProcessingCode, true),
        ("datasets_preprocess/a.py", .handling, 2, .dataProcessingCode, true),
        ("src/utils.py", .handling, 9, .dataProcessingCode, false),
        ("evals/pitch/main.py", .evaluation, 0, .evaluationCode, true),
        ("retrieval/main.py", .evaluation, 3, .evaluationCode, false),
        ("model.py", .architecture, 3, .architecture, true), ("layers.py", .architecture, 3, .architecture, false),
        ("layers.py", .architecture, 7, .architecture, true), ("model.py", .architecture, 1, .architecture, false),
    ])
    func codeIsAComponentBySignsAndName(path: String, role: CodeRole, signs: Int, id: ComponentID, isOne: Bool) {
        let release = ReleaseBuilder().program(path, [role: signs])
        #expect(release.status(id) == (isOne ? .present : .absent))
    }

    @Test func aFewLinesAreNoProgram() {
        #expect(ReleaseBuilder().program("train.py", [.training: 9], lines: 4).status(.trainingCode) == .absent)
        #expect(ReleaseBuilder().program("train.py", [.training: 9], lines: 5).status(.trainingCode) == .present)
    }

    @Test func aLongEvaluationNeedsOneSignOnly() {
        let short = ReleaseBuilder().program("evaluate.py", [.evaluation: 1], lines: 24)
        #expect(short.status(.evaluationCode) == .absent)
        let long = ReleaseBuilder().program("evaluate.py", [.evaluation: 1], lines: 25)
        #expect(long.component(.evaluationCode).confidence == .medium)
        #expect(long.status(.evaluationCode) == .present)
        let unnamed = ReleaseBuilder().program("run.py", [.evaluation: 1], lines: 500)
        #expect(unnamed.status(.evaluationCode) == .absent)
        let silent = ReleaseBuilder().program("evaluate.py", [:], lines: 500)
        #expect(silent.status(.evaluationCode) == .absent, "a name without a sign is no code")
    }

    @Test func theStrongestSignIsQuoted() {
        let release = ReleaseBuilder().program("train.py", [.training: 9]) {
            $0.signs[.training] = .init(line: 12, words: "loss.backward()", weight: 3)
        }
        #expect(
            release.component(.trainingCode).evidence == [
                Evidence(path: "train.py", lines: LineRange(12), quote: "loss.backward()")
            ])
    }

    // MARK: From nothing, or from a finished model

    @Test func aTrainerBesideItsModelTrainsFromNothing() {
        let trainer = ReleaseBuilder().program("train.py", [.training: 9])
        #expect(!trainer.found.hasPretrainingCode, "whose model it trains is not seen")
        #expect(trainer.program("model.py", [.architecture: 9]).found.hasPretrainingCode)
        #expect(ReleaseBuilder().program("pretrain.py", [.training: 9]).found.hasPretrainingCode)
        #expect(ReleaseBuilder().program("src/train.cpp", [.training: 9]).found.hasPretrainingCode)
    }

    @Test func tuningIsNoTrainingFromNothing() {
        let model = ReleaseBuilder().program("model.py", [.architecture: 9])
        #expect(!model.program("train.py", [.training: 9, .fineTuning: 4]).found.hasPretrainingCode)
        #expect(model.program("train.py", [.training: 9, .fineTuning: 2]).found.hasPretrainingCode)
        for path in ["finetune.py", "sft/train.py", "scripts/lora_train.py"] {
            #expect(!model.program(path, [.training: 9]).found.hasPretrainingCode, "\(path)")
        }
        #expect(!model.found.hasPretrainingCode, "a model alone trains nothing")
    }

    // MARK: What programs get

    private func getting(_ kind: CodeFacts.Fetch.Kind, in path: String) -> ReleaseBuilder {
        ReleaseBuilder().program(path, lines: 2) { $0.fetches = [.init(kind: kind, target: "org/name", line: 2)] }
    }

    @Test func weightsThatAProgramGetsAreLinkedAndNotStated() {
        let release = getting(.weights, in: "run.py")
        #expect(release.status(.weightsFinal) == .linked)
        #expect(release.component(.weightsFinal).links.map(\.target) == ["org/name"])
        #expect(release.component(.weightsFinal).evidence.map(\.place) == ["run.py:2"])
        #expect(!release.found.stated.contains(.weightsFinal))
        #expect(getting(.weights, in: "examples/run.py").status(.weightsFinal) == .linked)
    }

    @Test(arguments: ["tests/run.py", "docs/run.py", "vendor/x/run.py"])
    func whatTestsManualsAndOthersGetIsNot(path: String) {
        #expect(getting(.weights, in: path).status(.weightsFinal) == .absent)
    }

    @Test(arguments: [
        ("train.py", true), ("data/prepare.py", true), ("run.py", false), ("eval/data.py", false),
        ("train_sft.py", false), ("examples/train.py", false),
    ])
    func dataThatAProgramGetsAreTheTrainingsOnlyWhereItMakesTheModel(path: String, isTraining: Bool) {
        #expect(getting(.data, in: path).status(.dataset) == (isTraining ? .linked : .absent))
    }
}
