import OpenscanBytes
import OpenscanFacts
import OpenscanUnpacking

/// Reads pickle streams into facts: names by verdict, arrays, streams that follow or are nested.
enum PickleScan {
    /// What one run over a place found.
    struct Outcome {
        /// Offset behind the last stream.
        var end: Int
        /// Whether every stream came to its STOP.
        var isWhole: Bool
        var streams: Int
        /// Whether there are names that a module can have.
        var hasGlobals: Bool
        /// Whether the first stream says by a marker that it is one.
        var hasMarker = false
        /// Whether something is called, with arguments that a call can have.
        var acts = false
        var danger = Danger()

        var hasDanger: Bool { danger.isNamed || danger.isComputed }
        /// Whether bytes of which nobody says that they are a stream are one that does harm. Words on lines look like names as
        /// well; they come to no STOP and call nothing, or what they call is one of themselves.
        var isConvincing: Bool {
            danger.isNamed && (isWhole || danger.isCalled) || danger.isComputed && isWhole && hasGlobals
        }
        /// Whether such bytes are a stream at all.
        var isStream: Bool { isWhole && hasGlobals && (hasMarker || acts) }
    }

    /// What of a stream runs code or gives a way to do so.
    struct Danger {
        /// Something dangerous is looked up.
        var isNamed = false
        /// The stream calls something as well: that, or what may call it in turn.
        var isCalled = false
        /// Something computed is called.
        var isComputed = false

        mutating func include(_ other: Danger) {
            isNamed = isNamed || other.isNamed
            isCalled = isCalled || other.isCalled
            isComputed = isComputed || other.isComputed
        }
    }

    private static let streamLimit = 100_000
    private static let deepest = 4
    /// Bytes of a stream inside a stream.
    private static let nestedLimit = 16 << 20

    /// What may come out of compressed strings in one stream and those inside it: a few bytes expand to as many as they like.
    final class Budget {
        fileprivate var expanded: Int

        init(expanded: Int = 256 << 20) { self.expanded = expanded }
    }

    /// Runs one stream at the cursor's place.
    ///
    /// - Parameter place: words that say where the stream is, empty for a file that is one.
    /// - Returns: the machine as it stood at the end, and how that came.
    static func run(
        _ cursor: ByteCursor, context: PickleContext, facts: inout ArtefactFacts, place: Wording = "", limits: Limits,
        depth: Int = 0, budget: Budget = Budget()
    ) -> (machine: PickleMachine, end: PickleMachine.End, danger: Danger) {
        let start = cursor.offset
        var machine = PickleMachine(cursor)
        let end = machine.run()
        var danger = report(machine, context: context, facts: &facts, place: place)
        for reading in machine.otherReadings.sorted(by: { $0.rawValue < $1.rawValue }) {
            danger.include(
                report(reading, of: cursor, from: start, context: context, facts: &facts, place: place))
        }
        if depth >= deepest, !machine.nested.isEmpty {
            facts.find(.nestingDepth, .medium, "\(place)pickles inside pickles, deeper than \(deepest)")
        }
        for nested in machine.nested where depth < deepest {
            danger.include(
                scanNested(
                    nested, of: cursor, context: context, facts: &facts, place: place, limits: limits, depth: depth,
                    budget: budget))
        }
        return (machine, end, danger)
    }

    /// Streams one after another up to the cursor's end.
    static func scan(
        _ cursor: ByteCursor, context: PickleContext, facts: inout ArtefactFacts, place: Wording = "", limits: Limits,
        depth: Int = 0, budget: Budget = Budget()
    ) -> Outcome {
        var outcome = Outcome(end: cursor.offset, isWhole: false, streams: 0, hasGlobals: false)
        while true {
            let start = cursor.offset
            let isFirst = outcome.streams == 0
            if isFirst {
                outcome.hasMarker = (try? cursor.peek(upTo: 3)).map { PickleStart.hasMarker($0) } ?? false
            } else {
                // What follows counts as a stream when it begins like one.
                guard let head = try? cursor.peek(upTo: 64), PickleStart.isLikely(head) else { break }
            }
            guard outcome.streams < streamLimit else {
                facts.find(
                    .notInspected, .high, "\(place)more than \(streamLimit) streams; the rest is not read", at: start)
                break
            }
            let (machine, end, danger) = run(
                cursor, context: context, facts: &facts, place: place, limits: limits, depth: depth, budget: budget)
            outcome.hasGlobals = outcome.hasGlobals || machine.globals.contains { PickleGlobals.canBeModule($0.module) }
            outcome.acts = outcome.acts || machine.acts
            outcome.danger.include(danger)
            machine.arrays.count(into: &facts)
            if isFirst { facts.note("pickle.protocol", machine.protocolVersion) }
            switch end {
            case .stopped:
                outcome.streams += 1
                outcome.end = cursor.offset
                outcome.isWhole = true
            case .broken(let finding):
                if isFirst || danger.isNamed || danger.isComputed {
                    var finding = finding
                    finding.detail = "\(place)\(finding.detail)"
                    facts.find(finding)
                    if depth == 0 { facts.status = status(brokenBy: finding) }
                    outcome.isWhole = false
                    outcome.end = max(start, cursor.offset)
                    if isFirst { return outcome }
                }
                outcome.streams += 1
                return outcome
            }
        }
        return outcome
    }

    /// What a file is whose stream came to no end: nothing is wrong with one of which the rest is not here.
    static func status(brokenBy finding: Finding) -> ArtefactStatus {
        finding.id == .unseen ? .notInspected : .malformed
    }

    /// Reads a stream once more as another loader does. Bytes of arrays seldom are opcodes for long: a reading that comes to no end
    /// counts by what it calls.
    private static func report(
        _ reading: PickleReading, of cursor: ByteCursor, from start: Int, context: PickleContext,
        facts: inout ArtefactFacts, place: Wording
    ) -> Danger {
        var machine = PickleMachine(ByteCursor(cursor.source, from: start, to: cursor.end), reading: reading)
        let end = machine.run()
        var part = ArtefactFacts(format: facts.format, status: .ok)
        let danger = report(machine, context: context, facts: &part, place: place)
        var isWhole = false
        if case .stopped = end { isWhole = true }
        guard isWhole || danger.isNamed && danger.isCalled else { return Danger() }
        for finding in part.findings where finding.id.isGlobal { facts.find(finding) }
        return danger
    }

    /// Turns what a machine saw into findings.
    private static func report(
        _ machine: PickleMachine, context: PickleContext, facts: inout ArtefactFacts, place: Wording
    ) -> Danger {
        var danger = Danger()
        for finding in machine.findings { facts.find(finding) }
        let calledAtLoading: Wording = "; called at loading"
        for global in machine.globals {
            let shown = global.module + "." + global.name
            switch PickleGlobals.verdict(global.module, global.name, isCalled: global.isCalled, context: context) {
            case .expected: break
            case .unknown:
                facts.find(
                    .unknownGlobal, .medium,
                    "\(place)\(shown) is not among the names that this format needs\(global.isCalled ? calledAtLoading : "")",
                    at: global.offset)
            case .dangerous(let reason):
                // torch's own pickling of a tensor outside torch.save; harmless when the bytes inside are.
                if global.module == "torch.storage", global.name == "_load_from_bytes", isHarmlessTensor(machine) {
                    continue
                }
                danger.include(Danger(isNamed: true, isCalled: machine.acts))
                facts.find(
                    .dangerousGlobal, .high,
                    "\(place)\(shown) \(reason)\(global.isCalled ? calledAtLoading : "")", at: global.offset)
            }
        }
        if machine.globals.count >= PickleMachine.globalLimit {
            facts.find(
                .countTooLarge, .medium,
                "\(place)more than \(PickleMachine.globalLimit) names; of the rest only the dangerous ones are listed")
        }
        if let offset = machine.unresolved {
            facts.find(
                .unknownGlobal, .high,
                "\(place)looks up a name that is put together at loading and cannot be followed", at: offset)
        }
        if let offset = machine.computedCall {
            facts.find(
                .unknownGlobal, .high, "\(place)calls something that is the result of a call, not a name", at: offset)
        }
        for (code, offset) in machine.extensionCodes {
            facts.find(
                .unknownGlobal, .high, "\(place)extension code \(code) stands for a name that the file does not give",
                at: offset)
        }
        if let index = machine.isMutatingGlobal {
            let global = machine.globals[Int(index)]
            facts.find(
                .unknownGlobal, .high, "\(place)changes \(global.module).\(global.name) itself, not an object of it",
                at: global.offset)
        }
        if let offset = machine.changesBehindState {
            facts.find(
                .unknownGlobal, .high,
                "\(place)gives an object something once it has its state, which may be an attribute that is called",
                at: offset)
        }
        if machine.computedCall != nil { danger.include(Danger(isCalled: true, isComputed: true)) }
        return danger
    }

    /// Whether every call of `_load_from_bytes` takes bytes that stand in the stream and hold nothing but a tensor.
    private static func isHarmlessTensor(_ machine: PickleMachine) -> Bool {
        guard machine.nested.count < PickleMachine.nestedLimit else { return false }
        var streams = 0
        for nested in machine.nested {
            var facts = ArtefactFacts(format: "torch-legacy", status: .ok)
            guard let bytes = bytes(of: nested, source: machine.cursor.source) else { return false }
            let cursor = ByteCursor(MemoryBytes(bytes))
            // Words that happen to begin like an old stream are looked at elsewhere.
            guard bytes.starts(with: [0x80]) else { continue }
            streams += 1
            let outcome = scan(cursor, context: .torch, facts: &facts, limits: Limits(), depth: deepest)
            if outcome.hasDanger || facts.findings.contains(where: { $0.id == .unknownGlobal }) || outcome.streams < 5 {
                return false
            }
        }
        return streams > 0
    }

    private static func bytes(of nested: PickleMachine.Nested, source: any RandomAccessBytes) -> [UInt8]? {
        guard nested.count <= nestedLimit, let bytes = try? source.bytes(at: nested.offset, count: nested.count),
            bytes.count == nested.count
        else { return nil }
        guard nested.isLatin1Text else { return bytes }
        // U+0080 to U+00FF stand for the bytes 0x80 to 0xFF.
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] & 0xFE == 0xC2, index + 1 < bytes.count {
                out.append(bytes[index] << 6 | bytes[index + 1] & 0x3F)
                index += 2
            } else {
                out.append(bytes[index])
                index += 1
            }
        }
        return out
    }

    private static func scanNested(
        _ nested: PickleMachine.Nested, of cursor: ByteCursor, context: PickleContext, facts: inout ArtefactFacts,
        place: Wording, limits: Limits, depth: Int, budget: Budget
    ) -> Danger {
        guard let bytes = bytes(of: nested, source: cursor.source) else { return Danger() }
        let source = MemoryBytes(bytes)
        var part = ArtefactFacts(format: "pickle", status: .ok)
        let words: Wording = "\(place)in a string at \(nested.offset): "
        if bytes.starts(with: [0x50, 0x4B, 3, 4]) {
            let input = ArtefactInput(
                bytes: source, path: "string at \(nested.offset)", size: bytes.count, limits: limits, depth: depth + 1)
            guard depth + 1 < ArtefactInput.deepest, (try? ZipArtefact.read(&part, input)) != nil else {
                return Danger()
            }
            for finding in part.findings where finding.id.isGlobal {
                facts.find(Finding(finding.id, finding.severity, "\(words)\(finding.detail)", offset: nested.offset))
            }
            let isDangerous = part.findings.contains { $0.id == .dangerousGlobal }
            return Danger(isNamed: isDangerous, isCalled: isDangerous)
        }
        var inner: any RandomAccessBytes = source
        if let compression = bytes.withUnsafeBytes({ Compression.detect($0) }),
            let expanded = try? compression.expand(source, path: "nested", limits: limits)
        {
            guard budget.expanded > 0 else {
                facts.find(
                    .notInspected, .high, "\(place)more comes out of compressed strings than is read", at: nested.offset
                )
                return Danger()
            }
            inner = StreamBytes(expanded, size: nil, path: "nested")
        }
        let outcome = scan(
            ByteCursor(inner), context: context, facts: &part, place: words, limits: limits, depth: depth + 1,
            budget: budget)
        if !(inner is MemoryBytes) { budget.expanded -= outcome.end }
        // Most strings that begin like a stream are none: only what names something, or runs to its end and calls, counts.
        let isTooDeep = part.findings.contains { $0.id == .nestingDepth }
        guard outcome.isConvincing || isTooDeep || outcome.isStream else { return Danger() }
        for finding in part.findings where finding.id.isGlobal || finding.id == .nestingDepth {
            facts.find(Finding(finding.id, finding.severity, finding.detail, offset: nested.offset))
        }
        return outcome.isConvincing ? outcome.danger : Danger()
    }
}

/// How streams begin.
enum PickleStart {
    /// Protocol 2 to 5: the marker and a version.
    static func hasMarker(_ head: UnsafeRawBufferPointer) -> Bool {
        head.count >= 3 && head[0] == 0x80 && head[1] <= 5 && isOpening(head[2])
    }

    /// Opcodes that a stream can open with, behind the marker.
    private static func isOpening(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x95, 0x8A, 0x8B, 0x8C, 0x8D, 0x8E, 0x8F, 0x88, 0x89, 0x80: true
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "c"),
            UInt8(ascii: "X"), UInt8(ascii: "B"), UInt8(ascii: "C"), UInt8(ascii: "N"), UInt8(ascii: "K"),
            UInt8(ascii: "M"), UInt8(ascii: "J"), UInt8(ascii: "G"), UInt8(ascii: "U"), UInt8(ascii: "T"),
            UInt8(ascii: "I"), UInt8(ascii: "S"), UInt8(ascii: "V"), UInt8(ascii: "F"), UInt8(ascii: "L"),
            UInt8(ascii: "P"), 0x82, 0x83, 0x84, 0x96, 0x97, UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// Whether bytes of a name that tells nothing are an old stream: they must run as one, since words on lines begin alike.
    static func runsAsOldStyle(_ head: UnsafeRawBufferPointer) -> Bool {
        guard isOldStyle(head) else { return false }
        var machine = PickleMachine(ByteCursor(MemoryBytes(Array(head)), window: 1024))
        switch machine.run() {
        case .stopped: return machine.steps > 2
        case .broken(let finding):
            return finding.id == .truncated && machine.steps > 3 && head.count >= ArtefactReader.headSize
        }
    }

    static func isLikely(_ head: UnsafeRawBufferPointer) -> Bool { hasMarker(head) || isOldStyle(head) }

    /// Protocol 0 or 1 has no marker: a name on two lines, or a mark with what usually follows it.
    static func isOldStyle(_ head: UnsafeRawBufferPointer) -> Bool {
        guard let first = head.first else { return false }
        if first == UInt8(ascii: "c") { return namesEnd(head, from: 1) != nil }
        guard first == UInt8(ascii: "("), head.count > 2 else { return false }
        switch head[1] {
        case UInt8(ascii: "c"): return namesEnd(head, from: 2) != nil
        case UInt8(ascii: "d"), UInt8(ascii: "l"), UInt8(ascii: "t"):
            return head[2] == UInt8(ascii: "p") || head[2] == UInt8(ascii: "q") || head[2] == UInt8(ascii: ".")
        case UInt8(ascii: "S"): return head[2] == UInt8(ascii: "'") || head[2] == UInt8(ascii: "\"")
        case UInt8(ascii: "V"), UInt8(ascii: "I"), UInt8(ascii: "X"), UInt8(ascii: "U"), UInt8(ascii: "K"),
            UInt8(ascii: "("):
            return !TextProbe.isText(head.slice(0..<min(head.count, 64))) || head.contains(byte: 0x0A)
        default: return false
        }
    }

    /// Where two lines of dotted names end; `nil` when there are none.
    static func namesEnd(_ head: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var place = start
        for _ in 0..<2 {
            let begin = place
            while place < head.count, isNameByte(head[place]) { place += 1 }
            guard place > begin, place < head.count, head[place] == 0x0A else { return nil }
            place += 1
        }
        return place
    }

    static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "."): true
        default: false
        }
    }
}

/// Looks for streams in bytes that are something else: behind junk, behind the end, under another name.
enum PickleSearch {
    /// Dangerous streams that are listed; harmless ones in front of them are passed over.
    private static let dangerLimit = 10

    /// - Returns: whether a stream was found.
    @discardableResult
    static func search(
        _ input: ArtefactInput, from start: Int, context: PickleContext, facts: inout ArtefactFacts, what: String
    ) throws(ArtefactStop) -> Bool {
        guard input.depth < ArtefactInput.deepest, input.limits.searchedBytes > 0 else { return false }
        let bytes: [UInt8]
        do throws(ArtefactStop) { bytes = try input.piece(at: start, count: input.limits.searchedBytes) } catch {
            // What was read of the file stays read, though nobody can look behind it.
            guard case .unreadable(let problem) = error, case .unseen(_, let offset) = problem else { throw error }
            facts.find(
                .unseen, .low, "\(Wording(what)): the bytes from \(offset) on were not fetched, and not searched")
            return false
        }
        let source = MemoryBytes(bytes)
        var isFound = false
        var dangerous = 0
        // Failed attempts cost: all of them together may read the bytes a few times over.
        var budget = bytes.count * 4 + 4096
        var place = 0
        while place < bytes.count, budget > 0, dangerous < dangerLimit {
            guard let candidate = bytes.withUnsafeBytes({ next($0, from: place) }) else { break }
            let cursor = ByteCursor(source, from: candidate, window: 4096)
            var part = ArtefactFacts(format: "pickle", status: .ok)
            let outcome = PickleScan.scan(
                cursor, context: context, facts: &part, place: "stream at \(start + candidate): ", limits: input.limits,
                depth: 3)
            budget -= max(64, cursor.offset - candidate)
            if outcome.isConvincing || outcome.isStream {
                isFound = true
                if outcome.isConvincing { dangerous += 1 }
                facts.find(
                    .pickleDisguised, outcome.isConvincing ? .high : .medium,
                    "\(Wording(what)): a pickle stream at \(start + candidate)", at: start + candidate)
                for finding in part.findings where finding.id.isGlobal { facts.find(finding) }
                place = max(candidate + 2, outcome.end)
            } else {
                place = candidate + 1
            }
        }
        if budget <= 0, place < bytes.count {
            facts.find(
                .notInspected, .medium, "\(Wording(what)): so much begins like a stream that the rest is not searched",
                at: start + place)
        }
        return isFound
    }

    /// The next place where a stream could begin.
    private static func next(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var place = start
        while place + 3 < bytes.count {
            let byte = bytes[place]
            if byte == 0x80, bytes[place + 1] <= 5, PickleStart.hasMarker(bytes.slice(place..<place + 3)) {
                return place
            }
            if byte == UInt8(ascii: "c"),
                PickleStart.namesEnd(bytes.slice(place..<min(place + 256, bytes.count)), from: 1) != nil
            {
                return place
            }
            if byte == UInt8(ascii: "("), PickleStart.isOldStyle(bytes.slice(place..<min(place + 256, bytes.count))) {
                return place
            }
            place += 1
        }
        return nil
    }
}
