import OpenscanBytes
import OpenscanFacts
import Yams

/// A value of YAML or JSON, with the line it stands in where the parser tells.
struct LinedValue {
    /// The scalar as written; `nil` for a container.
    private(set) var text: String?
    /// Members of a mapping, in order.
    private(set) var members: [Member] = []
    private var sequence: [LinedValue] = []
    /// Counted from 1.
    private(set) var line: Int?

    /// A key with what stands behind it.
    struct Member {
        let key: String
        let value: LinedValue
    }

    private static let longest = 256 << 10
    private static let deepest = 32
    private static let mostItems = 2000

    /// A value without lines.
    init(_ value: JSONValue) {
        switch value {
        case .string(let text), .number(let text): self.text = text
        case .array(let items): sequence = items.map(LinedValue.init)
        case .object(let members): self.members = members.map { Member(key: $0.key, value: LinedValue($0.value)) }
        case .bool, .null: break
        }
    }

    /// `nil` for what is no YAML, longer than a person writes, or made of references to itself.
    init?(yaml text: String) {
        guard text.utf8.count <= Self.longest, !text.lines(limit: 5000).contains(where: FrontMatter.hasAnchorOrTag),
            let node = try? Yams.compose(yaml: text, .basic)
        else { return nil }
        self.init(node, depth: 0)
    }

    private init(_ node: Node, depth: Int) {
        line = node.mark?.line
        guard depth < Self.deepest else { return }
        switch node {
        case .scalar(let scalar): text = scalar.string
        case .sequence(let items):
            sequence = items.prefix(Self.mostItems).map { LinedValue($0, depth: depth + 1) }
        case .mapping(let mapping):
            members = mapping.prefix(Self.mostItems).compactMap { pair in
                pair.key.string.map { Member(key: $0, value: LinedValue(pair.value, depth: depth + 1)) }
            }
        default: break
        }
    }

    /// The first member with the key.
    subscript(_ key: String) -> LinedValue? { members.first { $0.key == key }?.value }

    /// The items of a list; anything else is a list of one.
    var items: [LinedValue] { sequence.isEmpty ? [self] : sequence }
}
