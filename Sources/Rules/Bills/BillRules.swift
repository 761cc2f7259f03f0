import OpenscanBytes
import OpenscanFacts

/// What bills of materials say besides parts and licences (Licenses/bills.yml).
public struct BillRules: Sendable {
    /// Something that a bill can have by itself.
    public enum Fact: String, Sendable, CaseIterable {
        case tool, format, context, time, dependencies, name, version, producer, identifier, files, hashes, licence
        case architecture, parameters, references, datasets
        case billVersion = "bill-version"
        case dataHashes = "data-hashes"
        case dataLicences = "data-licences"
    }

    /// A minimum element of a software bill of materials for AI.
    public struct Element: Sendable, Hashable {
        /// Its id.
        public let id: String
        /// What it is about.
        public let cluster: String
        /// Its name.
        public let name: String
        /// What of a bill is it.
        public let facts: [Fact]
        /// Components that are it.
        public let components: [ComponentID]
        /// What documents tell of it.
        public let tells: [DisclosureID]
        /// Sections of cards that are it.
        public let sections: [String]
    }

    /// The minimum elements, in order.
    public let elements: [Element]
    /// Ids of SPDX that CycloneDX does not take as such.
    public let cycloneDXLacks: Set<LicenceID>

    /// - Parameter root: the document `bills`.
    public init(_ root: JSONValue) {
        elements = root.items("g7").map { item in
            Element(
                id: item.text("id"), cluster: item.text("cluster"), name: item.text("name"), facts: item.cases("facts"),
                components: item.cases("components"), tells: item.list("tells").map { DisclosureID($0) },
                sections: item.list("sections"))
        }
        cycloneDXLacks = Set(root.list("cyclonedx-lacks").map { LicenceID($0) })
    }
}
