import OpenscanBytes
import OpenscanFacts

/// SentencePiece models (google/sentencepiece, src/sentencepiece_model.proto).
enum SentencePiece {
    static let format = ArtefactFormat(
        id: "sentencepiece", kind: .tokenizer,
        magic: { $0.hasEnding(".model", ".spm", ".spiece", ".vocab") && isModel($0.bytes) },
        name: { $0.hasEnding(".spm", ".spiece") && !$0.isText }, read: read)

    /// The first field is a piece: a message that begins with a string.
    private static func isModel(_ head: UnsafeRawBufferPointer) -> Bool {
        head.count > 8 && head[0] == 0x0A && head[2] == 0x0A && Int(head[3]) < Int(head[1])
    }

    private static let kinds = [1: "unigram", 2: "bpe", 3: "word", 4: "char"]

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let cursor = input.cursor()
        var pieces = 0
        var shown: [(String, String)] = []
        try Protobuf.fields(cursor, cursor.whole(input.size)) { number, value throws(ArtefactStop) in
            if number == 1 { pieces += 1 }
            guard let range = Protobuf.range(value) else { return }
            if number == 2 {
                var kind = 1
                try Protobuf.fields(cursor, range, depth: 1) { number, value throws(ArtefactStop) in
                    if number == 3 { kind = Protobuf.number(value) }
                    if number == 4 { shown.append(("trainer.vocab_size", String(Protobuf.number(value)))) }
                    if number == 1, shown.count < 50 {
                        shown.append(("trainer.input", try Protobuf.text(cursor, value, limit: 200)))
                    }
                    if number == 2 {
                        shown.append(("trainer.model_prefix", try Protobuf.text(cursor, value, limit: 200)))
                    }
                }
                shown.append(("model_type", kinds[kind] ?? String(kind)))
            }
            if number == 3 {
                try Protobuf.fields(cursor, range, depth: 1) { number, value throws(ArtefactStop) in
                    if number == 1 { shown.append(("normalizer", try Protobuf.text(cursor, value, limit: 100))) }
                }
            }
        }
        facts.note("vocab_size", pieces)
        for (key, value) in shown { facts.note(key, value) }
        if pieces == 0 { facts.spoil(.badHeader, "no pieces in it") }
    }
}

/// Tokenizers of the `tokenizers` library: one JSON.
enum HFTokenizer {
    static let format = ArtefactFormat(
        id: "hf-tokenizer", kind: .tokenizer, name: { $0.name == "tokenizer.json" }, read: read)

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        var vocabulary = 0
        var merges = 0
        var added = 0
        var addedIDs: [Int] = []
        var shown: [String: String] = [:]
        var skim = JSONSkim(input.cursor(), levels: 3, counting: [["model", "vocab"], ["model", "merges"]]) {
            path, event in
            switch (path, event) {
            case (["model", "vocab"], .object(let count)), (["model", "vocab"], .array(let count)): vocabulary = count
            case (["model", "merges"], .array(let count)): merges = count
            case (["added_tokens"], .array(let count)): added = count
            case (["added_tokens", "[]", "id"], .scalar(let text)):
                if addedIDs.count < 200_000 { addedIDs.append(Int(text) ?? -1) }
            case (["model", "type"], .string(let text)): shown["model_type"] = text
            case (["version"], .string(let text)): shown["version"] = text
            default: break
            }
        }
        try skim.run()
        facts.note("model_vocab_size", vocabulary)
        // Added tokens outside the model's own vocabulary make it larger.
        facts.note("vocab_size", vocabulary + Set(addedIDs).count { $0 >= vocabulary })
        facts.note("merges", merges)
        facts.note("added_tokens", added)
        for (key, value) in shown { facts.note(key, value) }
        if vocabulary == 0, added == 0 { facts.find(.badJSON, .medium, "no vocabulary in it") }
    }
}

/// tiktoken: a base64 word and its rank on each line.
enum TikToken {
    static let format = ArtefactFormat(
        id: "tiktoken", kind: .tokenizer,
        magic: { $0.hasEnding("tokenizer.model", "qwen.tiktoken") && $0.isText && isRanks($0.bytes) },
        name: { $0.hasEnding(".tiktoken") }, read: read)

    private static func isRanks(_ head: UnsafeRawBufferPointer) -> Bool {
        let line = head.prefix { $0 != 0x0A }
        guard line.count < 100, let space = line.lastIndex(of: 0x20) else { return false }
        return line[space...].dropFirst().allSatisfy { $0 >= 0x30 && $0 <= 0x39 || $0 == 0x0D } && space > 0
    }

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let cursor = input.cursor()
        guard try isRanks(cursor.peek(upTo: 512)) else {
            throw .malformed(.badHeader, "no word and rank on the first line", at: 0)
        }
        var lines = 0
        var offset = 0
        while offset < 64 << 20 {
            let piece = try cursor.peek(upTo: ByteCursor.windowSize)
            if piece.isEmpty { break }
            lines += piece.newlineCount
            let count = piece.count
            let isOpen = piece.last != 0x0A
            offset += count
            try cursor.skip(count)
            if isOpen, try cursor.isAtEnd { lines += 1 }
        }
        facts.note("vocab_size", lines)
    }
}
