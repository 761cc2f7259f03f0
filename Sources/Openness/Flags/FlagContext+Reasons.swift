import OpenscanFacts
import OpenscanRules

/// Sentences that several flags say.
extension FlagContext {
    /// Which criteria of the Open Source Definition a licence fails.
    func failure(of licence: JudgedLicence) -> Reason {
        let criteria = licence.osd.failed.map { String($0.rawValue) }.joined(separator: ", ")
        return Reason("\(licence.expressionID) fails OSD \(criteria)", [licence.evidence])
    }

    /// What a clause means, beside the sentence that carries it.
    func meaning(of clause: ClauseMatch) -> Reason {
        Reason("\(clause.id): \(rules.clauses[clause.id]?.meaning ?? "")", [clause.evidence])
    }

    /// Which licence the weights are under.
    func licenceOfWeights(_ licence: JudgedLicence) -> Reason {
        Reason("licence of the weights: \(licence.expressionID)", [licence.evidence])
    }

    /// That a part is announced, beside the sentence that announces it.
    func promise(of part: Component) -> Reason {
        Reason("\(part.id.rawValue) is only promised", Array(part.evidence.prefix(1)))
    }

    /// A licence's first clause with a role.
    func clause(of licence: JudgedLicence, _ role: ClauseRule.Role) -> ClauseMatch? {
        licence.clauses.first { rules.clauses.has($0.id, role) }
    }

    /// The files of a component, in order of path.
    func files(of id: ComponentID) -> [FileFacts] {
        let paths = Set(component(id).paths)
        guard !paths.isEmpty else { return [] }
        return release.files.filter { paths.contains($0.path) }
    }
}
