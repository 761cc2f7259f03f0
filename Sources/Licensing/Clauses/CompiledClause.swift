import OpenscanRules

/// A clause's rule with its phrases ready to be looked for.
struct CompiledClause: Sendable {
    let rule: ClauseRule
    /// Any of these makes it present.
    let patterns: [PhrasePattern]
    /// Any of these makes it partial: by reference, for a part, or only encouraged.
    let partial: [PhrasePattern]
    /// Over a match or shortly before it, these undo it.
    let unless: [PhrasePattern]
    /// Anywhere in the sentence, these undo it.
    let except: [PhrasePattern]

    /// Whether it permits something, which a sentence that forbids it does not do.
    let isGrant: Bool

    init(_ rule: ClauseRule) {
        self.rule = rule
        isGrant = rule.group == "grant"
        patterns = rule.patterns.map(PhrasePattern.init)
        partial = rule.partial.map(PhrasePattern.init)
        unless = rule.unless.map(PhrasePattern.init)
        except = rule.except.map(PhrasePattern.init)
    }
}
