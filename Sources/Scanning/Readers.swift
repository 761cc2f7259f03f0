import OpenscanCards
import OpenscanLicensing
import OpenscanRules
import OpenscanSourceCode

/// Everything that reads text, made once for a set of rules.
public struct Readers: Sendable {
    let rules: RuleSet
    let licences: LicenceScanner
    let cards: CardReader
    let programs: CodeReader

    /// What the facts of a file depend on, besides its bytes, its path and the limits.
    public var edition: String { "\(rules.readingDigest) \(rules.licences.digest) \(Self.version)" }

    /// Grows with every change of a reader that changes what is read of a file.
    private static let version = 1

    /// - Parameters:
    ///   - rules: what to look for.
    ///   - index: licence texts to compare with.
    public init(_ rules: RuleSet, index: LicenceIndex) {
        self.rules = rules
        let engine = ClauseEngine.made(from: rules)
        licences = LicenceScanner(index, rules: rules, engine: engine)
        cards = CardReader(rules, engine: engine)
        programs = CodeReader(rules)
    }
}
