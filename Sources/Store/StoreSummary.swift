import GRDB

/// Releases counted by what was found.
public struct StoreSummary: Sendable, Hashable, Codable {
    /// How many have a value.
    public struct Count: Sendable, Hashable, Codable {
        /// The value; `nil` where there is none.
        public var value: String?
        /// Releases.
        public var releases: Int
    }

    /// Releases that are there.
    public var releases: Int
    /// Of them, those that could not be read.
    public var failed: Int
    /// By level.
    public var levels: [Count]
    /// By whether they may be called open source.
    public var openSource: [Count]
    /// By category of the licence of the weights.
    public var categories: [Count]
    /// By how the terms of the weights are known.
    public var bases: [Count]
    /// By flag; a release may have several.
    public var flags: [Count]

    /// The counts of a store.
    /// - Throws: `StoreProblem`.
    public init(_ store: MirrorStore) throws(StoreProblem) {
        self = try store.read { database in
            func counts(_ sql: String) throws -> [Count] {
                try Row.fetchAll(database, sql: sql).map { Count(value: $0[0], releases: $0[1]) }
            }
            func column(_ name: String) -> String {
                "SELECT \(name), count(*) FROM releases WHERE NOT is_gone GROUP BY 1 ORDER BY 2 DESC, 1"
            }
            return StoreSummary(
                releases: try Int.fetchOne(database, sql: "SELECT count(*) FROM release WHERE gone_run IS NULL") ?? 0,
                failed: try Int.fetchOne(
                    database,
                    sql: "SELECT count(*) FROM release WHERE gone_run IS NULL AND error_code IS NOT NULL") ?? 0,
                levels: try counts(column("level")), openSource: try counts(column("open_source")),
                categories: try counts(column("weights_category")), bases: try counts(column("weights_basis")),
                flags: try counts("SELECT flag, count(*) FROM flags GROUP BY 1 ORDER BY 2 DESC, 1"))
        }
    }

    private init(
        releases: Int, failed: Int, levels: [Count], openSource: [Count], categories: [Count], bases: [Count],
        flags: [Count]
    ) {
        self.releases = releases
        self.failed = failed
        self.levels = levels
        self.openSource = openSource
        self.categories = categories
        self.bases = bases
        self.flags = flags
    }

    /// For people: a heading a count, a line a value.
    public var text: String {
        var out = "\(releases) releases" + (failed > 0 ? ", \(failed) of them could not be read" : "") + "\n"
        for (title, counts) in [
            ("Level", levels), ("Open source", openSource), ("Licence category of the weights", categories),
            ("How the terms of the weights are known", bases), ("Flags", flags),
        ] where !counts.isEmpty {
            out += "\n\(title)\n"
            let width = counts.map { ($0.value ?? "none").count }.max() ?? 0
            for count in counts {
                let value = count.value ?? "none"
                let share = releases > 0 ? count.releases * 100 / releases : 0
                let number = String(count.releases)
                out += "  " + value + String(repeating: " ", count: width - value.count)
                out += String(repeating: " ", count: max(1, 9 - number.count)) + number + "  \(share) %\n"
            }
        }
        return out
    }
}
