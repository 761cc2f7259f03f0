/// What a node of a document that people edit has to be.
indirect enum Shape: Sendable {
    /// A word or sentence.
    case text(Leaf)
    /// Several of one shape, no fewer than `least`.
    case list(Shape, least: Int)
    /// Keys that are known one by one.
    case record(Record)
    /// Keys that are data themselves; `pair` says what is wrong with a text and its key.
    case table(keys: Leaf, values: Shape, pair: (@Sendable (String, String) -> String?)? = nil)
}

/// Keys with what stands behind each.
struct Record: Sendable {
    let fields: [Field]
    /// Keys of which one has to be there, where there are any.
    var oneOf: [String] = []
}

/// A key of a record with what stands behind it.
struct Field: Sendable {
    enum Presence: Sendable {
        case needed, optional
        /// Needed where another key has this value, not allowed otherwise.
        case only(key: String, value: String)
    }

    let name: String
    let shape: Shape
    let presence: Presence

    static func needed(_ name: String, _ shape: Shape) -> Field { Field(name: name, shape: shape, presence: .needed) }

    static func optional(_ name: String, _ shape: Shape) -> Field {
        Field(name: name, shape: shape, presence: .optional)
    }

    static func only(_ name: String, where key: String, is value: String, _ shape: Shape) -> Field {
        Field(name: name, shape: shape, presence: .only(key: key, value: value))
    }
}

/// What a text has to be, and what it names.
struct Leaf: Sendable {
    enum Rule: Sendable {
        /// Anything but nothing.
        case any
        /// One of these; `noun` says what they are.
        case word([String], noun: String)
        /// A whole number.
        case number(ClosedRange<Int>)
        /// An id that a document defines, or one of `besides`.
        case reference(Kind, besides: [String])
        /// What the function finds nothing wrong with.
        case checked(@Sendable (String) -> String?)
    }

    let rule: Rule
    /// What kind of id it defines.
    var defines: Kind?
}

/// A kind of id that documents define and refer to; the text is what messages call it.
enum Kind: String, Sendable {
    case licence, clause, freedom, relation, section, level, flag, framework, component, model, disclosure, finding
    case licenceClass = "class of licences"
    case clauseGroup = "group of clauses"
    case criterion = "criterion of the Open Source Definition"
    case billElement = "element of a bill"
    case frameworkOrder = "place in reports"
    case frameworkCriterion = "criterion"
    case openness = "component of the Model Openness Framework"
    case opennessClass = "class of the Model Openness Framework"
    case owners = "list of owners"
    case gradientRule = "rule of the gradient"
    case dataset = "data set"
    case aiLicence = "record of a licence"
    case useAnswer = "answer on use"
}

/// A document of Licenses/ and what it has to be.
struct DocumentSchema: Sendable {
    /// Ids that have to be defined, since the program asks for each by name.
    struct Coverage: Sendable {
        let kind: Kind
        let ids: [String]
    }

    /// Its file without the ending.
    let name: String
    let root: Record
    let covers: [Coverage]
    /// Whether the compiled rules carry it, and which of its keys; the index is made from the others.
    let carried: Carried

    enum Carried: Sendable {
        case whole, nothing
        case keys(Set<String>)
    }

    init(_ name: String, carried: Carried = .whole, covers: [Coverage] = [], _ fields: [Field]) {
        self.name = name
        self.carried = carried
        self.covers = covers
        root = Record(fields: fields)
    }
}
