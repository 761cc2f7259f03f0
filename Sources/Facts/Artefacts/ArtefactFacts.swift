/// What the header of a file of weights or data says. Nothing behind the header has been read.
public struct ArtefactFacts: Sendable, Hashable {
    /// Format id of the project's vocabulary.
    public var format: FormatID
    /// What files of the format are for.
    public var kind: FormatKind
    /// How far the file could be read.
    public var status: ArtefactStatus
    /// Number of tensors; `nil` where the format has none or was not read.
    public var tensors: Int?
    /// Elements of all tensors.
    public var parameters: Int?
    /// Elements by element type, as the format spells it.
    public var parametersByType: [String: Int]
    /// Metadata as the file carries it, cut to what a report shows.
    public var metadata: [String: String]
    /// What a reader should know of the file.
    public var findings: [Finding]
    /// Findings over the limits of the list, which are counted only.
    public var unlisted = 0
    /// Files beside this one that it needs (external data), and the bytes that each must have.
    public var needs: [String: Int]
    /// Size and content hash that a pointer stands for.
    public var pointer: Pointer?

    /// What a pointer file of Git LFS says of the file it stands for.
    public struct Pointer: Sendable, Hashable, Codable {
        /// Hash function and digest, as written.
        public var oid: String
        /// Bytes of the file.
        public var size: Int

        /// A digest and a size.
        public init(oid: String, size: Int) {
            self.oid = oid
            self.size = size
        }
    }

    /// A file of which nothing is known but its format.
    public init(format: FormatID, status: ArtefactStatus) {
        self.format = format
        self.status = status
        kind = .other
        tensors = nil
        parameters = nil
        parametersByType = [:]
        metadata = [:]
        findings = []
        needs = [:]
        pointer = nil
    }

    /// Whether the file itself is of a format of weights; a pointer is not.
    public var holdsWeights: Bool { kind == .weights && pointer == nil }
    /// Whether it is one, or a pointer stands for one.
    public var standsForWeights: Bool { kind == .weights }
}
