import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// Finds addresses in lines of text.
struct LinkFinder: Sendable {
    let rules: LinkRules

    /// Addresses of one line of text.
    func links(_ line: Substring, number: Int, heading: String) -> [Link] {
        guard line.utf8.count < 20_000 else { return [] }
        let folded = FoldedText(line)
        let context = FoldedText(heading + " " + line)
        var out: [Link] = []
        var rest = line[...]
        while let start = Self.nextAddress(rest) {
            let end =
                rest[start...].firstIndex {
                    $0 == ")" || $0 == ">" || $0 == "\"" || $0 == "'" || $0 == " " || $0 == "]" || $0 == "|"
                        || $0 == "`" || $0 == "，" || $0 == "。" || $0 == "<" || $0 == "）"
                } ?? rest.endIndex
            // What ends a sentence or its emphasis is no part of the address.
            var address = rest[start..<end]
            while let last = address.last, ".,;:!?*".contains(last) { address.removeLast() }
            let target = String(address)
            out.append(
                Link(
                    kind: rules.kind(target, context: context, line: folded),
                    target: Printable.text(target, limit: 300),
                    line: number, quote: Printable.text(String(line), limit: Evidence.quoteLimit), heading: heading))
            rest = rest[end...]
            if out.count >= 60 { break }
        }
        return out + identifiers(line, number)
    }

    /// Papers named by number: `arXiv:2302.04844`, `doi:10.1145/...`.
    func identifiers(_ line: Substring, _ number: Int) -> [Link] {
        let folded = FoldedText(line)
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

    private static func nextAddress(_ text: Substring) -> Substring.Index? {
        var view = text
        while let hit = view.firstIndex(of: "h") {
            if view[hit...].hasPrefix("https://") || view[hit...].hasPrefix("http://") { return hit }
            view = view[view.index(after: hit)...]
        }
        return nil
    }
}
