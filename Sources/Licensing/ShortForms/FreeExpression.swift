import OpenscanBytes
import OpenscanFacts

/// Reads what people write into licence fields: names in any spelling, one behind another, with marks or words between them, versions
/// behind them and the part they are for in brackets ("Apache 2.0 / MIT", "GPL (>= 2) | file LICENCE",
/// "CC BY-NC-SA 4.0 (weights), MIT (code)").
///
/// Every word has to be understood: where one is not, the value is no expression, for it may say a condition.
struct FreeExpression {
    /// What a value comes to.
    struct Reading {
        var expression: LicenceExpression?
        /// Parts that the value itself names, by id.
        var parts: [LicenceID: Set<ReleasePart>] = [:]
    }

    /// What stands between two licences.
    private enum Joint {
        case or, and
        /// A comma and its like: whatever the other joints say, and "and" where they say nothing.
        case list
    }

    private enum Piece {
        case word, open, close, joint(Joint)
        /// A colon.
        case label
    }

    private struct Token {
        let piece: Piece
        let range: Range<String.Index>
    }

    private let text: String
    private let tokens: [Token]
    private let words: FieldWords
    /// The licence of a name, an id or an address; `nil` where nobody knows it.
    private let licence: (String) -> LicenceID?
    private var position = 0
    private var parts: [LicenceID: Set<ReleasePart>] = [:]
    private var hasReference = false

    private static let longestName = 14
    private static let mostTokens = 160
    private static let deepest = 5

    private init(_ text: String, _ words: FieldWords, licence: @escaping (String) -> LicenceID?) {
        self.text = text
        self.words = words
        self.licence = licence
        tokens = Self.tokens(of: text)
    }

    /// `nil` where a word of the value is not understood or it names no licence.
    static func read(_ text: String, _ words: FieldWords, licence: @escaping (String) -> LicenceID?) -> Reading? {
        var reader = FreeExpression(text, words, licence: licence)
        guard reader.tokens.count <= mostTokens, let expression = reader.expression(depth: 0),
            reader.position == reader.tokens.count
        else { return nil }
        return Reading(expression: expression.normalised, parts: reader.parts)
    }

    /// Whether a value does no more than send the reader to a file ("SEE LICENSE IN terms.txt", "file LICENSE").
    static func isReference(_ text: String, _ words: FieldWords) -> Bool {
        var reader = FreeExpression(text, words) { _ in nil }
        guard (1...12).contains(reader.tokens.count) else { return false }
        while reader.position < reader.tokens.count { guard reader.skipFiller() else { return false } }
        return reader.hasReference
    }

    // MARK: Pieces

    private static func tokens(of text: String) -> [Token] {
        var out: [Token] = []
        var start: String.Index?
        var index = text.startIndex
        func flush(_ end: String.Index) {
            if let from = start, from < end { out.append(Token(piece: .word, range: from..<end)) }
            start = nil
        }
        while index < text.endIndex, out.count <= mostTokens {
            let next = text.index(after: index)
            let character = text[index]
            let isInAddress = start.map { text[$0..<index].contains(":") && text[$0..<index].contains("/") } ?? false
            let piece: Piece? =
                switch character {
                case "(", "[", "（": .open
                case ")", "]", "）": .close
                case "/"
                where !isInAddress && !text[next...].hasPrefix("/") && text[..<index].last != "/"
                    && text[..<index].last != ":":
                    .joint(.or)
                case "|": .joint(.or)
                case ",", ";", "，", "；", "、", "\n": .joint(.list)
                case "&": .joint(.and)
                case "+" where start == nil: .joint(.and)
                case ":" where !text[next...].hasPrefix("//"): .label
                case "：": .label
                default: nil
                }
            if let piece {
                flush(index)
                out.append(Token(piece: piece, range: index..<next))
            } else if character.isWhitespace || character == "\"" {
                flush(index)
            } else if start == nil {
                start = index
            }
            index = next
        }
        flush(text.endIndex)
        return out
    }

    private var token: Token? { position < tokens.count ? tokens[position] : nil }

    private func word(at place: Int) -> String? {
        guard place < tokens.count, case .word = tokens[place].piece else { return nil }
        return text[tokens[place].range].lowercased()
    }

    // MARK: Grammar

    private mutating func expression(depth: Int) -> LicenceExpression? {
        guard depth < Self.deepest else { return nil }
        // Operands in groups that "or" divides; "and" binds closer, as in SPDX.
        var groups: [[LicenceExpression]] = [[]]
        var lists: [Int] = []
        var hasOr = false
        var hasAnd = false
        var label: Set<ReleasePart> = []
        var isChoice = false
        // Behind "," or "and" a part begins what comes next; behind a licence it says what that one is for.
        var isBehindJoint = true
        while let token {
            if case .close = token.piece { break }
            if let operand = operand(depth: depth, label: label) {
                label = []
                // Two licences with nothing between them are no statement that can be read.
                guard groups[groups.count - 1].isEmpty || lists.contains(groups.count) || hasAnd else { return nil }
                groups[groups.count - 1].append(operand)
                isBehindJoint = false
                continue
            }
            if let joint = joint() {
                isBehindJoint = true
                switch joint {
                case .or:
                    hasOr = true
                    groups.append([])
                case .and: hasAnd = true
                case .list:
                    lists.append(groups.count)
                    groups.append([])
                }
                continue
            }
            if let part = part() {
                if case .label? = self.token?.piece {
                    position += 1
                    label = part
                } else if !isBehindJoint, let last = groups.last(where: { !$0.isEmpty })?.last {
                    for id in last.ids { parts[LicenceID(id), default: []].formUnion(part) }
                } else {
                    label.formUnion(part)
                }
                continue
            }
            if words.choice.contains(word(at: position) ?? "") {
                isChoice = true
                position += 1
                continue
            }
            guard skipFiller() else { return nil }
        }
        // "MIT for code and data": a part without a licence of its own goes with the one before.
        if !label.isEmpty, let last = groups.last(where: { !$0.isEmpty })?.last {
            for id in last.ids { parts[LicenceID(id), default: []].formUnion(label) }
        }
        let filled = groups.filter { !$0.isEmpty }
        guard !filled.isEmpty else { return nil }
        if isChoice, !hasOr { return .any(filled.flatMap { $0 }) }
        // A comma in a row that ends in "or" is an "or"; anywhere else each of the row holds.
        let alternatives = filled.map { $0.count == 1 ? $0[0] : .all($0) }
        if filled.count == 1 { return alternatives[0] }
        return hasOr && !(hasAnd && !lists.isEmpty) && parts.isEmpty ? .any(alternatives) : .all(alternatives)
    }

    private mutating func joint() -> Joint? {
        guard let token else { return nil }
        if case .joint(let joint) = token.piece {
            position += 1
            // "MIT, or Apache-2.0", "A and/or B"
            if let further = wordJoint() {
                position += 1
                return further
            }
            return joint
        }
        guard let joint = wordJoint() else { return nil }
        position += 1
        if case .joint? = self.token?.piece, joint == .and, let next = word(at: position + 1), words.or.contains(next) {
            position += 2
            return .or
        }
        return joint
    }

    private func wordJoint() -> Joint? {
        guard let word = word(at: position) else { return nil }
        if words.or.contains(word) { return .or }
        return words.and.contains(word) ? .and : nil
    }

    private mutating func operand(depth: Int, label: Set<ReleasePart>) -> LicenceExpression? {
        guard let token else { return nil }
        if case .open = token.piece {
            let start = position
            position += 1
            if let inner = expression(depth: depth + 1), case .close? = self.token?.piece {
                position += 1
                return inner
            }
            position = start
            return nil
        }
        guard let (name, end) = name() else { return nil }
        position = end
        let found = version(of: name)
        guard var id = found else { return nil }
        if skipLater() { id = words.later(id, licence) }
        var expression = LicenceExpression.licence(id.rawValue)
        if word(at: position) == "with", let (exception, end) = self.name(at: position + 1),
            let exceptionID = licence(exception)
        {
            position = end
            expression = .exception(licence: expression, exception: exceptionID.rawValue)
        }
        if !label.isEmpty { parts[id, default: []].formUnion(label) }
        return expression
    }

    /// The longest name that begins at a place; a word of a family whose version stands behind it is one too.
    private func name(at start: Int? = nil) -> (String, Int)? {
        let start = start ?? position
        guard let first = word(at: start), !words.or.contains(first), !words.and.contains(first) else { return nil }
        for end in stride(from: min(tokens.count, start + Self.longestName), to: start, by: -1) {
            guard case .word = tokens[end - 1].piece else {
                // Names such as "GNU GPL v3 (GPLv3)" end with what a bracket repeats.
                guard case .close = tokens[end - 1].piece else { continue }
                let written = text(start, end)
                if end - start > 2, !written.contains(where: { "<>=≥".contains($0) }), licence(written) != nil {
                    return (written, end)
                }
                continue
            }
            let written = text(start, end)
            if written.contains(where: { "<>=≥".contains($0) }) { continue }
            if end - start == 1, words.tooCommon.contains(first) { return nil }
            if licence(written) != nil { return (written, end) }
            if words.isFamily(written), constraint(at: end) != nil { return (written, end) }
        }
        return nil
    }

    private func text(_ start: Int, _ end: Int) -> String {
        String(text[tokens[start].range.lowerBound..<tokens[end - 1].range.upperBound])
    }

    // MARK: Versions

    /// "(>= 2)", "(== 2.0)", "(>= 2.0, < 3)": the version, whether later ones go too, and the place behind.
    private func constraint(at place: Int) -> (version: String, isLater: Bool, end: Int)? {
        guard place < tokens.count, case .open = tokens[place].piece, var sign = word(at: place + 1) else { return nil }
        var next = place + 2
        var version = sign.drop { !$0.isNumber }
        sign = String(sign.prefix { !$0.isNumber })
        if version.isEmpty, let behind = word(at: next) {
            version = behind[...]
            next += 1
        }
        guard [">=", ">", "==", "=", "≥"].contains(sign), let first = version.first, first.isNumber else { return nil }
        var isLater = sign != "==" && sign != "="
        while next < tokens.count {
            if case .close = tokens[next].piece { return (String(version), isLater, next + 1) }
            // An upper bound leaves the lowest version, which the reader may take.
            isLater = false
            next += 1
        }
        return nil
    }

    private mutating func version(of name: String) -> LicenceID? {
        guard let (version, isLater, end) = constraint(at: position) else { return licence(name) }
        let candidates = [name + " " + version, name + " " + version + ".0"]
        guard let id = candidates.compactMap(licence).first else { return nil }
        position = end
        return isLater ? words.later(id, licence) : id
    }

    /// "or later", "or any later version", "and above".
    private mutating func skipLater() -> Bool {
        var place = position
        guard let first = word(at: place), words.or.contains(first) || words.and.contains(first) else { return false }
        place += 1
        var isLater = false
        while let word = word(at: place), place - position < 6 {
            if words.laterWords.contains(word) {
                isLater = true
            } else if !words.filler.contains(word) {
                break
            }
            place += 1
        }
        if isLater { position = place }
        return isLater
    }

    // MARK: Words around

    /// "(weights)", "for the code", "data:": the part of the release that a word names.
    private mutating func part() -> Set<ReleasePart>? {
        var place = position
        var isOpen = false
        if case .open? = token?.piece {
            isOpen = true
            place += 1
        }
        var found: Set<ReleasePart> = []
        while let word = word(at: place) {
            if let part = words.part(word) {
                found.insert(part)
            } else if !words.filler.contains(word) && !(isOpen && words.and.contains(word)) {
                break
            }
            place += 1
            if !isOpen, !found.isEmpty { break }
            // "(code, data)"
            if isOpen, place < tokens.count, case .joint = tokens[place].piece { place += 1 }
        }
        guard !found.isEmpty else { return nil }
        if isOpen {
            guard place < tokens.count, case .close = tokens[place].piece else { return nil }
            place += 1
        }
        position = place
        return found
    }

    /// Words that say nothing of their own, and names of files that hold the text.
    private mutating func skipFiller() -> Bool {
        guard let token else { return false }
        switch token.piece {
        case .word:
            let word = text[token.range].lowercased()
            let isFile = words.isFileName(word)
            guard isFile || words.filler.contains(word) else { return false }
            if isFile || words.pointers.contains(word) { hasReference = true }
            position += 1
            // "SEE LICENSE IN terms.txt": whatever the file is called.
            if words.pointers.contains(word), let next = self.word(at: position), next.contains(".") { position += 1 }
            return true
        case .open, .close, .label:
            // "(see LICENSE)"
            position += 1
            return true
        case .joint: return false
        }
    }
}
