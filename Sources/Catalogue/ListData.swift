import OpenscanFacts
import OpenscanReporting
import OpenscanRules

/// What the list of releases is filtered, sorted and shown by: a file a column, so that a filter costs its own column
/// alone, and the rows that are shown in pieces.
struct ListData {
    let entries: Entries
    let names: CatalogueNames
    let words: Words

    /// Rows in a piece: a page of the list needs one piece, or one a row at worst.
    static let pieceSize = 100
    /// Rows on a page.
    static let pageSize = 25
    /// Names in a file that is searched.
    private static let nameSize = 20_000

    /// Hands out the files one after the other.
    func each(_ write: (String, [UInt8]) throws(CatalogueProblem) -> Void) throws(CatalogueProblem) {
        try write("meta", meta())
        for (name, column) in columns() { try write(name, file(name, column)) }
        try write("licence", listed("licence", entries.licences) { $0.licence })
        try write("organisation", listed("organisation", entries.organisations) { $0.organisation })
        try write("flag", combined("flag", entries.all.map(\.flags)))
        try write(
            "format",
            combined("format", entries.all.map { Entries.list($0.line.formats).map { entries.formats[$0] } }))
        for (number, use) in entries.uses.enumerated() {
            try write("use-\(number)", file("use-\(number)", Column(codes: use.codes)))
        }
        for (number, start) in stride(from: 0, to: entries.all.count, by: Self.nameSize).enumerated() {
            try write("names-\(number)", nameFile(number, start))
        }
        for (number, start) in stride(from: 0, to: entries.all.count, by: Self.pieceSize).enumerated() {
            try write("rows-\(number)", rows(number, start))
        }
        var keys = DataText("keys")
        keys.text(entries.all.map(\.key).joined())
        try write("keys", keys.finished())
    }

    private func columns() -> [(String, Column)] {
        func column(_ values: Values, _ value: (Entry) -> String?) -> Column {
            Column(codes: entries.all.map { values[value($0) ?? ""] })
        }
        return [
            ("level", column(entries.levels) { $0.line.level }),
            ("open-source", column(entries.answers) { $0.line.openSource }),
            ("basis", column(entries.bases) { $0.line.basis }),
            ("category", column(entries.categories) { $0.category }),
            ("subject", column(entries.subjects) { $0.line.subject }),
            ("gate", column(entries.gates) { $0.line.gate }),
            ("parameters", Column(codes: entries.all.map { Column.rounded($0.line.parameters) })),
            ("bytes", Column(codes: entries.all.map { Column.rounded($0.line.bytes) })),
            ("modified", Column(codes: entries.all.map { Entry.day($0.line.modified) })),
            ("name", Column(codes: byName())),
        ]
    }

    /// The place of each release in the order of names.
    private func byName() -> [Int] {
        let titles = entries.all.map { $0.title.lowercased() }
        let order = titles.indices.sorted { (titles[$0], $0) < (titles[$1], $1) }
        var places = [Int](repeating: 0, count: order.count)
        for (place, row) in order.enumerated() { places[row] = place }
        return places
    }

    private func file(_ name: String, _ column: Column) -> [UInt8] {
        var out = DataText(name)
        out.raw("[")
        out.text(column.text())
        out.raw("]")
        return out.finished()
    }

    /// A column with the values themselves, of which there are too many to offer each.
    private func listed(_ name: String, _ values: Values, _ value: (Entry) -> String) -> [UInt8] {
        var out = DataText(name)
        out.raw("[")
        out.text(Column(codes: entries.all.map { values[value($0)] }).text())
        out.raw(",")
        out.texts(values.ids)
        out.raw("]")
        return out.finished()
    }

    /// A column of several values a release.
    private func combined(_ name: String, _ sets: [[Int]]) -> [UInt8] {
        let (codes, combinations) = Entries.combined(sets)
        var out = DataText(name)
        out.raw("[")
        out.text(Column(codes: codes).text())
        out.raw(",")
        out.list(combinations) { $0.numbers($1) }
        out.raw("]")
        return out.finished()
    }

    /// Names as they are searched: small letters, a line each.
    private func nameFile(_ number: Int, _ start: Int) -> [UInt8] {
        var out = DataText("names-\(number)")
        let names = entries.all[start..<min(start + Self.nameSize, entries.all.count)].map { entry in
            entry.title.lowercased().replacing("\n", with: " ")
        }
        out.text(names.joined(separator: "\n"))
        return out.finished()
    }

    private func rows(_ number: Int, _ start: Int) -> [UInt8] {
        var out = DataText("rows-\(number)")
        out.list(entries.all[start..<min(start + Self.pieceSize, entries.all.count)]) { out, entry in
            let line = entry.line
            out.raw("[")
            out.text(entry.title)
            out.raw(",")
            out.text(entry.key)
            out.raw(",")
            out.text(names.terms(line.licence, line.basis))
            for number in [
                entries.levels[line.level], entries.answers[line.openSource], max(0, line.parameters ?? 0),
                max(0, line.bytes), line.errorCode == nil ? 0 : 1,
            ] {
                out.raw(",")
                out.number(number)
            }
            out.raw(",")
            out.text(Entry.day(line.modified) > 0 ? String((line.modified ?? "").prefix(10)) : "")
            out.raw(",")
            out.numbers(entries.bySeverity(entry.flags))
            out.raw("]")
        }
        return out.finished()
    }

    /// What the pages need before anything else.
    private func meta() -> [UInt8] {
        var out = DataText("meta")
        func values(_ values: Values, _ name: (String) -> String) {
            out.list(values.ids) { out, id in
                out.raw("[")
                out.text(id)
                out.raw(",")
                out.text(name(id))
                out.raw("]")
            }
        }
        out.raw("{\"count\":")
        out.number(entries.all.count)
        out.raw(",\"piece\":")
        out.number(Self.pieceSize)
        out.raw(",\"page\":")
        out.number(Self.pageSize)
        out.raw(",\"names\":")
        out.number(Self.nameSize)
        out.raw(",\"values\":{\"level\":")
        values(entries.levels, names.level)
        out.raw(",\"open-source\":")
        values(entries.answers, names.openSource)
        out.raw(",\"basis\":")
        values(entries.bases, names.basis)
        out.raw(",\"category\":")
        values(entries.categories, names.category)
        out.raw(",\"subject\":")
        values(entries.subjects, names.word)
        out.raw(",\"gate\":")
        values(entries.gates, names.gate)
        out.raw(",\"flag\":")
        values(entries.flags, names.flag)
        out.raw(",\"format\":")
        values(entries.formats, names.word)
        out.raw("},\"uses\":")
        out.texts(entries.uses.map(\.id))
        out.raw(",\"answers\":")
        out.texts(UseAnswer.allCases.map(\.rawValue))
        out.raw(",\"t\":{")
        for (number, label) in CatalogueLabels.script(words).sorted(by: { $0.key < $1.key }).enumerated() {
            if number > 0 { out.raw(",") }
            out.text(label.key)
            out.raw(":")
            out.text(label.value)
        }
        out.raw("}}")
        return out.finished()
    }
}
