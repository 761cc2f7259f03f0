import GRDB
import OpenscanBytes

/// What changed from run to run.
public struct ChangeList: Sendable {
    /// One change of one release.
    public struct Change: Sendable, Hashable, Codable {
        /// Its number; later ones are higher.
        public var id: Int
        /// The run that found it.
        public var run: Int
        /// When that run began.
        public var at: String
        /// The release's name.
        public var name: String
        /// Where it is.
        public var location: String
        /// What changed: `added`, `gone`, `back`, `level`, `open-source`, `terms`, `use`, `flag`, `gate`, `revision`, `error`.
        public var what: String
        /// Of which part, use or flag.
        public var subject: String?
        /// What it was.
        public var before: String?
        /// What it is.
        public var after: String?
    }

    /// From where on.
    public enum Since: Sendable, Hashable {
        /// After the run of this number.
        case run(Int)
        /// From the beginning of a day or from a moment on, in ISO 8601.
        case time(String)

        /// A run's number, or a date.
        public init?(_ text: String) {
            if let number = Int(text), number >= 0 {
                self = .run(number)
            } else if text.utf8.count >= 10, text.utf8.allSatisfy({ $0 < 0x80 }), text.prefix(4).allSatisfy(\.isNumber),
                text.dropFirst(4).first == "-"
            {
                self = .time(text)
            } else {
                return nil
            }
        }
    }

    private let store: MirrorStore

    /// - Parameter store: opened.
    public init(_ store: MirrorStore) { self.store = store }

    /// Hands out changes in order, one after the other.
    /// - Throws: `StoreProblem`, and what `body` throws as such.
    public func each(since: Since, _ body: (Change) throws -> Void) throws(StoreProblem) {
        try store.read { database in
            let condition: String
            let value: any DatabaseValueConvertible
            switch since {
            case .run(let number): (condition, value) = ("run > ?", number)
            case .time(let text): (condition, value) = ("at >= ?", text)
            }
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT id, run, at, name, location, what, subject, before, after FROM changes
                    WHERE \(condition) ORDER BY id
                    """, arguments: [value])
            while let row = try rows.next() {
                try body(
                    Change(
                        id: row[0], run: row[1], at: row[2], name: row[3], location: row[4], what: row[5],
                        subject: row[6], before: row[7], after: row[8]))
            }
        }
    }

    /// The last run's number, and when it began.
    /// - Throws: `StoreProblem`.
    public func lastRun() throws(StoreProblem) -> (number: Int, at: String)? {
        try store.read { database in
            try Row.fetchOne(database, sql: "SELECT id, started FROM run ORDER BY id DESC LIMIT 1").map {
                ($0[0], $0[1])
            }
        }
    }
}
