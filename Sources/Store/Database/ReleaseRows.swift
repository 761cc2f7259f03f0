import Foundation
import GRDB
import OpenscanBytes
import OpenscanKit

/// Writes the rows of one release.
struct ReleaseRows {
    let database: Database
    let release: Int64

    private static let tables = [
        "component", "term", "licence", "clause", "use_answer", "flag", "artefact", "claim", "base",
    ]

    /// The release's own row.
    func update(with record: ReleaseRecord, digest: Data, run: Int64) throws {
        let organisation = record.name.split(separator: "/").dropLast().first.map(String.init)
        try execute(
            """
            UPDATE release SET name = ?, organisation = ?, kind = ?, revision = ?, subject = ?, level = ?, rank = ?,
              at_most = ?, confidence = ?, licence_class = ?, open_source = ?, sentence = ?, files = ?, bytes = ?,
              unseen_bytes = ?, parameters = ?, architecture = ?, quantization = ?, gate = ?, formats = ?, error_code = ?,
              error = ?, judged_run = ?, digest = ? WHERE id = ?
            """,
            [
                record.name, organisation, record.kind, record.revision, record.subject, record.level, record.rank,
                record.atMost, record.confidence, record.licenceClass, record.isOpenSource, record.sentence,
                record.files, record.bytes, record.unseenBytes, record.parameters, record.architecture,
                record.quantization, record.gate, record.formats, record.errorCode, record.error, run, digest, release,
            ])
    }

    /// Puts the rows of a record in the place of those that are there.
    func replace(with record: ReleaseRecord, isNew: Bool) throws {
        if !isNew {
            for table in Self.tables { try run("DELETE FROM \(table) WHERE release = ?", []) }
        }
        for row in record.components {
            try run("INSERT INTO component VALUES (?, ?, ?, ?, ?)", [row.id, row.status, row.confidence, row.licences])
        }
        for row in record.terms {
            try run(
                "INSERT INTO term VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [row.part, row.expression, row.basis, row.category, row.osd, row.isOpen, row.place])
        }
        for (number, row) in record.licences.enumerated() {
            try run(
                "INSERT INTO licence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    number, row.id, row.name, row.category, row.method, row.path, row.lines?.first, row.lines?.last,
                    row.coverage, row.isModified, row.isOSIApproved,
                ])
        }
        for (number, row) in record.clauses.enumerated() {
            try run(
                "INSERT INTO clause VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [number, row.id, row.licence, row.status, row.path, row.lines?.first, row.lines?.last, row.parameters])
        }
        for row in record.uses {
            try run(
                "INSERT OR REPLACE INTO use_answer VALUES (?, ?, ?, ?, ?)", [row.id, row.part, row.answer, row.reason])
        }
        for row in record.flags {
            try run(
                "INSERT OR REPLACE INTO flag VALUES (?, ?, ?, ?, ?, ?)",
                [row.id, row.severity, row.title, row.reason, row.place])
        }
        for (number, row) in record.artefacts.enumerated() {
            try run(
                "INSERT INTO artefact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    number, row.path, row.component, row.format, row.status, row.tensors, row.parameters, row.size,
                    row.findings,
                ])
        }
        for (number, row) in record.claims.enumerated() {
            try run(
                "INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [number, row.category, row.subject, row.polarity, row.path, row.line, row.quote])
        }
        for (number, row) in record.bases.enumerated() {
            try run("INSERT INTO base VALUES (?, ?, ?, ?, ?)", [number, row.name, row.relation, row.licence])
        }
    }

    /// Keeps the facts by which the release was judged, and its files.
    func keep(_ scanned: ScannedRelease) throws {
        for table in ["fact", "holding", "file"] { try run("DELETE FROM \(table) WHERE release = ?", []) }
        for content in scanned.contents {
            try execute(
                "INSERT OR IGNORE INTO content (key, bytes) VALUES (?, ?)",
                [Data(content.key.bytes), Data(content.packed)])
        }
        guard let facts = scanned.facts else { return }
        for key in Set(facts.contents) {
            try run("INSERT INTO holding SELECT ?, id FROM content WHERE key = ?", [Data(key.bytes)])
        }
        try run("INSERT INTO fact VALUES (?, ?)", [Data(PackedBytes.pack(facts.bytes()))])
        for file in scanned.files {
            let identity = file.identity
            try run(
                """
                INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT id FROM content WHERE key = ?))
                """,
                [
                    file.path, identity.size, identity.modified, identity.changed,
                    Int64(bitPattern: identity.device), Int64(bitPattern: identity.inode),
                    file.content.map { Data($0.bytes) },
                ])
        }
    }

    /// A statement whose first value is the release.
    private func run(_ sql: String, _ values: [(any DatabaseValueConvertible)?]) throws {
        try execute(sql, [release] + values)
    }

    private func execute(_ sql: String, _ values: [(any DatabaseValueConvertible)?]) throws {
        try database.cachedStatement(sql: sql).execute(arguments: StatementArguments(values))
    }
}
