import OpenscanBytes

/// Tensors that adapters are made of, by how libraries of adapters name them: peft (LoRA, DoRA, IA3, VeRA, OFT, BOFT), kohya-ss and
/// LyCORIS (LoRA, LoHa, LoKr), diffusers.
enum AdapterNames {
    /// A word of four letters that a joint follows, and that a joint or nothing goes before.
    private static let words: Set<UInt32> = Set(["lora", "dora", "hada", "lokr", "vera", "boft"].map(word))
    /// The same for shorter words, with the joint before them.
    private static let shortWords: Set<UInt32> = Set(["_ia3", ".ia3", "_oft", ".oft"].map(word))
    /// Ends of names: the scale of a part, and differences to whole weights, as LyCORIS keeps them beside.
    private static let endings: [StaticString] = [".alpha", ".diff", ".diff_b"]

    private static func word(_ text: String) -> UInt32 { text.utf8.reversed().reduce(0) { $0 << 8 | UInt32($1) } }

    /// Whether a name is that of a part of an adapter.
    static func holds(_ name: UnsafeRawBufferPointer) -> Bool {
        for ending in endings where name.count > ending.utf8CodeUnitCount {
            if name.starts(with: ending, at: name.count - ending.utf8CodeUnitCount) { return true }
        }
        var place = 4
        while place < name.count {
            if isJoint(name[place]) {
                let word = name.littleEndian(at: place - 4, UInt32.self) ?? 0
                if words.contains(word), name.byte(at: place - 5).map(isJoint) ?? true { return true }
                if shortWords.contains(word) { return true }
            }
            place += 1
        }
        return false
    }

    private static func isJoint(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") }
}
