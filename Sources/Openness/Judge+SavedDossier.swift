import OpenscanFacts

extension Judge {
    /// A dossier that was saved before, judged by these rules: what was found stays, every yardstick is applied anew.
    public func rejudged(_ saved: Dossier) -> Dossier {
        guard saved.gradient.subject.isJudged else { return saved }
        var dossier = saved
        let weights = saved.licences.filter { $0.covers(.weightsFinal) }
        let judged = weights.isEmpty ? saved.licences.filter { $0.covers(.inferenceCode) } : weights
        let osd = saved.yardsticks.osd.isEmpty ? OSDAssessment.weakest(judged.map(\.osd)) : saved.yardsticks.osd
        let subject = YardstickSubject(
            components: saved.components, licences: saved.licences, documents: saved.documents, model: saved.model,
            osd: osd, disclosures: saved.disclosures, readReports: [])
        dossier.yardsticks = YardstickJudge(rules: rules).judge(subject, saved.gradient)
        dossier.verdict = VerdictJudge(rules: rules).judge(
            gradient: saved.gradient, yardsticks: dossier.yardsticks, terms: saved.terms, licences: saved.licences,
            expression: saved.expression, flags: saved.flags)
        return UseJudge(rules: rules).judged(dossier, UseJudge.Access(saved, rules.cards))
    }
}
