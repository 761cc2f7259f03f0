import OpenscanFacts
import OpenscanRules

/// Words of licence fields, from Licenses/licence-words.yml.
struct FieldWords: Sendable {
    let or: Set<String>
    let and: Set<String>
    let filler: Set<String>
    /// Words in front of a file's name.
    let pointers: Set<String>
    /// Words that make a row of names a choice.
    let choice: Set<String>
    /// Words for versions that come after.
    let laterWords: Set<String>
    let tooCommon: Set<String>
    /// Values that say nothing.
    let blanks: Set<String>
    /// Values that stand for any licence of the release's own.
    let openEnded: Set<String>
    private let files: [String]
    private let parts: [(beginning: String, part: ReleasePart)]
    private let families: Set<UInt32>

    /// - Parameter families: hashes of names that stand for no text.
    init(_ words: LicenceWords, families: Set<UInt32>) {
        or = Set(words["alternatives"])
        and = Set(words["field-and"])
        pointers = Set(words["field-pointers"])
        filler = Set(words["field-filler"]).union(pointers)
        choice = Set(words["field-choice"])
        laterWords = Set(words["field-later"])
        tooCommon = Set(words["too-common"])
        blanks = Set(words["field-blank"])
        openEnded = Set(words["own-text"])
        files = words["field-files"]
        let lists: [([String], ReleasePart)] = [
            (words["weights"] + words["model"] + words["field-weights"] + words["field-model"], .weights),
            (words["code"] + words["field-code"], .code), (words["data"] + words["field-data"], .data),
            (words["documents"] + words["field-documents"], .documents),
        ]
        parts = lists.flatMap { list, part in list.map { ($0.split(separator: " ").joined(separator: " "), part) } }
        self.families = families
    }

    /// The part that a word names.
    func part(_ word: String) -> ReleasePart? { parts.first { word.hasPrefix($0.beginning) }?.part }

    /// Whether a word is the name of a file that holds a licence.
    func isFileName(_ word: String) -> Bool { files.contains(where: word.hasPrefix) }

    func isFamily(_ name: String) -> Bool {
        families.contains(NameKey.exactHash(name)) || NameKey.hash(name).map(families.contains) ?? false
    }

    /// The id for a licence and later versions of it; the licence's own where there is none, as the reader may take the version named.
    func later(_ id: LicenceID, _ licence: (String) -> LicenceID?) -> LicenceID {
        let name = id.rawValue.hasSuffix("-only") ? String(id.rawValue.dropLast(5)) : id.rawValue
        guard !name.hasSuffix("-or-later") else { return id }
        return licence(name + "-or-later") ?? licence(name + "+") ?? id
    }
}
