import OpenscanFacts

extension Claim.Subject {
    /// The part of the release that is spoken of; `nil` for what is not its own.
    var part: ReleasePart? {
        switch self {
        case .model: .weights
        case .code: .code
        case .data: .data
        case .otherModel, .dependency: nil
        }
    }
}
