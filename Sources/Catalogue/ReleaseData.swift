import OpenscanBytes
import OpenscanStore

/// What is told of each release when it is shown alone, in shards of some size: the row's own tables, place by place.
///
/// A dossier as one page takes some hundred kilobytes; a hundred thousand of them would be gigabytes that hardly anybody
/// opens. Here a release takes a kilobyte or two: texts stand once a shard, and most of what is said of one release is
/// said of its neighbours.
struct ReleaseData {
    /// A shard is closed when it is so large.
    private static let size = 96 * 1024
    private static let mostReleases = 256

    private var strings: [String: Int] = [:]
    private var texts = DataText("")
    private var rows: [UInt8] = []
    private var count = 0
    /// The first release of each shard.
    private(set) var starts: [Int] = []

    /// Takes up a release, and hands out the shard that is full with it.
    mutating func add(_ entry: Entry, place: Int, hasDossier: Bool, _ listing: ReleaseListing) throws -> (
        name: String, bytes: [UInt8]
    )? {
        if count == 0 { starts.append(place) }
        var out = rows.isEmpty ? [] : [UInt8(ascii: ",")]
        out += "[\"\(entry.key)\",".utf8
        append(.text(entry.title), &out)
        out.append(UInt8(ascii: ","))
        append(.text(entry.location), &out)
        out += hasDossier ? ",1".utf8 : ",0".utf8
        for section in ReleaseListing.Section.allCases {
            out += ",[".utf8
            for (number, row) in try listing.rows(section, of: entry.line.id).enumerated() {
                out += number > 0 ? ",[".utf8 : "[".utf8
                for (column, cell) in row.enumerated() {
                    if column > 0 { out.append(UInt8(ascii: ",")) }
                    append(cell, &out)
                }
                out.append(UInt8(ascii: "]"))
            }
            out.append(UInt8(ascii: "]"))
        }
        out.append(UInt8(ascii: "]"))
        rows += out
        count += 1
        return rows.count + texts.bytes.count >= Self.size || count >= Self.mostReleases ? finish() : nil
    }

    /// A number as it is, a text as the place of it before zero.
    private mutating func append(_ cell: ReleaseListing.Cell, _ out: inout [UInt8]) {
        switch cell {
        case .none: out += "null".utf8
        case .number(let number): out += String(max(0, number)).utf8
        case .text(let text):
            let place: Int
            if let known = strings[text] {
                place = known
            } else {
                place = strings.count
                strings[text] = place
                if place > 0 { texts.raw(",") }
                texts.text(text)
            }
            out += String(-1 - place).utf8
        }
    }

    /// The shard as it is; `nil` where nothing is in it.
    mutating func finish() -> (name: String, bytes: [UInt8])? {
        guard count > 0 else { return nil }
        let name = "releases-\(starts.count - 1)"
        var out = DataText(name)
        out.raw("[[")
        out.raw(Array(texts.bytes.dropFirst(DataText("").bytes.count)))
        out.raw("],[")
        out.raw(rows)
        out.raw("]]")
        strings.removeAll(keepingCapacity: true)
        texts = DataText("")
        rows.removeAll(keepingCapacity: true)
        count = 0
        return (name, out.finished())
    }
}
