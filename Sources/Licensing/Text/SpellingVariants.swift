/// Spellings that the SPDX matching guidelines (annex B of SPDX 2.3, "varietal word spelling") treat as one word, and a few more of the same kind.
struct SpellingVariants: Sendable {
    static let table = SpellingVariants()

    /// The left becomes the right.
    private static let words = [
        "licence": "license", "licences": "licenses", "licenced": "licensed", "licencing": "licensing",
        "licencee": "licensee", "licencor": "licensor", "licensor's": "licensors",
        "sublicence": "sublicense", "sublicences": "sublicenses", "https": "http", "acknowledgement": "acknowledgment",
        "acknowledgements": "acknowledgments", "analogue": "analog", "analyse": "analyze",
        "artefact": "artifact", "artefacts": "artifacts", "authorisation": "authorization", "authorised": "authorized",
        "calibre": "caliber", "cancelled": "canceled", "catalogue": "catalog",
        "centre": "center", "emphasise": "emphasize", "favour": "favor", "favourite": "favorite", "fulfil": "fulfill",
        "fulfilment": "fulfillment", "initialise": "initialize", "judgement": "judgment",
        "labelling": "labeling", "labour": "labor", "maximise": "maximize", "minimise": "minimize",
        "modelling": "modeling", "modernise": "modernize", "optimise": "optimize", "organisation": "organization",
        "organise": "organize", "practise": "practice", "programme": "program", "realise": "realize",
        "recognise": "recognize", "signalling": "signaling", "utilisation": "utilization", "whilst": "while",
        "wilful": "willful",
        "owner": "holder", "owners": "holders", "copyrights": "copyright", "merchantibility": "merchantability",
    ]

    private static let slotCount = 512
    /// Open addressing by the low bits: the hash of a variant, 0 where free, and of the word it becomes.
    let slots: [(variant: UInt32, word: UInt32)]

    private init() {
        var slots = [(variant: UInt32, word: UInt32)](repeating: (0, 0), count: Self.slotCount)
        for (variant, word) in Self.words.sorted(by: { $0.key < $1.key }) {
            let hash = WordHash.plain(variant)
            var slot = Int(hash) & (Self.slotCount - 1)
            while slots[slot].variant != 0 { slot = (slot + 1) & (Self.slotCount - 1) }
            slots[slot] = (hash, WordHash.plain(word))
        }
        self.slots = slots
    }

    /// For single words; a text's words are folded with the slots at hand.
    static func fold(_ hash: UInt32) -> UInt32 { table.slots.withUnsafeBufferPointer { fold(hash, $0) } }

    @inline(__always)
    static func fold(_ hash: UInt32, _ slots: UnsafeBufferPointer<(variant: UInt32, word: UInt32)>) -> UInt32 {
        var slot = Int(hash) & (slotCount - 1)
        while slots[slot].variant != 0 {
            if slots[slot].variant == hash { return slots[slot].word }
            slot = (slot + 1) & (slotCount - 1)
        }
        return hash
    }
}
