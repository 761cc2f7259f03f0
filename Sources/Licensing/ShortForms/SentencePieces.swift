import OpenscanBytes

/// A sentence up to a licence's name, cut at its marks and turns: who or what the name is said of stands in one of the pieces.
struct SentencePieces {
    /// Beginnings of the pieces; the last one ends with the name.
    private var starts: [Int]
    private let end: Int
    private let bytes: UnsafeRawBufferPointer

    private static let most = 24
    /// Words of an item of a list.
    private static let longestItem = 5
    private static let turns: [StaticString] = ["while ", "whereas ", "although ", "though ", "but ", "whilst "]
    private static let relatives: [StaticString] = ["which ", "that ", "whose ", "who ", "where "]

    /// - Parameters:
    ///   - extent: the sentence.
    ///   - name: of the licence.
    init(_ bytes: UnsafeRawBufferPointer, _ extent: Range<Int>, before name: Range<Int>) {
        self.bytes = bytes
        end = name.upperBound
        var starts = [extent.lowerBound]
        var place = extent.lowerBound
        while place < name.lowerBound, starts.count < Self.most {
            let length = Self.mark(bytes, place)
            if length > 0 {
                starts.append(place + length)
            } else if bytes[place] == 0x20, Self.begins(bytes, place + 1, Self.turns) {
                starts.append(place + 1)
            }
            place += max(1, length)
        }
        self.starts = starts
    }

    /// Bytes of a mark that parts what a sentence says.
    private static func mark(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Int {
        switch bytes[place] {
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "("): 1
        // Not of an address or a time; emphasis may stand around it.
        case UInt8(ascii: ":") where place + 1 < bytes.count && " *_\n".utf8.contains(bytes[place + 1]): 1
        // ， ； ：
        case 0xEF
        where bytes.starts(with: "，", at: place) || bytes.starts(with: "；", at: place)
            || bytes.starts(with: "：", at: place):
            3
        default: 0
        }
    }

    private static func begins(_ bytes: UnsafeRawBufferPointer, _ place: Int, _ words: [StaticString]) -> Bool {
        words.contains { bytes.starts(with: $0, at: place) }
    }

    /// Whether nothing parts the words between two places.
    func isOneStretch(_ range: Range<Int>) -> Bool {
        let verbs: [StaticString] = [" is ", " are "]
        return !(range.lowerBound..<max(range.lowerBound, range.upperBound)).contains { place in
            Self.mark(bytes, place) > 0 || Self.begins(bytes, place, verbs)
        }
    }

    /// The piece that words with an end belong to; `nil` for those behind the name.
    func place(of wordsEnd: Int) -> Int? {
        guard wordsEnd <= end else { return nil }
        return starts.lastIndex { $0 < wordsEnd }
    }

    private func range(_ piece: Int) -> Range<Int> {
        starts[piece]..<(piece + 1 < starts.count ? starts[piece + 1] : end)
    }

    /// What the nearest piece with a part of a release in it names, with the items of a list before it ("the code, weights and data are
    /// under A"); `nil` where no verb of licensing stands between it and the name.
    func subject(_ groups: [Int: UInt32], parts: UInt32, verbs: UInt32) -> UInt32? {
        var seen: UInt32 = 0
        for piece in starts.indices.reversed() {
            let found = groups[piece] ?? 0
            seen |= found & verbs
            // "Our code, which builds on the model of X, is ..."
            guard found & parts != 0, !isRelative(piece) else { continue }
            guard seen != 0 else { return nil }
            var out = found
            var item = piece - 1
            while item >= 0, isItem(item), let more = groups[item], more & parts != 0, more & verbs == 0 {
                out |= more
                item -= 1
            }
            return out
        }
        return nil
    }

    private static let longestNames = 200, mostNames = 8

    /// What the piece with the name says before it, without words that could be said of any model; of the piece before where nothing is left.
    func names(upTo name: Range<Int>, _ fillers: Set<String>) -> [String] {
        for piece in starts.indices.suffix(2).reversed() {
            let range = starts[piece]..<min(self.range(piece).upperBound, max(starts[piece], name.lowerBound))
            guard range.count <= Self.longestNames else { return [] }
            let words = bytes.slice(range).repairedText.split { " ,;:()[]*`\"\n\t#|".contains($0) }.map(String.init)
            let telling = words.filter { word in
                word.utf8.contains { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A } && !fillers.contains(word.lowercased())
            }
            if !telling.isEmpty { return Array(telling.prefix(Self.mostNames)) }
        }
        return []
    }

    private func text(_ piece: Int) -> UnsafeRawBufferPointer {
        let range = range(piece)
        let start = range.first { bytes[$0] > 0x20 } ?? range.upperBound
        return bytes.slice(start..<range.upperBound)
    }

    private func isRelative(_ piece: Int) -> Bool { piece > 0 && Self.begins(text(piece), 0, Self.relatives) }

    /// A short piece that ends with a comma and does not begin another thought.
    private func isItem(_ piece: Int) -> Bool {
        let text = text(piece)
        guard text.last == UInt8(ascii: ","), !Self.begins(text, 0, Self.turns), !isRelative(piece) else {
            return false
        }
        return text.split(separator: 0x20).count <= Self.longestItem
    }
}
