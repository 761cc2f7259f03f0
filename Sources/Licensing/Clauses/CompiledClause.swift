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

    init(_ rule: ClauseRule) {
        self.rule = rule
        patterns = rule.patterns.map(PhrasePattern.init)
        partial = rule.partial.map(PhrasePattern.init)
        unless = rule.unless.map(PhrasePattern.init)
        except = rule.except.map(PhrasePattern.init)
    }
}
