import OpenscanBytes
import OpenscanFacts

/// A base model whose licence is known, from Licenses/models.yml.
public struct KnownModel: Sendable, Hashable {
    /// What the licence says on commercial use; `conditional` allows it within limits.
    public enum Commercial: String, Sendable, Codable, CaseIterable { case yes, no, conditional, unclear }

    /// Its id in the table.
    public let id: String
    /// Its licence.
    public let licence: LicenceID
    /// What the licence says on commercial use.
    public let commercial: Commercial
    /// Clauses that a derivative has to honour or hand on.
    public let passesDown: [ClauseID]
    /// Word that a derivative's name has to hold.
    public let name: String?
    /// What has to travel with copies, in short.
    public let notice: String?
    /// Whether the licence was read in a source; what was not is shown as probable and makes no finding.
    public let isVerified: Bool
}

/// A data set whose terms are known.
public struct KnownDataset: Sendable, Hashable {
    /// Its id in the table.
    public let id: String
    /// Its licence, where it has one.
    public let licence: LicenceID?
    /// What the terms say on commercial use.
    public let commercial: KnownModel.Commercial
    /// The terms in short.
    public let terms: String?
    /// Model whose outputs are inside.
    public let generatedBy: String?
    /// Whether it can no longer be had.
    public let isWithdrawn: Bool
    /// Whether the terms were read in a source.
    public let isVerified: Bool
}

/// Looks names up among known models and data sets.
public struct KnownModels: Sendable {
    /// Every model of the table.
    public let models: [KnownModel]
    /// Every data set of the table.
    public let datasets: [KnownDataset]
    /// Names of licences that no catalogued text has.
    public let licenceNames: [LicenceID: String]
    private let modelPatterns: [(pattern: Glob, place: Int)]
    private let datasetPatterns: [(pattern: Glob, place: Int)]
    private let reuploaders: Set<String>
    private let lineage: LineageRules

    /// An entry that fits a name.
    public struct Match<Entry: Sendable>: Sendable {
        /// The entry.
        public let entry: Entry
        /// The pattern that fits.
        public let pattern: String
        /// Found under another account's copy: the name says less.
        public let isCopy: Bool
    }

    /// - Parameters:
    ///   - root: the document `models`.
    ///   - lineage: how names are written.
    public init(_ root: JSONValue, lineage: LineageRules) {
        self.lineage = lineage
        models = root.items("models").map { item in
            KnownModel(
                id: item.text("id"), licence: LicenceID(item.text("licence")),
                commercial: .init(rawValue: item.text("commercial")) ?? .unclear,
                passesDown: item.list("passes_down").map { ClauseID($0) }, name: item.optionalText("name"),
                notice: item.optionalText("notice"), isVerified: item.flag("verified"))
        }
        datasets = root.items("datasets").map { item in
            let licence = item.optionalText("licence")
            return KnownDataset(
                id: item.text("id"), licence: licence == "null" ? nil : licence.map { LicenceID($0) },
                commercial: .init(rawValue: item.text("commercial")) ?? .unclear, terms: item.optionalText("terms"),
                generatedBy: item.optionalText("generated_by"), isWithdrawn: item.text("withdrawn").hasPrefix("yes"),
                isVerified: item.flag("verified"))
        }
        func patterns(_ key: String) -> [(pattern: Glob, place: Int)] {
            root.items(key).enumerated().flatMap { place, item in item.list("match").map { (Glob($0), place) } }
        }
        modelPatterns = patterns("models")
        datasetPatterns = patterns("datasets")
        reuploaders = Set(root.list("reuploaders").map { $0.lowercased() })
        licenceNames = Dictionary(
            root.items("licences").map { (LicenceID($0.text("id")), $0.text("name")) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The model of the table with this id.
    public func model(id: String?) -> KnownModel? { id.flatMap { id in models.first { $0.id == id } } }

    /// - Parameter name: ORG/NAME, a bare name, or a hub address.
    public func model(named name: String) -> Match<KnownModel>? {
        find(name, modelPatterns).map { Match(entry: models[$0.place], pattern: $0.pattern, isCopy: $0.isCopy) }
    }

    /// - Parameter name: ORG/NAME, a bare name, or a hub address.
    public func dataset(named name: String) -> Match<KnownDataset>? {
        find(name, datasetPatterns).map { Match(entry: datasets[$0.place], pattern: $0.pattern, isCopy: $0.isCopy) }
    }

    private func find(_ name: String, _ patterns: [(pattern: Glob, place: Int)])
        -> (place: Int, pattern: String, isCopy: Bool)?
    {
        let name = lineage.bare(name)
        guard !name.isEmpty, name.utf8.count <= 200 else { return nil }
        // A copy under another account keeps the name behind the slash, with a format at its end.
        guard let slash = name.firstIndex(of: "/"), reuploaders.contains(String(name[..<slash])) else {
            return best(name, patterns).map { ($0.place, $0.pattern.text, false) }
        }
        let own = lineage.withoutFormat(String(name[name.index(after: slash)...]))
        guard let hit = best(own, patterns, ignoringOwner: true) else { return nil }
        return (hit.place, hit.pattern.text, true)
    }

    private func best(_ name: String, _ patterns: [(pattern: Glob, place: Int)], ignoringOwner: Bool = false)
        -> (pattern: Glob, place: Int)?
    {
        patterns.lazy.map { (pattern: ignoringOwner ? $0.pattern.withoutOwner : $0.pattern, place: $0.place) }
            .filter { $0.pattern.matches(name) }
            .max { ($0.pattern.literals, $1.place) < ($1.pattern.literals, $0.place) }
    }
}
