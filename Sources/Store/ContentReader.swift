import Foundation
import GRDB
import OpenscanBytes
import OpenscanKit
import Synchronization

/// Contents that a store knows, asked for while a release is scanned.
public final class ContentReader: KnownContents {
    private let store: MirrorStore
    /// What was found there since the last release.
    private let found = Mutex<Set<ContentKey>>([])

    /// - Parameter store: opened for reading.
    public init(_ store: MirrorStore) { self.store = store }

    /// Begins with another release.
    public func forget() { found.withLock { $0.removeAll() } }

    /// Whether the store has a content, as far as it was asked for.
    public func isStored(_ key: ContentKey) -> Bool { found.withLock { $0.contains(key) } }

    /// The key of a file's bytes, where the store has the file as it is.
    public func key(of identity: FileIdentity, path: String) -> ContentKey? {
        // A store that cannot be asked knows nothing: the file is read.
        let key = try? store.read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT c.key FROM file f JOIN content c ON c.id = f.content
                    WHERE f.inode = ? AND f.device = ? AND f.size = ? AND f.modified = ? AND f.changed = ? AND f.path = ?
                    """)
            return try Data.fetchOne(
                statement,
                arguments: [
                    Int64(bitPattern: identity.inode), Int64(bitPattern: identity.device), identity.size,
                    identity.modified, identity.changed, path,
                ])
        }
        return (key ?? nil).flatMap { ContentKey(digest: $0) }
    }

    /// What the store has under a key.
    public func facts(of key: ContentKey) -> ReadFacts? {
        let packed = try? store.read { database in
            try Data.fetchOne(
                database.cachedStatement(sql: "SELECT bytes FROM content WHERE key = ?"), arguments: [Data(key.bytes)])
        }
        guard let packed = packed ?? nil, let facts = try? ReadFacts(packed: packed) else { return nil }
        found.withLock { _ = $0.insert(key) }
        return facts
    }
}

extension ReadFacts {
    /// What a store keeps of a file's bytes.
    /// - Throws: `CompactProblem`, or a type's own error, where it is damaged.
    init(packed: Data) throws {
        let bytes = try packed.withUnsafeBytes { packed throws(CompactProblem) in try PackedBytes.unpack(packed) }
        self = try bytes.withUnsafeBytes { try CompactDecoder.value(ReadFacts.self, from: $0) }
    }
}
