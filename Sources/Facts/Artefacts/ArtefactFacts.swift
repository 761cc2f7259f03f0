/// What the header of a file of weights or data says. Nothing behind the header has been read.
public struct ArtefactFacts: Sendable, Hashable, Codable {
    /// Format id of the project's vocabulary.
    public var format: FormatID
    /// What files of the format are for.
    public var kind: FormatKind
    /// How far the file could be read.
    public var status: ArtefactStatus
    /// Number of tensors; `nil` where the format has none or was not read.
    public var tensors: Int?
    /// Parameters of the model in the file: elements of all tensors, packed ones counted as what they stand for.
    public var parameters: Int?
    /// How tensors are packed whose elements stand for several parameters or for none.
    public var packing: Packing?
    /// Names of the tensors as hashes of this run, to hold an index of shards against; empty where they are not known.
    public var tensorNames: [UInt64] = []
    /// Whether most of the elements are parts of an adapter, by the names of their tensors.
    public var isAdapter = false
    /// Elements by element type, as the format spells it and the file stores them.
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

    /// How quantised weights lie in words of another type.
    public struct Packing: Sendable, Hashable, Codable {
        /// Bits of a parameter, where the companions of all packed tensors tell it.
        public var width: Int?
        /// Bits of packed tensors whose companions do not tell the width; a configuration has to.
        public var untoldBits: Int

        /// - Parameters:
        ///   - width: bits of a parameter.
        ///   - untoldBits: bits of which the width is not known.
        public init(width: Int?, untoldBits: Int) {
            self.width = width
            self.untoldBits = untoldBits
        }
    }

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

    /// Whether the file itself is of a format of weights and can be read as one; a pointer is not, and no damaged file.
    public var holdsWeights: Bool { kind == .weights && pointer == nil && !isDamaged }
    /// Whether the file is not whole, or not what its name or its first bytes say.
    public var isDamaged: Bool { status == .malformed }
    /// Whether it is one, or a pointer stands for one.
    public var standsForWeights: Bool { kind == .weights }
}
