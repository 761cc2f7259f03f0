import OpenscanRules

/// Every yardstick beside each other. Nothing is averaged.
struct YardstickJudge {
    let rules: RuleSet

    func judge(_ subject: YardstickSubject, _ gradient: Gradient) -> Yardsticks {
        let mof = MOFJudge(rules: rules.openness, licences: rules.licences).judge(subject)
        let judge = FrameworkJudge(subject: subject, rules: rules)
        let frameworks = rules.frameworks.map(judge.judge)
        return Yardsticks(
            osd: subject.osd, mof: mof, frameworks: frameworks,
            differences: Differences.of(osd: subject.osd, mof: mof, frameworks: frameworks, gradient, rules))
    }
}
