import OpenscanLicensing
import Yams

/// What people edit of licences: records, names, kinds.
struct RecordFiles {
    /// A record of Licenses/ai-licences.yml or Licenses/spdx-licences.yml.
    struct Licence {
        let id: String
        let name: String
        let category: String
        let text: Sourced?
        let scancodeKeys: [Sourced]
        let names: [String]
        let addresses: [String]
        /// Who wrote it, as names say it in front.
        let maker: String?
        /// Whether its text was read in its maker's repository: then the compiled index keeps what the folder of texts lacks.
        let hasOrigin: Bool
        /// Whether it was made for models.
        let isAI: Bool
    }

    /// A text with its place, for messages.
    struct Sourced {
        let text: String
        let place: SourcePlace
    }

    let licences: [Licence]
    let approved: Set<String>
    let aliases: [(id: String, names: [String])]
    let addresses: [(id: String, addresses: [String])]
    /// Words of names that say what kind of thing a licence is.
    let kinds: WordSet
    /// Kinds of single licences.
    let overrides: [String: String]
    private let folder: EditedFolder

    /// - Throws: `Mistakes` with everything that is wrong, unknown licences aside.
    init(folder path: String) throws(Mistakes) {
        let folder = try EditedFolder.read(path, Schemas.ofIndex)
        self.folder = folder
        func strings(_ node: Node?) -> [String] { node?.sequence?.compactMap(\.string) ?? [] }
        func table(_ document: String, _ key: String) -> [(String, [String])] {
            folder[document]?.root[key]?.mapping?.compactMap { key, value in key.string.map { ($0, strings(value)) } }
                ?? []
        }
        licences = Schemas.licenceRecords.map(\.name).flatMap { document -> [Licence] in
            let records = folder[document]
            func sourced(_ node: Node) -> Sourced? {
                guard let text = node.string, let place = records?.place(node) else { return nil }
                return Sourced(text: text, place: place)
            }
            return (records?.root["licences"]?.sequence ?? []).compactMap { node in
                guard let id = node["id"]?.string, let name = node["name"]?.string,
                    let category = node["category"]?.string
                else { return nil }
                return Licence(
                    id: id, name: name, category: category, text: node["text"].flatMap(sourced),
                    scancodeKeys: node["scancodeKeys"]?.sequence?.compactMap(sourced) ?? [],
                    names: strings(node["names"]), addresses: strings(node["urls"]), maker: node["maker"]?.string,
                    hasOrigin: node["origin"] != nil, isAI: document == Schemas.aiLicences.name)
            }
        }
        approved = Set(strings(folder["osi-approved"]?.root["approved"]))
        kinds = WordSet(strings(folder["aliases"]?.root["kinds"]))
        aliases = table("aliases", "aliases")
        addresses = table("aliases", "addresses")
        var overrides: [String: String] = [:]
        for (category, ids) in table("categories", "categories") {
            for id in ids { overrides[id] = category }
        }
        self.overrides = overrides
    }

    /// Checks that every licence that is named is one of `licences`.
    /// - Throws: `Mistakes` with those that are not.
    func check(licences: Set<String>) throws(Mistakes) { try folder.check(licences: licences) }
}
