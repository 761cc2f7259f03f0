import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// Finds addresses in lines of text.
struct LinkFinder: Sendable {
    let rules: LinkRules

    private static let longestLine = 20_000, mostOfALine = 60

    /// Addresses of one line of text.
    /// - Parameters:
    ///   - lines: the line with what its paragraph says before and behind.
    ///   - folded: the line in lower case.
    ///   - isCode: whether it stands in a block of code.
    ///   - isCutShort: set where the line has more addresses than are read.
    func links(
        _ lines: LinkSurroundings.Lines, _ folded: FoldedText, number: Int, heading: String, isCode: Bool,
        isCutShort: inout Bool
    ) -> [Link] {
        let line = lines.line
        guard line.utf8.count < Self.longestLine else { return [] }
        let bytes = Array(line.utf8)
        let places = Self.addresses(bytes, &isCutShort) + licenceFiles(bytes)
        guard !places.isEmpty else { return identifiers(line, folded, number) }
        let above = FoldedText(heading)
        let paragraph = LinkSurroundings.Paragraph(lines)
        let found = places.map { place in
            let around = LinkSurroundings(paragraph, place.bytes)
            let anchor = FoldedText(around.anchor)
            let noun = rules.noun(anchor)
            let nearby = LinkRules.Nearby(
                own: noun == nil ? around.words : anchor, sentence: around.words,
                paragraph: noun == nil ? around.paragraph : anchor, heading: above)
            func text(_ words: FoldedText) -> String { String(decoding: words.bytes, as: UTF8.self) }
            return Link(
                kind: place.isFile ? .licence : rules.kind(place.target, nearby),
                target: Printable.text(place.target, limit: 300), line: number,
                quote: Printable.text(
                    line.utf8.count <= Evidence.quoteLimit ? String(line) : around.quote, limit: Evidence.quoteLimit),
                heading: heading, anchor: text(anchor), words: text(around.words), lead: text(around.lead),
                paragraph: text(around.paragraph), setting: isCode ? .code : around.setting, noun: noun)
        }
        return found + identifiers(line, folded, number)
    }

    private struct Place {
        var target: String
        var bytes: Range<Int>
        /// Whether it is a file beside the text.
        var isFile = false
    }

    private static let mostFiles = 8, longestPath = 200

    /// Licence files beside the text that a link leads to: `[licence](LICENSE)`.
    private func licenceFiles(_ line: [UInt8]) -> [Place] {
        line.withUnsafeBytes { bytes in
            var out: [Place] = []
            var from = 0
            while out.count < Self.mostFiles, let open = bytes.offset(of: "](", from: from) {
                let start = open + 2
                var end = start
                while end < bytes.count, end - start < Self.longestPath, !Self.isEnd(bytes, end) { end += 1 }
                from = max(end, start)
                let target = bytes.slice(start..<end).repairedText
                if rules.isLicenceFile(target) { out.append(Place(target: target, bytes: start..<end, isFile: true)) }
            }
            return out
        }
    }

    private static func addresses(_ line: [UInt8], _ isCutShort: inout Bool) -> [Place] {
        line.withUnsafeBytes { bytes in
            var out: [Place] = []
            var from = 0
            while let start = bytes.offset(of: "http", from: from) {
                guard bytes.starts(with: "https://", at: start) || bytes.starts(with: "http://", at: start) else {
                    from = start + 1
                    continue
                }
                if out.count == mostOfALine {
                    isCutShort = true
                    break
                }
                var end = start
                while end < bytes.count, !isEnd(bytes, end) { end += 1 }
                from = end
                // What ends a sentence or its emphasis is no part of the address.
                while end > start, ".,;:!?*".utf8.contains(bytes[end - 1]) { end -= 1 }
                out.append(Place(target: bytes.slice(start..<end).repairedText, bytes: start..<end))
            }
            return out
        }
    }

    private static func isEnd(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Bool {
        switch bytes[place] {
        case UInt8(ascii: ")"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: " "),
            UInt8(ascii: "]"), UInt8(ascii: "|"), UInt8(ascii: "`"), UInt8(ascii: "<"):
            true
        case 0xE3: bytes.starts(with: "。", at: place)
        case 0xEF: bytes.starts(with: "，", at: place) || bytes.starts(with: "）", at: place)
        default: false
        }
    }

    /// Papers named by number: `arXiv:2302.04844`, `doi:10.1145/...`.
    func identifiers(_ line: Substring, _ folded: FoldedText, _ number: Int) -> [Link] {
        for mark in rules.identifiers {
            guard let hit = folded.offset(of: mark, from: 0) else { continue }
            let target =
                String(decoding: folded.bytes[hit...].prefix(40), as: UTF8.self).split(whereSeparator: {
                    $0 == " " || $0 == "," || $0 == ")" || $0 == "]" || $0 == "}"
                }).first.map(String.init) ?? mark
            return [
                Link(
                    kind: .paper, target: Printable.text(target, limit: 60), line: number,
                    quote: Printable.text(String(line), limit: Evidence.quoteLimit))
            ]
        }
        return []
    }
}
