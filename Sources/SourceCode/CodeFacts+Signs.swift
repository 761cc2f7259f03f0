import OpenscanFacts

extension CodeFacts {
    /// Notes a sign of a role; the strongest is kept with its words.
    mutating func add(_ role: CodeRole, _ weight: Int, line: Int, words: @autoclosure () -> String) {
        scores[role, default: 0] += weight
        if weight > signs[role]?.weight ?? 0 { signs[role] = Sign(line: line, words: words(), weight: weight) }
    }
}
