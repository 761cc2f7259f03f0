/// `*.index.json` of a sharded set: which tensor is in which file.
public struct ShardIndex: Sendable, Hashable {
    /// File names that the index gives, sorted.
    public let files: [String]
    /// Number of tensors that it names.
    public let tensors: Int
    /// Bytes of all tensors as announced.
    public let totalSize: Int?
    /// What is wrong with the index itself.
    public let findings: [Finding]

    /// An index as read.
    public init(files: [String], tensors: Int, totalSize: Int?, findings: [Finding]) {
        self.files = files
        self.tensors = tensors
        self.totalSize = totalSize
        self.findings = findings
    }
}
