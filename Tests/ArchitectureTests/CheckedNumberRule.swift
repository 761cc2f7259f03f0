/// Finds calculations of readers with numbers that a file gives and nobody has checked.
///
/// Such a number comes raw out of what reads it (`Int(…)`, `.value`, `.uint32()`, a cursor's offset) or out of a name that was
/// bound to one. `FileNumber` itself is not raw: its operators throw.
struct CheckedNumberRule {
    struct Violation: Hashable {
        let kind: Kind
        let line: Int
        let what: String
    }

    enum Kind: Hashable {
        /// A plain sum, difference, product or shift of a raw number.
        case arithmetic
        /// An operator that wraps.
        case wrapping
        /// A way past the one checked type.
        case bypass
        /// Memory that is read without bounds.
        case memory
        /// An index that is calculated or raw.
        case index
    }

    private typealias Token = SwiftTokens.Token

    private static let arithmetic: Set<String> = ["+", "-", "*", "<<", "+=", "-=", "*=", "<<="]
    private static let wrapping: Set<String> = [
        "&+", "&-", "&*", "&<<", "&>>", "&+=", "&-=", "&*=", "&<<=", "&>>=",
    ]
    private static let judging: Set<String> = ["==", "!=", "<", "<=", ">", ">=", "&&", "||", "..<", "..."]
    private static let types: Set<String> = [
        "Int", "UInt", "Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64",
    ]
    /// Members that give a number of the file as it is.
    private static let rawMembers: Set<String> = [
        "value", "offset", "remaining", "end", "size", "byteCount", "knownByteCount", "uint8", "uint16", "uint32",
        "uint64",
        "int32", "integer", "varint", "zigzag", "foundByteCount", "littleEndian", "bigEndian",
    ]
    /// What goes past the one checked type.
    private static let forbidden: [String: Kind] = [
        "addingReportingOverflow": .bypass, "subtractingReportingOverflow": .bypass,
        "multipliedReportingOverflow": .bypass, "partialValue": .bypass, "truncatingIfNeeded": .bypass,
        "load": .memory, "loadUnaligned": .memory, "unsafelyUnwrapped": .memory, "assumingMemoryBound": .memory,
    ]
    private static let declaring: Set<String> = ["let", "var"]

    private let tokens: [Token]
    private var violations: [Violation] = []
    /// Names bound to raw numbers, by block.
    private var scopes: [Set<String>] = [[]]

    private let dictionaries: Set<String>

    private init(_ source: String) {
        tokens = SwiftTokens(source).tokens
        dictionaries = Self.dictionaries(tokens)
    }

    /// What a reader's source does that it should not.
    static func violations(in source: String) -> [Violation] {
        var rule = CheckedNumberRule(source)
        rule.run()
        return Array(Set(rule.violations)).sorted { ($0.line, $0.what) < ($1.line, $1.what) }
    }

    private mutating func run() {
        for index in tokens.indices {
            let token = tokens[index]
            switch token.text {
            case "{": scopes.append([])
            case "}": if scopes.count > 1 { scopes.removeLast() }
            case "[": subscripting(index)
            case "=": binding(index)
            default: break
            }
            if Self.wrapping.contains(token.text) { report(.wrapping, index, token.text) }
            if let kind = Self.forbidden[token.text], isCalled(index) { report(kind, index, token.text) }
            guard Self.arithmetic.contains(token.text), token.isInfix else { continue }
            for operand in [left(index), right(index)] where isRaw(operand) {
                // Bits that are put together lose none that were there.
                if token.text == "<<", text(operand.lowerBound).hasPrefix("UInt"), operand.upperBound == index {
                    continue
                }
                report(.arithmetic, index, "\(token.text) on \(operand.map { tokens[$0].text }.joined())")
            }
        }
    }

    private mutating func report(_ kind: Kind, _ index: Int, _ what: String) {
        violations.append(Violation(kind: kind, line: tokens[index].line, what: what))
    }

    private func text(_ index: Int) -> String { tokens.indices.contains(index) ? tokens[index].text : "" }

    /// A member, a function or a label, and not a declaration's own name.
    private func isCalled(_ index: Int) -> Bool {
        text(index - 1) == "." || text(index + 1) == ":" && text(index - 1) == "("
    }

    // MARK: Expressions

    private func isTainted(_ name: String) -> Bool { scopes.contains { $0.contains(name) } }

    /// Index of the bracket that belongs to the one at `index`, forwards or backwards.
    private func partner(_ index: Int, by step: Int) -> Int {
        var depth = 0
        var place = index
        while tokens.indices.contains(place) {
            if ["(", "["].contains(text(place)) { depth += 1 }
            if [")", "]"].contains(text(place)) { depth -= 1 }
            if depth == 0 { return place }
            place += step
        }
        return index
    }

    /// The operand that ends before the operator at `index`.
    private func left(_ index: Int) -> Range<Int> {
        var start = index
        while start > 0 {
            let before = start - 1
            let token = text(before)
            if token == ")" || token == "]" {
                start = partner(before, by: -1)
            } else if tokens[before].isWord || tokens[before].isNumber || token == "." || token == "?"
                || token == "\"\""
            {
                start = before
            } else {
                break
            }
            // White space ends an operand, unless a member follows on the next line.
            if tokens[start].isAfterSpace, text(start) != "." { break }
        }
        return start..<index
    }

    /// The operand that begins behind the operator at `index`.
    private func right(_ index: Int) -> Range<Int> {
        var end = index + 1
        while ["try", "await"].contains(text(end)) { end += 1 }
        let start = end
        while end < tokens.count {
            let token = text(end)
            if end > start, tokens[end].isAfterSpace, token != "." { break }
            if token == "(" || token == "[" {
                end = partner(end, by: 1) + 1
            } else if tokens[end].isWord || tokens[end].isNumber || token == "." || token == "?" {
                end += 1
            } else {
                break
            }
        }
        return start..<end
    }

    /// Whether an operand is a number as a file gives it.
    private func isRaw(_ operand: Range<Int>) -> Bool {
        guard let first = operand.first, let last = operand.last else { return false }
        if text(last) == ")" || text(last) == "]" {
            let open = partner(last, by: -1)
            guard operand.contains(open) else { return false }
            if text(last) == "]" { return false }
            let name = text(open - 1)
            // A call: a conversion is as raw as what it takes, a reading always.
            guard open > first, tokens[open - 1].isWord else { return isRawExpression(open + 1..<last) }
            if Self.types.contains(name) { return !isLiteral(open + 1..<last) }
            if name == "max", open - 1 == first { return isRawExpression(open + 1..<last) }
            // What one bound of ours holds down is no longer the file's.
            if name == "min", open - 1 == first { return arguments(open + 1..<last).allSatisfy(isRawExpression) }
            return text(open - 2) == "." && Self.rawMembers.contains(name)
        }
        if operand.count == 1 { return isTainted(text(first)) }
        return text(last - 1) == "." && Self.rawMembers.contains(text(last))
    }

    /// What stands between the commas of a call.
    private func arguments(_ range: Range<Int>) -> [Range<Int>] {
        var out: [Range<Int>] = []
        var start = range.lowerBound
        var place = start
        while place < range.upperBound {
            if ["(", "["].contains(text(place)) { place = partner(place, by: 1) }
            if text(place) == "," {
                out.append(start..<place)
                start = place + 1
            }
            place += 1
        }
        return out + [start..<range.upperBound]
    }

    private func isLiteral(_ range: Range<Int>) -> Bool {
        range.allSatisfy { tokens[$0].isNumber || text($0).allSatisfy { "-+".contains($0) } }
    }

    /// Whether anything that an expression is put together from is raw; a comparison is not, nor a throwing sum of checked numbers.
    private func isRawExpression(_ range: Range<Int>) -> Bool {
        var place = range.lowerBound
        var found = false
        while place < range.upperBound {
            let token = text(place)
            if Self.judging.contains(token) { return false }
            let isStart =
                tokens[place].isWord || token == "("
            guard isStart, !["try", "await", "as", "is"].contains(token) else {
                place += 1
                continue
            }
            let operand = right(place - 1)
            guard !operand.isEmpty else {
                place += 1
                continue
            }
            // A quotient is no larger than what is divided.
            if isRaw(operand), !["/", "%"].contains(text(place - 1)) { found = true }
            place = max(operand.upperBound, place + 1)
        }
        return found
    }

    // MARK: Statements

    /// `let name = …`, `var name: Type = …`, `let (a, b) = …`, `name = …`: the names are raw when the value is.
    private mutating func binding(_ index: Int) {
        let line = tokens[index].line
        var start = index
        while start > 0, tokens[start - 1].line == line, !["{", "}", ";"].contains(text(start - 1)) { start -= 1 }
        let head = start..<index
        let declared = head.lastIndex { Self.declaring.contains(text($0)) }
        let names: [String]
        if let declared {
            let colon = head.first { $0 > declared && text($0) == ":" } ?? index
            // A type says what the name holds.
            if (colon..<index).contains(where: { text($0) == "FileNumber" }) { return }
            names = (declared + 1..<colon).map { text($0) }.filter { $0.first?.isLetter ?? false }
        } else {
            guard head.count == 1 else { return }
            names = [text(start)]
        }
        if isRawExpression(index + 1..<valueEnd(index)) {
            scopes[scopes.count - 1].formUnion(names)
        } else if declared != nil {
            scopes[scopes.count - 1].subtract(names)
        }
    }

    /// Where the value behind `=` ends: at a comma, a block or a line that begins a new statement.
    private func valueEnd(_ index: Int) -> Int {
        var place = index + 1
        while place < tokens.count {
            let token = text(place)
            if ["(", "["].contains(token) {
                place = partner(place, by: 1) + 1
                continue
            }
            if [",", "{", "}", ";", "else", ")", "]"].contains(token) { return place }
            if place > index + 1, tokens[place].line > tokens[place - 1].line,
                token != ".", !["?", ":"].contains(token), !Self.arithmetic.contains(token),
                !Self.arithmetic.contains(text(place - 1)), !["=", "??", "?", ":"].contains(text(place - 1))
            {
                return place
            }
            place += 1
        }
        return place
    }

    /// `bytes[…]` by a place that is calculated or raw: past the end, some of these read foreign memory.
    private mutating func subscripting(_ index: Int) {
        guard index > 0, !tokens[index].isAfterSpace,
            tokens[index - 1].isWord || [")", "]", "?"].contains(text(index - 1))
        else { return }
        let inside = index + 1..<partner(index, by: 1)
        guard !inside.isEmpty else { return }
        // What is looked up by words or has a default is no bytes.
        let base = text(index - 1)
        guard !dictionaries.contains(base), !inside.contains(where: { ["\"\"", "default"].contains(text($0)) }) else {
            return
        }
        let isCalculated = inside.contains { Self.arithmetic.contains(text($0)) && tokens[$0].isInfix }
        if isCalculated || isRawIndex(inside) {
            report(
                .index, index, "\(base)[\(inside.map { text($0) }.joined())]: byte(at:), part(from:) and slice check")
        }
    }

    /// Names that are declared as `[Key: Value]` anywhere in the source.
    private static func dictionaries(_ tokens: [Token]) -> Set<String> {
        var out: Set<String> = []
        for index in tokens.indices.dropFirst(2)
        where tokens[index].text == "[" && tokens[index - 1].text == ":" && tokens[index - 2].isWord {
            var depth = 0
            for place in index..<tokens.count {
                if ["(", "["].contains(tokens[place].text) { depth += 1 }
                if [")", "]"].contains(tokens[place].text) { depth -= 1 }
                if depth == 0 { break }
                if depth == 1, tokens[place].text == ":" { out.insert(tokens[index - 2].text) }
            }
        }
        return out
    }

    private func isRawIndex(_ range: Range<Int>) -> Bool {
        // Only the index itself, not what stands in the arguments of a call that gives it.
        range.contains { place in
            tokens[place].isWord && isTainted(text(place)) && text(place - 1) != "." && text(place + 1) != ":"
        }
    }
}
