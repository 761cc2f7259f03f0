import Unpacking

/// Reads source code of any usual language by one light scanner: comments and strings are not code.
public enum CodeReader {
    public enum Language: Sendable, Hashable {
        case python, notebook, shell, cLike
    }

    private static let endings: [(String, Language)] = [
        (".py", .python), (".pyi", .python), (".ipynb", .notebook), (".sh", .shell), (".slurm", .shell), (".sbatch", .shell), (".bash", .shell), (".jl", .python), (".r", .python),
        (".c", .cLike), (".h", .cLike), (".cc", .cLike), (".cpp", .cLike), (".hpp", .cLike), (".cu", .cLike), (".cuh", .cLike), (".rs", .cLike), (".swift", .cLike), (".js", .cLike), (".ts", .cLike), (".mjs", .cLike), (".java", .cLike), (".go", .cLike), (".kt", .cLike), (".mm", .cLike),
    ]

    public static func language(_ path: String) -> Language? {
        let name = Entry.name(of: path).lowercased()
        return endings.first { name.hasSuffix($0.0) }?.1
    }

    public static func read(_ bytes: UnsafeRawBufferPointer, language: Language) -> CodeFacts {
        switch language {
        case .notebook:
            guard let code = notebookCode(bytes) else { return CodeFacts() }
            return code.withUnsafeBytes { scan($0, .python) }
        default: return scan(bytes, language)
        }
    }

    /// The code cells of a notebook, one after the other.
    static func notebookCode(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        guard let root = try? JSONValue.parse(bytes), let cells = root["cells"]?.array else { return nil }
        var out: [UInt8] = []
        for cell in cells where cell["cell_type"]?.string == "code" {
            for line in cell["source"]?.strings ?? [] { out += Array(line.utf8) }
            out.append(0x0A)
        }
        return out
    }

    // MARK: The scan

    static func isNameByte(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == 0x5F || (byte >= 0x30 && byte <= 0x39) || byte >= 0x80
    }

    private struct State {
        var line = 1
        var lineHasCode = false
        var isImportLine = false
        var previousName: Range<Int>?
        var isAfterDot = false
        var isAfterDefinition = false
        var isAfterClass = false
        var classParentheses = 0
        var lastCall = ""
        /// What the last call was made on.
        var lastOwner = ""
    }

    private static func scan(_ bytes: UnsafeRawBufferPointer, _ language: Language) -> CodeFacts {
        var facts = CodeFacts()
        var state = State()
        var index = 0
        let count = bytes.count
        while index < count {
            let byte = bytes[index]
            if byte == 0x0A {
                endLine(&state, &facts)
                index += 1
            } else if let end = commentEnd(bytes, index, language) {
                index = end
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || (byte == UInt8(ascii: "`") && language == .cLike) {
                index = string(bytes, index, language, &state, &facts)
            } else if isNameByte(byte), !(byte >= 0x30 && byte <= 0x39) {
                let start = index
                while index < count, isNameByte(bytes[index]) { index += 1 }
                name(bytes, start..<index, language, &state, &facts)
            } else {
                if byte == UInt8(ascii: ".") {
                    state.isAfterDot = true
                } else if byte > 0x20 {
                    state.isAfterDot = false
                    if byte == UInt8(ascii: "("), state.isAfterClass { state.classParentheses += 1 }
                    if byte == UInt8(ascii: ")") || byte == UInt8(ascii: ":"), state.isAfterClass {
                        state.isAfterClass = false
                        state.classParentheses = 0
                    }
                }
                index += 1
            }
        }
        endLine(&state, &facts)
        return facts
    }

    private static func endLine(_ state: inout State, _ facts: inout CodeFacts) {
        state.line += 1
        if state.lineHasCode { facts.codeLines += 1 }
        state.lineHasCode = false
        state.isImportLine = false
        state.isAfterDot = false
        state.isAfterDefinition = false
        state.previousName = nil
    }

    private static func commentEnd(_ bytes: UnsafeRawBufferPointer, _ index: Int, _ language: Language) -> Int? {
        let byte = bytes[index]
        if language != .cLike {
            guard byte == UInt8(ascii: "#") else { return nil }
            return lineEnd(bytes, index)
        }
        guard byte == UInt8(ascii: "/"), index + 1 < bytes.count else { return nil }
        if bytes[index + 1] == UInt8(ascii: "/") { return lineEnd(bytes, index) }
        guard bytes[index + 1] == UInt8(ascii: "*") else { return nil }
        // Lines inside are passed over one at a time, so that they are counted.
        var end = index + 2
        while end < bytes.count, bytes[end] != 0x0A {
            if bytes[end] == UInt8(ascii: "*"), end + 1 < bytes.count, bytes[end + 1] == UInt8(ascii: "/") { return end + 2 }
            end += 1
        }
        return end
    }

    private static func lineEnd(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Int {
        var end = index
        while end < bytes.count, bytes[end] != 0x0A { end += 1 }
        return end
    }

    /// Passes over a string and looks at short ones for addresses and hub names.
    private static func string(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ language: Language, _ state: inout State, _ facts: inout CodeFacts) -> Int {
        let quote = bytes[start]
        let count = bytes.count
        let isTriple = language == .python && start + 2 < count && bytes[start + 1] == quote && bytes[start + 2] == quote
        var index = start + (isTriple ? 3 : 1)
        let body = index
        while index < count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\\") {
                index += 2
                continue
            }
            if byte == 0x0A {
                if !isTriple, language != .shell, quote != UInt8(ascii: "`") { break }
                state.line += 1
            }
            if byte == quote, !isTriple || (index + 2 < count && bytes[index + 1] == quote && bytes[index + 2] == quote) { break }
            index += 1
        }
        index = min(index, count)
        state.lineHasCode = state.lineHasCode || !isTriple
        if index - body < 300, index > body, !isTriple { fetch(bytes.slice(body..<index), &state, &facts) }
        return min(count, index + (index < count && bytes[index] == quote ? (isTriple ? 3 : 1) : 0))
    }

    private static let fetchers: Set<String> = ["from_pretrained", "hf_hub_download", "snapshot_download", "load_state_dict_from_url", "pipeline", "get_file", "urlretrieve", "download_model", "cached_download", "load"]

    private static func fetch(_ text: UnsafeRawBufferPointer, _ state: inout State, _ facts: inout CodeFacts) {
        guard facts.fetches.count < 40 else { return }
        if text.starts(with: "http") || text.starts(with: "gs://") || text.starts(with: "s3://") {
            let target = text.repairedText
            if WeightAddress.isWeights(target) || WeightAddress.isStore(target) { facts.fetches.append(CodeFacts.Fetch(kind: .weights, target: target, line: state.line)) }
        } else if ["Tokenizer", "Processor", "Config", "Extractor", "tokenizer"].contains(where: state.lastOwner.contains) {
            // A tokenizer or a config is no weights.
            return
        } else if fetchers.contains(state.lastCall), WeightAddress.isHubName(text) {
            facts.fetches.append(CodeFacts.Fetch(kind: .weights, target: text.repairedText, line: state.line))
        } else if state.lastCall == "load_dataset", WeightAddress.isHubName(text) {
            facts.fetches.append(CodeFacts.Fetch(kind: .data, target: text.repairedText, line: state.line))
        }
    }

    private static func name(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ language: Language, _ state: inout State, _ facts: inout CodeFacts) {
        defer {
            state.previousName = range
            state.isAfterDot = false
            state.lineHasCode = true
        }
        if language == .shell { shellWord(bytes, range, &state, &facts) }
        guard range.count < 48 else { return }
        let text = bytes.slice(range).repairedText
        switch text {
        case "import", "from", "use", "include": state.isImportLine = state.isImportLine || state.previousName == nil || text == "import"
        case "def", "func", "fn", "function": state.isAfterDefinition = true; return
        case "class": state.isAfterClass = true; return
        default: break
        }
        var next = range.upperBound
        while next < bytes.count, bytes[next] == 0x20 { next += 1 }
        let isCalled = next < bytes.count && bytes[next] == UInt8(ascii: "(")
        if isCalled, !state.isAfterDefinition {
            state.lastCall = text
            state.lastOwner = state.isAfterDot ? state.previousName.map { bytes.slice($0.lowerBound..<min($0.upperBound, $0.lowerBound + 60)).repairedText } ?? "" : ""
        }
        let isDefined = state.isAfterDefinition
        state.isAfterDefinition = false
        guard let signs = CodeSigns.table[text] else { return }
        for sign in signs {
            let holds: Bool = switch sign.use {
            case .call: isCalled && !isDefined
            case .method: isCalled && state.isAfterDot && !isDefined
            case .methodOf(let owners): isCalled && state.isAfterDot && state.previousName.map { owners.contains(bytes.slice($0).repairedText) } ?? false
            case .name: true
            case .imported: state.isImportLine
            case .defined: isDefined
            case .base: state.isAfterClass && state.classParentheses > 0
            }
            if holds { facts.add(sign.role, sign.weight, line: state.line, words: lineText(bytes, range)) }
        }
    }

    private static func lineText(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> String {
        var start = range.lowerBound
        while start > 0, bytes[start - 1] != 0x0A, range.lowerBound - start < 120 { start -= 1 }
        return bytes.slice(start..<min(lineEnd(bytes, range.upperBound), start + 200)).repairedText
    }

    /// A launched `$TRAIN_PATH/eval.py` is no training; what a variable holds is not known.
    private static func withoutVariables(_ text: String, isDownloader: Bool) -> String {
        guard !isDownloader, text.contains("$") else { return text }
        var out = ""
        var isVariable = false
        for character in text {
            if character == "$" { isVariable = true; continue }
            if isVariable, character.isLetter || character.isNumber || character == "_" || character == "{" || character == "}" { continue }
            isVariable = false
            out.append(character)
        }
        return out
    }

    /// Launchers and downloads in shell scripts.
    private static func shellWord(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ state: inout State, _ facts: inout CodeFacts) {
        let word = bytes.slice(range)
        let isLauncher = ["torchrun", "deepspeed", "accelerate", "srun", "mpirun", "python", "python3"].contains { $0.utf8.count == word.count && $0.utf8.elementsEqual(word) }
        let isDownloader = !isLauncher && ["wget", "curl", "aria2c", "gsutil", "gdown"].contains { $0.utf8.count == word.count && $0.utf8.elementsEqual(word) }
        guard isLauncher || isDownloader else { return }
        let rest = withoutVariables(bytes.slice(range.upperBound..<min(lineEnd(bytes, range.upperBound), range.upperBound + 400)).repairedText, isDownloader: isDownloader).lowercased()
        if isLauncher {
            if rest.contains("train") || rest.contains("finetune") {
                facts.add(.training, 4, line: state.line, words: lineText(bytes, range))
                if rest.contains("finetune") || rest.contains("fine_tune") || rest.contains("sft") { facts.add(.fineTuning, 4, line: state.line, words: lineText(bytes, range)) }
            }
            if rest.contains("eval") || rest.contains("benchmark") { facts.add(.evaluation, 4, line: state.line, words: lineText(bytes, range)) }
            if rest.contains("preprocess") || rest.contains("prepare_") || rest.contains("tokenize") { facts.add(.dataProcessing, 4, line: state.line, words: lineText(bytes, range)) }
            if rest.contains("inference") || rest.contains("generate") || rest.contains("demo") { facts.add(.inference, 3, line: state.line, words: lineText(bytes, range)) }
        } else if facts.fetches.count < 40 {
            for part in rest.split(whereSeparator: { $0 == " " || $0 == "\"" || $0 == "'" }) where part.contains("://") || part.contains("${") || part.contains("$") {
                if WeightAddress.isWeights(String(part)) || rest.contains(".pth") || rest.contains("checkpoint") {
                    facts.fetches.append(CodeFacts.Fetch(kind: .weights, target: String(part), line: state.line))
                    break
                }
            }
        }
    }
}

/// Addresses that lead to weights.
public enum WeightAddress {
    private static let endings = [".pt", ".pth", ".bin", ".ckpt", ".safetensors", ".gguf", ".onnx", ".h5", ".keras", ".tflite", ".npz", ".pkl", ".msgpack", ".nemo", ".ftz", ".pth.tar", ".jit", ".model", ".pdparams", ".caffemodel", ".weights", ".mlmodel", ".joblib"]

    public static func isWeights(_ address: String) -> Bool {
        var text = address.lowercased()
        if let cut = text.firstIndex(where: { $0 == "?" || $0 == "#" }) { text = String(text[..<cut]) }
        return endings.contains { text.hasSuffix($0) } && text.contains("/")
    }

    /// A bucket or file store where models are kept.
    static func isStore(_ address: String) -> Bool {
        let text = address.lowercased()
        return ["/models", "-models", "ckpt", "checkpoint", "weights", "pretrained", "gpt-2"].contains(where: text.contains) && !text.contains("{region") && ["blob.core.windows.net", "storage.googleapis.com", "amazonaws.com", "fbaipublicfiles", "zenodo.org/record", "gs://"].contains(where: text.contains)
    }

    /// `org/name` as the hub writes it.
    public static func isHubName(_ text: UnsafeRawBufferPointer) -> Bool {
        guard text.count >= 4, text.count < 100 else { return false }
        var slashes = 0
        for byte in text {
            if byte == UInt8(ascii: "/") { slashes += 1 }
            else if !((byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")) { return false }
        }
        return slashes == 1 && text[0] != UInt8(ascii: "/") && text[0] != UInt8(ascii: ".") && text[text.count - 1] != UInt8(ascii: "/")
    }
}
