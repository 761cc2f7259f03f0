import OpenscanRules

/// What the search asks of a clause, without its words: it is asked for at every place that may be one.
struct CompiledClause: Sendable {
    /// Over a match or shortly before it, these undo it.
    let unless: Range<Int>
    /// Anywhere in the sentence, these undo it.
    let except: Range<Int>
    /// Words that the longest of those spans.
    let span: Int
    /// Whether it permits something, which a sentence that forbids it does not do.
    let isGrant: Bool
    let isTermOnly: Bool
    let isWholeOnly: Bool
    /// Whether it says what the text covers.
    let isScope: Bool
    /// Whether it is a use or a field by its name, which a sentence that leaves uses free only gives as an example.
    let isNamedUse: Bool

    init(_ rule: ClauseRule, _ table: inout PatternTable) {
        isGrant = rule.group == "grant"
        isTermOnly = rule.isTermOnly
        isWholeOnly = rule.isWholeOnly
        isScope = rule.group == "scope"
        isNamedUse =
            rule.roles.contains(.listedUse) || rule.roles.contains(.policyTerm) && !rule.roles.contains(.useList)
        unless = table.add(rule.unless.map(PhrasePattern.init))
        let except = rule.except.map(PhrasePattern.init)
        self.except = table.add(except)
        span = except.reduce(0) { max($0, $1.longest) }
    }
}
