import OpenscanBytes
import OpenscanFacts
import OpenscanRules
import OpenscanTestSupport

@testable import OpenscanOpenness

/// A release as readers leave it to the judges: files at the places that the rules read from their paths, with what
/// was found in each. Begins as nothing; each step is a line that the reader of a test can see.
struct ReleaseBuilder {
    private var files: [FileFacts] = []

    private var models: [String] = []

    var release: ReleaseFacts {
        var release = ReleaseFacts(name: "release", kind: .directory, path: "release", files: files)
        release.models = models
        return release
    }
    var folders: FolderIndex { FolderIndex(release, rules: TestRules.shared.components) }
    var found: ComponentFinder.Result { ComponentFinder.find(release, folders: folders, rules: TestRules.shared) }
    var terms: Terms {
        TermsResolver(release, components: found.components, folders: folders, rules: TestRules.shared).resolve()
    }

    func component(_ id: ComponentID) -> Component {
        found.components.first { $0.id == id } ?? Component(id: id, status: .unknown)
    }

    func status(_ id: ComponentID) -> Component.Status { component(id).status }

    // MARK: Steps

    /// A store of several models, each in its folder.
    func store(of models: String...) -> Self {
        var copy = self
        copy.models = models
        return copy
    }

    /// A file with what was read of it; read twice, it is one file.
    func file(_ path: String, bytes: Int? = nil, _ read: (inout FileFacts) -> Void = { _ in }) -> Self {
        var copy = self
        if let place = copy.files.firstIndex(where: { $0.path == path }) {
            read(&copy.files[place])
            return copy
        }
        var file = FileFacts(
            entry: Entry(path: path, kind: .file, size: bytes), place: TestRules.shared.places.place(path))
        read(&file)
        copy.files.append(file)
        return copy
    }

    /// A file of weights that was read to its end.
    func weights(
        _ path: String = "model.safetensors", _ format: FormatID = "safetensors",
        _ read: (inout ArtefactFacts) -> Void = { _ in }
    ) -> Self { artefact(path, .weights, format, nil, read) }

    /// A file of data.
    func data(
        _ path: String, _ format: FormatID = "parquet", bytes: Int? = nil,
        _ read: (inout ArtefactFacts) -> Void = { _ in }
    ) -> Self { artefact(path, .data, format, bytes, read) }

    func artefact(
        _ path: String, _ kind: FormatKind, _ format: FormatID, _ bytes: Int? = nil,
        _ read: (inout ArtefactFacts) -> Void = { _ in }
    ) -> Self {
        file(path, bytes: bytes) { file in
            var artefact = ArtefactFacts(format: format, status: .ok)
            artefact.kind = kind
            read(&artefact)
            file.artefact = artefact
        }
    }

    /// A text that people read: the fields of its head in the second line and after, and its headings below, each over the same content.
    func card(
        _ path: String = "README.md", fields: [(name: String, values: [String])] = [], headings: [String] = [],
        content: SectionContent = SectionContent(words: 20, figures: 4), words: Int = 0,
        _ read: (inout CardFacts) -> Void = { _ in }
    ) -> Self {
        file(path) { file in
            var card = CardFacts()
            if !fields.isEmpty { card.frontMatter = FrontMatter(written: fields) }
            card.headings = headings.enumerated().map { place, text in
                CardFacts.Heading(text: text, line: fields.count + 3 + 2 * place, level: 2, content: content)
            }
            card.wordCount = words
            read(&card)
            file.card = card
        }
    }

    /// An address in the tenth line of a README.
    func linking(
        _ kind: Link.Kind, _ target: String, saying quote: String, below heading: String = "",
        in path: String = "README.md"
    ) -> Self {
        file(path) { file in
            var card = file.card ?? CardFacts()
            card.links.append(Link(kind: kind, target: target, line: 10, quote: quote, heading: heading))
            file.card = card
        }
    }

    /// A program with the signs of its code.
    func program(
        _ path: String, _ scores: [CodeRole: Int] = [:], lines: Int = 40, _ read: (inout CodeFacts) -> Void = { _ in }
    ) -> Self {
        file(path) { file in
            var code = CodeFacts()
            code.scores = scores
            code.codeLines = lines
            read(&code)
            file.code = code
        }
    }

    /// What the licence scanner found in a file.
    func licensing(_ path: String, _ matches: LicenceMatch..., clauses: [ClauseMatch] = []) -> Self {
        file(path) { file in
            var scan = LicenceScan()
            scan.matches = matches
            scan.clauses = clauses
            file.licence = scan
        }
    }
}

extension FrontMatter {
    /// A head with one field a line, from the second on.
    init(written fields: [(name: String, values: [String])]) {
        let texts = ["---"] + fields.map { $0.name + ": " + $0.values.joined(separator: ", ") } + ["---"]
        self.init(lines: LineRange(1, texts.count), texts: texts)
        for (place, field) in fields.enumerated() {
            self.fields[field.name] = Field(values: field.values, line: place + 2)
        }
    }
}

extension LicenceMatch {
    /// A licence's own text, in twenty lines.
    static func text(_ id: LicenceID, _ read: (inout LicenceMatch) -> Void = { _ in }) -> LicenceMatch {
        var match = LicenceMatch(id: id, method: .text, lines: LineRange(1, 20), bytes: 0..<1000)
        read(&match)
        return match
    }

    /// Words of one line that name a licence for parts of the release.
    static func words(
        _ id: LicenceID, _ method: Method = .notice, of subjects: [ReleasePart] = [], line: Int = 30,
        _ quote: String? = nil
    ) -> LicenceMatch {
        LicenceMatch(
            id: id, method: method, lines: LineRange(line), bytes: 0..<10, subjects: subjects, quote: quote)
    }
}
