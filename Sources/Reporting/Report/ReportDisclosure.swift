import OpenscanFacts

/// Something that documents tell of how a release was made and is kept.
public struct ReportDisclosure: Sendable, Codable, Hashable {
    /// What is told.
    public var id: DisclosureID
    /// The sentences.
    public var evidence: [Evidence]

    /// One entry for each thing that is told.
    static func all(_ disclosures: [Disclosure]) -> [ReportDisclosure] {
        Dictionary(grouping: disclosures, by: \.id).sorted { $0.key < $1.key }.map {
            ReportDisclosure(id: $0.key, evidence: $0.value.map(\.evidence))
        }
    }

    var disclosures: [Disclosure] { evidence.map { Disclosure(id: id, evidence: $0) } }
}
