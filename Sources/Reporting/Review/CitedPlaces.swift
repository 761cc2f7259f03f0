import OpenscanBytes
import OpenscanFacts

/// The places that a page cites, each with an anchor inside it, and the lines around them.
struct CitedPlaces {
    private struct File {
        let number: Int
        var ranges: Set<LineRange> = []
        var offsets: Set<Int> = []
        /// Words to be marked, by their place.
        var quotes: Set<Evidence> = []
    }

    let sources: SourceTexts
    let words: Words
    private var files: [String: File] = [:]
    private var order: [String] = []

    init(_ sources: SourceTexts, words: Words) {
        self.sources = sources
        self.words = words
    }

    /// Lines shown before and behind a cited one.
    private static let around = 3
    /// Lines of one cited range that are shown at each of its ends, where it is long.
    private static let ends = 12
    /// Scalars of one line that are shown.
    private static let widest = 400
    /// Lines that a page shows in all.
    private static let mostLines = 6_000
    /// Quotes of one file that are marked.
    private static let mostQuotes = 400

    /// The anchor of a place, to link to.
    mutating func link(_ evidence: Evidence) -> String {
        var file: File
        if let known = files[evidence.path] {
            file = known
        } else {
            order.append(evidence.path)
            file = File(number: order.count)
        }
        var anchor = "f\(file.number)"
        if let range = evidence.lines, range.first >= 1, range.last >= range.first {
            file.ranges.insert(range)
            if evidence.quote != nil, file.quotes.count < Self.mostQuotes { file.quotes.insert(evidence) }
            anchor += "-\(range.first)"
        } else if let offset = evidence.offset {
            file.offsets.insert(offset)
            anchor += "-b\(offset)"
        }
        files[evidence.path] = file
        return "#" + anchor
    }

    /// A place as templates show it; `nil` where no file is meant.
    mutating func view(_ evidence: Evidence) -> PageView? {
        guard evidence.shownPlace != nil else { return nil }
        let place = evidence.place
        let offset = evidence.lines == nil ? evidence.offset.map { words("byte {0}", String($0)) } : nil
        return [
            "href": link(evidence), "place": offset.map { "\(place), \($0)" } ?? place,
            "short": String(Self.short(place)), "quote": some(evidence.quote), "lang": Self.language(evidence.quote),
        ]
    }

    mutating func views(_ evidence: some Sequence<Evidence>) -> [PageView] {
        var seen = Set<String>()
        var out: [PageView] = []
        for one in evidence where seen.insert(one.place + "\(one.offset ?? 0)").inserted {
            if let view = view(one) { out.append(view) }
        }
        return out
    }

    /// The last two names of a long path.
    private static func short(_ place: String) -> Substring {
        let parts = place.split(separator: "/")
        guard place.count > 40, parts.count > 2 else { return Substring(place) }
        return "…/" + parts.suffix(2).joined(separator: "/")
    }

    /// The language that the script of words points to, for those who read aloud; empty where it is that of the page.
    static func language(_ text: String?) -> String {
        for scalar in (text ?? "").unicodeScalars {
            switch scalar.value {
            case 0x3040...0x30FF: return "ja"
            case 0xAC00...0xD7A3: return "ko"
            case 0x0400...0x04FF: return "ru"
            case 0x0600...0x06FF: return "ar"
            default: continue
            }
        }
        let hasHan = (text ?? "").unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
        return hasHan ? "zh" : "en"
    }

    // MARK: Lines

    /// Every file that was cited, in order of path, with the lines around what was cited.
    /// - Parameter whole: files that another section shows whole.
    func excerpts(except whole: Set<String>) -> [PageView] {
        var room = Self.mostLines
        return files.filter { !$0.key.isEmpty }.sorted { $0.key < $1.key }.map { path, file in
            let isWhole = whole.contains(path)
            var view: PageView = ["path": path, "id": "f\(file.number)", "isWhole": isWhole]
            guard !isWhole else { return view }
            guard let lines = sources.lines[path] else {
                let note =
                    sources.binary.contains(path) ? words("no text; nothing of it is shown") : words("not read again")
                view["note"] = note
                view["anchors"] =
                    file.ranges.map(\.first).sorted().map {
                        ["id": "f\(file.number)-\($0)", "label": words("line {0}", String($0))]
                    }
                    + file.offsets.sorted().map {
                        ["id": "f\(file.number)-b\($0)", "label": words("byte {0}", String($0))]
                    }
                return view
            }
            view["anchors"] = file.offsets.sorted().map {
                ["id": "f\(file.number)-b\($0)", "label": words("byte {0}", String($0))]
            }
            view["blocks"] = blocks(file, lines: lines.count).compactMap { block -> PageView? in
                guard room > 0 else { return ["isGap": true] }
                room -= block.last - block.first + 1
                return ["isGap": false, "lines": rows(path, file, block, lines)]
            }
            return view
        }
    }

    /// A file with every line, marks and notes in place; `nil` where it is not at hand.
    /// - Parameters:
    ///   - range: the lines to show.
    ///   - notes: what stands beside a line.
    func whole(_ path: String, _ range: LineRange, notes: [Int: [PageView]]) -> PageView? {
        guard let file = files[path], let lines = sources.lines[path], range.first >= 1 else { return nil }
        let block = LineRange(range.first, min(range.last, lines.count))
        guard block.last >= block.first else { return nil }
        var rows = rows(path, file, block, lines)
        for index in rows.indices { rows[index]["notes"] = notes[block.first + index] ?? [] }
        return ["id": "f\(file.number)", "path": path, "lines": rows]
    }

    /// Cited ranges with what stands around them, put together where they meet.
    private func blocks(_ file: File, lines: Int) -> [LineRange] {
        var wanted: [LineRange] = []
        for range in file.ranges where range.first <= lines {
            let last = min(range.last, lines)
            if last - range.first > 2 * Self.ends {
                wanted.append(LineRange(range.first - Self.around, range.first + Self.ends))
                wanted.append(LineRange(last - Self.ends, last + Self.around))
            } else {
                wanted.append(LineRange(range.first - Self.around, last + Self.around))
            }
        }
        var out: [LineRange] = []
        for range in wanted.sorted() {
            let clipped = LineRange(max(1, range.first), min(lines, range.last))
            if let last = out.last, clipped.first <= last.last + 1 {
                out[out.count - 1].last = max(last.last, clipped.last)
            } else {
                out.append(clipped)
            }
        }
        return out
    }

    private func rows(_ path: String, _ file: File, _ block: LineRange, _ lines: [Substring]) -> [PageView] {
        let anchored = Set(file.ranges.map(\.first))
        let cited = Self.merged(file.ranges)
        let marks = marks(file, block, lines)
        var next = cited.firstIndex { $0.last >= block.first } ?? cited.count
        return (block.first...block.last).map { number in
            while next < cited.count, cited[next].last < number { next += 1 }
            let isCited = next < cited.count && cited[next].first <= number
            return [
                "n": String(number), "id": some(anchored.contains(number) ? "f\(file.number)-\(number)" : nil),
                "isCited": isCited, "parts": Self.parts(lines[number - 1], marks[number] ?? []), "notes": [PageView](),
            ]
        }
    }

    private static func merged(_ ranges: Set<LineRange>) -> [LineRange] {
        var out: [LineRange] = []
        // What covers a whole text marks no line of it.
        for range in ranges.sorted() where range.last - range.first <= 2 * ends {
            if let last = out.last, range.first <= last.last {
                out[out.count - 1].last = max(last.last, range.last)
            } else {
                out.append(range)
            }
        }
        return out
    }

    /// A line cut into what is marked and what is not.
    private static func parts(_ line: Substring, _ marks: [Range<Int>]) -> [PageView] {
        let scalars = Array(line.unicodeScalars.prefix(max(widest, (marks.first?.upperBound ?? 0) + 80)))
        // Of an endless line, what stands around the mark.
        let start = scalars.count > widest ? max(0, (marks.first?.lowerBound ?? 0) - 80) : 0
        let end = min(scalars.count, start + widest)
        func text(_ range: Range<Int>) -> String {
            var out = String.UnicodeScalarView()
            out.append(contentsOf: scalars[range])
            return String(out)
        }
        var out: [PageView] = start > 0 ? [["text": "… ", "isMarked": false]] : []
        var place = start
        for mark in marks where mark.lowerBound >= place && mark.lowerBound < end {
            if mark.lowerBound > place { out.append(["text": text(place..<mark.lowerBound), "isMarked": false]) }
            let upper = min(mark.upperBound, end)
            out.append(["text": text(mark.lowerBound..<upper), "isMarked": true])
            place = upper
        }
        if place < end { out.append(["text": text(place..<end), "isMarked": false]) }
        if line.unicodeScalars.count > end { out.append(["text": " …", "isMarked": false]) }
        return out
    }

    // MARK: Marks

    /// Where quotes stand in their lines, by line: places counted in scalars, in order, without overlap.
    private func marks(_ file: File, _ block: LineRange, _ lines: [Substring]) -> [Int: [Range<Int>]] {
        var out: [Int: [Range<Int>]] = [:]
        for evidence in file.quotes {
            guard let range = evidence.lines, let quote = evidence.quote, block.overlaps(range),
                range.last - range.first < 200
            else { continue }
            for (number, place) in Self.places(of: quote, in: range, lines) { out[number, default: []].append(place) }
        }
        return out.mapValues { ranges in
            var merged: [Range<Int>] = []
            for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
                if let last = merged.last, range.lowerBound <= last.upperBound {
                    merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
                } else {
                    merged.append(range)
                }
            }
            return merged
        }
    }

    private static let longestSearch = 20_000

    /// A quote has its white space evened out and may be cut: it is looked for in the lines read the same way.
    private static func places(of quote: String, in range: LineRange, _ lines: [Substring]) -> [(Int, Range<Int>)] {
        var wanted = Array(quote.unicodeScalars)
        if wanted.last == "…" { wanted.removeLast() }
        while wanted.last == " " { wanted.removeLast() }
        guard !wanted.isEmpty else { return [] }
        var text: [Unicode.Scalar] = []
        var origin: [(line: Int, place: Int)] = []
        for number in range.first...min(range.last, lines.count) {
            for (place, scalar) in lines[number - 1].unicodeScalars.enumerated() {
                let isSpace = scalar.properties.isWhitespace
                if isSpace, text.last == " " || text.isEmpty { continue }
                // Quotes spell out what may not be shown.
                let shown =
                    isSpace ? " " : Printable.isUnsafe(scalar) ? Printable.lines(String(scalar)) : String(scalar)
                for scalar in shown.unicodeScalars {
                    text.append(scalar)
                    origin.append((number, place))
                }
            }
            if let last = text.last, last != " " {
                text.append(" ")
                origin.append((number, lines[number - 1].unicodeScalars.count))
            }
            guard text.count <= longestSearch else { break }
        }
        guard let start = first(wanted, in: text) else { return [] }
        var out: [Int: Range<Int>] = [:]
        for index in start..<start + wanted.count {
            let (line, place) = origin[index]
            if let known = out[line] {
                out[line] = min(known.lowerBound, place)..<max(known.upperBound, place + 1)
            } else {
                out[line] = place..<place + 1
            }
        }
        return out.map { ($0, $1) }
    }

    private static func first(_ wanted: [Unicode.Scalar], in text: [Unicode.Scalar]) -> Int? {
        guard wanted.count <= text.count else { return nil }
        for start in 0...text.count - wanted.count where text[start] == wanted[0] {
            if text[start..<start + wanted.count].elementsEqual(wanted) { return start }
        }
        return nil
    }
}
