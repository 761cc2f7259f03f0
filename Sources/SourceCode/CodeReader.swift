import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// Reads source code of any usual language by one light scanner: comments and strings are not code.
public struct CodeReader: Sendable {
    private let rules: CodeRoleRules
    private let weights: WeightAddresses
    private let names: NameTable
    private let shell: ShellCommands

    /// - Parameter rules: what names and addresses mean.
    public init(_ rules: RuleSet) {
        self.rules = rules.roles
        weights = rules.links.weights
        names = NameTable(rules.roles)
        shell = ShellCommands(rules.roles, weights: rules.links.weights)
    }

    /// The language of a file, by its name's ending; `nil` for no program.
    public func language(_ path: String) -> CodeRoleRules.Language? {
        rules.language(ofName: String(Entry.name(of: path)))
    }

    /// What a program does.
    /// - Parameter path: the program's, which says what it gets from stores.
    public func read(_ bytes: UnsafeRawBufferPointer, language: CodeRoleRules.Language, path: String = "") -> CodeFacts
    {
        switch language {
        case .notebook:
            guard let notebook = NotebookCode(bytes) else { return CodeFacts() }
            var facts = notebook.code.withUnsafeBytes { scan($0, .python, path) }
            facts.signs = facts.signs.mapValues {
                CodeFacts.Sign(line: notebook.line($0.line), words: $0.words, weight: $0.weight)
            }
            for index in facts.fetches.indices { facts.fetches[index].line = notebook.line(facts.fetches[index].line) }
            return facts
        default: return scan(bytes, language, path)
        }
    }

    // MARK: The scan

    @inline(__always) static func isNameByte(_ byte: UInt8) -> Bool {
        classes[Int(byte)] == .name || classes[Int(byte)] == .digit
    }

    private enum ByteClass: UInt8 {
        case other, name, digit, newline, space, quote, backquote, hash, slash, dot, open, close
    }

    private static let classes: [ByteClass] = (0...255).map { byte in
        switch UInt8(byte) {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            0x80...0xFF:
            .name
        case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
        case 0x0A: .newline
        case 0...0x20: .space
        case UInt8(ascii: "\""), UInt8(ascii: "'"): .quote
        case UInt8(ascii: "`"): .backquote
        case UInt8(ascii: "#"): .hash
        case UInt8(ascii: "/"): .slash
        case UInt8(ascii: "."): .dot
        case UInt8(ascii: "("): .open
        case UInt8(ascii: ")"), UInt8(ascii: ":"): .close
        default: .other
        }
    }

    private struct State {
        let path: String
        var line = 1
        var lineHasCode = false
        var isImportLine = false
        var previousName: Range<Int>?
        var isAfterDot = false
        var isAfterDefinition = false
        var isAfterClass = false
        var classParentheses = 0
        /// Of a script: behind the last word whose address was judged.
        var judged = 0
        /// What the last call fetches, and what it was made on.
        var lastCall: CodeRoleRules.Word?
        var lastOwner: Range<Int>?
        /// Whether any call fetches weights.
        var fetches = false
        /// Hub names that only stand there.
        var named = 0
    }

    private func scan(_ bytes: UnsafeRawBufferPointer, _ language: CodeRoleRules.Language, _ path: String)
        -> CodeFacts
    {
        var facts = CodeFacts()
        var state = State(path: path.lowercased())
        let names = self.names
        let isCLike = language == .cLike
        let count = bytes.count
        Self.classes.withUnsafeBufferPointer { classes in
            var index = 0
            while index < count {
                switch classes[Int(bytes[index])] {
                case .name:
                    let start = index
                    var hash = NameTable.seed
                    repeat {
                        hash = NameTable.step(hash, bytes[index])
                        index += 1
                    } while index < count && classes[Int(bytes[index])].rawValue &- 1 < 2
                    name(bytes, start..<index, names.find(hash, bytes, start..<index), names, language, &state, &facts)
                case .digit:
                    // Names may end in digits, numbers do not begin one.
                    while index < count, classes[Int(bytes[index])].rawValue &- 1 < 2 { index += 1 }
                    state.isAfterDot = false
                case .newline:
                    Self.endLine(&state, &facts)
                    index += 1
                case .space: index += 1
                case .quote: index = string(bytes, index, language, &state, &facts)
                case .backquote where isCLike: index = string(bytes, index, language, &state, &facts)
                case .hash where !isCLike, .slash where isCLike:
                    if let end = Self.commentEnd(bytes, index, language) {
                        if isCLike { state.line += bytes.slice(index..<end).newlineCount }
                        index = end
                    } else {
                        state.isAfterDot = false
                        index += 1
                    }
                case .dot:
                    state.isAfterDot = true
                    index += 1
                case .open:
                    if state.isAfterClass { state.classParentheses += 1 }
                    state.isAfterDot = false
                    index += 1
                case .close:
                    state.isAfterClass = false
                    state.classParentheses = 0
                    state.isAfterDot = false
                    index += 1
                default:
                    state.isAfterDot = false
                    index += 1
                }
            }
        }
        Self.endLine(&state, &facts)
        // What only stands there counts where something is fetched.
        if !state.fetches { facts.fetches.removeAll { $0.kind == .named } }
        return facts
    }

    private static func endLine(_ state: inout State, _ facts: inout CodeFacts) {
        state.line += 1
        if state.lineHasCode { facts.codeLines += 1 }
        state.lineHasCode = false
        state.isImportLine = false
        state.isAfterDot = false
        state.isAfterDefinition = false
        state.previousName = nil
    }

    private static func commentEnd(_ bytes: UnsafeRawBufferPointer, _ index: Int, _ language: CodeRoleRules.Language)
        -> Int?
    {
        let byte = bytes[index]
        if language != .cLike {
            guard byte == UInt8(ascii: "#") else { return nil }
            return Self.lineEnd(bytes, index)
        }
        guard byte == UInt8(ascii: "/"), index + 1 < bytes.count else { return nil }
        if bytes[index + 1] == UInt8(ascii: "/") { return Self.lineEnd(bytes, index) }
        guard bytes[index + 1] == UInt8(ascii: "*") else { return nil }
        return bytes.offset(of: "*/", from: index + 2).map { $0 + 2 } ?? bytes.count
    }

    static func lineEnd(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Int {
        bytes.offset(of: "\n", from: index) ?? bytes.count
    }

    /// Passes over a string and looks at short ones for addresses and hub names.
    private func string(
        _ bytes: UnsafeRawBufferPointer, _ start: Int, _ language: CodeRoleRules.Language, _ state: inout State,
        _ facts: inout CodeFacts
    ) -> Int {
        let quote = bytes[start]
        let count = bytes.count
        let isTriple =
            language == .python && start + 2 < count && bytes[start + 1] == quote && bytes[start + 2] == quote
        var index = start + (isTriple ? 3 : 1)
        let body = index
        while index < count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\\") {
                index += 2
                continue
            }
            if byte == 0x0A {
                if !isTriple, language != .shell, quote != UInt8(ascii: "`") { break }
                state.line += 1
            }
            if byte == quote, !isTriple || (index + 2 < count && bytes[index + 1] == quote && bytes[index + 2] == quote)
            {
                break
            }
            index += 1
        }
        index = min(index, count)
        state.lineHasCode = state.lineHasCode || !isTriple
        if index - body < 300, index > body, !isTriple { fetch(bytes.slice(body..<index), bytes, &state, &facts) }
        return min(count, index + (index < count && bytes[index] == quote ? (isTriple ? 3 : 1) : 0))
    }

    private func fetch(
        _ text: UnsafeRawBufferPointer, _ all: UnsafeRawBufferPointer, _ state: inout State, _ facts: inout CodeFacts
    ) {
        if weights.isAddress(text) {
            guard facts.fetches.count - state.named < 40 else { return }
            let target = text.repairedText
            if weights.isWeights(target, areSaid: weights.isTelling(state.path))
                || weights.isStore(target, namedIn: state.path)
            {
                facts.fetches.append(CodeFacts.Fetch(kind: .weights, target: target, line: state.line))
            }
            return
        }
        guard facts.fetches.count - state.named < 40, weights.isHubName(text) else { return }
        guard state.lastCall != nil else {
            // They take no place from what is fetched.
            guard state.named < 10 else { return }
            state.named += 1
            facts.fetches.append(CodeFacts.Fetch(kind: .named, target: text.repairedText, line: state.line))
            return
        }
        // A tokenizer or a config is no weights.
        if let owner = state.lastOwner,
            case let name = all.slice(owner.lowerBound..<min(owner.upperBound, owner.lowerBound + 60)),
            case let owner = name.repairedText, rules.otherOwners.contains(where: owner.holds)
        {
            return
        }
        facts.fetches.append(
            CodeFacts.Fetch(
                kind: state.lastCall == .fetcher ? .weights : .data, target: text.repairedText, line: state.line))
    }

    private func name(
        _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ known: Int?, _ names: NameTable,
        _ language: CodeRoleRules.Language,
        _ state: inout State, _ facts: inout CodeFacts
    ) {
        defer {
            state.previousName = range
            state.isAfterDot = false
            state.lineHasCode = true
        }
        if language == .shell {
            shell.read(bytes, range, line: state.line, judged: &state.judged, in: &facts)
        }
        let word = known.flatMap { names.entries[$0].word }
        switch word {
        case .importing:
            state.isImportLine =
                state.isImportLine || state.previousName == nil || bytes.slice(range).starts(with: "import")
        case .definition:
            // `fn=evaluate` and `function(x)` define nothing.
            let next = (range.upperBound..<min(bytes.count, range.upperBound + 8)).first { bytes[$0] != 0x20 }
            state.isAfterDefinition = next.map { $0 > range.upperBound && Self.isNameByte(bytes[$0]) } ?? false
            if state.isAfterDefinition { return }
        case .type:
            state.isAfterClass = true
            return
        case .runner: facts.mentionsRunner = true
        case .fetcher, .dataFetcher, nil: break
        }
        var next = range.upperBound
        while next < bytes.count, bytes[next] == 0x20 { next += 1 }
        let isCalled = next < bytes.count && bytes[next] == UInt8(ascii: "(")
        if isCalled, !state.isAfterDefinition {
            state.lastCall = word == .fetcher || word == .dataFetcher ? word : nil
            state.fetches = state.fetches || word == .fetcher
            state.lastOwner = state.isAfterDot ? state.previousName : nil
        }
        let isDefined = state.isAfterDefinition
        state.isAfterDefinition = false
        if isDefined, !rules.defined.isEmpty, range.count < 100 {
            let name = bytes.slice(range).repairedText
            for (names, sign) in rules.defined where names.matches(name) {
                facts.add(sign.role, sign.weight, line: state.line, words: Self.lineText(bytes, range))
            }
        }
        guard let known else { return }
        for sign in names.entries[known].signs {
            let holds: Bool =
                switch sign.use {
                case .call: isCalled && !isDefined
                case .method: isCalled && state.isAfterDot && !isDefined
                case .methodOf(let owners):
                    isCalled && state.isAfterDot
                        && state.previousName.map { owners.contains(bytes.slice($0).repairedText) } ?? false
                case .name: true
                case .imported: state.isImportLine
                case .defined: isDefined
                case .base: state.isAfterClass && state.classParentheses > 0
                }
            if holds { facts.add(sign.role, sign.weight, line: state.line, words: Self.lineText(bytes, range)) }
        }
    }

    static func lineText(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> String {
        var start = range.lowerBound
        while start > 0, bytes[start - 1] != 0x0A, range.lowerBound - start < 120 { start -= 1 }
        let window = bytes.slice(0..<min(bytes.count, max(start + 200, range.upperBound)))
        return bytes.slice(start..<min(Self.lineEnd(window, range.upperBound), start + 200)).repairedText
    }
}
