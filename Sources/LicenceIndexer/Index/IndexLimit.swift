/// More than the index's format holds.
enum IndexLimit: Error, CustomStringConvertible {
    case tooManyWords(Int)
    case tooManyTexts(Int)
    case tooManyLicences(Int)
    case tooManyExpressions(Int)
    case tooManyWordings(Int)
    case tooLargeABucket
    case tooLarge(Int)

    /// Bytes of the largest index.
    static let bytes = 12_000_000

    var description: String {
        switch self {
        case .tooManyWords(let count): "the vocabulary has \(count) words, more than the table holds"
        case .tooManyTexts(let count): "\(count) texts, more than 12 bits number"
        case .tooManyLicences(let count): "\(count) licences, more than 16 bits number"
        case .tooManyExpressions(let count): "\(count) expressions, more than 12 bits number"
        case .tooManyWordings(let count): "\(count) wordings, more than 16 bits number"
        case .tooLargeABucket: "a bucket of a table with more entries than 16 bits number"
        case .tooLarge(let count): "the index has \(count) bytes, over the limit of \(Self.bytes)"
        }
    }
}
