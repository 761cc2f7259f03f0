import GRDB
import OpenscanBytes
import OpenscanKit

/// What is known of the releases of a mirror, in one SQLite file.
public final class MirrorStore: Sendable {
    /// Where it is.
    public let path: String
    let database: DatabaseQueue
    private let lock: RunLock?

    /// What a store is opened for.
    public enum Purpose: Sendable {
        /// To be asked only.
        case reading
        /// By a run, which makes it where there is none.
        case writing
    }

    /// Opens a store.
    /// - Throws: `StoreProblem`.
    public init(_ path: String, for purpose: Purpose) throws(StoreProblem) {
        self.path = path
        lock = purpose == .writing ? try RunLock(store: path) : nil
        do {
            var configuration = Configuration()
            configuration.readonly = purpose == .reading
            configuration.busyMode = .timeout(30)
            configuration.prepareDatabase { database in
                try database.execute(
                    sql: "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY")
            }
            if purpose == .writing { configuration.journalMode = .wal }
            database = try DatabaseQueue(path: path, configuration: configuration)
            let migrator = Tables.migrator
            if try database.read(migrator.hasBeenSuperseded) { throw StoreProblem.newer(path: Printable.path(path)) }
            if purpose == .writing {
                try migrator.migrate(database)
            } else if try !database.read(migrator.hasCompletedMigrations) {
                throw StoreProblem.damaged(path: Printable.path(path), reason: "it has no tables of a store")
            }
        } catch let problem as StoreProblem { throw problem } catch { throw StoreProblem(error, path: path) }
    }

    /// Reads.
    func read<Value>(_ body: (Database) throws -> Value) throws(StoreProblem) -> Value {
        do { return try database.read(body) } catch { throw StoreProblem(error, path: path) }
    }

    /// Writes all of it or nothing.
    func write<Value>(_ body: (Database) throws -> Value) throws(StoreProblem) -> Value {
        do { return try database.write(body) } catch { throw StoreProblem(error, path: path) }
    }
}
