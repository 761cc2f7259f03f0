import OpenscanBytes
import OpenscanFacts

/// Clauses of known licences (Licenses/clause-records.yml), for where a licence is named and its text was not read.
public struct ClauseRecords: Sendable {
    private let lines: [LicenceID: String]

    /// - Parameter root: the document `clause-records`.
    public init(_ root: JSONValue) {
        lines = Dictionary(
            root.pairs("records").map { (LicenceID($0.key), $0.value.string ?? "") },
            uniquingKeysWith: { first, _ in first })
    }

    /// Every licence that has a record.
    public var ids: [LicenceID] { lines.keys.sorted() }

    /// Clauses of a licence, each at `place`; `nil` where there is no record of it.
    public func clauses(of id: LicenceID, at place: Evidence) -> [ClauseMatch]? {
        lines[id]?.split(separator: ";").map { entry in
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
