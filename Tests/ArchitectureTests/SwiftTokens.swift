/// Swift source as tokens, for rules about code: comments and the words of strings left out, what is interpolated kept.
struct SwiftTokens {
    struct Token: Equatable {
        var text: String
        let line: Int
        /// Whether white space stands before or behind it.
        var isAfterSpace: Bool
        var isBeforeSpace = false

        var isWord: Bool { text.first.map { $0.isLetter || $0 == "_" || $0 == "$" } ?? false }
        var isNumber: Bool { text.first?.isNumber ?? false }
        /// Whether it stands between two operands, by the white space that Swift goes by.
        var isInfix: Bool { isAfterSpace == isBeforeSpace }
    }

    private(set) var tokens: [Token] = []
    private let text: [Character]
    private var place = 0
    private var line = 1
    private var isAfterSpace = true

    private static let operators = Set("+-*/%&|^<>=!?~")

    init(_ source: String) {
        text = Array(source)
        while place < text.count { step() }
        for index in tokens.indices.dropLast() { tokens[index].isBeforeSpace = tokens[index + 1].isAfterSpace }
        if let last = tokens.indices.last { tokens[last].isBeforeSpace = true }
    }

    private func sees(_ words: String) -> Bool { text[place...].starts(with: words) }

    private mutating func emit(_ token: String) {
        tokens.append(Token(text: token, line: line, isAfterSpace: isAfterSpace))
        isAfterSpace = false
    }

    private mutating func step() {
        let character = text[place]
        if character.isWhitespace {
            if character.isNewline { line += 1 }
            isAfterSpace = true
            place += 1
        } else if sees("//") {
            while place < text.count, !text[place].isNewline { place += 1 }
        } else if sees("/*") {
            while place < text.count, !sees("*/") {
                if text[place].isNewline { line += 1 }
                place += 1
            }
            place += 2
        } else if character == "\"" {
            string()
        } else if character.isLetter || character == "_" || character == "$" {
            emit(run { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" })
        } else if character.isNumber {
            emit(run { $0.isLetter || $0.isNumber || $0 == "_" })
        } else if Self.operators.contains(character) {
            emit(run { Self.operators.contains($0) })
        } else {
            emit(String(character))
            place += 1
        }
    }

    private mutating func run(_ belongs: (Character) -> Bool) -> String {
        let start = place
        while place < text.count, belongs(text[place]) { place += 1 }
        return String(text[start..<place])
    }

    /// A string stands as `""`; what is interpolated comes behind it in parentheses.
    private mutating func string() {
        let quote = sees("\"\"\"") ? "\"\"\"" : "\""
        emit("\"\"")
        place += quote.count
        while place < text.count, !sees(quote) {
            if text[place].isNewline { line += 1 }
            if text[place] == "\\", place + 1 < text.count, text[place + 1] == "(" {
                emit(";")
                place += 1
                var depth = 0
                repeat {
                    if text[place] == "(" { depth += 1 }
                    if text[place] == ")" { depth -= 1 }
                    step()
                } while place < text.count && depth > 0
            } else {
                place += text[place] == "\\" ? 2 : 1
            }
        }
        place += quote.count
    }
}
