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
