/// What a bill of materials inside a release lists: CycloneDX, SPDX, or the files of a Croissant description. Its licences are among the
/// declared ones of its file.
public struct DeclaredBill: Sendable, Hashable, Codable {
    /// A file that it lists.
    public struct Listed: Sendable, Hashable, Codable {
        /// Its path as written.
        public var path: String
        /// SHA-256 in hexadecimal, lower case.
        public var sha256: String?
        /// Bytes.
        public var size: Int?
        /// Where it is listed.
        public var evidence: Evidence

        /// A file as listed.
        public init(path: String, sha256: String? = nil, size: Int? = nil, evidence: Evidence) {
            self.path = path
            self.sha256 = sha256
            self.size = size
            self.evidence = evidence
        }
    }

    /// A model or data set that it names.
    public struct Named: Sendable, Hashable, Codable {
        /// Its name as written.
        public var name: String
        /// Where it is named.
        public var evidence: Evidence

        /// A name with its place.
        public init(name: String, evidence: Evidence) {
            self.name = name
            self.evidence = evidence
        }
    }

    /// Files of the release.
    public var files: [Listed] = []
    /// Models that it was made from.
    public var bases: [Named] = []
    /// Data that it was trained on.
    public var datasets: [Named] = []

    /// A bill that lists nothing.
    public init() {}

    /// Whether it lists nothing that a release can be held against.
    public var isEmpty: Bool { files.isEmpty && bases.isEmpty && datasets.isEmpty }
}
