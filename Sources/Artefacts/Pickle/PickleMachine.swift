import OpenscanBytes
import OpenscanFacts
import OpenscanUnpacking

/// Goes through a pickle stream (CPython Lib/pickletools.py, protocols 0 to 5) with a simulated stack and memo. It follows what would be
/// looked up and called; nothing is imported, built or called.
struct PickleMachine {
    /// How a stream came to its end.
    enum End {
        case stopped
        /// The place at which the usual loader would stop with an error, and why.
        case broken(Finding)
    }

    struct Global {
        let module: String
        let name: String
        let offset: Int
        fileprivate let key: UInt64
        var isCalled = false
    }

    /// A string of bytes inside the stream that may be a stream itself.
    struct Nested {
        let offset: Int
        let count: Int
        /// Bytes 128 to 255 take two bytes each (`_codecs.encode(text, 'latin1')`).
        let isLatin1Text: Bool
    }

    let cursor: ByteCursor
    private(set) var globals: [Global] = []
    private(set) var nested: [Nested] = []
    private(set) var findings: [Finding] = []
    private(set) var protocolVersion = 0
    /// Opcodes run.
    private(set) var steps = 0
    /// Whether anything would be called.
    private(set) var calls = false
    /// Whether anything is called with arguments that a call can have, or the result of a call is given a state. Two names with an
    /// `R` behind them, as words have it, do neither.
    private(set) var acts = false
    /// Something called that is no name but a result, an extension or not to be followed.
    private(set) var computedCall: Int?
    private(set) var extensionCodes: [(code: Int, offset: Int)] = []
    private(set) var unresolved: Int?
    /// The result, where it is a number.
    private(set) var lastNumber: Int?
    private(set) var isMutatingGlobal: Int32?
    var arrays = PickleArrays()
    /// Streams around this one that it is read as a part of.
    private let depth: Int

    private var stack: [PickleValue] = []
    private var marks: [Int] = []
    private var memo = PickleMemo()
    private(set) var heap = PickleHeap()
    private var globalIndex: [UInt64: Int32] = [:]
    private var textCache: [RememberedText] = []
    private var judged = 0

    private static let stackLimit = 500_000
    private static let markLimit = 100_000
    /// Names that are listed; of those beyond it the dangerous ones are, as many again.
    static let globalLimit = 4000
    /// Names beyond the limit that are judged.
    private static let judgedLimit = 1_000_000
    /// Strings that could be streams.
    static let nestedLimit = 10_000
    private static let extensionLimit = 20
    private static let findingLimit = 20
    /// Bytes at the beginning of a string in which what every stream needs is looked for.
    private static let probeSize = 4096
    private static let longestName = 1000

    init(_ cursor: ByteCursor, depth: Int = 0) {
        self.cursor = cursor
        self.depth = depth
    }

    private enum Break: Error { case at(FindingID, String) }

    /// Runs to STOP or to the place where a loader would give up.
    mutating func run() -> End {
        let start = cursor.offset
        do {
            while true {
                let place = cursor.offset
                let code = try cursor.uint8()
                steps += 1
                if code == UInt8(ascii: ".") {
                    lastNumber = stack.last.flatMap { integer($0) }
                    if stack.isEmpty {
                        return .broken(
                            Finding(.badHeader, .medium, "the stream stops with an empty stack", offset: place))
                    }
                    return .stopped
                }
                try step(code, place)
            }
        } catch let stop as ArtefactStop {
            switch stop {
            case .malformed(let finding), .unsupported(let finding): return .broken(finding)
            case .notInspected(let reason):
                return .broken(Finding(.notInspected, .medium, reason, offset: cursor.offset))
            case .unreadable(let error):
                return .broken(Finding(.notInspected, .medium, error.message, offset: cursor.offset))
            }
        } catch let Break.at(id, detail) {
            return .broken(Finding(id, .medium, detail, offset: cursor.offset))
        } catch {
            return .broken(Finding(.badHeader, .medium, "not a pickle", offset: start))
        }
    }

    // MARK: Stack

    private mutating func push(_ value: PickleValue) {
        if stack.count >= Self.stackLimit { shrink() }
        stack.append(value)
    }

    /// A very long tuple or batch of a list keeps its beginning.
    private mutating func shrink() {
        let floor = (marks.last ?? 0) + PickleHeap.itemsKept
        if floor < stack.count { stack.removeSubrange(floor...) } else { stack.removeLast(min(stack.count, 1)) }
    }

    private mutating func pop() throws -> PickleValue {
        guard stack.count > (marks.last ?? 0), let value = stack.popLast() else {
            throw Break.at(.badHeader, "the stack runs empty")
        }
        return value
    }

    private func top() throws -> PickleValue {
        guard stack.count > (marks.last ?? 0), let value = stack.last else {
            throw Break.at(.badHeader, "the stack runs empty")
        }
        return value
    }

    /// The items above the last mark, as many as a container keeps. A slice of the stack would make a copy of all of it.
    private mutating func popMark() throws -> [PickleValue] {
        guard let mark = marks.popLast() else { throw Break.at(.badHeader, "no mark on the stack") }
        let floor = min(mark, stack.count)
        let items = Array(stack[floor..<min(stack.count, floor + PickleHeap.itemsKept)])
        stack.removeLast(stack.count - floor)
        return items
    }

    private mutating func gather(_ kind: PickleHeap.Kind, _ items: some Sequence<PickleValue>) -> PickleValue {
        let node = heap.make(kind)
        for item in items { heap.append(item, to: node) }
        return node
    }

    // MARK: Opcodes

    private mutating func step(_ code: UInt8, _ place: Int) throws {
        switch code {
        case 0x80:
            let version = try cursor.uint8()
            if version > 5 {
                note(.unsupportedVersion, .medium, "pickle protocol \(version), which no loader takes", place)
            }
            protocolVersion = max(protocolVersion, Int(version))
        case 0x95:
            let length = try cursor.uint64()
            if length > UInt64(cursor.remaining) {
                note(.badFrame, .medium, "a frame of \(length) bytes goes past the end", place)
            }
        case UInt8(ascii: "("):
            guard marks.count < Self.markLimit else {
                throw Break.at(.nestingDepth, "more than \(Self.markLimit) open marks")
            }
            marks.append(stack.count)
        case UInt8(ascii: "0"):
            // POP takes a mark when nothing lies above it.
            if stack.count > (marks.last ?? 0) {
                stack.removeLast()
            } else if marks.popLast() == nil {
                throw Break.at(.badHeader, "the stack runs empty")
            }
        case UInt8(ascii: "1"): _ = try popMark()
        case UInt8(ascii: "2"): push(try top())
        // Numbers
        case UInt8(ascii: "N"): push(.none)
        case 0x88: push(.int(1))
        case 0x89: push(.int(0))
        case UInt8(ascii: "K"): push(.int(Int(try cursor.uint8())))
        case UInt8(ascii: "M"): push(.int(Int(try cursor.uint16())))
        case UInt8(ascii: "J"): push(.int(Int(try cursor.int32())))
        case UInt8(ascii: "G"):
            try cursor.skip(8)
            push(.opaque)
        case UInt8(ascii: "I"), UInt8(ascii: "L"):
            let line = try self.line()
            push(Self.number(line).map { .int($0) } ?? .opaque)
        case UInt8(ascii: "F"):
            _ = try line()
            push(.opaque)
        case 0x8A: push(try long(Int(try cursor.uint8())))
        case 0x8B: push(try long(Int(try cursor.int32())))
        // Strings
        case 0x8C: try text(Int(try cursor.uint8()))
        case UInt8(ascii: "X"): try text(Int(try cursor.uint32()))
        case 0x8D: try text(try length(try cursor.uint64()))
        case UInt8(ascii: "U"): try text(Int(try cursor.uint8()))
        case UInt8(ascii: "T"): try text(Int(try cursor.int32()))
        case UInt8(ascii: "S"): try textLine(.quoted)
        case UInt8(ascii: "V"): try textLine(.escaped)
        case UInt8(ascii: "C"): try bytes(Int(try cursor.uint8()))
        case UInt8(ascii: "B"): try bytes(Int(try cursor.uint32()))
        case 0x8E, 0x96: try bytes(try length(try cursor.uint64()))
        case 0x97: push(.opaque)
        case 0x98: _ = try top()
        // Containers
        case UInt8(ascii: "]"): push(heap.make(.list))
        case UInt8(ascii: "}"): push(heap.make(.dict))
        case UInt8(ascii: ")"): push(heap.make(.tuple))
        case 0x8F: push(heap.make(.set))
        case UInt8(ascii: "t"): push(gather(.tuple, try popMark()))
        case UInt8(ascii: "l"): push(gather(.list, try popMark()))
        case UInt8(ascii: "d"): push(gather(.dict, try popMark()))
        case 0x91: push(gather(.set, try popMark()))
        case 0x85: push(gather(.tuple, [try pop()]))
        case 0x86:
            let second = try pop()
            let first = try pop()
            push(gather(.tuple, [first, second]))
        case 0x87:
            let third = try pop()
            let second = try pop()
            let first = try pop()
            push(gather(.tuple, [first, second, third]))
        case UInt8(ascii: "a"):
            let item = try pop()
            heap.append(item, to: try top())
        case UInt8(ascii: "s"):
            let value = try pop()
            let key = try pop()
            let container = try top()
            heap.append(key, to: container)
            heap.append(value, to: container)
            setItem(on: container)
        case UInt8(ascii: "e"), UInt8(ascii: "u"), 0x90:
            let items = try popMark()
            let container = try top()
            for item in items { heap.append(item, to: container) }
            if code == UInt8(ascii: "u") { setItem(on: container) }
        // Memo
        case UInt8(ascii: "p"):
            guard let index = Self.number(try line()), index >= 0 else {
                throw Break.at(.memoIndex, "a memo number that is none")
            }
            try put(index, place)
        case UInt8(ascii: "q"): try put(Int(try cursor.uint8()), place)
        case UInt8(ascii: "r"): try put(Int(try cursor.uint32()), place)
        case 0x94:
            memo.memoize(try top())
        case UInt8(ascii: "g"): try get(Self.number(try line()) ?? -1)
        case UInt8(ascii: "h"): try get(Int(try cursor.uint8()))
        case UInt8(ascii: "j"): try get(Int(try cursor.uint32()))
        // Names
        case UInt8(ascii: "c"): push(try globalOfLines(place))
        case 0x93:
            let name = try pop()
            let module = try pop()
            push(lookUp(module, name, place))
        case 0x82: try extensionItem(Int(try cursor.uint8()), place)
        case 0x83: try extensionItem(Int(try cursor.uint16()), place)
        case 0x84: try extensionItem(Int(try cursor.int32()), place)
        // Calls
        case UInt8(ascii: "R"), 0x81:
            let arguments = try pop()
            let callable = try pop()
            push(call(callable, arguments, place))
        case 0x92:
            _ = try pop()
            let arguments = try pop()
            let callable = try pop()
            push(call(callable, arguments, place))
        case UInt8(ascii: "i"):
            let callable = try globalOfLines(place)
            let arguments = gather(.tuple, try popMark())
            push(call(callable, arguments, place))
        case UInt8(ascii: "o"):
            let items = try popMark()
            guard let callable = items.first else { throw Break.at(.badHeader, "OBJ without a class") }
            let arguments = gather(.tuple, items.dropFirst())
            push(call(callable, arguments, place))
        case UInt8(ascii: "b"):
            let state = try pop()
            try build(try top(), state, place)
        // References outside
        case UInt8(ascii: "P"):
            _ = try line()
            push(heap.make(.persistent))
        case UInt8(ascii: "Q"):
            let identity = try pop()
            let node = heap.make(.persistent)
            heap.append(identity, to: node)
            push(node)
        default: throw Break.at(.badHeader, "\(Self.hex(code)) at \(place) is no opcode")
        }
    }

    private static func hex(_ byte: UInt8) -> String { "0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16) }

    private mutating func note(_ id: FindingID, _ severity: Severity, _ detail: String, _ offset: Int) {
        _ = findings.take(
            Finding(id, severity, detail, offset: offset), limit: Self.findingLimit, ofAKind: Self.findingLimit)
    }

    private func length(_ value: UInt64) throws -> Int {
        guard value <= UInt64(cursor.remaining) else {
            throw Break.at(.truncated, "a string of \(value) bytes goes past the end")
        }
        return Int(value)
    }

    private func line() throws -> UnsafeRawBufferPointer {
        guard let line = try cursor.line(limit: ByteCursor.windowSize) else {
            throw Break.at(.truncated, "a line without an end")
        }
        return line
    }

    private static func number(_ line: UnsafeRawBufferPointer) -> Int? {
        var digits = line[...]
        while let last = digits.last, last <= 0x20 || last == UInt8(ascii: "L") { digits.removeLast() }
        guard digits.count <= 20 else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }

    private mutating func long(_ count: Int) throws -> PickleValue {
        guard count >= 0 else { throw Break.at(.badNumber, "a number of negative length") }
        if count > 8 {
            try cursor.skip(count)
            return .opaque
        }
        var value: UInt64 = 0
        let bytes = try cursor.take(count)
        for (index, byte) in bytes.enumerated() { value |= UInt64(byte) << UInt64(8 * index) }
        if count < 8, let last = bytes.last, last & 0x80 != 0 { value |= UInt64.max << UInt64(8 * count) }
        return .int(Int(truncatingIfNeeded: value))
    }

    private mutating func text(_ count: Int) throws {
        guard count >= 0 else { throw Break.at(.badNumber, "a string of negative length") }
        let offset = cursor.offset
        if count > 8 {
            let head = try cursor.peek(min(count, 4))
            if head[0] == 0xC2, head[1] == 0x80, head[2] >= 1, head[2] <= 5 {
                keep(offset, count, isLatin1Text: true)
            } else if try isOldStyle(head[0], count) {
                keep(offset, count, isLatin1Text: false)
            }
        }
        try cursor.skip(count)
        push(count <= UInt32.max ? .text(offset: offset, count: UInt32(count), form: .plain) : .opaque)
    }

    private mutating func textLine(_ form: PickleTextForm) throws {
        let offset = cursor.offset
        let line = try self.line()
        push(.text(offset: offset, count: UInt32(line.count), form: form))
    }

    private mutating func bytes(_ count: Int) throws {
        let offset = cursor.offset
        if count > 8 {
            let head = try cursor.peek(8)
            if try head[0] == 0x80 && head[1] <= 5 || head.starts(with: "PK\u{3}\u{4}")
                || Compression.detect(head) != nil || isOldStyle(head[0], count)
            {
                keep(offset, count, isLatin1Text: false)
            }
        }
        try cursor.skip(count)
        push(count <= UInt32.max ? .bytes(offset: offset, count: UInt32(count)) : .opaque)
    }

    /// Whether a string could be a stream without a marker: it names something on two lines, or from the stack or an extension.
    private func isOldStyle(_ first: UInt8, _ count: Int) throws -> Bool {
        guard first == UInt8(ascii: "c") || first == UInt8(ascii: "(") else { return false }
        let head = try cursor.peek(min(count, Self.probeSize))
        if first == UInt8(ascii: "c") { return head.newlineCount >= 2 }
        return count > Self.probeSize || [0x0A, 0x82, 0x83, 0x84, 0x93].contains { head.contains(byte: $0) }
    }

    private mutating func keep(_ offset: Int, _ count: Int, isLatin1Text: Bool) {
        guard nested.count < Self.nestedLimit else {
            return note(
                .notInspected, .high,
                "more than \(Self.nestedLimit) strings that could be streams; the rest is not looked into", offset)
        }
        nested.append(Nested(offset: offset, count: count, isLatin1Text: isLatin1Text))
    }

    private mutating func put(_ index: Int, _ place: Int) throws {
        memo.put(index, try top())
        if memo.isUncountable {
            note(.memoIndex, .high, "so many memo numbers are left out that later ones cannot be told", place)
        } else if memo.isBeyondReason {
            note(.memoIndex, .medium, "memo number \(index) is beyond what a pickler writes", place)
        }
    }

    private mutating func get(_ index: Int) throws {
        guard index >= 0, let value = memo.get(index) else {
            throw Break.at(.memoIndex, "memo \(index) was never put")
        }
        push(value)
    }

    // MARK: Names

    /// The characters of a string value; `nil` when they cannot be had.
    mutating func characters(_ value: PickleValue) -> String? {
        guard let slot = remembered(value) else { return nil }
        return textCache[slot].text
    }

    /// Slot of the cache that holds the characters of a string.
    private mutating func remembered(_ value: PickleValue) -> Int? {
        guard case .text(let offset, let count, let form) = value, count <= Self.longestName else { return nil }
        let slot = offset & 63
        if textCache.isEmpty { textCache = Array(repeating: RememberedText(), count: 64) }
        if textCache[slot].offset == offset { return slot }
        guard let bytes = try? cursor.source.bytes(at: offset, count: Int(count)), bytes.count == count else {
            return nil
        }
        let text: String
        switch form {
        case .plain: text = String(decoding: bytes, as: UTF8.self)
        case .quoted: text = PickleText.unquoted(bytes)
        case .escaped: text = PickleText.unescaped(bytes)
        }
        textCache[slot] = RememberedText(
            offset: offset, text: text, hash: Array(text.utf8).withUnsafeBytes { SeenKeys.hash($0) })
        return slot
    }

    private struct RememberedText {
        var offset = -1
        var text = ""
        var hash: UInt64 = 0
    }

    private mutating func globalOfLines(_ place: Int) throws -> PickleValue {
        let start = cursor.offset
        let moduleLength = try line().count
        let nameLength = try line().count
        guard moduleLength <= Self.longestName, nameLength <= Self.longestName else {
            throw Break.at(.stringLength, "a name of more than \(Self.longestName) bytes")
        }
        // Both lines once more, now side by side.
        let after = cursor.offset
        try cursor.seek(to: start)
        let both = try cursor.take(after - start)
        let module = both.slice(0..<moduleLength)
        let name = both.slice(moduleLength + 1..<moduleLength + 1 + nameLength)
        let key = Self.key(SeenKeys.hash(module), SeenKeys.hash(name))
        if let index = globalIndex[key] { return .global(index) }
        return intern(module.repairedText, name.repairedText, key, place)
    }

    private mutating func lookUp(_ module: PickleValue, _ name: PickleValue, _ place: Int) -> PickleValue {
        guard let moduleSlot = remembered(module), case let module = textCache[moduleSlot],
            let nameSlot = remembered(name), case let name = textCache[nameSlot]
        else {
            if unresolved == nil { unresolved = place }
            return heap.make(.call)
        }
        let key = Self.key(module.hash, name.hash)
        if let index = globalIndex[key] { return .global(index) }
        return intern(module.text, name.text, key, place)
    }

    /// Mixing two hashes does not tell which is which: `os.system` is not `system.os`.
    private static func key(_ module: UInt64, _ name: UInt64) -> UInt64 { SeenKeys.mix(SeenKeys.mix(module, 1), name) }

    private mutating func intern(_ module: String, _ name: String, _ key: UInt64, _ place: Int) -> PickleValue {
        guard hasRoom(for: module, name, place) else { return .opaque }
        let index = Int32(globals.count)
        globals.append(Global(module: module, name: name, offset: place, key: key))
        globalIndex[key] = index
        return .global(index)
    }

    /// Beyond the limit only what is dangerous is kept; harmless names by the thousand must not hide it.
    private mutating func hasRoom(for module: String, _ name: String, _ place: Int) -> Bool {
        if globals.count < Self.globalLimit { return true }
        judged += 1
        guard judged < Self.judgedLimit, globals.count < 2 * Self.globalLimit else {
            if unresolved == nil { unresolved = place }
            return false
        }
        return PickleGlobals.isDangerous(module, name)
    }

    /// Takes over a name that an inner stream has looked up.
    private mutating func adopt(_ global: Global) {
        if let index = globalIndex[global.key] {
            globals[Int(index)].isCalled = globals[Int(index)].isCalled || global.isCalled
        } else if hasRoom(for: global.module, global.name, global.offset) {
            globalIndex[global.key] = Int32(globals.count)
            globals.append(global)
        }
    }

    private mutating func extensionItem(_ code: Int, _ place: Int) throws {
        if code <= 0 { throw Break.at(.badValue, "extension code \(code)") }
        if extensionCodes.count < Self.extensionLimit {
            extensionCodes.append((code, place))
        } else {
            note(
                .notInspected, .high, "more than \(Self.extensionLimit) extension codes; the rest is not listed", place)
        }
        push(.opaque)
    }

    // MARK: Calls

    private mutating func call(_ callable: PickleValue, _ arguments: PickleValue, _ place: Int) -> PickleValue {
        calls = true
        switch arguments {
        case .global, .int, .none: break
        case .node, .text, .bytes, .opaque: acts = true
        }
        guard case .global(let index) = named(callable) else {
            switch callable {
            case .node, .text, .bytes: if computedCall == nil { computedCall = place }
            default: break
            }
            return heap.make(.call)
        }
        globals[Int(index)].isCalled = true
        let result = heap.make(.call, callable: index)
        heap.append(arguments, to: result)
        let global = globals[Int(index)]
        noteCall(global, arguments)
        return result
    }

    /// torch's old form keeps a class with its source text as `('module', class, file, text)`.
    private func named(_ callable: PickleValue) -> PickleValue {
        guard heap.kind(callable) == .persistent, let identity = heap.items(callable).first,
            case let items = heap.items(identity), items.count == 4, case .global = items[1]
        else { return callable }
        return items[1]
    }

    private mutating func build(_ object: PickleValue, _ state: PickleValue, _ place: Int) throws {
        calls = true
        if heap.kind(object) == .call { acts = true }
        if case .global(let index) = object, isMutatingGlobal == nil { isMutatingGlobal = index }
        heap.append(state, to: object)
        guard let callable = heap.callable(object) else { return }
        let global = globals[Int(callable)]
        try noteBuild(global, object, state)
    }

    private mutating func setItem(on container: PickleValue) {
        if case .global(let index) = container, isMutatingGlobal == nil { isMutatingGlobal = index }
    }

    /// Runs the stream that stands in the middle of this one, as joblib writes arrays of objects.
    mutating func runInner() throws {
        guard depth < 4 else { throw Break.at(.nestingDepth, "pickles inside pickles, deeper than 4") }
        var inner = PickleMachine(cursor, depth: depth + 1)
        let end = inner.run()
        steps += inner.steps
        calls = calls || inner.calls
        acts = acts || inner.acts
        computedCall = computedCall ?? inner.computedCall
        unresolved = unresolved ?? inner.unresolved
        extensionCodes += inner.extensionCodes.prefix(max(0, Self.extensionLimit - extensionCodes.count))
        for piece in inner.nested { keep(piece.offset, piece.count, isLatin1Text: piece.isLatin1Text) }
        for finding in inner.findings {
            _ = findings.take(finding, limit: Self.findingLimit, ofAKind: Self.findingLimit)
        }
        for global in inner.globals { adopt(global) }
        arrays.include(inner.arrays)
        if case .broken(let finding) = end { throw Break.at(finding.id, "in an inner stream: " + finding.detail) }
    }

    func global(_ value: PickleValue) -> Global? {
        if case .global(let index) = value { globals[Int(index)] } else { nil }
    }

    func callee(_ value: PickleValue) -> Global? { heap.callable(value).map { globals[Int($0)] } }

    func integer(_ value: PickleValue) -> Int? {
        if case .int(let number) = value { number } else { nil }
    }

    /// Dimensions of a shape; `nil` when one is not a number.
    func shape(_ value: PickleValue) -> [Int]? {
        if case .int(let number) = value { return [number] }
        let kind = heap.kind(value)
        guard kind == .tuple || kind == .call else { return nil }
        // torch.Size is a call on a tuple.
        if kind == .call { return heap.items(value).first.flatMap { heap.items($0).first }.flatMap { shape($0) } }
        var out: [Int] = []
        for item in heap.items(value) {
            guard let number = integer(item) else { return nil }
            out.append(number)
        }
        return out
    }

    /// The value of a key in a dict whose items were kept.
    mutating func value(_ key: String, in dictionary: PickleValue) -> PickleValue? {
        let items = heap.items(dictionary)
        var place = 0
        while place + 1 < items.count {
            if characters(items[place]) == key { return items[place + 1] }
            place += 2
        }
        return nil
    }
}

/// Strings of protocol 0.
enum PickleText {
    /// STRING: a repr in quotes (CPython Objects/bytesobject.c, `_PyBytes_DecodeEscape`).
    static func unquoted(_ bytes: [UInt8]) -> String {
        var body = bytes[...]
        while let last = body.last, last <= 0x20 { body.removeLast() }
        if let quote = body.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""), body.count >= 2,
            body.last == quote
        {
            body = body.dropFirst().dropLast()
        }
        guard body.contains(UInt8(ascii: "\\")) else { return String(decoding: body, as: UTF8.self) }
        var out: [UInt8] = []
        var rest = body
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let code = rest.popFirst() else {
                out.append(byte)
                continue
            }
            switch code {
            case UInt8(ascii: "\n"): break
            case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): out.append(code)
            case UInt8(ascii: "a"): out.append(0x07)
            case UInt8(ascii: "b"): out.append(0x08)
            case UInt8(ascii: "t"): out.append(0x09)
            case UInt8(ascii: "n"): out.append(0x0A)
            case UInt8(ascii: "v"): out.append(0x0B)
            case UInt8(ascii: "f"): out.append(0x0C)
            case UInt8(ascii: "r"): out.append(0x0D)
            case UInt8(ascii: "0")...UInt8(ascii: "7"):
                // Up to three digits, of whose value the low byte counts.
                let more = rest.prefix(2).prefix { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
                rest = rest.dropFirst(more.count)
                out.append(([code] + more).reduce(0) { $0 << 3 | ($1 - UInt8(ascii: "0")) })
            case UInt8(ascii: "x"):
                if let value = number(rest.prefix(2), of: 2) {
                    out.append(UInt8(truncatingIfNeeded: value))
                    rest = rest.dropFirst(2)
                } else {
                    out += [byte, code]
                }
            default: out += [byte, code]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// UNICODE: `\uNNNN` and `\UNNNNNNNN` and nothing else; other bytes are Latin-1 (CPython Objects/unicodeobject.c,
    /// `_PyUnicode_DecodeRawUnicodeEscapeStateful`).
    static func unescaped(_ bytes: [UInt8]) -> String {
        var scalars = String.UnicodeScalarView()
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            scalars.append(Unicode.Scalar(byte))
            guard byte == UInt8(ascii: "\\"), let code = rest.popFirst() else { continue }
            let digits = code == UInt8(ascii: "u") ? 4 : code == UInt8(ascii: "U") ? 8 : 0
            if digits > 0, let value = number(rest.prefix(digits), of: digits) {
                scalars.removeLast()
                scalars.append(Unicode.Scalar(value) ?? "\u{FFFD}")
                rest = rest.dropFirst(digits)
            } else {
                scalars.append(Unicode.Scalar(code))
            }
        }
        return String(scalars)
    }

    /// The value of exactly so many hexadecimal digits.
    private static func number(_ digits: ArraySlice<UInt8>, of count: Int) -> UInt32? {
        guard digits.count == count, digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }) else {
            return nil
        }
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
