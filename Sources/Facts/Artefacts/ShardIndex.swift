/// `*.index.json` of a sharded set: which tensor is in which file.
public struct ShardIndex: Sendable, Hashable, Codable {
    /// File names that the index gives, sorted.
    public let files: [String]
    /// Number of tensors that it names.
    public let tensors: Int
    /// The tensors that it names, in its order; those without a file that may be opened are left out.
    public let named: [Tensor]
    /// Bytes of all tensors as announced.
    public let totalSize: Int?
    /// Parameters of the model as announced.
    public let totalParameters: Int?
    /// What is wrong with the index itself.
    public let findings: [Finding]

    /// A tensor and the file that it is in.
    public struct Tensor: Sendable, Hashable, Codable {
        /// Its name, cleaned and cut.
        public let name: String
        /// Its name's hash, as `ArtefactFacts.tensorNames` have it.
        public let hash: UInt64
        /// The file, as a place in `files`.
        public let file: Int

        /// A tensor of an index.
        public init(name: String, hash: UInt64, file: Int) {
            self.name = name
            self.hash = hash
            self.file = file
        }
    }

    /// An index as read.
    public init(
        files: [String], tensors: Int, named: [Tensor] = [], totalSize: Int?, totalParameters: Int? = nil,
        findings: [Finding]
    ) {
        self.files = files
        self.tensors = tensors
        self.named = named
        self.totalSize = totalSize
        self.totalParameters = totalParameters
        self.findings = findings
    }
}
