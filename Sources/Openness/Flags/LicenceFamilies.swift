import OpenscanFacts
import OpenscanRules

/// Which ids stand for one licence where a field of metadata is held against a text; the words are data
/// (Licenses/licence-words.yml).
struct LicenceFamilies: Sendable {
    private let endings: [String]
    private let variants: [NamePatterns]

    /// - Parameter words: `id-endings` are ends of ids that say whether later versions are meant, `id-variants` ids
    ///   whose texts metadata cannot tell apart, a row of patterns each.
    init(_ words: LicenceWords) {
        endings = words["id-endings"]
        variants = words["id-variants"].map { NamePatterns($0.split(separator: " ").map(String.init)) }
    }

    /// The id without what it says of later versions.
    func family(_ id: LicenceID) -> String {
        var text = id.rawValue
        for ending in endings where text.hasSuffix(ending) { text.removeLast(ending.count) }
        return text
    }

    /// Whether the ids are of one licence, or of variants that metadata cannot tell apart.
    func isNearlySame(_ left: LicenceID, _ right: LicenceID) -> Bool {
        let (left, right) = (family(left).lowercased(), family(right).lowercased())
        return left == right || variants.contains { $0.matches(left) && $0.matches(right) }
    }
}
