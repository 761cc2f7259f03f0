import Foundation
import GRDB
import OpenscanBytes
import OpenscanKit

/// Releases of a store, judged by the facts that it keeps of them.
public struct StoredDossiers: Sendable {
    private let store: MirrorStore
    private let openscan: Openscan

    /// - Parameter store: opened.
    public init(_ store: MirrorStore, openscan: Openscan) {
        self.store = store
        self.openscan = openscan
    }

    /// The dossier of a release; `nil` where the store has no facts of it (it could not be read, or only its report was
    /// taken up), or where they are damaged.
    /// - Throws: `StoreProblem`.
    public func dossier(of release: Int64) throws(StoreProblem) -> Dossier? {
        let stored = try store.read { database -> (facts: Data, contents: [ContentKey: Data])? in
            let facts = try Data.fetchOne(
                database.cachedStatement(sql: "SELECT bytes FROM fact WHERE release = ?"), arguments: [release])
            guard let facts else { return nil }
            let rows = try Row.fetchCursor(
                database.cachedStatement(
                    sql: """
                        SELECT c.key, c.bytes FROM holding h JOIN content c ON c.id = h.content WHERE h.release = ?
                        """), arguments: [release])
            var contents: [ContentKey: Data] = [:]
            while let row = try rows.next() {
                guard let key = ContentKey(digest: row[0] as Data) else { continue }
                contents[key] = row[1]
            }
            return (facts, contents)
        }
        guard let stored else { return nil }
        do {
            let bytes = try stored.facts.withUnsafeBytes { packed throws(CompactProblem) in
                try PackedBytes.unpack(packed)
            }
            let facts = try StoredRelease(bytes: bytes).facts(place: openscan.rules.places.place) { key in
                guard let packed = stored.contents[key] else { throw CompactProblem.damaged }
                return try ReadFacts(packed: packed)
            }
            return openscan.judge(facts)
        } catch { return nil }
    }
}
