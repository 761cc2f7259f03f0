import OpenscanBytes

/// A policy as it is written, whatever it is written in: texts, lists and tables that know their places.
public indirect enum PolicyNode: Sendable {
    /// Where something stands, counted from 1.
    public struct Place: Sendable, Hashable {
        /// The line.
        public var line: Int
        /// The column.
        public var column: Int

        /// A place.
        public init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }
    }

    /// A key with what stands behind it.
    public struct Member: Sendable {
        /// The key.
        public let key: String
        /// Where the key stands.
        public let place: Place?
        /// What stands behind it.
        public let value: PolicyNode

        /// A key with its value.
        public init(key: String, place: Place?, value: PolicyNode) {
            self.key = key
            self.place = place
            self.value = value
        }
    }

    /// A text.
    case text(String, Place?)
    /// Several.
    case list([PolicyNode], Place?)
    /// Keys with their values.
    case table([Member], Place?)

    /// Where it stands.
    public var place: Place? {
        switch self {
        case .text(_, let place), .list(_, let place), .table(_, let place): place
        }
    }

    /// A document of the compiled rules.
    init(_ value: JSONValue) {
        switch value {
        case .object(let members):
            self = .table(members.map { Member(key: $0.key, place: nil, value: PolicyNode($0.value)) }, nil)
        case .array(let items): self = .list(items.map(PolicyNode.init), nil)
        default: self = .text(value.string ?? "", nil)
        }
    }
}

/// What is wrong with a policy, and where.
public struct PolicyProblem: Error, Sendable, Hashable {
    /// What is wrong, and what would be right.
    public var message: String
    /// Where, counted from 1.
    public var place: PolicyNode.Place?
    /// The file, where it is not the one that was asked for.
    public var file: String?

    /// A problem with its place.
    public init(_ message: String, at place: PolicyNode.Place? = nil, file: String? = nil) {
        self.message = message
        self.place = place
        self.file = file
    }
}
