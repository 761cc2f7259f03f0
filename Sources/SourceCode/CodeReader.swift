import Unpacking

/// Reads source code of any usual language by one light scanner: comments and strings are not code.
public enum CodeReader {
    public enum Language: Sendable, Hashable {
        case python, notebook, shell, cLike
    }

    private static let endings: [(String, Language)] = [
        (".py", .python), (".pyi", .python), (".ipynb", .notebook), (".sh", .shell), (".slurm", .shell),
        (".sbatch", .shell), (".bash", .shell), (".jl", .python), (".r", .python),
        (".c", .cLike), (".h", .cLike), (".cc", .cLike), (".cpp", .cLike), (".hpp", .cLike), (".cu", .cLike),
        (".cuh", .cLike), (".rs", .cLike), (".swift", .cLike), (".js", .cLike), (".ts", .cLike), (".mjs", .cLike),
        (".java", .cLike), (".go", .cLike), (".kt", .cLike), (".mm", .cLike),
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

    @inline(__always) static func isNameByte(_ byte: UInt8) -> Bool {
        classes[Int(byte)] == .name || classes[Int(byte)] == .digit
    }

    private enum ByteClass: UInt8 {
        case other, name, digit, newline, space, quote, backquote, hash, slash, dot, open, close
    }

    private static let classes: [ByteClass] = (0...255).map { byte in
        switch UInt8(byte) {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            0x80...0xFF:
            .name
        case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
        case 0x0A: .newline
        case 0...0x20: .space
        case UInt8(ascii: "\""), UInt8(ascii: "'"): .quote
        case UInt8(ascii: "`"): .backquote
        case UInt8(ascii: "#"): .hash
        case UInt8(ascii: "/"): .slash
        case UInt8(ascii: "."): .dot
        case UInt8(ascii: "("): .open
        case UInt8(ascii: ")"), UInt8(ascii: ":"): .close
        default: .other
        }
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
        /// What the last call fetches, and what it was made on.
        var lastCall = CodeSigns.Word.none
        var lastOwner: Range<Int>?
    }

    private static func scan(_ bytes: UnsafeRawBufferPointer, _ language: Language) -> CodeFacts {
        var facts = CodeFacts()
        var state = State()
        let names = CodeSigns.names
        let isCLike = language == .cLike
        let count = bytes.count
        classes.withUnsafeBufferPointer { classes in
            var index = 0
            while index < count {
                switch classes[Int(bytes[index])] {
                case .name:
                    let start = index
                    var hash = NameTable.seed
                    repeat {
                        hash = NameTable.step(hash, bytes[index])
                        index += 1
                    } while index < count && classes[Int(bytes[index])].rawValue &- 1 < 2
                    name(bytes, start..<index, names.find(hash, bytes, start..<index), names, language, &state, &facts)
                case .digit:
                    // Names may end in digits, numbers do not begin one.
                    while index < count, classes[Int(bytes[index])].rawValue &- 1 < 2 { index += 1 }
                    state.isAfterDot = false
                case .newline:
                    endLine(&state, &facts)
                    index += 1
                case .space: index += 1
                case .quote: index = string(bytes, index, language, &state, &facts)
                case .backquote where isCLike: index = string(bytes, index, language, &state, &facts)
                case .hash where !isCLike, .slash where isCLike:
                    if let end = commentEnd(bytes, index, language) {
                        index = end
                    } else {
                        state.isAfterDot = false
                        index += 1
                    }
                case .dot:
                    state.isAfterDot = true
                    index += 1
                case .open:
                    if state.isAfterClass { state.classParentheses += 1 }
                    state.isAfterDot = false
                    index += 1
                case .close:
                    state.isAfterClass = false
                    state.classParentheses = 0
                    state.isAfterDot = false
                    index += 1
                default:
                    state.isAfterDot = false
                    index += 1
                }
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
            if bytes[end] == UInt8(ascii: "*"), end + 1 < bytes.count, bytes[end + 1] == UInt8(ascii: "/") {
                return end + 2
            }
            end += 1
        }
        return end
    }

    private static func lineEnd(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Int {
        bytes.offset(of: "\n", from: index) ?? bytes.count
    }

    /// Passes over a string and looks at short ones for addresses and hub names.
    private static func string(
        _ bytes: UnsafeRawBufferPointer, _ start: Int, _ language: Language, _ state: inout State,
        _ facts: inout CodeFacts
    ) -> Int {
        let quote = bytes[start]
        let count = bytes.count
        let isTriple =
            language == .python && start + 2 < count && bytes[start + 1] == quote && bytes[start + 2] == quote
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
            if byte == quote, !isTriple || (index + 2 < count && bytes[index + 1] == quote && bytes[index + 2] == quote)
            {
                break
            }
            index += 1
        }
        index = min(index, count)
        state.lineHasCode = state.lineHasCode || !isTriple
        if index - body < 300, index > body, !isTriple { fetch(bytes.slice(body..<index), bytes, &state, &facts) }
        return min(count, index + (index < count && bytes[index] == quote ? (isTriple ? 3 : 1) : 0))
    }

    /// Owners whose names say that no weights are fetched.
    private static let otherOwners: [StaticString] = ["Tokenizer", "Processor", "Config", "Extractor", "tokenizer"]

    private static func fetch(
        _ text: UnsafeRawBufferPointer, _ all: UnsafeRawBufferPointer, _ state: inout State, _ facts: inout CodeFacts
    ) {
        if text.starts(with: "http") || text.starts(with: "gs://") || text.starts(with: "s3://") {
            guard facts.fetches.count < 40 else { return }
            let target = text.repairedText
            if WeightAddress.isWeights(target) || WeightAddress.isStore(target) {
                facts.fetches.append(CodeFacts.Fetch(kind: .weights, target: target, line: state.line))
            }
            return
        }
        guard state.lastCall != .none, facts.fetches.count < 40, WeightAddress.isHubName(text) else { return }
        // A tokenizer or a config is no weights.
        if let owner = state.lastOwner,
            case let name = all.slice(owner.lowerBound..<min(owner.upperBound, owner.lowerBound + 60)),
            otherOwners.contains(where: { name.contains($0) })
        {
            return
        }
        facts.fetches.append(
            CodeFacts.Fetch(
                kind: state.lastCall == .fetcher ? .weights : .data, target: text.repairedText, line: state.line))
    }

    private static func name(
        _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ known: Int?, _ names: NameTable, _ language: Language,
        _ state: inout State, _ facts: inout CodeFacts
    ) {
        defer {
            state.previousName = range
            state.isAfterDot = false
            state.lineHasCode = true
        }
        if language == .shell { shellWord(bytes, range, &state, &facts) }
        let word = known.map { names.entries[$0].word } ?? .none
        switch word {
        case .importing:
            state.isImportLine =
                state.isImportLine || state.previousName == nil || bytes.slice(range).starts(with: "import")
        case .definition:
            state.isAfterDefinition = true
            return
        case .type:
            state.isAfterClass = true
            return
        case .runner: facts.mentionsRunner = true
        case .none, .fetcher, .dataFetcher: break
        }
        var next = range.upperBound
        while next < bytes.count, bytes[next] == 0x20 { next += 1 }
        let isCalled = next < bytes.count && bytes[next] == UInt8(ascii: "(")
        if isCalled, !state.isAfterDefinition {
            state.lastCall = word == .fetcher || word == .dataFetcher ? word : .none
            state.lastOwner = state.isAfterDot ? state.previousName : nil
        }
        let isDefined = state.isAfterDefinition
        state.isAfterDefinition = false
        guard let known else { return }
        for sign in names.entries[known].signs {
            let holds: Bool =
                switch sign.use {
                case .call: isCalled && !isDefined
                case .method: isCalled && state.isAfterDot && !isDefined
                case .methodOf(let owners):
                    isCalled && state.isAfterDot
                        && state.previousName.map { owners.contains(bytes.slice($0).repairedText) } ?? false
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
            if character == "$" {
                isVariable = true
                continue
            }
            if isVariable,
                character.isLetter || character.isNumber || character == "_" || character == "{" || character == "}"
            {
                continue
            }
            isVariable = false
            out.append(character)
        }
        return out
    }

    /// Launchers and downloads in shell scripts.
    private static func shellWord(
        _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ state: inout State, _ facts: inout CodeFacts
    ) {
        let word = bytes.slice(range)
        let isLauncher = ["torchrun", "deepspeed", "accelerate", "srun", "mpirun", "python", "python3"].contains {
            $0.utf8.count == word.count && $0.utf8.elementsEqual(word)
        }
        let isDownloader =
            !isLauncher
            && ["wget", "curl", "aria2c", "gsutil", "gdown"].contains {
                $0.utf8.count == word.count && $0.utf8.elementsEqual(word)
            }
        guard isLauncher || isDownloader else { return }
        let rest = withoutVariables(
            bytes.slice(range.upperBound..<min(lineEnd(bytes, range.upperBound), range.upperBound + 400)).repairedText,
            isDownloader: isDownloader
        ).lowercased()
        if isLauncher {
            if rest.contains("train") || rest.contains("finetune") {
                facts.add(.training, 4, line: state.line, words: lineText(bytes, range))
                if rest.contains("finetune") || rest.contains("fine_tune") || rest.contains("sft") {
                    facts.add(.fineTuning, 4, line: state.line, words: lineText(bytes, range))
                }
            }
            if rest.contains("eval") || rest.contains("benchmark") {
                facts.add(.evaluation, 4, line: state.line, words: lineText(bytes, range))
            }
            if rest.contains("preprocess") || rest.contains("prepare_") || rest.contains("tokenize") {
                facts.add(.dataProcessing, 4, line: state.line, words: lineText(bytes, range))
            }
            if rest.contains("inference") || rest.contains("generate") || rest.contains("demo") {
                facts.add(.inference, 3, line: state.line, words: lineText(bytes, range))
            }
        } else if facts.fetches.count < 40 {
            for part in rest.split(whereSeparator: { $0 == " " || $0 == "\"" || $0 == "'" })
            where part.contains("://") || part.contains("${") || part.contains("$") {
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
    private static let endings = [
        ".pt", ".pth", ".bin", ".ckpt", ".safetensors", ".gguf", ".onnx", ".h5", ".keras", ".tflite", ".npz", ".pkl",
        ".msgpack", ".nemo", ".ftz", ".pth.tar", ".jit", ".model", ".pdparams", ".caffemodel", ".weights", ".mlmodel",
        ".joblib",
    ]

    public static func isWeights(_ address: String) -> Bool {
        var text = address.lowercased()
        if let cut = text.firstIndex(where: { $0 == "?" || $0 == "#" }) { text = String(text[..<cut]) }
        return text.holds("/") && endings.contains { text.hasSuffix($0) }
    }

    /// A bucket or file store where models are kept.
    static func isStore(_ address: String) -> Bool {
        let text = address.lowercased()
        return ["/models", "-models", "ckpt", "checkpoint", "weights", "pretrained", "gpt-2"].contains(
            where: text.holds) && !text.holds("{region")
            && [
                "blob.core.windows.net", "storage.googleapis.com", "amazonaws.com", "fbaipublicfiles",
                "zenodo.org/record", "gs://",
            ].contains(where: text.holds)
    }

    /// `org/name` as the hub writes it.
    public static func isHubName(_ text: UnsafeRawBufferPointer) -> Bool {
        guard text.count >= 4, text.count < 100 else { return false }
        var slashes = 0
        for byte in text {
            if byte == UInt8(ascii: "/") {
                slashes += 1
            } else if !((byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "."))
            {
                return false
            }
        }
        return slashes == 1 && text[0] != UInt8(ascii: "/") && text[0] != UInt8(ascii: ".")
            && text[text.count - 1] != UInt8(ascii: "/")
    }
}
