/// What was made of a base model; cards may name others than these.
public struct Relation: StringIdentifier {
    /// The relation as written.
    public let rawValue: String

    /// The relation as written.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A finished model, tuned.
    public static let finetune: Relation = "finetune"
    /// Parameters on top of a model.
    public static let adapter: Relation = "adapter"
    /// A copy with fewer bits.
    public static let quantized: Relation = "quantized"
    /// Several models in one.
    public static let merge: Relation = "merge"
}
