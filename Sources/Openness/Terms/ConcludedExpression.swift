import OpenscanFacts
import OpenscanRules

/// The expression that a set of licences comes to.
public enum ConcludedExpression {
    /// What one file's matches come to; `nil` when nothing is licensed. Changed texts come out as `LicenseRef-modified-…`, texts
    /// nobody knows as `LicenseRef-unknown`.
    public static func of(_ matches: [LicenceMatch], hasUnknownText: Bool, licences: any LicenceCatalogue) -> String? {
        let granted = matches.filter { $0.method != .mentioned }
        let unknown = hasUnknownText ? [LicenceExpression.licence(LicenceID.unknown.rawValue)] : []
        return joined(
            granted.map { ($0.isModified ? $0.id.modified : $0.id, $0.statement) }, and: unknown,
            isException: { licences.record($0)?.isException == true })
    }

    /// What licences of one thing come to, each with the statement that it is part of.
    static func of(_ licences: [JudgedLicence]) -> String? {
        let exceptions = Set(licences.filter { $0.category == .exception }.map(\.id))
        // A text that no statement offers beside another binds, whatever some metadata say of it.
        let binding = Set(licences.filter { $0.method == .text && $0.statement == nil }.map(\.id.rawValue))
        return joined(
            licences.filter { licence in
                guard case .any(let parts)? = licence.statement else { return true }
                return !parts.contains { binding.isSuperset(of: $0.ids) }
            }.map { ($0.expressionID, $0.statement) }, isException: exceptions.contains)
    }

    /// Licences that hold together.
    static func joined(_ ids: some Sequence<LicenceID>) -> String? {
        joined(Set(ids).sorted().map { ($0, nil) }, isException: { _ in false })
    }

    /// Statements keep their operators; what they say is not said again by the licences alone, and an exception that stands alone
    /// belongs to the one licence there is.
    private static func joined(
        _ items: [(id: LicenceID, statement: LicenceExpression?)], and others: [LicenceExpression] = [],
        isException: (LicenceID) -> Bool
    ) -> String? {
        let statements = items.compactMap(\.statement)
        let said = Set(statements.flatMap(\.ids))
        let alone = items.filter { $0.statement == nil && !said.contains($0.id.rawValue) }.map(\.id)
        var parts = statements + alone.filter { !isException($0) }.map { .licence($0.rawValue) } + others
        let exceptions = alone.filter(isException)
        let whole = parts.isEmpty ? nil : LicenceExpression.all(parts).normalised
        if let whole, case .licence = whole, let exception = exceptions.first {
            parts = [.exception(licence: whole, exception: exception.rawValue)]
        } else {
            parts += exceptions.map { .licence($0.rawValue) }
        }
        return parts.isEmpty ? nil : LicenceExpression.all(parts).normalised.text
    }
}
