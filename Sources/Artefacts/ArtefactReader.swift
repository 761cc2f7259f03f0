import OpenscanBytes
import OpenscanFacts
import OpenscanUnpacking

/// Chooses the reader for a file, by its first bytes and then by its name, and keeps what it finds.
public enum ArtefactReader {
    /// Bytes that recognition looks at.
    public static let headSize = 512
    private static let beginning = 4 << 10

    /// Facts about an artefact, `nil` when the file is none.
    ///
    /// - Parameter head: the first `headSize` bytes.
    public static func read(_ content: EntryContent, entry: Entry, head: UnsafeRawBufferPointer, limits: Limits)
        throws(ReadError) -> ArtefactFacts?
    {
        var facts = try unsorted(content, entry, head, limits)
        if let format = facts?.format, facts?.kind == .other {
            facts?.kind = FormatRecognition.byID[format]?.kind ?? .other
        }
        // A pointer stands for the file that its name says.
        if facts?.pointer != nil, ArtefactNames.isWeights(entry.path) { facts?.kind = .weights }
        return facts
    }

    /// Facts about a file that a hub lists and of which nothing is here: its size and digest stand for it, as a pointer's do.
    public static func listed(_ pointer: ArtefactFacts.Pointer, path: String) -> ArtefactFacts {
        var facts = ArtefactFacts(format: "hub-listing", status: .pointer)
        facts.pointer = pointer
        if ArtefactNames.isWeights(path) { facts.kind = .weights }
        return facts
    }

    private static func unsorted(
        _ content: EntryContent, _ entry: Entry, _ head: UnsafeRawBufferPointer, _ limits: Limits
    ) throws(ReadError) -> ArtefactFacts? {
        if let pointer = LFSPointer.read(head, size: entry.size) { return pointer }
        let start = FileHead(head, path: entry.path, size: entry.size)
        let facts = try byFormat(content, entry, start, limits)
        guard facts.map({ $0.status != .ok && $0.tensors ?? 0 == 0 }) ?? true, let text = TextAsWeights.facts(start)
        else {
            return facts
        }
        if var facts {
            facts.status = .malformed
            for finding in text.findings { facts.find(finding) }
            return facts
        }
        guard let bytes = content.randomAccess else { return text }
        return search(after: text, ArtefactInput(bytes: bytes, path: entry.path, size: entry.size, limits: limits))
    }

    private static func byFormat(
        _ content: EntryContent, _ entry: Entry, _ start: FileHead, _ limits: Limits
    ) throws(ReadError) -> ArtefactFacts? {
        guard let format = FormatRecognition.format(start) else {
            return start.isText ? nil : disguised(content, entry, limits)
        }
        if let size = entry.size, size == 0 { return empty(format) }
        if let readHeader = format.readHeader {
            let facts = try readHeader(content, entry.size, limits)
            guard let bytes = content.randomAccess else { return facts }
            let input = ArtefactInput(bytes: bytes, path: entry.path, size: entry.size, limits: limits)
            return probed(search(after: facts, input), format, start, input)
        }
        let bytes = content.randomAccess ?? StreamBytes(content.replayed(), size: entry.size, path: entry.path)
        let input = ArtefactInput(bytes: bytes, path: entry.path, size: entry.size, limits: limits)
        return probed(read(format, start, input), format, start, input)
    }

    /// Facts about an archive that is data in itself and not a package to open; `nil` for every other.
    public static func packed(_ content: EntryContent) throws(ReadError) -> ArtefactFacts? {
        guard let bytes = content.randomAccess, try content.prefix(512).starts(with: "ustar", at: 257) else {
            return nil
        }
        var facts = try WebDataset.read(bytes)
        facts?.kind = .data
        return facts
    }

    /// Facts about a part of an artefact.
    static func facts(_ input: ArtefactInput, head: UnsafeRawBufferPointer) throws(ArtefactStop) -> ArtefactFacts? {
        let start = FileHead(head, path: input.path, size: input.size)
        guard let format = FormatRecognition.format(start) else { return nil }
        if head.isEmpty { return empty(format) }
        if let readHeader = format.readHeader {
            do throws(ReadError) {
                return try readHeader(EntryContent(input.bytes, buffer: PrefixBuffer()), input.size, input.limits)
            } catch { throw .unreadable(error) }
        }
        return read(format, start, input)
    }

    private static func read(_ format: ArtefactFormat, _ head: FileHead, _ input: ArtefactInput) -> ArtefactFacts {
        var facts = ArtefactFacts(format: format.id, status: .ok)
        guard let read = format.read else {
            facts.status = .unsupported
            return facts
        }
        guarded(&facts) { facts throws(ArtefactStop) in try read(&facts, input) }
        if let final = FormatRecognition.byID[facts.format], final.runsCode {
            facts.find(.picklePresent, .info, "the usual library can run code of this file when it loads it")
            // By its name something that cannot run code, by its bytes something that can.
            if final.isPickle, let named = FormatRecognition.named(head), !named.isPickle, named.kind != .other {
                facts.find(.pickleDisguised, .high, "named as \(named.id), and \(facts.format) by its bytes", at: 0)
            }
        } else if !format.isPickle, format.id != NumPyFormats.npy.id,
            let place = facts.findings.first(where: { $0.id == .trailingData })?.offset
        {
            // Readers of pickles and what may hold them search behind their ends themselves.
            guarded(&facts) { facts throws(ArtefactStop) in
                try PickleSearch.search(input, from: place, context: .general, facts: &facts, what: "behind the end")
            }
        }
        return facts
    }

    /// Runs a reader and turns the reason why it stops into facts.
    static func guarded(_ facts: inout ArtefactFacts, _ body: (inout ArtefactFacts) throws(ArtefactStop) -> Void) {
        do throws(ArtefactStop) {
            try body(&facts)
        } catch {
            switch error {
            case .malformed(let finding):
                facts.status = .malformed
                facts.find(finding)
            case .unsupported(let finding):
                facts.status = .unsupported
                facts.find(finding)
            case .notInspected(let reason):
                facts.status = .notInspected
                facts.find(.notInspected, .low, reason)
            case .unreadable(let problem) where problem.isUnseen:
                // What was found wrong before stays wrong.
                if facts.status != .malformed { facts.status = .notInspected }
                facts.find(.unseen, .low, problem.words)
            case .unreadable(let problem):
                if case .limit = problem {
                    facts.status = .notInspected
                    facts.find(.notInspected, .low, problem.words)
                } else {
                    facts.status = .malformed
                    facts.find(.unreadable, .medium, problem.words)
                }
            }
        }
    }

    private static func empty(_ format: ArtefactFormat) -> ArtefactFacts {
        var facts = ArtefactFacts(format: format.id, status: .malformed)
        facts.find(.emptyFile, .medium, "no bytes")
        return facts
    }

    /// Bytes of no known format under a name of weights: only a stream inside makes them an artefact.
    private static func disguised(_ content: EntryContent, _ entry: Entry, _ limits: Limits) -> ArtefactFacts? {
        let name = Entry.name(of: entry.path).lowercased()
        guard
            ArtefactNames.isWeights(name) || name.hasSuffix(".dat") || name.hasSuffix(".data")
                || name.hasSuffix(".weights"), entry.size != 0
        else { return nil }
        let isLarge = entry.size ?? .max > limits.searchedBytes
        // Members of an archive come front to back; the large ones are passed over.
        guard
            let bytes = content.randomAccess
                ?? (isLarge ? nil : StreamBytes(content.replayed(), size: entry.size, path: entry.path))
        else { return nil }
        // A mirror is full of large blobs; of those only the beginning is looked at.
        var limits = limits
        if isLarge { limits.searchedBytes = min(limits.searchedBytes, beginning) }
        let input = ArtefactInput(bytes: bytes, path: entry.path, size: entry.size, limits: limits)
        var facts = ArtefactFacts(format: "pickle", status: .malformed)
        var isFound = false
        guarded(&facts) { facts throws(ArtefactStop) in
            isFound = try PickleSearch.search(
                input, from: 0, context: .general, facts: &facts, what: "behind other bytes")
        }
        guard !isFound else { return facts }
        // What was left unsearched is said; a file in which there is nothing to find is none of ours.
        guard facts.findings.contains(where: { $0.id == .notInspected && $0.severity > .low }) else { return nil }
        facts.status = .notInspected
        return facts
    }

    /// Looks for streams in what stands behind the last tensor.
    private static func search(after facts: ArtefactFacts, _ input: ArtefactInput) -> ArtefactFacts {
        var facts = facts
        let place =
            facts.findings.first { $0.id == .trailingData }?.offset ?? (facts.status == .malformed ? 0 : nil)
        guard let place else { return facts }
        guarded(&facts) { facts throws(ArtefactStop) in
            try PickleSearch.search(input, from: place, context: .general, facts: &facts, what: "beside the tensors")
        }
        return facts
    }

    /// A file of another format under a name that is loaded as a pickle: the loader runs it from its first byte, whatever that is.
    private static func probed(
        _ facts: ArtefactFacts, _ format: ArtefactFormat, _ head: FileHead, _ input: ArtefactInput
    )
        -> ArtefactFacts
    {
        guard !format.isPickle, FormatRecognition.named(head)?.isPickle == true else { return facts }
        var facts = facts
        var part = ArtefactFacts(format: "pickle", status: .ok)
        let outcome = PickleScan.scan(input.cursor(), context: .general, facts: &part, limits: input.limits, depth: 3)
        guard outcome.isConvincing || outcome.isWhole && outcome.hasGlobals && outcome.acts else { return facts }
        facts.find(
            .pickleDisguised, outcome.isConvincing ? .high : .medium,
            "\(facts.format) by its bytes, which run as a pickle as well", at: 0)
        for finding in part.findings where finding.id.isGlobal { facts.find(finding) }
        return facts
    }
}
