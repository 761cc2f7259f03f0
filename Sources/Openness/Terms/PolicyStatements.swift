import OpenscanFacts

/// A licence that refers to a policy, and the policy's own file beside it: the listed uses are then terms at hand.
enum PolicyStatements {
    static func resolve(_ context: TermsContext, in findings: inout TermsFindings) {
        let clauses = context.rules.clauses
        guard let listed = clauses.with(.listedUses).first else { return }
        for file in context.release.files where file.place.area == .main {
            guard let scan = file.licence else { continue }
            let policy = scan.matches.first {
                $0.method == .text && context.rules.licences.record($0.id)?.category == .usePolicy
            }
            guard policy != nil || file.place.isPolicy else { continue }
            if let policy { findings.addOther(policy.id, .text, .policy, file.path) }
            let own = scan.clauses.first { $0.id == listed }
            for place in findings.statements.indices {
                let statement = findings.statements[place]
                let isLlamaStyle = context.rules.licences.record(statement.id)?.category == .llamaStyle
                guard statement.method == .text, statement.path != file.path,
                    isLlamaStyle || statement.clauses.contains(where: { clauses.has($0.id, .refersToPolicy) }),
                    !statement.clauses.contains(where: { $0.id == listed })
                else { continue }
                let clause = ClauseMatch(
                    id: listed, status: .present, evidence: own?.evidence ?? Evidence(path: file.path),
                    parameters: ["path": file.path])
                findings.statements[place].clauses.append(clause)
            }
            findings.statements.removeAll {
                $0.path == file.path && context.rules.licences.record($0.id)?.category == .usePolicy
            }
        }
    }
}
