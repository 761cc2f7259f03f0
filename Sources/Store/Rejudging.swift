import Foundation
import GRDB
import OpenscanBytes
import OpenscanKit
import Synchronization

/// Judges stored facts anew, without a look at the mirror.
public struct Rejudging: Sendable {
    private let store: MirrorStore
    private let openscan: Openscan
    private let workers: Int

    /// - Parameters:
    ///   - store: opened for writing.
    ///   - workers: threads to use.
    public init(_ store: MirrorStore, openscan: Openscan, workers: Int) {
        self.store = store
        self.openscan = openscan
        self.workers = max(1, workers)
    }

    /// What came of it.
    public struct Outcome: Sendable, Hashable {
        /// Releases that were judged.
        public var judged = 0
        /// Releases whose facts another edition of the readers read: a run over the mirror reads them again.
        public var outdated = 0
        /// Releases without facts: those that could not be read, and imported reports.
        public var withoutFacts = 0
        /// Releases whose stored facts are damaged: a run over the mirror reads them again.
        public var damaged = 0
    }

    private static let pageSize = 100

    /// Judges every release that is still there.
    /// - Parameters:
    ///   - run: takes what changed.
    ///   - mayGoOn: asked now and then.
    ///   - watch: told how many are done.
    /// - Throws: `StoreProblem`.
    public func run(
        _ run: StoreRun, mayGoOn: @escaping @Sendable () -> Bool = { true },
        watch: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws(StoreProblem) -> Outcome {
        let pages = Mutex(Pages())
        let results = Mutex(Results())
        let contents = KnownFacts()
        Workers.run(workers) {
            while mayGoOn(), results.withLock({ $0.problem == nil }) {
                do {
                    // Reading is quick; what is read is judged by several at a time.
                    guard let page = try pages.withLock({ pages in try self.page(&pages) }) else { return }
                    let judged = page.map { judge($0, contents) }
                    let done = results.withLock { results in
                        results.add(judged)
                        return results.outcome.judged
                    }
                    watch(done)
                } catch {
                    results.withLock { $0.problem = StoreProblem(error, path: store.path) }
                }
            }
        }
        let end = results.withLock { $0 }
        if let problem = end.problem { throw problem }
        var outcome = end.outcome
        // What changed is seldom much: it is written at the end, so that nothing waits for the disk.
        for start in stride(from: 0, to: end.changed.count, by: Self.pageSize) {
            try run.rejudged(Array(end.changed[start..<min(start + Self.pageSize, end.changed.count)]))
        }
        run.judged(outcome.judged)
        outcome.withoutFacts = try store.read { database in
            try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM release WHERE gone_run IS NULL AND id NOT IN (SELECT release FROM fact)")
                ?? 0
        }
        return outcome
    }

    private struct Pages {
        var last: Int64 = 0
        var isAtEnd = false
    }

    private struct Results: Sendable {
        var outcome = Outcome()
        var changed: [(release: Int64, record: ReleaseRecord)] = []
        var problem: StoreProblem?

        mutating func add(_ judged: [Judged]) {
            for one in judged {
                switch one.result {
                case .same: outcome.judged += 1
                case .changed(let record):
                    outcome.judged += 1
                    changed.append((one.release, record))
                case .damaged: outcome.damaged += 1
                }
                if one.isOutdated { outcome.outdated += 1 }
            }
        }
    }

    fileprivate struct Stored: Sendable {
        var release: Int64
        var digest: [UInt8]
        var isOutdated: Bool
        var facts: Data
        var contents: [ContentKey: Data]
    }

    private struct Judged: Sendable {
        enum Result: Sendable { case same, changed(ReleaseRecord), damaged }

        var release: Int64
        var isOutdated: Bool
        var result: Result
    }

    private func page(_ pages: inout Pages) throws -> [Stored]? {
        guard !pages.isAtEnd else { return nil }
        let from = pages.last
        let page = try store.database.read { database in
            var page = try Row.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT r.id, r.digest, r.reading, f.bytes FROM release r JOIN fact f ON f.release = r.id
                        WHERE r.id > ? AND r.gone_run IS NULL ORDER BY r.id LIMIT ?
                        """), arguments: [from, Self.pageSize]
            ).map { row in
                Stored(
                    release: row[0], digest: Array(row[1] as Data),
                    isOutdated: row[2] as String? != openscan.readingEdition, facts: row[3], contents: [:])
            }
            guard let first = page.first?.release, let last = page.last?.release else { return page }
            var places: [Int64: Int] = [:]
            for (place, stored) in page.enumerated() { places[stored.release] = place }
            let rows = try Row.fetchCursor(
                database.cachedStatement(
                    sql: """
                        SELECT h.release, c.key, c.bytes FROM holding h JOIN content c ON c.id = h.content
                        WHERE h.release BETWEEN ? AND ?
                        """), arguments: [first, last])
            while let row = try rows.next() {
                guard let place = places[row[0]], let key = ContentKey(digest: row[1] as Data) else { continue }
                page[place].contents[key] = row[2]
            }
            return page
        }
        pages.last = page.last?.release ?? from
        pages.isAtEnd = page.count < Self.pageSize
        return page.isEmpty ? nil : page
    }

    private func judge(_ stored: Stored, _ known: KnownFacts) -> Judged {
        var judged = Judged(release: stored.release, isOutdated: stored.isOutdated, result: .damaged)
        do {
            let facts = try stored.read(openscan, known)
            let record = ReleaseRecord(openscan.judge(facts))
            judged.result = try record.digest() == stored.digest ? .same : .changed(record)
        } catch {}
        return judged
    }
}

extension Rejudging.Stored {
    fileprivate func read(_ openscan: Openscan, _ known: KnownFacts) throws -> ReleaseFacts {
        let bytes = try facts.withUnsafeBytes { packed throws(CompactProblem) in try PackedBytes.unpack(packed) }
        return try StoredRelease(bytes: bytes).facts(place: openscan.rules.places.place) { key in
            try known.facts(key, contents[key])
        }
    }
}

/// What readers found in bytes that many releases have: licence texts, above all.
private final class KnownFacts: Sendable {
    private let facts = Mutex<[ContentKey: ReadFacts]>([:])

    /// Held at most; then all is forgotten, and what is common comes again.
    private static let most = 1000

    func facts(_ key: ContentKey, _ packed: Data?) throws -> ReadFacts {
        if let facts = facts.withLock({ $0[key] }) { return facts }
        guard let packed else { throw CompactProblem.damaged }
        let found = try ReadFacts(packed: packed)
        facts.withLock { facts in
            if facts.count >= Self.most { facts.removeAll(keepingCapacity: true) }
            facts[key] = found
        }
        return found
    }
}
