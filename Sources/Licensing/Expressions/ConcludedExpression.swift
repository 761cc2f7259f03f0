/// The expression that a set of matches comes to.
public enum ConcludedExpression {
    /// `nil` when nothing is licensed. Changed texts come out as `LicenseRef-modified-…`, texts nobody knows as `LicenseRef-unknown`.
    public static func of(_ matches: [LicenceMatch], hasUnknownText: Bool, index: LicenceIndex = .embedded) -> String? {
        var parts: [LicenceExpression] = []
        var exceptions: [String] = []
        for match in matches where match.method != .mentioned {
            if let statement = match.statement {
                parts.append(statement)
            } else if index.record(id: match.id)?.isException == true {
                exceptions.append(match.id)
            } else {
                parts.append(.licence(match.isModified ? modified(match.id) : match.id))
            }
        }
        if hasUnknownText { parts.append(.licence("LicenseRef-unknown")) }
        if let only = parts.first, parts.count == 1, !exceptions.isEmpty {
            parts = [.exception(licence: only, exception: exceptions[0])]
        } else {
            parts += exceptions.map { .licence($0) }
        }
        guard !parts.isEmpty else { return nil }
        return LicenceExpression.all(parts).normalised.text
    }

    public static func modified(_ id: String) -> String {
        "LicenseRef-modified-" + (id.hasPrefix("LicenseRef-") ? String(id.dropFirst(11)) : id)
    }
}
