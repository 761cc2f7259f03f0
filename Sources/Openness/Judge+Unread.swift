import OpenscanFacts

extension Judge {
    /// A release of which nothing could be read: no component, no term and no flag is said to be there or missing.
    /// - Parameters:
    ///   - identity: what is known of it without reading.
    ///   - problem: why nothing was read.
    public func unread(_ identity: ReleaseIdentity, _ problem: ReleaseFacts.ReadProblem) -> Dossier {
        let mof = MOFResult(
            class: 0, className: rules.openness.className(0), normalisedClass: 0, inheritedClass: nil, classes: [:],
            missing: [:],
            components: [])
        return Dossier(
            release: identity,
            verdict: Verdict(
                answer: .notShown, ground: .unread, sentence: Reason("No statement is made about its terms")),
            components: [], terms: [:], licences: [], otherLicences: [],
            expression: ConcludedLicences(concluded: nil, byComponent: [:]), artefacts: [], model: ModelDescription(),
            claims: [], documents: [], parts: [],
            gradient: Gradient(subject: .unread, level: "undetermined", licenceClass: .none, confidence: .low),
            yardsticks: Yardsticks(osd: OSDAssessment(), mof: mof, frameworks: [], differences: []), flags: [],
            errors: [problem])
    }
}
