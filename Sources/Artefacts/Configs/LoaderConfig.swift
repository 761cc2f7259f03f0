import OpenscanBytes
import OpenscanFacts

/// Configurations in JSON that a loader follows: what they ask it to run.
public enum LoaderConfig {
    /// Libraries whose classes diffusers builds without code of the repository.
    private static let knownLibraries: Set<String> = [
        "diffusers", "transformers", "onnxruntime.training", "onnx", "optimum", "stable_diffusion", "flax", "peft",
        "open_clip", "sentence_transformers",
    ]

    private static let names: Set<String> = [
        "config.json", "tokenizer_config.json", "processor_config.json", "preprocessor_config.json",
        "chat_template.json", "model_index.json", "generation_config.json", "adapter_config.json", "configuration.json",
        "special_tokens_map.json", "feature_extractor.json", "scheduler_config.json", "modules.json",
        "config_sentence_transformers.json",
    ]

    /// Whether a loader reads a file of this name.
    public static func isRead(_ path: String) -> Bool { names.contains(Entry.name(of: path).lowercased()) }

    /// Findings about a text file of this name; none for files that no loader follows.
    /// - Parameter mayBeTemplate: whether it is neither a program nor written for people, so that what looks like a template is one.
    public static func findings(_ bytes: UnsafeRawBufferPointer, path: String, mayBeTemplate: Bool = true) -> [Finding]
    {
        let name = Entry.name(of: path).lowercased()
        // Other templates in Jinja are sources of programs, which no loader renders: they may take in files.
        if name.hasSuffix(".jinja") || name.hasSuffix(".jinja2"),
            name.contains("chat") || name == "template.jinja" || path.contains("chat_templates/")
        {
            return ChatTemplate.findings(bytes, of: "the template")
        }
        guard names.contains(name) else { return mayBeTemplate ? templates(bytes) : [] }
        guard let root = try? JSONValue.parse(bytes), let members = root.members else {
            return templates(bytes)
        }
        var out: [Finding] = []
        if let map = root["auto_map"]?.members, !map.isEmpty {
            let elsewhere = map.compactMap { $0.value.strings.first { $0.contains("--") } }.first
            let home: Wording =
                elsewhere.map {
                    "another repository: \($0.split(separator: "-").first.map(String.init) ?? "") (\($0))"
                } ?? "the repository"
            let classes = map.prefix(3).map(\.key).joined(separator: ", ")
            out.append(
                Finding(.remoteCode, .medium, "auto_map asks the loader to run code of \(home): \(classes)"))
        }
        if case .bool(true) = root["trust_remote_code"] {
            out.append(
                Finding(.remoteCode, .medium, "trust_remote_code is set: the loader runs code of the repository"))
        }
        for member in members
        where member.key == "custom_pipelines" || member.key == "custom_pipeline" || member.key == "custom_generate" {
            out.append(Finding(.remoteCode, .medium, "\(member.key) names code of the repository"))
        }
        if name == "model_index.json" { out += pipeline(members) }
        if name == "modules.json" || name == "config.json" { out += modules(root) }
        let chat = templates(root)
        for template in chat {
            out += Array(template.utf8).withUnsafeBytes { ChatTemplate.findings($0, of: "the chat template") }
        }
        if chat.isEmpty { out += templates(bytes) }
        return out
    }

    // MARK: Templates under any name

    private static let mostTexts = 20

    /// What templates in a file do that no loader's list of names has: any text of JSON may be one, and any text in another form.
    private static func templates(_ bytes: UnsafeRawBufferPointer) -> [Finding] {
        let isEscaped = bytes.contains("\\u007b") || bytes.contains("\\u007B")
        guard ChatTemplate.mayHold(bytes) || isEscaped else { return [] }
        let first = bytes.first { $0 > 0x20 }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "["), let root = try? JSONValue.parse(bytes) else {
            return ChatTemplate.findings(inside: bytes, of: "a template")
        }
        var out: [Finding] = []
        visit(root, key: "", depth: 0, &out)
        return out
    }

    /// A text under a key that says what it is for is rendered as a chat's; any other may be.
    private static func visit(_ value: JSONValue, key: String, depth: Int, _ out: inout [Finding]) {
        guard depth < JSONValue.deepest, out.count < mostTexts else { return }
        switch value {
        case .string(let text):
            var copy = text
            out += copy.withUTF8 { bytes in
                let bytes = UnsafeRawBufferPointer(bytes)
                guard ChatTemplate.mayHold(bytes) else { return [] }
                return key.lowercased().contains("chat_template")
                    ? ChatTemplate.findings(bytes, of: "the chat template")
                    : ChatTemplate.findings(inside: bytes, of: "a template")
            }
        case .array(let items): for item in items { visit(item, key: key, depth: depth + 1, &out) }
        case .object(let members):
            for member in members {
                // A template by its name: the key above says what it is for.
                visit(
                    member.value, key: key.contains("chat_template") ? key : member.key, depth: depth + 1, &out)
            }
        default: break
        }
    }

    /// Parts of a diffusers pipeline: `[library, class]`.
    private static func pipeline(_ members: [JSONValue.Member]) -> [Finding] {
        var out: [Finding] = []
        for member in members {
            guard let pair = member.value.array, pair.count == 2, let library = pair[0].string else { continue }
            let first = library.split(separator: ".").first.map(String.init) ?? library
            if !knownLibraries.contains(library), !knownLibraries.contains(first), out.count < 10 {
                out.append(
                    Finding(
                        .remoteCode, .medium,
                        "\(member.key) is built by \(library), a module that the repository brings"))
            }
        }
        return out
    }

    /// Types that sentence-transformers imports by name.
    private static func modules(_ root: JSONValue) -> [Finding] {
        var out: [Finding] = []
        for item in root.array ?? [] {
            guard let type = item["type"]?.string, !type.hasPrefix("sentence_transformers."), out.count < 10 else {
                continue
            }
            out.append(Finding(.remoteCode, .medium, "\(type) is imported by the loader"))
        }
        return out
    }

    private static func templates(_ root: JSONValue) -> [String] {
        guard let template = root["chat_template"] else { return [] }
        if let text = template.string { return [text] }
        return (template.array ?? []).compactMap { $0["template"]?.string }
            + (template.members ?? []).compactMap(\.value.string)
    }
}

/// spaCy packages (spacy.io, "Data formats", meta.json).
enum SpaCy {
    static let format = ArtefactFormat(
        id: "spacy", kind: .other,
        magic: {
            $0.name == "meta.json" && $0.isText && $0.bytes.contains("\"lang\"") && $0.bytes.contains("\"name\"")
        }, read: read)
    /// `vocab/vectors`: an array under a name without an ending.
    static let vectors = ArtefactFormat(
        id: "spacy-vectors", kind: .weights, magic: { $0.name == "vectors" && NumPyFormats.npy.magic($0) },
        read: { facts, input throws(ArtefactStop) in try NumPyFormats.readArray(&facts, input) })

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        var shown: [(String, String)] = []
        var isSpaCy = false
        var skim = JSONSkim(input.cursor(), levels: 2) { path, event in
            guard path.count == 1, shown.count < 50, case .string(let text) = event else { return }
            if path[0].hasPrefix("spacy_") { isSpaCy = true }
            if ["lang", "name", "version", "description", "author", "license", "url", "spacy_version"].contains(path[0])
            {
                shown.append((path[0], text))
            }
        }
        try skim.run()
        if !isSpaCy { facts.format = "json-config" }
        for (key, value) in shown { facts.note(key, value) }
    }
}

/// `dataset_info.json` and `dataset_infos.json` of the datasets library: splits and their sizes.
enum DatasetInfo {
    static let format = ArtefactFormat(
        id: "json-config", kind: .other,
        magic: { $0.isText && ($0.name == "dataset_info.json" || $0.name == "dataset_infos.json") }, read: read)

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        var rows: FileNumber? = .zero
        var features = 0
        var shown: [(String, String)] = []
        var skim = JSONSkim(input.cursor(), levels: 5) { path, event in
            guard let last = path.last, shown.count < 60 else { return }
            switch event {
            case .scalar(let text):
                if last == "num_examples", path.contains("splits") {
                    rows = rows?.adding(max(0, Int(text) ?? 0))
                    shown.append(("rows." + (path.dropLast().last ?? ""), text))
                }
                if path.count <= 2, last == "dataset_size" || last == "download_size" { shown.append((last, text)) }
            case .string(let text):
                if path.count <= 2, ["license", "homepage", "builder_name", "dataset_name", "citation"].contains(last),
                    !text.isEmpty
                {
                    shown.append((last, text))
                }
            case .object(let count): if last == "features", path.count <= 2 { features = count }
            case .array: break
            }
        }
        try skim.run()
        if rows == nil {
            facts.find(.integerOverflow, .medium, "the examples of all splits are more than can be counted")
        }
        facts.note("rows", rows)
        facts.note("columns", features)
        for (key, value) in shown { facts.note(key, value) }
    }
}
