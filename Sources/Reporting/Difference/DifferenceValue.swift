import OpenscanFacts
import OpenscanOpenness

/// What changed, for programs: lists of what came, went or is another.
public struct DifferenceValue: Encodable, Sendable {
    struct Pair<Value: Encodable & Sendable>: Encodable, Sendable {
        let old, new: Value
    }

    struct Component: Encodable, Sendable {
        let id: ComponentID
        let status: Pair<ComponentStatus>
        let evidence: [Evidence]
    }

    struct Clause: Encodable, Sendable {
        let id: ClauseID
        let direction: ReleaseDifference.Direction
        let params: Pair<[String: String]>
        let limits: Bool
        let evidence: Evidence
    }

    struct Terms: Encodable, Sendable {
        let part: ReleasePart
        let expression: Pair<String?>
        let basis: Pair<PartTerms.Basis?>
        let open: Pair<Bool>
        let clauses: [Clause]
        let evidence: [Evidence]
    }

    struct Use: Encodable, Sendable {
        let id: UseID
        let part: ReleasePart
        let answer: Pair<UseAnswer?>
        let tighter: Bool
        let reason: Reason
    }

    struct Artefact: Encodable, Sendable {
        let path: String
        let renamed: String?
        let direction: ReleaseDifference.Direction
        let figures: [String: Pair<String>]
    }

    struct Release: Encodable, Sendable {
        let name: String
        let revision: String?
    }

    let release: Pair<Release>
    let verdict: Pair<Verdict.Answer>?
    let level: Pair<String>?
    let rank: Pair<Int?>
    let components: [Component]
    let terms: [Terms]
    let use: [Use]
    let flags, flagsGained, flagsLost: [ReportFlag]
    let claimsGained, claimsLost: [ReportClaim]
    let artefacts: [Artefact]
    let untold: [Wording]

    /// What changed.
    public init(_ difference: ReleaseDifference) {
        func pair<Value: Encodable & Sendable>(_ change: ReleaseDifference.Change<Value>) -> Pair<Value> {
            Pair(old: change.old, new: change.new)
        }
        func release(_ release: ReleaseIdentity) -> Release { Release(name: release.name, revision: release.revision) }
        self.release = Pair(old: release(difference.release.old), new: release(difference.release.new))
        verdict = difference.verdict.map(pair)
        level = difference.level.map(pair)
        rank = pair(difference.rank)
        components = difference.components.map {
            Component(id: $0.id, status: pair($0.status), evidence: $0.evidence)
        }
        terms = difference.terms.map { change in
            Terms(
                part: change.part, expression: pair(change.expression), basis: pair(change.basis),
                open: pair(change.isOpen),
                clauses: change.clauses.map {
                    Clause(
                        id: $0.id, direction: $0.direction, params: pair($0.figures), limits: $0.limits,
                        evidence: $0.evidence)
                }, evidence: change.evidence)
        }
        use = difference.use.map {
            Use(id: $0.id, part: $0.part, answer: pair($0.answer), tighter: $0.isTighter, reason: $0.reason)
        }
        flags = difference.flags.map(ReportFlag.init)
        flagsGained = difference.flagsGained.map(ReportFlag.init)
        flagsLost = difference.flagsLost.map(ReportFlag.init)
        claimsGained = difference.claimsGained.map(ReportClaim.init)
        claimsLost = difference.claimsLost.map(ReportClaim.init)
        artefacts = difference.artefacts.map { change in
            Artefact(
                path: change.path, renamed: change.renamed, direction: change.direction,
                figures: change.figures.mapValues(pair))
        }
        untold = difference.untold
    }
}
