import OpenscanBytes
import OpenscanFacts

/// What programs do, by the names they use (Licenses/roles.yml).
public struct CodeRoleRules: Sendable {
    /// How a name must be used to count.
    public enum Use: Sendable, Hashable {
        /// Called: a parenthesis follows.
        case call
        /// Called on something.
        case method
        /// Called on something of one of these names.
        case methodOf(Set<String>)
        /// Anywhere in code.
        case name
        /// In an import.
        case imported
        /// As the name of a function that is defined.
        case defined
        /// As a base of a class.
        case base
    }

    /// A use of a name that tells what a program does.
    public struct Sign: Sendable, Hashable {
        /// How the name must be used.
        public let use: Use
        /// What the use shows.
        public let role: CodeRole
        /// How much it tells.
        public let weight: Int
    }

    /// What a name means besides: words of the language, names that fetch, names that run what they are given.
    public enum Word: String, Sendable, CaseIterable {
        case importing, definition, type, fetcher
        case dataFetcher = "data-fetcher"
        case runner
    }

    /// How comments and strings are told from code.
    public enum Language: String, Sendable, CaseIterable {
        case python, notebook, shell
        case cLike = "c-like"
    }

    /// What a command of a script launches, by words behind it.
    public struct Launch: Sendable {
        /// What the launched program does.
        public let role: CodeRole
        /// How much that tells.
        public let weight: Int
        /// Words of the command line.
        public let words: Phrases
    }

    /// Signs by name.
    public let signs: [String: [Sign]]
    /// Signs of functions whose names are put together.
    public let defined: [(names: NamePatterns, sign: Sign)]
    /// Meanings of names besides.
    public let words: [String: Word]
    /// Parts of names of owners on which a fetching call fetches no weights.
    public let otherOwners: [String]
    /// Commands that launch programs.
    public let launchers: Set<String>
    /// Commands that download.
    public let downloaders: Set<String>
    /// What launched programs do.
    public let launches: [Launch]
    /// Words of a download that say that weights come.
    public let shellWeights: Phrases
    private let endings: [(ending: String, language: Language)]

    /// - Parameter root: the document `roles`.
    public init(_ root: JSONValue) {
        let owners = root["owners"] ?? .null
        var signs: [String: [Sign]] = [:]
        var defined: [(names: NamePatterns, sign: Sign)] = []
        for item in root.items("signs") {
            guard let role = CodeRole(rawValue: item.text("role")) else { continue }
            let use: Use =
                switch item.text("use") {
                case "call": .call
                case "method": .method
                case "method-of": .methodOf(Set(owners.list(item.text("owners"))))
                case "imported": .imported
                case "defined": .defined
                case "base": .base
                default: .name
                }
            let sign = Sign(use: use, role: role, weight: item.number("weight") ?? 1)
            let patterns = item.list("names").filter { $0.holds("*") }
            if use == .defined, !patterns.isEmpty { defined.append((NamePatterns(patterns), sign)) }
            for name in item.list("names") where !name.holds("*") { signs[name, default: []].append(sign) }
        }
        self.signs = signs
        self.defined = defined
        var words: [String: Word] = [:]
        for member in root.pairs("words") {
            guard let word = Word(rawValue: member.key) else { continue }
            for name in member.value.strings { words[name] = word }
        }
        self.words = words
        otherOwners = root.list("other-owners")
        let shell = root["shell"] ?? .null
        launchers = Set(shell.list("launchers"))
        downloaders = Set(shell.list("downloaders"))
        launches = shell.items("launched").compactMap { item in
            CodeRole(rawValue: item.text("role")).map {
                Launch(role: $0, weight: item.number("weight") ?? 1, words: item.phrases("words"))
            }
        }
        shellWeights = shell.phrases("weights")
        endings = root.items("languages").flatMap { item in
            item.list("endings").compactMap { ending in
                Language(rawValue: item.text("language")).map { (ending, $0) }
            }
        }
    }

    /// The language of a file, by its name's ending; `nil` for no program.
    public func language(ofName name: String) -> Language? {
        let name = name.lowercased()
        return endings.first { name.hasSuffix($0.ending) }?.language
    }
}
