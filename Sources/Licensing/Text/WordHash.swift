/// The hash by which words are known in the index: FNV-1a over the folded bytes, then mixed.
public enum WordHash {
    @inline(__always) static var seed: UInt32 { 0x811C_9DC5 }

    @inline(__always) static func add(_ byte: UInt8, to hash: UInt32) -> UInt32 { (hash ^ UInt32(byte)) &* 0x0100_0193 }

    @inline(__always) static func finish(_ hash: UInt32) -> UInt32 {
        var mixed = hash
        mixed ^= mixed >> 16
        mixed = mixed &* 0x85EB_CA6B
        mixed ^= mixed >> 13
        return mixed == 0 ? 1 : mixed
    }

    /// Hash of one word in lower case, in the spelling that the index uses.
    public static func of(_ word: String) -> UInt32 {
        SpellingVariants.fold(plain(word))
    }

    static func plain(_ word: String) -> UInt32 { finish(word.utf8.reduce(seed) { add($1, to: $0) }) }

    /// Order-dependent hash of a sequence of word hashes (names, addresses), which grows word by word.
    struct Sequence {
        private var sum: UInt64 = 0x9E37_79B9_7F4A_7C15

        @inline(__always)
        mutating func add(_ word: UInt32) {
            sum = (sum ^ UInt64(word)) &* 0xFF51_AFD7_ED55_8CCD
            sum ^= sum >> 29
        }

        var hash: UInt32 { UInt32(truncatingIfNeeded: sum >> 16) | 1 }
    }
}
