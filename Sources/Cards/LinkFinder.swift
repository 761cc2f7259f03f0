import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// Finds addresses in lines of text.
struct LinkFinder: Sendable {
    let rules: LinkRules

    private static let longestLine = 20_000, mostOfALine = 60

    /// Addresses of one line of text.
    /// - Parameters:
    ///   - folded: the line in lower case.
    ///   - isCutShort: set where the line has more addresses than are read.
    func links(
        _ line: Substring, _ folded: FoldedText, number: Int, heading: String, isCutShort: inout Bool
    ) -> [Link] {
        guard line.utf8.count < Self.longestLine else { return [] }
        let places = Self.addresses(Array(line.utf8), &isCutShort)
        guard !places.isEmpty else { return identifiers(line, folded, number) }
        let context = FoldedText(heading + " " + line)
        let quote = Printable.text(String(line), limit: Evidence.quoteLimit)
        let found = places.map { target in
            Link(
                kind: rules.kind(target, context: context, line: folded), target: Printable.text(target, limit: 300),
                line: number, quote: quote, heading: heading)
        }
        return found + identifiers(line, folded, number)
    }

    private static func addresses(_ line: [UInt8], _ isCutShort: inout Bool) -> [String] {
        line.withUnsafeBytes { bytes in
            var out: [String] = []
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
                out.append(bytes.slice(start..<end).repairedText)
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
