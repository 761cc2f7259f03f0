import OpenscanBytes
import OpenscanFacts

/// Components, and the signs by which each is found (Licenses/components.yml).
public struct ComponentRules: Sendable {
    /// A component with its signs.
    public struct Description: Sendable {
        /// Its id.
        public let id: ComponentID
        /// The group it is shown in.
        public let group: String
        /// Its name.
        public let name: String
        /// What it is.
        public let meaning: String
        /// Whether a reader of a model's release looks for it, so that its lack is told.
        public let isSought: Bool
        /// Names of its files.
        public let files: NamePatterns
        /// Names of folders of its files.
        public let folders: NamePatterns
        /// Folders and names of its files together.
        public let paths: NamePatterns
        /// Words of headings over its content.
        public let headings: Phrases
        /// Fields of a card's head that show it.
        public let fields: Set<String>
        /// Words beside a link, or of its address, that say that the link leads to it.
        public let linked: Phrases
        /// Words of which one of each stands beside a link to it.
        public let linkedSubject, linkedObject: Phrases
        /// Names of folders above its files, at any distance.
        public let trees: NamePatterns
        /// Words of an announcement of it.
        public let promised: Phrases

        init?(_ item: JSONValue) {
            guard let id = ComponentID(rawValue: item.text("id")) else { return nil }
            self.id = id
            group = item.text("group")
            name = item.text("name")
            meaning = item.text("meaning")
            isSought = item.flag("sought")
            files = item.patterns("files")
            folders = item.patterns("folders")
            paths = item.patterns("paths")
            headings = item.phrases("headings")
            fields = Set(item.list("fields"))
            linked = item.phrases("linked")
            linkedSubject = item.phrases("linked-subject")
            linkedObject = item.phrases("linked-object")
            trees = item.patterns("trees")
            promised = item.phrases("promised")
        }

        /// Whether a link beside these words leads to it.
        public func isLinked(by text: String) -> Bool {
            linked.areIn(text) || linkedSubject.areIn(text) && linkedObject.areIn(text)
        }
    }

    /// A kind of copy of a model.
    public struct Copies: Sendable {
        /// Formats of the copy.
        public let formats: Set<FormatID>
        /// Names of its files; any where there are none.
        public let names: NamePatterns?
    }

    /// Which files of weights' formats are the model's.
    public struct Weights: Sendable {
        /// State of the training beside a model.
        public let trainingState: NamePatterns
        /// Files that are not counted with the model's parameters.
        public let beside: NamePatterns
        /// Values of metadata of files that are a part beside the model, by key.
        public let besideValues: [String: Set<String>]
        /// Formats that hold anything, weights only where the path says so.
        public let ambiguousFormats: Set<FormatID>
        /// Words of paths that say so.
        public let tellingWords: Phrases
        /// Parameters that such a file has at least; fewer are constants or settings.
        public let leastParameters: Int
        /// Formats of arrays, of which a folder's name alone tells little.
        public let arrayFormats: Set<FormatID>
        /// Parameters of an array that only the folders above call weights.
        public let leastOfFolder: Int
        /// Formats that models come in.
        public let modelFormats: Set<FormatID>
        /// Formats of weights that are no component.
        public let settingsFormats: Set<FormatID>
        /// Formats of documents of a model, which speak of its weights.
        public let documentFormats: Set<FormatID>
        /// Keys of metadata that only adapters have.
        public let adapterKeys: NamePatterns
        /// Words of values of metadata that only adapters have, by key.
        public let adapterValues: [String: String]
        /// Of several copies the first kind that is there is counted.
        public let copies: [Copies]
        /// Addresses of records of the training.
        public let logAddresses: Phrases
        /// Words for what checkpoints of the training are.
        public let intermediateSubject: Phrases

        /// Whether a file says in its metadata that it is no model but a part to go with one.
        public func isBeside(_ artefact: ArtefactFacts) -> Bool {
            besideValues.contains { key, values in artefact.metadata[key].map(values.contains) ?? false }
        }

        /// Whether a file says in its metadata that it is an adapter.
        public func isAdapter(_ artefact: ArtefactFacts) -> Bool {
            adapterKeys.matches(any: artefact.metadata.keys)
                || adapterValues.contains { key, word in
                    artefact.metadata[key].map(Phrases([word]).areIn) ?? false
                }
        }

        /// Whether a file of weights' formats is weights. Arrays and pickles hold anything: something has to say so, and they have to be large
        /// enough for a model.
        public func areWeights(_ artefact: ArtefactFacts, at path: String) -> Bool {
            guard artefact.kind == .weights, !settingsFormats.contains(artefact.format) else { return false }
            guard ambiguousFormats.contains(artefact.format) else { return true }
            guard tellingWords.areIn(path) else { return false }
            // A folder of programs is called "models" as well: what lies there under another name has to be as large as a model.
            let isNamed = !arrayFormats.contains(artefact.format) || tellingWords.areIn(String(Entry.name(of: path)))
            return artefact.parameters.map { $0 >= (isNamed ? leastParameters : leastOfFolder) } ?? true
        }
    }

    /// Which files and links of data are what.
    public struct Data: Sendable {
        /// Bytes that decide whether a table is a data set.
        public struct TableSizes: Sendable {
            /// Smaller ones never are.
            public let least: Int
            /// Up to this only by their name.
            public let named: Int
            /// Larger ones by their size alone.
            public let telling: Int
        }

        /// Names of documents that speak of the data.
        public let documentNames: NamePatterns
        /// Names of files of data that only a pointer stands for.
        public let names: NamePatterns
        /// Words of names of outputs, of evaluation data, of examples and of training data.
        public let sampleWords, resultWords, evaluationWords, exampleWords, trainingWords, asideWords: Set<String>
        /// Names of small tables that are training data.
        public let trainingNames: NamePatterns
        /// Formats of tables.
        public let tableFormats: Set<FormatID>
        /// Bytes that decide whether a table is a data set.
        public let tableSizes: TableSizes
        /// Parts of names of well-known benchmarks.
        public let benchmarks: Phrases
        /// Words beside links to data.
        public let measuring, making, madeWhole, tuning, showing, trying, subject, listed, training: Phrases
        /// Parts of paths of programs that load data for the model's making, and for something else.
        public let makingPaths, otherPaths: Phrases
    }

    /// How much of a role's signs and of names makes a component.
    public struct Program: Sendable {
        /// The role whose signs count.
        public let role: CodeRole
        /// The component that it makes.
        public let component: ComponentID
        /// Words of the file's name that add to the signs.
        public let names: Phrases
        /// Words of folders and name that add.
        public let paths: Phrases
        /// Whole names that add.
        public let whole: NamePatterns
        /// Folders above that add.
        public let folders: Set<String>
        /// What any of them adds.
        public let adds: Int
        /// The sum that makes the component.
        public let least: Int
        /// The least that has to come from the code itself.
        public let signs: Int
        /// Roles of which the code has to have weaker signs.
        public let over: [CodeRole]
        /// Lines of code that the file needs.
        public let lines: Int
        /// Whether a name has to fit.
        public let needsName: Bool
        /// Where such files do not count.
        public let notIn: FilePlace.Area?
        /// How sure the component is.
        public let confidence: Confidence
    }

    /// Which training code only tunes a finished model.
    public struct Tuning: Sendable {
        /// Signs that say so.
        public let signs: Int
        /// Parts of paths that say so.
        public let paths: Phrases
    }

    /// Components in the order of reports.
    public let all: [Description]
    /// Which files of weights' formats are the model's.
    public let weights: Weights
    /// Which files and links of data are what.
    public let data: Data
    /// What makes programs components.
    public let programs: [Program]
    /// Lines of code below which a file is no program.
    public let leastLines: Int
    /// Which training code only tunes a finished model.
    public let tuning: Tuning
    /// Parts of paths of training code that starts from nothing.
    public let pretrainingPaths: Phrases
    /// Words of a PDF's name that say that it is no paper.
    public let noPaper: Phrases
    /// Words beside a link, or of the heading above, that make its target somebody else's.
    public let others: Phrases
    /// Words that say that the release gives what the sentence links to.
    public let giving: Phrases
    /// Files that show what a model produced.
    public let sampleEndings: NamePatterns
    private let places: [ComponentID: Int]

    /// - Parameter root: the document `components`.
    public init(_ root: JSONValue) {
        all = root.items("components").compactMap(Description.init)
        places = Dictionary(all.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        func formats(_ item: JSONValue, _ key: String) -> Set<FormatID> { Set(item.list(key).map { FormatID($0) }) }
        let weights = root["weights"] ?? .null
        self.weights = Weights(
            trainingState: weights.patterns("training-state"), beside: weights.patterns("beside"),
            besideValues: Dictionary(
                weights.pairs("beside-values").map { ($0.key, Set($0.value.strings)) },
                uniquingKeysWith: { first, _ in first }),
            ambiguousFormats: formats(weights, "ambiguous-formats"), tellingWords: weights.phrases("telling-words"),
            leastParameters: weights.number("least-parameters") ?? 0,
            arrayFormats: formats(weights, "array-formats"), leastOfFolder: weights.number("least-of-folder") ?? 0,
            modelFormats: formats(weights, "model-formats"), settingsFormats: formats(weights, "settings-formats"),
            documentFormats: formats(weights, "document-formats"),
            adapterKeys: weights.patterns("adapter-keys"),
            adapterValues: Dictionary(
                weights.pairs("adapter-values").map { ($0.key, $0.value.string ?? "") },
                uniquingKeysWith: { first, _ in first }),
            copies: weights.items("copies").map {
                Copies(
                    formats: formats($0, "formats"),
                    names: $0.list("names").isEmpty ? nil : $0.patterns("names"))
            },
            logAddresses: weights.phrases("log-addresses"),
            intermediateSubject: weights.phrases("intermediate-subject"))
        let data = root["data"] ?? .null
        let sizes = data["table-sizes"] ?? .null
        self.data = Data(
            documentNames: data.patterns("document-names"), names: data.patterns("names"),
            sampleWords: Set(data.list("sample-words")), resultWords: Set(data.list("result-words")),
            evaluationWords: Set(data.list("evaluation-words")), exampleWords: Set(data.list("example-words")),
            trainingWords: Set(data.list("training-words")), asideWords: Set(data.list("aside-words")),
            trainingNames: data.patterns("training-names"),
            tableFormats: formats(data, "table-formats"),
            tableSizes: .init(
                least: sizes.number("least") ?? 0, named: sizes.number("named") ?? 0,
                telling: sizes.number("telling") ?? 0),
            benchmarks: data.phrases("benchmarks"), measuring: data.phrases("measuring"),
            making: data.phrases("making"), madeWhole: data.phrases("made-whole"), tuning: data.phrases("tuning"),
            showing: data.phrases("showing"), trying: data.phrases("trying"), subject: data.phrases("subject"),
            listed: data.phrases("listed"), training: data.phrases("training"),
            makingPaths: data.phrases("making-paths"), otherPaths: data.phrases("other-paths"))
        let programs = root["programs"] ?? .null
        leastLines = programs.number("least-lines") ?? 0
        self.programs = programs.items("roles").compactMap { item in
            guard let role = CodeRole(rawValue: item.text("role")),
                let component = ComponentID(rawValue: item.text("component"))
            else { return nil }
            return Program(
                role: role, component: component, names: item.phrases("names"), paths: item.phrases("paths"),
                whole: item.patterns("whole"), folders: Set(item.list("folders")), adds: item.number("adds") ?? 0,
                least: item.number("least") ?? 0, signs: item.number("signs") ?? 0, over: item.cases("over"),
                lines: item.number("lines") ?? 0,
                needsName: item.flag("needs-name"), notIn: FilePlace.Area(rawValue: item.text("not-in")),
                confidence: Confidence(rawValue: item.text("confidence")) ?? .high)
        }
        let tuning = programs["tuning"] ?? .null
        self.tuning = Tuning(signs: tuning.number("signs") ?? 0, paths: tuning.phrases("paths"))
        pretrainingPaths = programs.phrases("pretraining-paths")
        let documents = root["documents"] ?? .null
        noPaper = documents.phrases("no-paper")
        others = root.phrases("others")
        giving = root.phrases("giving")
        sampleEndings = documents.patterns("sample-endings")
    }

    /// A component by its id.
    public subscript(_ id: ComponentID) -> Description? { places[id].map { all[$0] } }
}
