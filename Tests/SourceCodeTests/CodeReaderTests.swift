import OpenscanFacts
import OpenscanSourceCode
import OpenscanTestSupport
import Testing

private func read(_ text: String, _ path: String = "a.py") throws -> CodeFacts {
    let reader = CodeReader(TestRules.shared)
    let language = try #require(reader.language(path))
    return Array(text.utf8).withUnsafeBytes { reader.read($0, language: language, path: path) }
}

/// What programs do, by the names they use and by how they use them.
@Suite struct CodeReaderTests {
    @Test(arguments: [
        ("loss.backward()", CodeRole.training), ("optimizer.zero_grad()", .training), ("optimizer.step()", .training),
        ("trainer.train()", .training), ("model.fit(x, y)", .training), ("Trainer(model, args)", .training),
        ("def training_step(self, batch):", .training), ("with tf.GradientTape() as tape:", .training),
        ("import deepspeed", .training), ("from accelerate import Accelerator", .training),
        ("config = LoraConfig(r=8)", .fineTuning), ("import peft", .fineTuning),
        ("m = AutoModelForCausalLM.from_pretrained(path)", .fineTuning), ("model.generate(ids)", .inference),
        ("def predict(image):", .inference), ("s = InferenceSession(path)", .inference), ("import vllm", .inference),
        ("with torch.no_grad():", .inference), ("model.eval()", .inference), ("def evaluate(model):", .evaluation),
        ("f1_score(y, p)", .evaluation), ("import sacrebleu", .evaluation), ("print(accuracy)", .evaluation),
        ("def dedup(documents):", .dataProcessing), ("def generate_instruction_data(n):", .dataProcessing),
        ("raw_datasets.map(tokenize)", .dataProcessing), ("lsh = MinHashLSH(0.8)", .dataProcessing),
        ("def evaluate_structure(name):", .evaluation), ("from gluonts.ev.metrics import MASE", .evaluation),
        ("def process_msa(path):", .handling), ("frame.to_parquet(path)", .handling),
        ("def infer_image(self, image):", .inference), ("class Net(nn.Module):", .architecture),
        ("self.out = nn.Linear(8, 8)", .architecture),
        ("def forward(self, x):", .architecture),
    ])
    func aSignShowsWhatTheCodeDoes(line: String, role: CodeRole) throws {
        let facts = try read("x = 1\n" + line + "\n")
        #expect(facts.scores[role] ?? 0 > 0)
        #expect(facts.signs[role]?.line == 2)
        #expect(facts.signs[role]?.words == line)
    }

    /// The same names used for something else.
    @Test(arguments: [
        ("backward()", CodeRole.training), ("def backward(self):", .training), ("env.step(action)", .training),
        ("bus.train()", .training), ("model.train()", .training), ("scaler.fit(x)", .training),
        ("x = Trainer", .training), ("deepspeed.init()", .training), ("print(deepspeed)", .training),
        ("x = LoraConfig", .fineTuning), ("Net.from_pretrained(path)", .fineTuning), ("generate(ids)", .inference),
        ("predict(image)", .inference), ("bus.eval()", .inference), ("evaluate(model)", .evaluation),
        ("names.map(f)", .dataProcessing), ("def prepare(x):", .dataProcessing),
        ("def generate_data_url(x):", .dataProcessing), ("net = nn.Module()", .architecture),
        ("class Module:", .architecture), ("forward(x)", .architecture), ("unrelated()", .training),
    ])
    func aNameThatIsUsedOtherwiseShowsNothing(line: String, role: CodeRole) throws {
        #expect(try read("x = 1\n" + line + "\n").scores[role] == nil)
    }

    @Test func signsAddUpAndTheStrongestIsKept() throws {
        let facts = try read("optimizer.step()\nloss.backward()\noptimizer.step()\n")
        #expect(facts.scores[.training] == 7)
        #expect(facts.signs[.training] == .init(line: 2, words: "loss.backward()", weight: 3))
    }

    // MARK: What is no code

    @Test(arguments: [
        ("# loss.backward()\n", "a.py"), ("print('loss.backward()')\n", "a.py"),
        ("print(\"a \\\" loss.backward()\")\n", "a.py"), ("\"\"\"\nloss.backward()\n\"\"\"\n", "a.py"),
        ("// loss.backward();\n", "a.cpp"), ("/* loss.backward(); */\n", "a.cpp"),
        ("/*\n loss.backward();\n*/\n", "a.cpp"), ("/**\n * loss.backward();\n **/\n", "a.cpp"),
        ("puts(\"loss.backward()\");\n", "a.cpp"), ("const x = `\nloss.backward()\n`\n", "a.js"),
    ])
    func commentsAndStringsAreNoCode(text: String, path: String) throws {
        let facts = try read(text, path)
        #expect(facts.scores[.training] == nil)
        let behind = try read(text + "loss.backward()\n", path)
        #expect(behind.scores[.training] == 3, "and end where they end")
        #expect(behind.signs[.training]?.line == text.split(separator: "\n", omittingEmptySubsequences: false).count)
    }

    @Test func aCommentThatIsNotClosedGoesOnToTheEnd() throws {
        #expect(try read("int a;\n/*\nloss.backward();\n", "a.cpp").scores.isEmpty)
        #expect(try read("a = b / c * d;\nloss.backward();\n", "a.cpp").scores[.training] == 3, "a sum begins none")
    }

    @Test func onlyLinesOfCodeAreCounted() throws {
        #expect(try read("\n# comment\n\"\"\"\ndocs\n\"\"\"\nx = 1\n\ny = 2  # both\n").codeLines == 2)
        #expect(try read("").codeLines == 0)
    }

    // MARK: Notebooks

    private func notebook(_ kind: String) -> String {
        #"{"cells": [{"cell_type": "KIND", "source": ["loss.backward()\n"]}]}"#
            .replacing("KIND", with: kind)
    }

    @Test func onlyCellsOfCodeAreRead() throws {
        #expect(try read(notebook("code"), "a.ipynb").scores[.training] == 3)
        #expect(try read(notebook("markdown"), "a.ipynb").scores.isEmpty)
        #expect(try read("loss.backward()", "a.ipynb") == CodeFacts(), "what is no notebook holds no cells")
    }

    // MARK: Scripts

    private static let launches: [(line: String, roles: Set<CodeRole>)] = [
        ("torchrun --nproc 8 train.py", [CodeRole.training]), ("python finetune.py", [.training, .fineTuning]),
        ("accelerate launch eval.py", [.evaluation]), ("python preprocess.py", [.dataProcessing]),
        ("python generate.py", [.inference]), ("python setup.py", []), ("echo train", []), ("cd train", []),
        ("# python train.py", []), ("python $TRAIN_DIR/eval.py", [.evaluation]), ("python ${TRAIN}/x.py", []),
    ]

    @Test(arguments: launches)
    func aScriptDoesWhatItLaunches(line: String, roles: Set<CodeRole>) throws {
        #expect(Set(try read(line + "\n", "run.sh").scores.keys) == roles)
    }

    @Test func launchersArePartOfScriptsOnly() throws {
        #expect(try read("torchrun = train\n").scores.isEmpty)
    }

    // MARK: What programs get

    private func targets(_ text: String, _ path: String = "a.py") throws -> [String] {
        try read(text, path).fetches.map { "\($0.kind) \($0.target)" }
    }

    @Test(arguments: [
        ("m = Net.from_pretrained('org/model')", "weights org/model"),
        ("hf_hub_download(\"org/model\", \"a.bin\")", "weights org/model"),
        ("d = load_dataset('org/set')", "data org/set"),
        ("URL = 'https://x.org/model.pth'", "weights https://x.org/model.pth"),
        ("get('https://x.org/model.pth?download=1')", "weights https://x.org/model.pth?download=1"),
        ("B = 'gs://bucket/checkpoints/a.npz'", "weights gs://bucket/checkpoints/a.npz"),
    ])
    func whatAProgramGetsIsNoted(line: String, target: String) throws {
        #expect(try targets(line) == [target])
        #expect(try read("\n\n" + line).fetches.map(\.line) == [3])
    }

    @Test(arguments: [
        "t = AutoTokenizer.from_pretrained('org/model')", "c = AutoConfig.from_pretrained('org/model')",
        "m = Net.from_pretrained(path)", "m = Net.from_pretrained('./out')", "m = Net.from_pretrained('model')",
        "m = Net.from_pretrained('a/b/c')", "open('org/model')", "x = 'org/model'", "# from_pretrained('org/model')",
        "URL = 'https://x.org/logo.png'", "URL = 'https://x.org/'", "'''https://x.org/model.pth'''",
        "# https://x.org/model.pth",
    ])
    func whatIsNoModelOrNoAddressIsNot(line: String) throws { #expect(try targets(line).isEmpty) }

    @Test func aStoreOfFilesNeedsAWordForModels() throws {
        #expect(try targets("'https://storage.googleapis.com/x/checkpoints/'").count == 1)
        #expect(try targets("'https://storage.googleapis.com/x/images/'").isEmpty)
        #expect(try targets("'https://storage.googleapis.com/x/images/'", "download_model.py").count == 1)
        #expect(try targets("'https://storage.googleapis.com/{region}/checkpoints/'").isEmpty, "a template is none")
    }

    @Test func aDownloadOfAScriptIsWeightsByItsNameOrWords() throws {
        #expect(try targets("wget https://x.org/model.pth\n", "get.sh") == ["weights https://x.org/model.pth"])
        #expect(try targets("wget https://x.org/a -O checkpoint\n", "get.sh") == ["weights https://x.org/a"])
        #expect(try targets("wget https://x.org/data.zip\n", "get.sh").isEmpty)
        #expect(try targets("# wget https://x.org/model.pth\n", "get.sh").isEmpty)
    }

    @Test func namesThatRunTextAreMentioned() throws {
        #expect(try read("exec(code)").mentionsRunner)
        #expect(try !read("print(code)  # exec").mentionsRunner)
    }

    // MARK: Languages

    @Test(arguments: [
        ("a.py", true), ("src/A.CU", true), ("run.sh", true), ("x.ipynb", true), ("a.rs", true), ("a.md", false),
        ("a.json", false), ("LICENSE", false), ("py", false),
    ])
    func programsAreKnownByTheirEnding(path: String, isProgram: Bool) {
        #expect((CodeReader(TestRules.shared).language(path) != nil) == isProgram)
    }
}

/// Commands that share a line.
@Suite struct ShellCommandTests {
    @Test func everyLauncherOfALineCounts() throws {
        let facts = try read("torchrun a.py && python train.py\n", "run.sh")
        // Both are followed by the telling word.
        #expect(facts.scores[.training] == 8)
        #expect(try read("python $TRAIN/x.py\n", "run.sh").scores[.training] == nil)
    }

    @Test func anAddressIsFoundWhicheverCommandOfTheLineAsksForIt() throws {
        let line = "curl -O $A 'https://example.org/a.txt' && wget https://example.org/model.safetensors\n"
        #expect(try read(line, "run.sh").fetches.map(\.target).contains("https://example.org/model.safetensors"))
        let none = try read(String(repeating: "curl https://example.org/a ", count: 2_000) + "\n", "run.sh")
        #expect(none.fetches.isEmpty)
        let late =
            String(repeating: "curl https://example.org/a ", count: 2_000) + "wget https://example.org/m.safetensors\n"
        #expect(try read(late, "run.sh").fetches.contains { $0.target.hasSuffix("m.safetensors") })
    }
}
