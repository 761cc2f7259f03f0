import OpenscanLicensing

/// Finds what is wrong with the phrases of clauses; the engine skips what it cannot read.
enum PatternCheck {
    static func mistake(_ pattern: String) -> String? {
        var rest = pattern[...]
        var parts: [(isGap: Bool, isOptional: Bool)] = []
        while let first = rest.first {
            if first == " " {
                rest.removeFirst()
            } else if first == "*" {
                let stars = rest.prefix { $0 == "*" }.count
                if stars > 3 { return "has a gap of \(stars) stars; three are the most" }
                parts.append((isGap: true, isOptional: false))
                rest = rest.dropFirst(stars)
            } else {
                var choices: [Substring]
                if first == "(" {
                    guard let close = rest.firstIndex(of: ")") else { return "has a parenthesis that is not closed" }
                    let body = rest[rest.index(after: rest.startIndex)..<close]
                    if body.contains("(") { return "has a parenthesis inside another" }
                    choices = body.split(separator: "|", omittingEmptySubsequences: false)
                    rest = rest[rest.index(after: close)...]
                } else {
                    let word = rest.prefix { $0 != " " && $0 != "?" }
                    if word.contains(")") { return "has a parenthesis that is not opened" }
                    if word.contains("|") { return "has choices without parentheses" }
                    choices = [word]
                    rest = rest.dropFirst(word.count)
                }
                if let empty = choices.first(where: { Tokenizer.tokens(of: String($0)).hashes.isEmpty }) {
                    return "has a choice without a word: '\(empty)'"
                }
                parts.append((isGap: false, isOptional: rest.first == "?"))
                if rest.first == "?" { rest.removeFirst() }
            }
        }
        if parts.isEmpty { return "is empty" }
        if parts.first?.isGap == true { return "begins with a gap, so that it fits nothing" }
        if parts.last?.isGap == true { return "ends with a gap, which says nothing" }
        return parts.allSatisfy { $0.isGap || $0.isOptional } ? "has no word that must be there" : nil
    }
}
