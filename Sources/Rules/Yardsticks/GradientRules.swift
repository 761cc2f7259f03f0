import OpenscanBytes
import OpenscanFacts

/// Levels of the gradient and the table that decides them (Licenses/gradient.yml).
public struct GradientRules: Sendable {
    /// A level.
    public struct Level: Sendable, Hashable {
        /// Its id.
        public let id: String
        /// 1 to 7; 0 for what files cannot tell.
        public let rank: Int
        /// Solaiman's own level.
        public let solaiman: String
        /// Its name.
        public let name: String
        /// What it means.
        public let meaning: String
    }

    /// What the decision table asks about; `anyPart` and `allParts` are the classes of weights, code and data together.
    public enum Question: String, Sendable, CaseIterable {
        case weights, gate, api, hosted, derivative, licence
        case trainingCode = "training-code"
        case inferenceCode = "inference-code"
        case trainingData = "training-data"
        case anyPart = "any-part"
        case allParts = "all-parts"
    }

    /// Answers of which one has to hold.
    public struct Condition: Sendable, Hashable {
        /// What is asked.
        public let question: Question
        /// Answers that hold, classes spelled out.
        public let answers: Set<String>
    }

    /// A row of the decision table.
    public struct Rule: Sendable, Hashable {
        /// Its number.
        public let number: Int
        /// The level that it gives.
        public let level: String
        /// The highest level possible where it gives none.
        public let atMost: String?
        /// Solaiman's own level.
        public let solaiman: String?
        /// How sure the level is.
        public let confidence: Confidence
        /// All of these have to hold.
        public let conditions: [Condition]
    }

    /// A label of the G7 vision on AI openness.
    public struct Label: Sendable, Hashable {
        /// The label.
        public let name: String
        /// All of these have to hold.
        public let conditions: [Condition]
    }

    private struct ClassRow {
        let id: LicenceClass
        let isOpen, restricts: Bool
        let categories, content: Set<LicenceCategory>
        let clauses: Set<ClauseID>
    }

    /// Levels in order, the undetermined one last.
    public let levels: [Level]
    /// The first row that holds decides.
    public let rules: [Rule]
    /// The first label that holds.
    public let labels: [Label]
    /// The class of what fails a criterion without a telling clause.
    public let otherwise: LicenceClass
    private let rows: [ClassRow]
    private let kinds: [LicenceCategory: [LicenceClass]]

    /// - Parameter root: the document `gradient`.
    public init(_ root: JSONValue) {
        levels = root.items("levels").map {
            Level(
                id: $0.text("id"), rank: $0.number("rank") ?? 0, solaiman: $0.text("solaiman"), name: $0.text("name"),
                meaning: $0.text("meaning"))
        }
        let rows = root.items("classes").compactMap { item in
            LicenceClass(rawValue: item.text("id")).map {
                ClassRow(
                    id: $0, isOpen: item.flag("open"), restricts: item.flag("restricts"),
                    categories: Set(item.cases("categories")), content: Set(item.cases("content")),
                    clauses: Set(item.list("clauses").map { ClauseID($0) }))
            }
        }
        self.rows = rows
        var kinds: [LicenceCategory: [LicenceClass]] = [:]
        for item in root.items("kinds") {
            if let category = LicenceCategory(rawValue: item.text("category")) {
                kinds[category] = item.cases("classes")
            }
        }
        self.kinds = kinds
        otherwise = LicenceClass(rawValue: root.text("otherwise")) ?? .customUnclear
        func conditions(_ item: JSONValue) -> [Condition] {
            item.pairs("when").compactMap { pair in
                Question(rawValue: pair.key).map { question in
                    Condition(
                        question: question,
                        answers: Set(
                            pair.value.strings.flatMap { answer -> [String] in
                                switch answer {
                                case "open": rows.filter(\.isOpen).map(\.id.rawValue)
                                case "restricts": rows.filter(\.restricts).map(\.id.rawValue)
                                default: [answer]
                                }
                            }))
                }
            }
        }
        rules = root.items("rules").map { item in
            Rule(
                number: item.number("rule") ?? 0, level: item.text("level"), atMost: item.optionalText("at-most"),
                solaiman: item.optionalText("solaiman"),
                confidence: Confidence(rawValue: item.text("confidence")) ?? .low, conditions: conditions(item))
        }
        labels = root.items("g7").map { Label(name: $0.text("label"), conditions: conditions($0)) }
    }

    /// A level by its id.
    public func level(_ id: String) -> Level? { levels.first { $0.id == id } }

    /// Whether a class limits use.
    public func restricts(_ licenceClass: LicenceClass) -> Bool {
        rows.first { $0.id == licenceClass }?.restricts ?? false
    }

    /// Whether a class meets the Open Source Definition.
    public func isOpen(_ licenceClass: LicenceClass) -> Bool {
        rows.first { $0.id == licenceClass }?.isOpen ?? false
    }

    /// The class of a kind of licence, where the kind alone decides it.
    public func licenceClass(of category: LicenceCategory) -> LicenceClass? {
        rows.first { $0.categories.contains(category) }?.id
    }

    /// The class of a kind whose clauses tell more: the row of one of the clauses that is a class of the kind, else the kind's first.
    public func licenceClass(of category: LicenceCategory, clauses: Set<ClauseID>) -> LicenceClass? {
        guard let classes = kinds[category] else { return nil }
        return rows.first { classes.contains($0.id) && !$0.clauses.isDisjoint(with: clauses) }?.id ?? classes.first
    }

    /// The class that open terms of a kind come to.
    public func openClass(of category: LicenceCategory) -> LicenceClass {
        rows.first { $0.content.contains(category) }?.id ?? .osiOpen
    }

    /// The class of a text by its clauses; `nil` where none tells.
    public func licenceClass(clauses: Set<ClauseID>) -> LicenceClass? {
        rows.first { !$0.clauses.isDisjoint(with: clauses) }?.id
    }

    /// Of several classes over one thing the weakest.
    public func weakest(_ classes: [LicenceClass]) -> LicenceClass {
        classes.first(where: restricts) ?? classes.first { $0 == .customUnclear } ?? classes.first ?? .none
    }
}
