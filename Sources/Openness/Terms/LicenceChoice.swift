import OpenscanFacts

/// Licences between which the reader may choose: texts carry no operator, so the statement that names them says whether each binds or one
/// is enough, and what a reader would not choose binds nobody.
public enum LicenceChoice {
    // MARK: Statements to texts

    /// Gives texts the statement that names them. A text whose alternative is not there goes on to bind, unless the file that holds it
    /// offers the choice itself.
    static func bind(_ statements: inout [TermsStatement], families: LicenceFamilies) {
        let wholes = statements.filter { $0.whole != nil && $0.source != .unread }
        guard !wholes.isEmpty else { return }
        let texts = statements.indices.filter {
            statements[$0].method == .text && statements[$0].modification == nil && statements[$0].whole == nil
        }
        guard !texts.isEmpty else { return }
        let there = Set(texts.map { families.family(statements[$0].id) })
        for place in texts {
            let text = statements[place]
            let whole = wholes.first { other in
                let named = Set(other.whole?.ids.map { families.family(LicenceID($0)) } ?? [])
                guard named.contains(families.family(text.id)),
                    !Set(other.appliesTo).isDisjoint(with: text.appliesTo)
                else { return false }
                return named.isSubset(of: there) || other.path == text.path
            }
            statements[place].whole = whole?.whole
        }
    }

    // MARK: The branch to take

    /// How much a branch asks of who takes it; what asks more counts as more.
    private struct Weight: Comparable {
        let verdict: OSDJudgement.Verdict
        let failing: Int

        static func < (left: Weight, right: Weight) -> Bool {
            (left.verdict, left.failing) < (right.verdict, right.failing)
        }
    }

    /// Takes from licences that nobody has to choose what they cover. Of branches that ask the same none is preferred.
    static func settle(_ licences: inout [JudgedLicence]) {
        for statement in Set(licences.compactMap(\.statement)) where statement.hasChoice {
            let dropped = dropped(statement, licences)
            guard !dropped.isEmpty else { continue }
            for place in licences.indices
            where licences[place].statement == statement && dropped.contains(licences[place].id.rawValue) {
                licences[place].appliesTo = []
            }
        }
    }

    /// The licences of one text without those that nobody has to choose.
    public static func binding(_ licences: [JudgedLicence]) -> [JudgedLicence] {
        let statements = Set(licences.compactMap(\.statement)).filter(\.hasChoice)
        let dropped = statements.reduce(into: Set<String>()) { $0.formUnion(Self.dropped($1, licences)) }
        let others = Set(licences.filter { $0.statement == nil && $0.method != .text }.map(\.id.rawValue))
        return licences.filter { !dropped.subtracting(others).contains($0.id.rawValue) }
    }

    /// Ids of a statement that the best of its branches do without.
    static func dropped(_ statement: LicenceExpression, _ licences: [JudgedLicence]) -> Set<String> {
        var weights: [String: Weight] = [:]
        for licence in licences where licence.category != .exception {
            let weight = Weight(verdict: licence.osd.verdict ?? .review, failing: licence.osd.failed.count)
            weights[licence.id.rawValue] = max(weights[licence.id.rawValue] ?? weight, weight)
        }
        let best = taken(statement) { weights[$0] }
        return Set(statement.ids).subtracting(best.ids)
    }

    /// The branches that ask least, with what they ask; an id of which nothing is known asks for a review.
    private static func taken(_ expression: LicenceExpression, _ weight: (String) -> Weight?)
        -> (ids: Set<String>, weight: Weight)
    {
        let unknown = Weight(verdict: .review, failing: 0)
        switch expression {
        case .licence(let id): return ([id], weight(id) ?? unknown)
        case .exception(let licence, let exception):
            var inner = taken(licence, weight)
            inner.ids.insert(exception)
            return inner
        case .all(let parts):
            let parts = parts.map { taken($0, weight) }
            return (parts.reduce(into: []) { $0.formUnion($1.ids) }, parts.map(\.weight).max() ?? unknown)
        case .any(let parts):
            let parts = parts.map { taken($0, weight) }
            guard let least = parts.map(\.weight).min() else { return ([], unknown) }
            return (parts.filter { $0.weight == least }.reduce(into: []) { $0.formUnion($1.ids) }, least)
        }
    }
}
