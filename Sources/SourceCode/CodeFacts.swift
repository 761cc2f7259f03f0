import Unpacking

/// What a source file does, as far as its calls, imports and definitions show.
public enum CodeRole: String, Sendable, CaseIterable, Hashable {
    case training, inference, evaluation, dataProcessing, architecture, fineTuning
}

/// Facts about one source file.
public struct CodeFacts: Sendable, Hashable {
    /// Strength of the signs for each role.
    public var scores: [CodeRole: Int] = [:]
    /// Line of the strongest sign of each role, with its words.
    public var signs: [CodeRole: Sign] = [:]
    /// Addresses and hub names that the code fetches weights or data from.
    public var fetches: [Fetch] = []
    /// Whether a name comes up that runs programs or text.
    var mentionsRunner = false
    /// Lines that hold code.
    public var codeLines = 0

    public struct Sign: Sendable, Hashable {
        public var line: Int
        public var words: String
        var weight: Int
    }

    public struct Fetch: Sendable, Hashable {
        public enum Kind: Sendable, Hashable { case weights, data }

        public var kind: Kind
        public var target: String
        public var line: Int
    }

    mutating func add(_ role: CodeRole, _ weight: Int, line: Int, words: @autoclosure () -> String) {
        scores[role, default: 0] += weight
        if weight > signs[role]?.weight ?? 0 { signs[role] = Sign(line: line, words: words(), weight: weight) }
    }
}
