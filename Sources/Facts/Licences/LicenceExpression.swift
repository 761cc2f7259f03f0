import OpenscanBytes

/// An SPDX licence expression (SPDX 2.3, annex D), kept as a tree.
public indirect enum LicenceExpression: Sendable, Hashable, Codable {
    /// An id as written, a `+` behind it included.
    case licence(String)
    /// `WITH`: an exception to one licence.
    case exception(licence: LicenceExpression, exception: String)
    /// `AND`: every one binds.
    case all([LicenceExpression])
    /// `OR`: the reader may choose.
    case any([LicenceExpression])

    /// Why a text is no expression.
    public enum Problem: Error, Sendable, Hashable {
        /// It ends where a licence or an exception should stand.
        case empty
        /// A word that cannot stand where it does, or is no id.
        case unexpected(String)
        /// A parenthesis that is not closed.
        case unbalanced
        /// 32 parentheses inside one another, or more.
        case tooDeep
    }

    /// Parses `text`; operators in any case, ids as they stand.
    public static func parse(_ text: String) throws(Problem) -> LicenceExpression {
        var parser = Parser(text)
        let expression = try parser.anyOf(depth: 0)
        if let rest = parser.peek { throw .unexpected(rest) }
        return expression
    }

    /// Ids of licences and exceptions, in order of appearance.
    public var ids: [String] {
        switch self {
        case .licence(let id): [id]
        case .exception(let licence, let exception): licence.ids + [exception]
        case .all(let parts), .any(let parts): parts.flatMap(\.ids)
        }
    }

    /// Whether the reader may choose anywhere in it.
    public var hasChoice: Bool {
        switch self {
        case .licence: false
        case .exception(let licence, _): licence.hasChoice
        case .all(let parts): parts.contains(where: \.hasChoice)
        case .any: true
        }
    }

    /// The same expression with every id replaced.
    public func mapped(_ transform: (String) -> String) -> LicenceExpression {
        switch self {
        case .licence(let id): .licence(transform(id))
        case .exception(let licence, let exception):
            .exception(licence: licence.mapped(transform), exception: transform(exception))
        case .all(let parts): .all(parts.map { $0.mapped(transform) })
        case .any(let parts): .any(parts.map { $0.mapped(transform) })
        }
    }

    /// Flattened, without repetitions, operands sorted.
    public var normalised: LicenceExpression {
        switch self {
        case .licence, .exception: return self
        case .all(let parts): return Self.join(parts, isAll: true)
        case .any(let parts): return Self.join(parts, isAll: false)
        }
    }

    private static func join(_ parts: [LicenceExpression], isAll: Bool) -> LicenceExpression {
        var flat: [LicenceExpression] = []
        for part in parts.map(\.normalised) {
            switch (part, isAll) {
            case (.all(let inner), true), (.any(let inner), false): flat += inner
            default: flat.append(part)
            }
        }
        var seen = Set<LicenceExpression>()
        let unique = flat.filter { seen.insert($0).inserted }.sorted { $0.text < $1.text }
        if unique.count == 1, let only = unique.first { return only }
        return isAll ? .all(unique) : .any(unique)
    }

    /// The expression as SPDX writes it, with the parentheses that `OR` below `AND` needs.
    public var text: String {
        switch self {
        case .licence(let id): id
        case .exception(let licence, let exception): licence.text + " WITH " + exception
        case .all(let parts):
            parts.map { if case .any = $0 { "(\($0.text))" } else { $0.text } }.joined(separator: " AND ")
        case .any(let parts): parts.map(\.text).joined(separator: " OR ")
        }
    }

    private struct Parser {
        private let tokens: [String]
        private var position = 0
        private static let deepest = 32

        init(_ text: String) {
            var tokens: [String] = []
            var current = ""
            for character in text {
                if character == "(" || character == ")" || character.isWhitespace || character == ","
                    || character == ";"
                {
                    if !current.isEmpty { tokens.append(current) }
                    current = ""
                    if character == "(" || character == ")" { tokens.append(String(character)) }
                } else {
                    current.append(character)
                }
            }
            if !current.isEmpty { tokens.append(current) }
            self.tokens = tokens
        }

        var peek: String? { position < tokens.count ? tokens[position] : nil }

        private func isOperator(_ word: String) -> Bool { peek?.uppercased() == word }

        mutating func anyOf(depth: Int) throws(Problem) -> LicenceExpression {
            var parts = [try allOf(depth: depth)]
            while isOperator("OR") {
                position += 1
                parts.append(try allOf(depth: depth))
            }
            return parts.count == 1 ? parts[0] : .any(parts)
        }

        private mutating func allOf(depth: Int) throws(Problem) -> LicenceExpression {
            var parts = [try operand(depth: depth)]
            while isOperator("AND") {
                position += 1
                parts.append(try operand(depth: depth))
            }
            return parts.count == 1 ? parts[0] : .all(parts)
        }

        private mutating func operand(depth: Int) throws(Problem) -> LicenceExpression {
            guard depth < Self.deepest else { throw .tooDeep }
            guard let word = peek else { throw .empty }
            position += 1
            var expression: LicenceExpression
            if word == "(" {
                expression = try anyOf(depth: depth + 1)
                guard peek == ")" else { throw .unbalanced }
                position += 1
            } else {
                guard word != ")", !["AND", "OR", "WITH"].contains(word.uppercased()),
                    word.unicodeScalars.allSatisfy({ Self.isIDScalar($0) })
                else { throw .unexpected(word) }
                expression = .licence(word)
            }
            if isOperator("WITH") {
                position += 1
                guard let exception = peek else { throw .empty }
                position += 1
                expression = .exception(licence: expression, exception: exception)
            }
            return expression
        }

        private static func isIDScalar(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", ".", "-", "+", ":", "_": true
            default: false
            }
        }
    }
}
