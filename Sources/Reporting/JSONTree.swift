/// JSON whose keys another project's format gives: what no type of ours stands for.
enum JSONTree: Encodable, Sendable, Hashable {
    case string(String)
    case number(Int)
    case bool(Bool)
    case array([JSONTree])
    case object([String: JSONTree])

    /// An object without the members that are not there.
    static func some(_ members: [String: JSONTree?]) -> JSONTree { .object(members.compactMapValues { $0 }) }

    /// An array, `nil` where it would be empty.
    static func list(_ items: [JSONTree]) -> JSONTree? { items.isEmpty ? nil : .array(items) }

    /// An array of texts, `nil` where it would be empty.
    static func texts(_ texts: [String]) -> JSONTree? { list(texts.map(JSONTree.string)) }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .string(let text):
            var container = encoder.singleValueContainer()
            try container.encode(text)
        case .number(let number):
            var container = encoder.singleValueContainer()
            try container.encode(number)
        case .bool(let value):
            var container = encoder.singleValueContainer()
            try container.encode(value)
        case .array(let items):
            var container = encoder.unkeyedContainer()
            for item in items { try container.encode(item) }
        case .object(let members):
            var container = encoder.container(keyedBy: Name.self)
            for (key, value) in members { try container.encode(value, forKey: Name(stringValue: key)) }
        }
    }
}

extension JSONTree: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral text: String) { self = .string(text) }
    init(integerLiteral number: Int) { self = .number(number) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(arrayLiteral items: JSONTree...) { self = .array(items) }
    init(dictionaryLiteral members: (String, JSONTree)...) {
        self = .object(Dictionary(members, uniquingKeysWith: { first, _ in first }))
    }
}
