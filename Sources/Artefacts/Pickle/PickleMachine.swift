import OpenscanBytes
import OpenscanFacts
import OpenscanUnpacking

/// Goes through a pickle stream (CPython Lib/pickletools.py, protocols 0 to 5) with a simulated stack and memo. It follows what would be
/// looked up and called; nothing is imported, built or called. What the loaders would refuse is passed over, so that the machine
/// sees whatever any of them comes to (Tests/PickleReference holds it against CPython's).
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
    /// Whose reading it is, where loaders read the same bytes in different ways.
    let reading: PickleReading
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
    /// What the stream gives, once it has come to its STOP.
    private(set) var result: PickleValue?
    /// The result, where it is a number.
    private(set) var lastNumber: Int?
    private(set) var isMutatingGlobal: Int32?
    /// An object that is given something once it has its state: what is called for that may be an attribute of the state.
    private(set) var changesBehindState: Int?
    /// Readings that part from this one somewhere in the stream.
    private(set) var otherReadings: Set<PickleReading> = []
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
    private var textsLooked = 0
    /// End of the frame that is open, 0 outside of one.
    private var frameEnd = 0

    private static let stackLimit = 500_000
    /// Where marks keep the stack from being shortened.
    private static let widestStack = 4 * stackLimit
    /// Bytes of a line that is read as a number.
    private static let longestNumber = 1 << 20
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

    init(_ cursor: ByteCursor, depth: Int = 0, reading: PickleReading = .arrays) {
        self.cursor = cursor
        self.depth = depth
        self.reading = reading
    }

    private enum Break: Error {
        case at(FindingID, Wording)
        /// A bound of the machine: a loader would read on.
        case limit(FindingID, Wording)
    }

    /// Runs to STOP or to the place where a loader would give up.
    mutating func run() -> End {
        let start = cursor.offset
        do {
            while true {
                let place = cursor.offset
                let code = try cursor.uint8()
                steps += 1
                if code == UInt8(ascii: ".") {
                    guard let last = try? pop() else {
                        return .broken(
                            Finding(.badHeader, .medium, "the stream stops with an empty stack", offset: place))
                    }
                    result = last
                    lastNumber = integer(last)
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
                return .broken(
                    Finding(error.isUnseen ? .unseen : .notInspected, .medium, error.words, offset: cursor.offset))
            }
        } catch let Break.at(id, detail) {
            return .broken(Finding(id, .medium, detail, offset: cursor.offset))
        } catch let Break.limit(id, detail) {
            return .broken(Finding(id, .high, "\(detail); the rest is not read", offset: cursor.offset))
        } catch {
            return .broken(Finding(.badHeader, .medium, "not a pickle", offset: start))
        }
    }

    // MARK: Stack

    private mutating func push(_ value: PickleValue) throws {
        if stack.count >= Self.stackLimit { try shrink() }
        stack.append(value)
    }

    /// A very long tuple or batch of a list keeps its beginning, and as much of its end.
    private mutating func shrink() throws {
        let first = (marks.last ?? 0) + PickleHeap.itemsKept
        let last = stack.count - PickleHeap.itemsKept
        guard first + 1 < last else {
            guard stack.count < Self.widestStack else {
                throw Break.limit(.nestingDepth, "more than \(Self.widestStack) values on the stack")
            }
            return
        }
        var count = last - first
        if case .left(let before) = stack[first] { count += before - 1 }
        stack.replaceSubrange(first..<last, with: CollectionOfOne(.left(count)))
    }

    private mutating func pop() throws -> PickleValue {
        guard stack.count > (marks.last ?? 0), let value = stack.popLast() else {
            throw Break.at(.badHeader, "the stack runs empty")
        }
        guard case .left(let count) = value else { return value }
        if count > 1 { stack.append(.left(count - 1)) }
        return .lost
    }

    private func top() throws -> PickleValue {
        guard stack.count > (marks.last ?? 0), let value = stack.last else {
            throw Break.at(.badHeader, "the stack runs empty")
        }
        if case .left = value { return .lost }
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
            let version = try uint8()
            if version > 5 {
                note(.unsupportedVersion, .medium, "pickle protocol \(version), which no loader takes", place)
            }
            protocolVersion = max(protocolVersion, Int(version))
        case 0x95: try frame(try uint64(), place)
        case UInt8(ascii: "("):
            guard marks.count < Self.markLimit else {
                throw Break.limit(.nestingDepth, "more than \(Self.markLimit) open marks")
            }
            marks.append(stack.count)
        case UInt8(ascii: "0"):
            // POP takes a mark when nothing lies above it.
            if stack.count > (marks.last ?? 0) {
                _ = try pop()
            } else if marks.popLast() == nil {
                throw Break.at(.badHeader, "the stack runs empty")
            }
        case UInt8(ascii: "1"): _ = try popMark()
        case UInt8(ascii: "2"): try push(top())
        // Numbers
        case UInt8(ascii: "N"): try push(.none)
        case 0x88: try push(.int(1))
        case 0x89: try push(.int(0))
        case UInt8(ascii: "K"): try push(.int(Int(try uint8())))
        case UInt8(ascii: "M"): try push(.int(Int(try uint16())))
        case UInt8(ascii: "J"): try push(.int(Int(try int32())))
        case UInt8(ascii: "G"):
            try piece(8)
            try cursor.skip(8)
            try push(.opaque)
        case UInt8(ascii: "I"), UInt8(ascii: "L"):
            try push(try number(base: 0).map { .int($0) } ?? .opaque)
        case UInt8(ascii: "F"):
            _ = try line()
            try push(.opaque)
        case 0x8A: try push(long(Int(try uint8())))
        case 0x8B: try push(long(Int(try int32())))
        // Strings
        case 0x8C: try text(Int(try uint8()))
        case UInt8(ascii: "X"): try text(Int(try uint32()))
        case 0x8D: try text(try length(try uint64()))
        case UInt8(ascii: "U"): try text(Int(try uint8()))
        case UInt8(ascii: "T"): try text(Int(try int32()))
        case UInt8(ascii: "S"): try textLine(.quoted)
        case UInt8(ascii: "V"): try textLine(.escaped)
        case UInt8(ascii: "C"): try bytes(Int(try uint8()))
        case UInt8(ascii: "B"): try bytes(Int(try uint32()))
        case 0x8E, 0x96: try bytes(try length(try uint64()))
        case 0x97: try push(.opaque)
        case 0x98: _ = try top()
        // Containers
        case UInt8(ascii: "]"): try push(heap.make(.list))
        case UInt8(ascii: "}"): try push(heap.make(.dict))
        case UInt8(ascii: ")"): try push(heap.make(.tuple))
        case 0x8F: try push(heap.make(.set))
        case UInt8(ascii: "t"): try push(gather(.tuple, popMark()))
        case UInt8(ascii: "l"): try push(gather(.list, popMark()))
        case UInt8(ascii: "d"): try push(gather(.dict, popMark()))
        case 0x91: try push(gather(.set, popMark()))
        case 0x85: try push(gather(.tuple, [pop()]))
        case 0x86:
            let second = try pop()
            let first = try pop()
            try push(gather(.tuple, [first, second]))
        case 0x87:
            let third = try pop()
            let second = try pop()
            let first = try pop()
            try push(gather(.tuple, [first, second, third]))
        case UInt8(ascii: "a"):
            let item = try pop()
            let container = try top()
            heap.append(item, to: container)
            change(container, place)
        case UInt8(ascii: "s"):
            let value = try pop()
            let key = try pop()
            let container = try top()
            heap.append(key, to: container)
            heap.append(value, to: container)
            noteKey(key, value)
            change(container, place)
        case UInt8(ascii: "e"), UInt8(ascii: "u"), 0x90:
            let items = try popMark()
            let container = try top()
            for item in items { heap.append(item, to: container) }
            if code == UInt8(ascii: "u") {
                for number in stride(from: 0, to: items.count - 1, by: 2) { noteKey(items[number], items[number + 1]) }
            }
            // `extend` is called with no items as well.
            if !items.isEmpty || code == UInt8(ascii: "e") { change(container, place) }
        // Memo
        case UInt8(ascii: "p"):
            guard let index = try number(base: 10), index >= 0 else {
                throw Break.at(.memoIndex, "a memo number that is none")
            }
            try put(index, place)
        case UInt8(ascii: "q"): try put(Int(try uint8()), place)
        case UInt8(ascii: "r"): try put(Int(try uint32()), place)
        case 0x94:
            memo.memoize(try top())
        case UInt8(ascii: "g"): try get(try number(base: 10) ?? -1)
        case UInt8(ascii: "h"): try get(Int(try uint8()))
        case UInt8(ascii: "j"): try get(Int(try uint32()))
        // Names
        case UInt8(ascii: "c"): try push(globalOfLines(place))
        case 0x93:
            let name = try pop()
            let module = try pop()
            try push(lookUp(module, name, place))
        case 0x82: try extensionItem(Int(try uint8()), place)
        case 0x83: try extensionItem(Int(try uint16()), place)
        case 0x84: try extensionItem(Int(try int32()), place)
        // Calls
        case UInt8(ascii: "R"), 0x81:
            let arguments = try pop()
            let callable = try pop()
            try push(call(callable, arguments, place))
        case 0x92:
            _ = try pop()
            let arguments = try pop()
            let callable = try pop()
            try push(call(callable, arguments, place))
        case UInt8(ascii: "i"):
            let callable = try globalOfLines(place)
            let arguments = gather(.tuple, try popMark())
            try push(call(callable, arguments, place))
        case UInt8(ascii: "o"):
            let items = try popMark()
            guard let callable = items.first else { throw Break.at(.badHeader, "OBJ without a class") }
            let arguments = gather(.tuple, items.dropFirst())
            try push(call(callable, arguments, place))
        case UInt8(ascii: "b"):
            let state = try pop()
            try build(try top(), state, place)
        // References outside
        case UInt8(ascii: "P"):
            _ = try line()
            try push(heap.make(.persistent))
        case UInt8(ascii: "Q"):
            let identity = try pop()
            let node = heap.make(.persistent)
            heap.append(identity, to: node)
            try push(node)
        default: throw Break.at(.badHeader, "\(Self.hex(code)) at \(place) is no opcode")
        }
    }

    private static func hex(_ byte: UInt8) -> String { "0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16) }

    private mutating func note(_ id: FindingID, _ severity: Severity, _ detail: Wording, _ offset: Int) {
        _ = findings.take(
            Finding(id, severity, detail, offset: offset), limit: Self.findingLimit, ofAKind: Self.findingLimit)
    }

    private func length(_ value: UInt64) throws -> Int {
        guard value <= UInt64(cursor.remaining) else {
            throw Break.at(.truncated, "a string of \(value) bytes goes past the end")
        }
        return Int(value)
    }

    // MARK: Arguments

    private mutating func uint8() throws -> UInt8 {
        try piece(1)
        return try cursor.uint8()
    }

    private mutating func uint16() throws -> UInt16 {
        try piece(2)
        return try cursor.uint16()
    }

    private mutating func uint32() throws -> UInt32 {
        try piece(4)
        return try cursor.uint32()
    }

    private mutating func uint64() throws -> UInt64 {
        try piece(8)
        return try cursor.uint64()
    }

    private mutating func int32() throws -> Int32 {
        try piece(4)
        return try cursor.int32()
    }

    /// Before `count` bytes are read at once. No pickler lets them go across the end of a frame; CPython's reader in C, from a file,
    /// then drops what is left of the frame, and from bytes it reads on.
    @inline(__always)
    private mutating func piece(_ count: Int) throws {
        let rest = frameEnd - cursor.offset
        if rest > 0, rest < count { try leaveFrame() }
    }

    private mutating func leaveFrame() throws {
        part(to: .dropping, "an argument goes across the end of its frame", cursor.offset)
        if reading == .dropping { try cursor.seek(to: frameEnd) }
        frameEnd = 0
    }

    private mutating func frame(_ length: UInt64, _ place: Int) throws {
        let start = cursor.offset
        guard length <= UInt64(cursor.remaining) else {
            note(.badFrame, .medium, "a frame of \(length) bytes goes past the end", place)
            // C reads all of a frame before the first of its opcodes.
            if reading == .dropping { throw Break.at(.badFrame, "a frame that goes past the end") }
            frameEnd = 0
            return
        }
        let end = start + Int(length)
        if start < frameEnd {
            if end <= frameEnd { return }
            part(to: .dropping, "a frame begins within another and ends outside of it", place)
            if reading == .dropping {
                let rest = frameEnd
                try cursor.seek(to: rest)
                frameEnd = rest + Int(length)
                guard frameEnd <= rest + cursor.remaining else {
                    throw Break.at(.badFrame, "a frame that goes past the end")
                }
                return
            }
        }
        frameEnd = end
    }

    private mutating func part(to other: PickleReading, _ detail: Wording, _ place: Int) {
        otherReadings.insert(other)
        note(.badFrame, .high, "\(detail): loaders read it in different ways", place)
    }

    /// Place and length of a line, and its bytes unless they are more than fit in the window; those hold until the next byte is read.
    /// What is left without a line feed at the end is a line less its last byte, as CPython has it.
    private mutating func line() throws -> (offset: Int, count: Int, bytes: UnsafeRawBufferPointer?) {
        var offset = cursor.offset
        var bytes = try cursor.line(limit: ByteCursor.windowSize)
        var count = try bytes?.count ?? cursor.passLine()
        if offset < frameEnd, cursor.offset > frameEnd {
            let after = cursor.offset
            try cursor.seek(to: offset)
            try leaveFrame()
            if cursor.offset == offset {
                try cursor.seek(to: after)
                bytes = nil
            } else {
                offset = cursor.offset
                bytes = try cursor.line(limit: ByteCursor.windowSize)
                count = try bytes?.count ?? cursor.passLine()
            }
        }
        return (offset, count, bytes)
    }

    /// A line as a whole number; `nil` for what is none or of another size.
    private mutating func number(base: Int) throws -> Int? {
        let (offset, count, bytes) = try line()
        if let bytes { return PickleNumber.value(bytes, base: base) }
        guard count <= Self.longestNumber else {
            if base == 0 { return nil }
            throw Break.limit(.memoIndex, "a memo number of more than \(Self.longestNumber) digits")
        }
        guard let bytes = try? cursor.source.bytes(at: offset, count: count), bytes.count == count else { return nil }
        return bytes.withUnsafeBytes { PickleNumber.value($0, base: base) }
    }

    private mutating func long(_ count: Int) throws -> PickleValue {
        guard count >= 0 else { throw Break.at(.badNumber, "a number of negative length") }
        try piece(count)
        if count > 255 {
            try cursor.skip(count)
            return .opaque
        }
        var value: UInt64 = 0
        let bytes = try cursor.take(count)
        let isNegative = bytes.last.map { $0 & 0x80 != 0 } ?? false
        for index in 0..<8 {
            value |= UInt64(index < count ? bytes[index] : isNegative ? 0xFF : 0) << UInt64(8 * index)
        }
        let number = Int(truncatingIfNeeded: value)
        // What is longer than it needs to be is a number all the same.
        guard (number < 0) == isNegative, bytes.dropFirst(8).allSatisfy({ $0 == (isNegative ? 0xFF : 0) }) else {
            return .opaque
        }
        return .int(number)
    }

    private mutating func text(_ count: Int) throws {
        guard count >= 0 else { throw Break.at(.badNumber, "a string of negative length") }
        try piece(count)
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
        try push(count <= UInt32.max ? .text(offset: offset, count: UInt32(count), form: .plain) : .lost)
    }

    private mutating func textLine(_ form: PickleTextForm) throws {
        let (offset, count, _) = try line()
        try push(count <= UInt32.max ? .text(offset: offset, count: UInt32(count), form: form) : .lost)
    }

    private mutating func bytes(_ count: Int) throws {
        // Bytes are put together across the end of a frame in every reading.
        if cursor.offset < frameEnd, count > frameEnd - cursor.offset { frameEnd = 0 }
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
        try push(count <= UInt32.max ? .bytes(offset: offset, count: UInt32(count)) : .lost)
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
        try push(value)
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
        let module = try line()
        let name = try line()
        // Both lines once more, now side by side.
        let after = cursor.offset
        guard after - module.offset <= 2 * Self.longestName, name.offset - module.offset < 2 * Self.longestName else {
            if unresolved == nil { unresolved = place }
            return .lost
        }
        try cursor.seek(to: module.offset)
        let both = try cursor.take(after - module.offset)
        let start = name.offset - module.offset
        return find(
            both.slice(0..<module.count), both.slice(start..<start + name.count), place)
    }

    private mutating func find(_ module: UnsafeRawBufferPointer, _ name: UnsafeRawBufferPointer, _ place: Int)
        -> PickleValue
    {
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
        guard hasRoom(for: module, name, place) else { return .lost }
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
        try push(.opaque)
    }

    // MARK: Calls

    private mutating func call(_ callable: PickleValue, _ arguments: PickleValue, _ place: Int) -> PickleValue {
        calls = true
        switch arguments {
        case .global, .int, .none: break
        case .node, .text, .bytes, .opaque, .lost, .left: acts = true
        }
        guard case .global(let index) = named(callable) else {
            switch callable {
            case .node, .text, .bytes, .lost: if computedCall == nil { computedCall = place }
            default: break
            }
            return heap.make(.call)
        }
        globals[Int(index)].isCalled = true
        if let found = lookUpByCall(globals[Int(index)], arguments, place) { return found }
        let result = heap.make(.call, callable: index)
        heap.append(arguments, to: result)
        let global = globals[Int(index)]
        noteCall(global, arguments)
        notePrograms(global, arguments, place)
        return result
    }

    // MARK: What calls and keys say

    /// Texts that calls are given and that were looked at.
    private static let mostTexts = 10_000
    private static let shortestProgram = 12
    private static let longestLook = 4096

    /// Text of a program as the argument of a call that makes no use of it: whoever put it there has another reader in mind.
    private mutating func notePrograms(_ global: Global, _ arguments: PickleValue, _ place: Int) {
        // A pattern may look for words of programs.
        guard textsLooked < Self.mostTexts, global.module != "re" else { return }
        for case .text(let offset, let count, _) in heap.items(arguments) where count >= Self.shortestProgram {
            textsLooked += 1
            guard let bytes = try? cursor.source.bytes(at: offset, count: min(Int(count), Self.longestLook)),
                bytes.withUnsafeBytes(ProgramText.isProgram)
            else { continue }
            note(.embeddedCode, .medium, "\(global.module).\(global.name) is called with the text of a program", place)
        }
    }

    /// Keys under which tensors stand: those of an adapter's parts say what the whole is.
    private mutating func noteKey(_ key: PickleValue, _ value: PickleValue) {
        guard arrays.isLookedFor, let index = heap.callable(value),
            globals[Int(index)].name.hasPrefix("_rebuild_"), globals[Int(index)].module.hasPrefix("torch")
        else { return }
        var name = characters(key) ?? ""
        arrays.noteKey(isAdapters: name.withUTF8 { AdapterNames.holds(UnsafeRawBufferPointer($0)) })
    }

    /// torch's old form keeps a class with its source text as `('module', class, file, text)`.
    private func named(_ callable: PickleValue) -> PickleValue {
        guard heap.kind(callable) == .persistent, let identity = heap.items(callable).first,
            case let items = heap.items(identity), items.count == 4, case .global = items[1]
        else { return callable }
        return items[1]
    }

    /// Functions that are expected and look up or call what they are given.
    private mutating func lookUpByCall(_ global: Global, _ arguments: PickleValue, _ place: Int) -> PickleValue? {
        let items = heap.items(arguments)
        switch global.name {
        // `getattr(__import__(module), name)` (numpy/_core/__init__.py).
        case "_ufunc_reconstruct" where global.module.hasPrefix("numpy"):
            guard items.count == 2 else {
                if unresolved == nil { unresolved = place }
                return .lost
            }
            return lookUp(items[0], items[1], place)
        // `func(*args)` (torch/_tensor.py).
        case "_rebuild_from_type_v2", "_rebuild_from_type":
            if let callable = items.first {
                let inner = items.count > 2 ? items[2] : .lost
                if global.module == "torch._tensor" { _ = call(callable, inner, place) }
            }
        default: break
        }
        return nil
    }

    private mutating func build(_ object: PickleValue, _ state: PickleValue, _ place: Int) throws {
        calls = true
        if heap.kind(object) == .call { acts = true }
        change(object, place)
        guard heap.kind(object) == .call else { return }
        heap.append(state, to: object)
        heap.markBuilt(object)
        guard let callable = heap.callable(object) else { return }
        let global = globals[Int(callable)]
        try noteBuild(global, object, state)
    }

    /// An item or a state for what is no container: a name itself, or an object that a pickler was done with when it had its state.
    private mutating func change(_ container: PickleValue, _ place: Int) {
        if case .global(let index) = container, isMutatingGlobal == nil { isMutatingGlobal = index }
        if heap.isBuilt(container), changesBehindState == nil { changesBehindState = place }
    }

    /// Notes that an array stands between the opcodes for joblib, where the usual loader reads on.
    mutating func partAtArray() { otherReadings.insert(.plain) }

    /// Runs the stream that stands in the middle of this one, as joblib writes arrays of objects.
    mutating func runInner() throws {
        guard depth < 4 else { throw Break.at(.nestingDepth, "pickles inside pickles, deeper than 4") }
        var inner = PickleMachine(cursor, depth: depth + 1, reading: reading)
        let end = inner.run()
        steps += inner.steps
        calls = calls || inner.calls
        acts = acts || inner.acts
        computedCall = computedCall ?? inner.computedCall
        unresolved = unresolved ?? inner.unresolved
        changesBehindState = changesBehindState ?? inner.changesBehindState
        otherReadings.formUnion(inner.otherReadings)
        extensionCodes += inner.extensionCodes.prefix(max(0, Self.extensionLimit - extensionCodes.count))
        for piece in inner.nested { keep(piece.offset, piece.count, isLatin1Text: piece.isLatin1Text) }
        for finding in inner.findings {
            _ = findings.take(finding, limit: Self.findingLimit, ofAKind: Self.findingLimit)
        }
        for global in inner.globals { adopt(global) }
        arrays.include(inner.arrays)
        if case .broken(let finding) = end { throw Break.at(finding.id, "in an inner stream: \(finding.detail)") }
    }

    func global(_ value: PickleValue) -> Global? {
        if case .global(let index) = value { globals[Int(index)] } else { nil }
    }

    func callee(_ value: PickleValue) -> Global? { heap.callable(value).map { globals[Int($0)] } }

    /// What the memo has at a number.
    func remembered(at index: Int) -> PickleValue? { memo.get(index) }

    /// Numbers of the memo that are filled.
    var memoCount: Int { memo.count }

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
