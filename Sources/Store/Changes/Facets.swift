import GRDB

/// What of a release is compared from run to run: its level, its answers, the terms of its parts, its flags.
struct Facets {
    /// What is compared, and for which part, use or flag.
    struct Facet: Hashable, Comparable {
        var what: String
        var subject = ""

        static func < (left: Facet, right: Facet) -> Bool { (left.what, left.subject) < (right.what, right.subject) }
    }

    /// One that is not what it was.
    struct Change: Hashable {
        var facet: Facet
        var before: String?
        var after: String?
    }

    private var values: [Facet: String] = [:]

    init(_ record: ReleaseRecord) {
        self[.init(what: "level")] = record.level
        self[.init(what: "open-source")] = record.isOpenSource
        self[.init(what: "revision")] = record.revision
        self[.init(what: "error")] = record.errorCode
        self[.init(what: "gate")] = record.gate
        for row in record.terms {
            self[.init(what: "terms", subject: row.part)] = Self.terms(row.expression, row.basis)
        }
        for row in record.uses { self[.init(what: "use", subject: "\(row.id) \(row.part)")] = row.answer }
        for row in record.flags { self[.init(what: "flag", subject: row.id)] = row.severity }
    }

    /// Those of a release in a store.
    init(_ database: Database, release: Int64) throws {
        let statement = try database.cachedStatement(
            sql: "SELECT level, open_source, revision, error_code, gate FROM release WHERE id = ?")
        if let row = try Row.fetchOne(statement, arguments: [release]) {
            for (place, what) in ["level", "open-source", "revision", "error", "gate"].enumerated() {
                self[.init(what: what)] = row[place]
            }
        }
        for row in try rows(database, "SELECT part, expression, basis FROM term WHERE release = ?", release) {
            self[.init(what: "terms", subject: row[0])] = Self.terms(row[1], row[2])
        }
        for row in try rows(database, "SELECT id, part, answer FROM use_answer WHERE release = ?", release) {
            self[.init(what: "use", subject: "\(row[0] as String) \(row[1] as String)")] = row[2]
        }
        for row in try rows(database, "SELECT id, severity FROM flag WHERE release = ?", release) {
            self[.init(what: "flag", subject: row[0])] = row[1]
        }
    }

    private func rows(_ database: Database, _ sql: String, _ release: Int64) throws -> [Row] {
        try Row.fetchAll(database.cachedStatement(sql: sql), arguments: [release])
    }

    private static func terms(_ expression: String?, _ basis: String) -> String {
        expression.map { "\($0) (\(basis))" } ?? basis
    }

    private subscript(facet: Facet) -> String? {
        get { values[facet] }
        set { values[facet] = newValue }
    }

    /// What became otherwise, in order.
    func changes(to new: Facets) -> [Change] {
        Set(values.keys).union(new.values.keys).sorted().compactMap { facet in
            let (before, after) = (values[facet], new.values[facet])
            return before == after ? nil : Change(facet: facet, before: before, after: after)
        }
    }
}
