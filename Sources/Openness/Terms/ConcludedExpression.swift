import OpenscanFacts
import OpenscanRules

/// The expression that a set of matches comes to.
public enum ConcludedExpression {
    /// `nil` when nothing is licensed. Changed texts come out as `LicenseRef-modified-…`, texts nobody knows as `LicenseRef-unknown`.
    public static func of(_ matches: [LicenceMatch], hasUnknownText: Bool, licences: any LicenceCatalogue) -> String? {
        var parts: [LicenceExpression] = []
        var exceptions: [LicenceID] = []
        for match in matches where match.method != .mentioned {
            if let statement = match.statement {
                parts.append(statement)
            } else if licences.record(match.id)?.isException == true {
                exceptions.append(match.id)
            } else {
                parts.append(.licence((match.isModified ? match.id.modified : match.id).rawValue))
            }
        }
        if hasUnknownText { parts.append(.licence(LicenceID.unknown.rawValue)) }
        if let only = parts.first, parts.count == 1, !exceptions.isEmpty {
            parts = [.exception(licence: only, exception: exceptions[0].rawValue)]
        } else {
            parts += exceptions.map { .licence($0.rawValue) }
        }
        return parts.isEmpty ? nil : LicenceExpression.all(parts).normalised.text
    }

    /// Licences that hold together.
    static func joined(_ ids: some Sequence<LicenceID>) -> String? {
        let parts = Set(ids).sorted().map { LicenceExpression.licence($0.rawValue) }
        return parts.isEmpty ? nil : LicenceExpression.all(parts).normalised.text
    }
}
