/// What files of a format are for.
public enum FormatKind: String, Sendable, Codable, CaseIterable {
    case weights, data, tokenizer, other
}
