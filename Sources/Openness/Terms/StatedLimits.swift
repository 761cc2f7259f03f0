import OpenscanFacts

/// Limits that cards and gates state, as clauses of whatever licence the part is under: an open licence with a sentence beside it
/// that forbids uses is no open licence.
enum StatedLimits {
    static func add(_ context: TermsContext, to findings: inout TermsFindings) {
        var limits: [ReleasePart: [ClauseMatch]] = [:]
        for file in context.release.files where file.place.area == .main && !file.place.isPolicy {
            guard let card = file.card, !card.limits.isEmpty, speaksForRelease(file, context) else { continue }
            let isOnData = CardStatements.isOnData(card, context)
            for limit in card.limits {
                var clause = limit.clause
                clause.isBeside = true
                guard let part = limit.subject.part else { continue }
                limits[isOnData && part == .weights ? .data : part, default: []].append(clause)
            }
        }
        guard !limits.isEmpty else { return }
        for place in findings.statements.indices {
            // In the order of the parts, so that the same release gives the same report.
            for part in ReleasePart.allCases {
                guard let clauses = limits[part],
                    part.components.contains(where: findings.statements[place].appliesTo.contains)
                else { continue }
                let known = Set(findings.statements[place].clauses.map(\.id))
                findings.statements[place].clauses += clauses.filter { !known.contains($0.id) }
            }
        }
    }

    /// The card of the release, or one beside weights.
    private static func speaksForRelease(_ file: FileFacts, _ context: TermsContext) -> Bool {
        file.place.depth <= context.folders.sharedDepth || context.folders.withWeights.contains(file.folder)
    }
}
