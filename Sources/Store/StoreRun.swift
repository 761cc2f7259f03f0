import Foundation
import GRDB
import OpenscanBytes
import OpenscanKit

/// One run over a mirror, as its store keeps it. For one thread at a time.
public final class StoreRun {
    /// What came of the run so far.
    public struct Counts: Sendable, Hashable {
        /// Releases that were read.
        public var read = 0
        /// Releases that are as they were.
        public var unchanged = 0
        /// Releases that could not be read.
        public var failed = 0
        /// Releases that are no longer there.
        public var gone = 0
        /// Releases of which something that is compared is not what it was.
        public var changed = 0

        /// None yet.
        public init() {}
    }

    /// A release that is handed over to be kept.
    public struct Delivery: Sendable {
        var location: String
        var signature: [UInt8]?
        var scanned: ScannedRelease

        /// - Parameters:
        ///   - location: where the release is; what tells it from others in the store.
        ///   - signature: what its folder looked like before it was read; `nil` has it read again by the next run.
        ///   - scanned: what was found.
        public init(location: String, signature: [UInt8]?, scanned: ScannedRelease) {
            self.location = location
            self.signature = signature
            self.scanned = scanned
        }
    }

    /// What the store knows of a release.
    public struct Known: Sendable, Hashable {
        /// Its number.
        public var id: Int64
        /// What its folder looked like.
        public var signature: [UInt8]?
        /// Edition of the readers that read it.
        public var reading: String?
    }

    /// Its number in the store.
    public let id: Int64
    /// What came of it so far.
    public private(set) var counts = Counts()
    private let store: MirrorStore
    private let reading: String

    /// What is known of all releases of a store from one path to another.
    private struct Window {
        let first: String
        /// `nil` where the store ends.
        let last: String?
        let known: [String: Known]
    }

    private static let windowSize = 500
    private var window: Window?

    /// Begins a run.
    /// - Parameters:
    ///   - command: what is done: `scan`, `rejudge`, `import`.
    ///   - root: the mirror.
    /// - Throws: `StoreProblem`.
    public init(
        _ store: MirrorStore, command: String, root: String?, openscan: Openscan, now: Date = Date()
    ) throws(StoreProblem) {
        self.store = store
        reading = openscan.readingEdition
        let started = Self.time(now)
        let words: [(any DatabaseValueConvertible)?] = [
            command, root.map { Printable.path($0) }, started, Openscan.version, openscan.rules.digest,
            openscan.readingEdition,
        ]
        id = try store.write { database in
            try database.execute(
                sql: "INSERT INTO run (command, root, started, tool, rules, reading) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: StatementArguments(words))
            return database.lastInsertedRowID
        }
    }

    private static func time(_ date: Date) -> String { UTCTime.text(Int(date.timeIntervalSince1970)) ?? "" }

    /// What the store knows of a release. Releases are asked for in the order of their paths, or nearly so: the ones behind it are
    /// fetched along with it.
    /// - Throws: `StoreProblem`.
    public func known(_ location: String) throws(StoreProblem) -> Known? {
        if let window, !Self.precedes(location, window.first),
            window.last.map({ !Self.precedes($0, location) }) ?? true
        {
            return window.known[location]
        }
        // One that lies before those that are at hand is an exception, and costs them nothing.
        let count = window.map { Self.precedes(location, $0.first) } ?? false ? 1 : Self.windowSize
        let rows = try store.read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT location, id, signature, reading FROM release WHERE location >= ? AND gone_run IS NULL
                    ORDER BY location LIMIT ?
                    """)
            return try Row.fetchAll(statement, arguments: [location, count]).map { row in
                (
                    location: row[0] as String,
                    known: Known(id: row[1], signature: (row[2] as Data?).map { Array($0) }, reading: row[3])
                )
            }
        }
        guard count > 1 else { return rows.first.flatMap { $0.location == location ? $0.known : nil } }
        // At the end of the store there is nothing behind what was fetched.
        window = Window(
            first: location, last: rows.count < count ? nil : rows.last?.location,
            known: Dictionary(rows.map { ($0.location, $0.known) }, uniquingKeysWith: { first, _ in first }))
        return window?.known[location]
    }

    private static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    /// Whether the facts of a release are those that this program would read.
    public func isCurrent(_ known: Known) -> Bool { known.reading == nil || known.reading == reading }

    /// Counts a release that is as it was.
    public func skip() { counts.unchanged += 1 }

    /// Keeps what came of a release, all or nothing.
    /// - Returns: its number in the store.
    /// - Throws: `StoreProblem`.
    @discardableResult
    public func keep(_ delivery: Delivery) throws(StoreProblem) -> Int64 {
        let kept = try store.write { database in
            var counts = self.counts
            let release = try keep(delivery, database, &counts)
            try save(counts, database)
            return (release: release, counts: counts)
        }
        counts = kept.counts
        return kept.release
    }

    private func keep(_ delivery: Delivery, _ database: Database, _ counts: inout Counts) throws -> Int64 {
        let record = delivery.scanned.record
        let digest = Data(try record.digest())
        let old = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT id, digest, gone_run FROM release WHERE location = ?"),
            arguments: [delivery.location])
        counts.read += 1
        if record.errorCode != nil { counts.failed += 1 }
        let release: Int64
        var changes: [Facets.Change] = []
        if let old {
            release = old[0]
            if (old[2] as Int64?) != nil { changes.append(.init(facet: .init(what: "back"))) }
            if old[1] as Data != digest {
                changes += try Facets(database, release: release).changes(to: Facets(record))
            }
        } else {
            try database.cachedStatement(
                sql: """
                    INSERT INTO release (location, name, subject, level, confidence, licence_class, open_source, sentence,
                      files, bytes, first_run, read_run, judged_run, digest)
                    VALUES (?, '', '', '', '', '', '', '', 0, 0, ?, ?, ?, x'')
                    """
            ).execute(arguments: [delivery.location, id, id, id])
            release = database.lastInsertedRowID
            changes.append(.init(facet: .init(what: "added"), after: record.level))
        }
        let rows = ReleaseRows(database: database, release: release)
        if old.map({ $0[1] as Data != digest }) ?? true {
            try rows.update(with: record, digest: digest, run: id)
            try rows.replace(with: record, isNew: old == nil)
        }
        try rows.keep(delivery.scanned)
        try database.cachedStatement(
            sql: """
                UPDATE release SET read_run = ?, judged_run = ?, gone_run = NULL, signature = ?, reading = ?, seconds = ?,
                  modified = ? WHERE id = ?
                """
        ).execute(
            arguments: [
                id, id, delivery.signature.map { Data($0) }, delivery.scanned.reading ?? reading,
                delivery.scanned.seconds,
                delivery.scanned.files.map(\.identity.modified).max().flatMap { UTCTime.text($0 / 1_000_000_000) },
                release,
            ])
        try keep(changes, of: release, database)
        if old != nil, !changes.isEmpty { counts.changed += 1 }
        return release
    }

    private func keep(_ changes: [Facets.Change], of release: Int64, _ database: Database) throws {
        for change in changes {
            try database.cachedStatement(
                sql: "INSERT INTO change (run, release, what, subject, before, after) VALUES (?, ?, ?, ?, ?, ?)"
            ).execute(
                arguments: [
                    id, release, change.facet.what, change.facet.subject.isEmpty ? nil : change.facet.subject,
                    change.before, change.after,
                ])
        }
    }

    /// Keeps what another judgement of stored facts came to.
    /// - Parameter records: by the release's number.
    /// - Throws: `StoreProblem`.
    func rejudged(_ records: [(release: Int64, record: ReleaseRecord)]) throws(StoreProblem) {
        guard !records.isEmpty else { return }
        counts = try store.write { database in
            var counts = self.counts
            for (release, record) in records {
                let rows = ReleaseRows(database: database, release: release)
                let changes = try Facets(database, release: release).changes(to: Facets(record))
                try rows.update(with: record, digest: Data(record.digest()), run: id)
                try rows.replace(with: record, isNew: false)
                try keep(changes, of: release, database)
                if !changes.isEmpty { counts.changed += 1 }
            }
            try save(counts, database)
            return counts
        }
    }

    /// Counts releases whose facts were judged.
    func judged(_ count: Int) { counts.read += count }

    /// Notes releases that are in the store and no longer in the mirror.
    /// - Parameters:
    ///   - root: the mirror; releases elsewhere are not looked at.
    ///   - isSeen: whether a release's number was met in this run.
    /// - Throws: `StoreProblem`.
    public func close(root: String, isSeen: @Sendable (Int64) -> Bool) throws(StoreProblem) {
        let folder = root.hasSuffix("/") ? root : root + "/"
        counts = try store.write { database in
            var counts = self.counts
            var gone: [Int64] = []
            let statement = try database.cachedStatement(
                sql: """
                    SELECT id FROM release WHERE gone_run IS NULL
                      AND (location = ? OR location >= ? AND location < ?)
                    """)
            // All that begins with the folder lies before the folder's name with the sign behind the slash.
            let end = String(folder.dropLast()) + "0"
            for id in try Int64.fetchAll(statement, arguments: [root, folder, end]) where !isSeen(id) {
                gone.append(id)
            }
            for release in gone {
                try database.cachedStatement(sql: "UPDATE release SET gone_run = ? WHERE id = ?").execute(
                    arguments: [id, release])
                try keep([.init(facet: .init(what: "gone"))], of: release, database)
            }
            counts.gone += gone.count
            return counts
        }
    }

    /// Ends the run.
    /// - Throws: `StoreProblem`.
    public func finish(now: Date = Date()) throws(StoreProblem) {
        try store.write { database in
            try save(counts, database)
            // What no release holds any more.
            try database.execute(sql: "DELETE FROM content WHERE id NOT IN (SELECT content FROM holding)")
            try database.execute(sql: "UPDATE run SET finished = ? WHERE id = ?", arguments: [Self.time(now), id])
        }
    }

    private func save(_ counts: Counts, _ database: Database) throws {
        try database.cachedStatement(
            sql: "UPDATE run SET read = ?, unchanged = ?, failed = ?, gone = ?, changed = ? WHERE id = ?"
        ).execute(
            arguments: [counts.read, counts.unchanged, counts.failed, counts.gone, counts.changed, id])
    }
}
