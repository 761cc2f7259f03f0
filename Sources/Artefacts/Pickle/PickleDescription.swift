/// Values in words, to be held against those of another reader (Tests/PickleReference/values.py, `shown`).
extension PickleMachine {
    /// Containers inside containers that are described.
    private static let describedDepth = 3

    mutating func description(of value: PickleValue, depth: Int = 0) -> String {
        switch value {
        case .none: "N"
        case .opaque: "o"
        case .lost, .left: "?"
        case .int(let number): number.magnitude < 1 << 31 ? "i\(number)" : "o"
        case .text: "t:" + Self.plain(characters(value) ?? "?")
        case .bytes(_, let count): "b\(count)"
        case .global: "g:" + name(self.global(value))
        case .node: describeNode(value, depth)
        }
    }

    private mutating func describeNode(_ value: PickleValue, _ depth: Int) -> String {
        switch heap.kind(value) {
        case .tuple:
            if depth >= Self.describedDepth { return "(" }
            let items = heap.items(value).map { description(of: $0, depth: depth + 1) }
            return "(" + items.joined(separator: ",") + ")"
        case .list: return "l"
        case .dict: return "d"
        case .set: return "s"
        case .call: return "r:" + (callee(value).map { name($0) } ?? "?")
        case .persistent: return "p"
        case nil: return "?"
        }
    }

    private func name(_ global: Global?) -> String {
        global.map { Self.plain($0.module) + " " + Self.plain($0.name) } ?? "?"
    }

    /// A text as it is where it is printable ASCII.
    static func plain(_ text: String) -> String {
        text.utf8.allSatisfy { (0x20...0x7E).contains($0) } ? text : "?"
    }
}
