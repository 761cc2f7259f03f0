import GRDB

/// The releases of a store as they stand at one moment, to be shown together.
public struct ReleaseListing {
    private let database: Database

    /// Reads a store; all that is asked within sees the same state of it, whatever a run writes meanwhile.
    /// - Throws: `StoreProblem`. What `body` has to say of its own it keeps in its value.
    public static func read<Value>(_ store: MirrorStore, _ body: (ReleaseListing) throws -> Value) throws(StoreProblem)
        -> Value
    {
        try store.read { try body(ReleaseListing(database: $0)) }
    }

    /// A release in a line.
    public struct Line: Sendable, Hashable {
        /// Its number in the store.
        public let id: Int64
        /// Where it is.
        public let location: String
        /// Its name.
        public let name: String
        /// Whose it is, where its name says so.
        public let organisation: String?
        /// What was judged.
        public let subject: String
        /// Its level.
        public let level: String
        /// The level's rank.
        public let rank: Int?
        /// Whether it may be called open source.
        public let openSource: String
        /// What stands before its files.
        public let gate: String?
        /// Formats of its weights, with commas.
        public let formats: String?
        /// Parameters.
        public let parameters: Int?
        /// Bytes of all files.
        public let bytes: Int
        /// When its newest file changed, in ISO 8601.
        public let modified: String?
        /// Why it could not be read, for programs.
        public let errorCode: String?
        /// The expression that the weights are under.
        public let licence: String?
        /// How that is known.
        public var basis: String?
        /// The kind of licence.
        public let category: String?
    }

    /// An entry that a release has several of.
    public struct Mark: Sendable, Hashable {
        /// The release's number in the store.
        public let release: Int64
        /// The entry's id.
        public let id: String
        /// What it says.
        public let value: String
    }

    /// The program that wrote what is shown.
    public struct Origin: Sendable, Hashable {
        /// When the last run began.
        public let at: String
        /// Its version.
        public let tool: String
        /// Digest of its rules.
        public let rules: String
    }

    /// Every release that is there, in no order that means anything.
    /// - Throws: the database's error.
    public func lines() throws -> [Line] {
        try Row.fetchCursor(
            database,
            sql: """
                SELECT r.id, r.location, r.name, r.organisation, r.subject, r.level, r.rank, r.open_source, r.gate,
                  r.formats, r.parameters, r.bytes, r.modified, r.error_code, w.expression, w.basis, w.category
                FROM release r LEFT JOIN term w ON w.release = r.id AND w.part = 'weights' WHERE r.gone_run IS NULL
                """
        ).map { row in
            Line(
                id: row[0], location: row[1], name: row[2], organisation: row[3], subject: row[4], level: row[5],
                rank: row[6], openSource: row[7], gate: row[8], formats: row[9], parameters: row[10], bytes: row[11],
                modified: row[12], errorCode: row[13], licence: row[14], basis: row[15], category: row[16])
        }.reduce(into: []) { $0.append($1) }
    }

    /// Hands out every flag with its severity, of release after release.
    /// - Throws: the database's error.
    public func eachFlag(_ body: (Mark) -> Void) throws {
        try each("SELECT release, id, severity FROM flag ORDER BY release, id", body)
    }

    /// Hands out every answer on the use of weights, of release after release.
    /// - Throws: the database's error.
    public func eachUse(_ body: (Mark) -> Void) throws {
        try each("SELECT release, id, answer FROM use_answer WHERE part = 'weights' ORDER BY release, id", body)
    }

    private func each(_ sql: String, _ body: (Mark) -> Void) throws {
        let rows = try Row.fetchCursor(database, sql: sql)
        while let row = try rows.next() { body(Mark(release: row[0], id: row[1], value: row[2])) }
    }

    /// The roots of mirrors that runs went over.
    /// - Throws: the database's error.
    public func roots() throws -> [String] {
        try String.fetchAll(database, sql: "SELECT DISTINCT root FROM run WHERE root IS NOT NULL ORDER BY root")
    }

    /// The last run that judged; `nil` where there was none.
    /// - Throws: the database's error.
    public func origin() throws -> Origin? {
        try Row.fetchOne(database, sql: "SELECT started, tool, rules FROM run ORDER BY id DESC LIMIT 1").map {
            Origin(at: $0[0], tool: $0[1], rules: $0[2])
        }
    }

    /// What is asked of a release when it is shown alone, table by table.
    public enum Section: String, Sendable, CaseIterable {
        case release, components, terms, licences, clauses, uses, flags, artefacts, claims, bases, changes

        /// Its columns, in order.
        public var columns: [String] {
            switch self {
            case .release:
                [
                    "kind", "revision", "subject", "level", "at_most", "confidence", "licence_class", "open_source",
                    "sentence", "files", "bytes", "unseen_bytes", "parameters", "architecture", "quantization", "gate",
                    "modified", "error_code", "error",
                ]
            case .components: ["id", "status", "confidence", "licences"]
            case .terms: ["part", "expression", "basis", "category", "osd", "is_open", "place"]
            case .licences:
                [
                    "id", "name", "category", "method", "path", "first_line", "last_line", "per_cent", "is_modified",
                    "is_osi_approved",
                ]
            case .clauses: ["id", "licence", "status", "path", "first_line", "last_line", "parameters"]
            case .uses: ["part", "id", "answer", "reason"]
            case .flags: ["id", "severity", "title", "reason", "place"]
            case .artefacts:
                ["path", "component", "format", "status", "tensors", "parameters", "size", "findings"]
            case .claims: ["category", "subject", "polarity", "path", "line", "quote"]
            case .bases: ["name", "relation", "licence"]
            case .changes: ["at", "what", "subject", "before", "after"]
            }
        }

        /// Entries that are shown of a release at most; what is beyond is in its report.
        public static let most = 500

        fileprivate var sql: String {
            let list = columns.map { $0 == "per_cent" ? "CAST(coverage * 100 AS INTEGER)" : "\"\($0)\"" }
                .joined(separator: ", ")
            let rows =
                switch self {
                case .release: "release WHERE id = ?"
                case .components: "component WHERE release = ? ORDER BY id"
                case .terms: "term WHERE release = ? ORDER BY part"
                case .licences: "licence WHERE release = ? ORDER BY number"
                case .clauses: "clause WHERE release = ? ORDER BY number"
                case .uses: "use_answer WHERE release = ? ORDER BY part, id"
                case .flags: "flag WHERE release = ? ORDER BY id"
                case .artefacts: "artefact WHERE release = ? ORDER BY number"
                case .claims: "claim WHERE release = ? ORDER BY number"
                case .bases: "base WHERE release = ? ORDER BY number"
                case .changes:
                    """
                    (SELECT c.id AS number, n.started AS at, c.what, c.subject, c.before, c.after FROM change c
                    JOIN run n ON n.id = c.run WHERE c.release = ? ORDER BY c.id DESC LIMIT \(Self.most)) ORDER BY number
                    """
                }
            return "SELECT \(list) FROM \(rows) LIMIT \(Self.most)"
        }
    }

    /// A value of a row.
    public enum Cell: Sendable, Hashable { case none, text(String), number(Int) }

    /// The rows of a section of one release.
    /// - Throws: the database's error.
    public func rows(_ section: Section, of release: Int64) throws -> [[Cell]] {
        let statement = try database.cachedStatement(sql: section.sql)
        let rows = try Row.fetchCursor(statement, arguments: [release])
        let columns = section.columns.count
        var out: [[Cell]] = []
        while let row = try rows.next() {
            out.append(
                (0..<columns).map { column in
                    switch (row[column] as DatabaseValue).storage {
                    case .null, .blob: .none
                    case .string(let text): .text(text)
                    case .int64(let number): .number(Int(number))
                    case .double(let number): Int(exactly: number.rounded()).map { .number($0) } ?? .none
                    }
                })
        }
        return out
    }
}
