import OpenscanBytes
import OpenscanFacts

/// Clauses of known licences (Licenses/clause-records.yml), for where a licence is named and its text was not read.
/// A release asks for one or two of some seven hundred: each is looked up in the compiled rules, and the others are not read.
public struct ClauseRecords: Sendable {
    private static let document = "clause-records"
    private let documents: RuleDocuments

    /// - Parameter documents: the compiled rules.
    public init(_ documents: RuleDocuments) { self.documents = documents }

    /// Every licence that has a record.
    public var ids: [LicenceID] {
        let root = (try? documents.document(Self.document)) ?? .null
        return root.pairs("records").map { LicenceID($0.key) }.sorted()
    }

    /// Clauses of a licence, each at `place`; `nil` where there is no record of it.
    public func clauses(of id: LicenceID, at place: Evidence) -> [ClauseMatch]? {
        documents.text(behind: id.rawValue, in: Self.document)?.split(separator: ";").map { entry in
            let parts = entry.split(separator: "|")
            var name = (parts.first ?? "").drop { $0 == " " }
            let isPartial = name.first == "~"
            if isPartial { name = name.dropFirst() }
            var parameters: [String: String] = [:]
            for part in parts.dropFirst() {
                let pair = part.split(separator: "=", maxSplits: 1)
                if pair.count == 2 { parameters[String(pair[0])] = String(pair[1]) }
            }
            return ClauseMatch(
                id: ClauseID(String(name)), status: isPartial ? .partial : .present, evidence: place,
                parameters: parameters)
        }
    }
}
