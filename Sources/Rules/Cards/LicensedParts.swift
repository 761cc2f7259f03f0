import OpenscanBytes
import OpenscanFacts

/// The parts of a release that a sentence speaks of before it names a licence.
public struct LicensedParts: Sendable {
    private let nouns: [(part: ReleasePart, words: [String])]
    private let joints: Set<String>

    /// - Parameter claims: nouns for the parts, and words that join two of them.
    public init(_ claims: ClaimVocabulary) {
        nouns = [
            (.weights, claims.phrases("subject-model").words), (.code, claims.phrases("subject-code").words),
            (.data, claims.phrases("subject-data").words),
        ]
        joints = Set(claims.phrases("part-joints").words)
    }

    /// - Parameter words: lower case.
    /// - Returns: the parts in the order of their enumeration. Of nouns that belong together the last or the first is meant, "model code",
    ///   "code of the model".
    public func read(_ words: String) -> [ReleasePart] {
        let text = FoldedText(lower: Array((" " + words + " ").utf8))
        var found: [(part: ReleasePart, place: Range<Int>)] = []
        for (part, list) in nouns {
            for word in list {
                var from = 0
                while let place = text.offset(of: word, from: from) {
                    found.append((part, place..<place + word.utf8.count))
                    from = place + word.utf8.count
                }
            }
        }
        found.sort { ($0.place.lowerBound, $1.place.upperBound) < ($1.place.lowerBound, $0.place.upperBound) }
        var out: [(part: ReleasePart, place: Range<Int>)] = []
        for noun in found {
            guard let last = out.last else {
                out.append(noun)
                continue
            }
            if noun.place.lowerBound < last.place.upperBound { continue }
            let between = String(decoding: text.bytes[last.place.upperBound..<noun.place.lowerBound], as: UTF8.self)
            let joint = between.split { !$0.isLetter }.map(String.init)
            if joint.isEmpty && !between.contains(",") || joint == ["s"] {
                out[out.count - 1] = noun
            } else if let first = joint.first, joints.contains(first) {
                continue
            } else {
                out.append(noun)
            }
        }
        return Set(out.map(\.part)).sorted()
    }
}
