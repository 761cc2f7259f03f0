import Unpacking

/// How far an artefact could be read; ids of the project's vocabulary.
public enum ArtefactStatus: String, Sendable, Codable {
    case ok, malformed, pointer, unsupported
    case notInspected = "not-inspected"
}

/// What the header of a file of weights or data says. Nothing behind the header has been read.
public struct ArtefactFacts: Sendable, Hashable {
    /// Format id of the project's vocabulary.
    public var format: String
    public var status: ArtefactStatus
    public var tensors: Int?
    /// Elements of all tensors.
    public var parameters: Int?
    /// Elements by element type, as the format spells it.
    public var parametersByType: [String: Int]
    /// Metadata as the file carries it, cut to what a report shows.
    public var metadata: [String: String]
    public var findings: [Finding]
    /// Names of files that belong to this one (shards of an index).
    public var parts: [String]
    /// Size and content hash that a pointer stands for.
    public var pointer: Pointer?

    public struct Pointer: Sendable, Hashable, Codable {
        public var oid: String
        public var size: Int
    }

    public init(format: String, status: ArtefactStatus) {
        self.format = format
        self.status = status
        tensors = nil
        parameters = nil
        parametersByType = [:]
        metadata = [:]
        findings = []
        parts = []
        pointer = nil
    }

    static let metadataValueLimit = 300
    static let metadataCountLimit = 200

    /// Keeps a metadata entry, cleaned and cut.
    mutating func note(_ key: String, _ value: String) {
        guard metadata.count < Self.metadataCountLimit else { return }
        metadata[Printable.text(key, limit: 100)] = Printable.text(value, limit: Self.metadataValueLimit)
    }
}
