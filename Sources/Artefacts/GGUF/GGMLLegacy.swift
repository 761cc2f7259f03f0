import OpenscanBytes
import OpenscanFacts
import OpenscanUnpacking

/// ggml's files before GGUF (ggml-org/llama.cpp, llama.cpp of spring 2023): magic, version, hyperparameters of Llama, vocabulary, tensors.
enum GGMLLegacy {
    static let format = ArtefactFormat(
        id: "ggml-legacy", kind: .weights,
        magic: {
            $0.starts(with: "lmgg") || $0.starts(with: "tjgg") || $0.starts(with: "fmgg") || $0.starts(with: "algg")
        }, read: read)

    /// More than the files of that time had by far.
    private static let wordLimit = 4 << 20
    private static let tensorLimit = 100_000
    private static let parameters = ["n_vocab", "n_embd", "n_mult", "n_head", "n_layer", "n_rot", "ftype"]

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        facts.find(.legacyGGML, .low, "a form of ggml from before GGUF, which current programs do not load", at: 0)
        let cursor = input.cursor()
        let magic = try cursor.uint32()
        // ggml, ggmf, ggjt, ggla.
        facts.note(
            "magic",
            [0x6767_6D6C: "ggml", 0x6767_6D66: "ggmf", 0x6767_6A74: "ggjt", 0x6767_6C61: "ggla"][magic] ?? "unknown")
        guard magic == 0x6767_6D66 || magic == 0x6767_6A74 else {
            // Each program had a header of its own behind this magic.
            facts.status = .unsupported
            return
        }
        let version = try cursor.uint32()
        facts.note("version", Int(version))
        guard version >= 1, version <= 3 else {
            throw .unsupported(Finding(.unsupportedVersion, .medium, "version \(version)", offset: 4))
        }
        var words = 0
        for name in parameters {
            let value = try cursor.int32()
            facts.note(name, Int(value))
            if name == "n_vocab" { words = Int(value) }
        }
        guard words >= 0, words <= min(wordLimit, cursor.remaining / 8) else {
            throw .malformed(.countTooLarge, "\(words) words do not fit in the file", at: 8)
        }
        for _ in 0..<words {
            try cursor.skip(Int(try cursor.uint32()))
            try cursor.skip(4)
        }
        facts.tensors = 0
        while try !cursor.isAtEnd {
            guard facts.tensors ?? 0 < tensorLimit else {
                throw .malformed(.countTooLarge, "more than \(tensorLimit) tensors", at: cursor.offset)
            }
            let place = cursor.offset
            do throws(ArtefactStop) { try tensor(cursor, isAligned: magic == 0x6767_6A74, &facts) } catch {
                // The number of tensors stands nowhere: what is no tensor is what stands behind the last one.
                try PickleSearch.search(
                    input, from: place, context: .general, facts: &facts, what: "behind the tensors")
                throw error
            }
        }
    }

    private static func tensor(_ cursor: ByteCursor, isAligned: Bool, _ facts: inout ArtefactFacts) throws(ArtefactStop)
    {
        let place = cursor.offset
        let dimensions = try cursor.int32()
        let length = try cursor.int32()
        let type = try cursor.uint32()
        // Zeros would be tensors without dimensions, names and data for ever.
        guard dimensions >= 1, dimensions <= 4 else {
            throw .malformed(.badDims, "\(dimensions) dimensions", at: place)
        }
        guard length >= 0, length <= 4096 else {
            throw .malformed(.stringLength, "a name of \(length) bytes", at: place + 4)
        }
        var shape: [Int] = []
        for _ in 0..<dimensions { shape.append(Int(try cursor.int32())) }
        try cursor.skip(Int(length))
        guard let layout = GGMLType.all[type] else {
            throw .malformed(.unknownDType, "element type \(type)", at: place + 8)
        }
        let count = elements(shape)
        facts.count(elements: count, type: layout.name)
        guard let count else { throw .malformed(.integerOverflow, "the shape of a tensor overflows", at: place) }
        if isAligned { try cursor.seek(to: min(cursor.end, (cursor.offset + 31) / 32 * 32)) }
        let (bytes, overflow) = (count / layout.blockElements).multipliedReportingOverflow(by: layout.blockBytes)
        guard !overflow else { throw .malformed(.integerOverflow, "the size of a tensor overflows", at: place) }
        try cursor.skip(bytes)
    }
}

/// llamafile (Mozilla-Ocho/llamafile): a program for several systems with a zip at its end that holds GGUF.
enum Llamafile {
    static let format = ArtefactFormat(
        id: "llamafile", kind: .weights,
        magic: {
            $0.starts(with: "MZqFpD")
                || $0.hasEnding(".llamafile") && ($0.starts(with: "MZ") || $0.starts(with: "\u{7F}ELF"))
        }, name: { $0.hasEnding(".llamafile") && !$0.isText }, read: read)

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        facts.find(.embeddedCode, .low, "a program: running it is how it is used")
        let directory: ZipDirectory
        do throws(ReadError) { directory = try ZipDirectory(input.bytes, path: input.path) } catch {
            if error.isUnseen { throw .unreadable(error) }
            facts.find(.notInspected, .low, "no zip at its end: \(error.words)")
            facts.status = .unsupported
            return
        }
        for finding in directory.findings where finding.id != .trailingData { facts.find(finding) }
        for member in directory.members.prefix(1000) {
            let name = String(decoding: member.name, as: UTF8.self)
            guard name.lowercased().hasSuffix(".gguf") else { continue }
            do throws(ReadError) {
                let bytes = try directory.open(member, finding: { facts.find($0) }).randomAccess(
                    size: member.size, path: name, limits: input.limits)
                facts.include(
                    try GGUF.read(
                        EntryContent(bytes, buffer: PrefixBuffer()), fileSize: member.size, limits: input.limits))
                facts.note("member", name)
            } catch {
                if error.isUnseen { throw .unreadable(error) }
                facts.spoil(.zipAnomaly, "\(name): \(error.words)")
            }
        }
    }
}
