import OpenscanBytes

/// A digest of what an answer rests on: the answer, and the words at each place. Where lines only move, it stays.
public enum EvidenceDigest {
    /// Hexadecimal digits of a digest.
    private static let length = 32

    /// - Parameters:
    ///   - answer: the program's answer, as a word.
    ///   - evidence: the places.
    ///   - words: what stands at a place now; where nothing is at hand, the quote counts.
    public static func of(answer: String, _ evidence: [Evidence], words: (Evidence) -> String?) -> String {
        let places = evidence.map { place in
            let text = words(place) ?? place.quote ?? place.offset.map(String.init) ?? ""
            // Lengths keep two different lists from reading alike.
            return "\(place.path.utf8.count):\(place.path)\(text.utf8.count):\(text)"
        }
        var sum = SHA256()
        sum.update("\(answer)\n".utf8)
        for place in Set(places).sorted() { sum.update((place + "\n").utf8) }
        return "sha256:" + SHA256.hex(digest: sum.digest()).prefix(length)
    }
}
