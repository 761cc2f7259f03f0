/// What the text of a file costs of the bytes that all files may have together.
enum TextCost {
    /// Prose is read sentence by sentence; measured, a byte of it takes six times as long as one of other text.
    private static let prose = 6
    /// What is known of a text without words takes as much memory as of one with so many bytes.
    private static let leastProse = 512

    static func of(_ bytes: Int, isProse: Bool) -> Int { isProse ? max(bytes, leastProse) * prose : bytes }
}
