import OpenscanBytes
import OpenscanKit

/// A release as a worker hands it over: what is asked of it, and the facts it was judged by.
public struct ScannedRelease: Sendable, Codable {
    /// Its rows.
    public var record: ReleaseRecord
    /// Its facts; `nil` where it could not be read, or where only a report is at hand.
    public var facts: StoredRelease?
    /// What readers found in bytes that the store does not know.
    public var contents: [Content]
    /// Its files.
    public var files: [ListedFile]
    /// Edition of the readers.
    public var reading: String?
    /// How long it took.
    public var seconds: Double?

    /// What readers found in bytes.
    public struct Content: Sendable, Codable {
        var key: ContentKey
        var packed: [UInt8]
    }

    /// A release that was scanned with a store at hand.
    /// - Parameters:
    ///   - isStored: whether the store has the content of a key.
    /// - Throws: the encoder's error.
    public init(
        _ facts: ReleaseFacts, _ dossier: Dossier, reading: String, isStored: (ContentKey) -> Bool
    ) throws {
        record = ReleaseRecord(dossier)
        self.facts = StoredRelease(facts)
        self.reading = reading
        files = facts.listed
        contents = []
        var seen = Set<ContentKey>()
        for file in facts.files {
            guard let key = file.content, seen.insert(key).inserted, !isStored(key) else { continue }
            contents.append(Content(key: key, packed: PackedBytes.pack(try CompactEncoder.bytes(of: file.read))))
        }
    }

    /// A release of which there is only a dossier: one that could not be read, or a saved report.
    public init(_ dossier: Dossier) {
        record = ReleaseRecord(dossier)
        facts = nil
        contents = []
        files = []
    }

    /// The bytes that a worker sends.
    /// - Throws: the encoder's error.
    public func bytes() throws -> [UInt8] { try CompactEncoder.bytes(of: self) }

    /// What a worker sent.
    /// - Throws: `CompactProblem` where it is damaged.
    public init(bytes: some Collection<UInt8>) throws {
        self = try Array(bytes).withUnsafeBytes { try CompactDecoder.value(Self.self, from: $0) }
    }
}
