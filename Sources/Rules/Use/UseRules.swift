import OpenscanBytes
import OpenscanFacts

/// What clauses answer and ask (Licenses/use.yml): each clause once, with its answers, its duty and the words of the reason.
public struct UseRules: Sendable {
    /// What it means that the terms do not speak of a question.
    public enum Silence: String, Sendable, CaseIterable {
        /// Approved licences give it, as the Open Source Definition asks for it; of others it is unclear.
        case approved
        /// What is licensed without restriction gives it; of others it is unclear.
        case free
        /// Terms that are known as a whole and grant use do not limit it.
        case known
    }

    /// A question on use.
    public struct Answer: Sendable {
        /// Its id.
        public let id: UseID
        /// Its name.
        public let name: String
        /// Its name in a word or two.
        public let short: String
        /// Any of these clauses gives it.
        public let givenBy: Set<ClauseID>
        /// Those that give it also in a text that nobody knows.
        public let expressly: Set<ClauseID>
        /// Where silence gives it, any of these has to be there.
        public let restsOn: Set<ClauseID>
        /// What it means that the terms do not speak of it.
        public let silence: Silence
    }

    /// How a clause's words are put together from what was read of it.
    public enum Reading: String, Sendable, CaseIterable {
        /// A number of users.
        case users
        /// A sum of money.
        case revenue
        /// Names of territories.
        case territories
        /// An address of terms that complete it.
        case address
        /// Words to be shown or shipped as they are.
        case words
        /// A name, and where it has to stand.
        case name
    }

    /// A clause with what it answers and asks.
    public struct Clause: Sendable {
        /// Its id.
        public let id: ClauseID
        /// Why, in a few words.
        public let says: String
        /// How its words are put together.
        public let reading: Reading?
        /// Holds only where a parameter has this value.
        public let when: [String: String]
        /// Its answers.
        public let answers: [UseID: UseAnswer]
        /// What it asks.
        public let duty: DutyID?
        /// The duty that it is instead where words are prescribed.
        public let wordedDuty: DutyID?
        /// When that falls due.
        public let moments: [DutyMoment]

        /// Whether it holds with these parameters.
        public func holds(_ parameters: [String: String]) -> Bool {
            when.allSatisfy { parameters[$0.key] == $0.value }
        }
    }

    /// What a kind of licence answers by what it is, where no clause of it is known.
    public struct Kind: Sendable {
        /// Why.
        public let says: String
        /// Questions that it denies.
        public let denied: [UseID]
    }

    /// Terms that cannot be kept together.
    public struct Conflict: Sendable {
        /// Clauses of one licence.
        public let asks: Set<ClauseID>
        /// Clauses of another on the same part.
        public let against: Set<ClauseID>
        /// Why.
        public let says: String
        /// Questions that it denies.
        public let denied: [UseID]
    }

    /// Fields of use that are shown as one.
    public struct Field: Sendable {
        /// Its name.
        public let name: String
        /// Clauses that shut a use of it out.
        public let clauses: Set<ClauseID>
    }

    /// What somebody is about to do.
    public enum Case: String, Sendable, CaseIterable {
        /// Put it into a product that is passed on.
        case ship
        /// Let others use it over a network.
        case host
        /// Tune it, and use the result.
        case finetune
        /// Train another model on it or its output.
        case distil
        /// Use it inside an organisation.
        case `internal`
    }

    /// What a case needs.
    public struct Need: Sendable {
        /// Questions that have to be answered.
        public let answers: [UseID]
        /// When its duties fall due.
        public let moments: Set<DutyMoment>
    }

    /// A territory that terms may name.
    public struct Territory: Sendable {
        /// Its id in `use-in-...`.
        public let id: String
        /// Its name.
        public let name: String
        /// How clauses call it.
        public let called: Set<String>
        /// ISO 3166-1 codes of the countries in it, and its own.
        public let codes: Set<String>
    }

    /// Questions, in the order of reports.
    public let answers: [Answer]
    /// Clauses in the order of the file; one may have several entries.
    public let clauses: [Clause]
    /// Kinds of licences.
    public let kinds: [LicenceCategory: Kind]
    /// Questions whose answer is no where nothing permits anything.
    public let byDefault: Set<UseID>
    /// The clause by which a text says that it covers a part.
    public let covers: [ReleasePart: ClauseID]
    /// Terms that cannot be kept together.
    public let conflicts: [Conflict]
    /// Clauses that bind what was trained on a model's output.
    public let generated: Set<ClauseID>
    /// Relations in which a model was trained on the output of its base, and questions that a ban on it answers.
    public let trainedOnOutput: (relations: Set<Relation>, answers: Set<UseID>)
    /// Questions on which the terms of what has to be got besides bear.
    public let ofNeeds: Set<UseID>
    /// Policies by the licences that refer to them.
    public let policies: [LicenceID: LicenceID]
    /// Fields of use.
    public let fields: [Field]
    /// What each case needs.
    public let cases: [Case: Need]
    /// Territories.
    public let territories: [Territory]
    /// Words of their names, in lower case.
    public let territoryWords: Set<String>
    private let places: [ClauseID: [Int]]

    /// - Parameter root: the document `use`.
    public init(_ root: JSONValue) {
        func clauses(_ item: JSONValue, _ key: String) -> Set<ClauseID> { Set(item.list(key).map { ClauseID($0) }) }
        func table(_ item: JSONValue) -> [UseID: UseAnswer] {
            var out: [UseID: UseAnswer] = [:]
            for pair in item.pairs("answers") { out[UseID(pair.key)] = pair.value.string.flatMap(UseAnswer.init) }
            return out
        }
        answers = root.items("answers").map { item in
            Answer(
                id: UseID(item.text("id")), name: item.text("name"), short: item.text("short"),
                givenBy: clauses(item, "given-by"),
                expressly: clauses(item, "expressly"), restsOn: clauses(item, "rests-on"),
                silence: Silence(rawValue: item.text("silence")) ?? .approved)
        }
        let entries = root.items("clauses").map { item in
            Clause(
                id: ClauseID(item.text("clause")), says: item.text("says"),
                reading: Reading(rawValue: item.text("reads")),
                when: Dictionary(
                    item.pairs("when").map { ($0.key, $0.value.string ?? "") }, uniquingKeysWith: { first, _ in first }),
                answers: table(item), duty: DutyID(rawValue: item.text("duty")),
                wordedDuty: DutyID(rawValue: item.text("worded")), moments: item.cases("moments"))
        }
        self.clauses = entries
        places = Dictionary(grouping: entries.indices, by: { entries[$0].id })
        var kinds: [LicenceCategory: Kind] = [:]
        for item in root.items("kinds") {
            guard let category = LicenceCategory(rawValue: item.text("category")) else { continue }
            kinds[category] = Kind(says: item.text("says"), denied: table(item).keys.sorted())
        }
        self.kinds = kinds
        byDefault = Set(root.list("by-default").map { UseID($0) })
        var covers: [ReleasePart: ClauseID] = [:]
        for item in root.items("covers") {
            if let part = ReleasePart(rawValue: item.text("part")) { covers[part] = ClauseID(item.text("clause")) }
        }
        self.covers = covers
        conflicts = root.items("conflicts").map { item in
            Conflict(
                asks: clauses(item, "asks"), against: clauses(item, "against"), says: item.text("says"),
                denied: item.list("answers").map { UseID($0) })
        }
        generated = clauses(root, "generated")
        let output = root["trained-on-output"] ?? .null
        trainedOnOutput = (
            Set(output.list("relations").map { Relation($0) }), Set(output.list("answers").map { UseID($0) })
        )
        ofNeeds = Set(root.list("of-needs").map { UseID($0) })
        policies = Dictionary(
            root.items("policies").map { (LicenceID($0.text("licence")), LicenceID($0.text("policy"))) },
            uniquingKeysWith: { first, _ in first })
        fields = root.items("fields").map { Field(name: $0.text("name"), clauses: clauses($0, "clauses")) }
        var cases: [Case: Need] = [:]
        for item in root.items("cases") {
            guard let name = Case(rawValue: item.text("case")) else { continue }
            cases[name] = Need(answers: item.list("answers").map { UseID($0) }, moments: Set(item.cases("moments")))
        }
        self.cases = cases
        territories = root.items("territories").map { item in
            Territory(
                id: item.text("id"), name: item.text("name"), called: Set(item.list("called")),
                codes: Set(item.list("codes")))
        }
        territoryWords = Set(
            territories.flatMap { [$0.name] + $0.called }.flatMap {
                $0.lowercased().split(separator: " ").map(String.init)
            })
    }

    /// A question by its id.
    public func answer(_ id: UseID) -> Answer? { answers.first { $0.id == id } }

    /// Entries of a clause that hold with its parameters.
    public func entries(_ clause: ClauseMatch) -> [Clause] {
        (places[clause.id] ?? []).map { clauses[$0] }.filter { $0.holds(clause.parameters) }
    }

    /// A territory by the id of its question.
    public func territory(_ id: UseID) -> Territory? {
        territories.first { UseID.territory($0.id) == id }
    }
}
