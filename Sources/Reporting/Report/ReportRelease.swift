import OpenscanFacts
import OpenscanOpenness

/// What a report tells of.
public struct ReportRelease: Sendable, Codable, Hashable {
    /// Its name.
    public var name: String
    /// What it was read from; `nil` for a list written by hand.
    public var kind: ReleaseFacts.Kind?
    /// Its path as shown.
    public var path: String
    /// Commit or snapshot.
    public var revision: String?
    /// Number of files.
    public var fileCount: Int
    /// Their bytes together.
    public var byteCount: Int
    /// Bytes of its files that exist and are not here; not there where all are.
    public var unseenBytes: Int?

    init(_ release: ReleaseIdentity) {
        name = release.name
        kind = release.kind
        path = release.path
        revision = release.revision
        fileCount = release.fileCount
        byteCount = release.byteCount
        unseenBytes = release.unseenBytes > 0 ? release.unseenBytes : nil
    }

    var identity: ReleaseIdentity {
        ReleaseIdentity(
            name: name, kind: kind, path: path, revision: revision, fileCount: fileCount, byteCount: byteCount,
            unseenBytes: unseenBytes ?? 0)
    }
}
