import OpenscanBytes
import OpenscanFacts

/// How a release names what it was made from (Licenses/lineage.yml).
public struct LineageRules: Sendable {
    /// Words that say what was made of a base.
    public struct Phrase: Sendable {
        /// What was made of it.
        public let relation: Relation
        /// Words that say so.
        public let words: Phrases
    }

    /// Words before a link to a model; the first that fits decides.
    public let phrases: [Phrase]
    /// Words before the name of a known model, with which a sentence on the release's own says that it was made from it.
    public let sentences: [Phrase]
    /// Words behind such a name by which a part or an idea of it is meant.
    public let parts: [String]
    /// Relations in which the base's data and code would be needed to make the model again.
    public let derivatives: Set<Relation>
    /// Metadata of artefacts that names bases: of anything, of tunes, of adapters.
    public let baseKeys, tuneKeys, adapterKeys: NamePatterns
    /// Metadata of adapters that say for what they are, where none names a base.
    public let adapterKindKeys: NamePatterns
    /// Metadata of artefacts that names data sets.
    public let datasetKeys: NamePatterns
    /// Metadata of artefacts that names the architecture.
    public let architectureKeys: [String]
    /// Metadata of artefacts that names licences.
    public let licenceKeys: [String]
    private let tags: [(relation: Relation, words: Set<String>)]
    private let quantisedParts: Phrases
    private let quantisedBeginnings: [String]
    private let addressParts: [String]
    private let hubHosts: Phrases
    private let formats: [String]

    /// - Parameter root: the document `lineage`.
    public init(_ root: JSONValue) {
        phrases = root.items("phrases").map {
            Phrase(relation: Relation($0.text("relation")), words: $0.phrases("words"))
        }
        sentences = root.items("sentences").map {
            Phrase(relation: Relation($0.text("relation")), words: $0.phrases("words"))
        }
        parts = root.list("parts")
        tags = root.items("tags").map { (Relation($0.text("relation")), Set($0.list("words"))) }
        derivatives = Set(root.list("derivatives").map { Relation($0) })
        let metadata = root["metadata"] ?? .null
        baseKeys = metadata.patterns("bases")
        tuneKeys = metadata.patterns("bases-of-tunes")
        adapterKeys = metadata.patterns("bases-of-adapters")
        adapterKindKeys = metadata.patterns("kinds-of-adapters")
        datasetKeys = metadata.patterns("datasets")
        architectureKeys = metadata.list("architectures")
        licenceKeys = metadata.list("licences")
        let types = root["quantised-types"] ?? .null
        quantisedParts = types.phrases("parts")
        quantisedBeginnings = types.list("beginnings")
        addressParts = root.list("address-parts")
        hubHosts = root.phrases("hub-hosts")
        formats = root.list("formats")
    }

    /// Whether a line has words of such a sentence.
    public func saysBase(_ line: Substring) -> Bool {
        let text = FoldedText(lower: Array(line.lowercased().utf8.map { $0 == 0x2D ? 0x20 : $0 }))
        return sentences.contains { $0.words.areIn(text) }
    }

    /// What the tags of a card say was done to the base.
    public func relation(tags found: Set<String>) -> Relation? {
        tags.first { !$0.words.isDisjoint(with: found) }?.relation
    }

    /// Whether an element type is one of quantised tensors.
    public func isQuantised(_ type: String) -> Bool {
        quantisedParts.areIn(type) || quantisedBeginnings.contains(where: type.hasPrefix)
    }

    /// A name without address, revision and case.
    public func bare(_ name: String) -> String {
        var text = name.trimmed.lowercased()
        for prefix in addressParts where text.hasPrefix(prefix) { text.removeFirst(prefix.utf8.count) }
        let parts = text.split(separator: "/", maxSplits: 2)
        text = parts.prefix(2).joined(separator: "/")
        return String(text.prefix { $0 != "@" && $0 != "?" && $0 != "#" && $0 != " " })
    }

    /// ORG/NAME of a hub address; `nil` for any other.
    public func hubName(_ target: String) -> String? {
        let parts = target.split(separator: "/", omittingEmptySubsequences: true)
        guard parts.count >= 4, hubHosts.areIn(String(parts[1])) else { return nil }
        return parts[2] + "/" + parts[3].prefix { $0 != "?" && $0 != "#" }
    }

    /// A name without the endings that say how a copy is packed.
    public func withoutFormat(_ name: String) -> String {
        var text = name
        while let format = formats.first(where: { format in
            ["-", "_", "."].contains { text.hasSuffix($0 + format) }
        }) {
            text.removeLast(format.utf8.count + 1)
        }
        return text
    }

    /// A name in the letters and numbers that tell it.
    public func folded(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }
}
