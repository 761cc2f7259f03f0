import OpenscanFacts
import OpenscanRules

/// Sentences on where the yardsticks part for one release.
enum Differences {
    static func of(
        osd: OSDAssessment, mof: MOFResult, frameworks: [FrameworkResult], _ gradient: Gradient, _ rules: RuleSet
    )
        -> [Wording]
    {
        var out: [Wording] = []
        let failed = osd.failed
        let isOpen = osd.isOpen
        let numbers = failed.map { String($0.rawValue) }.joined(separator: ", ")
        let level = Wording(rules.gradient.level(gradient.level)?.name ?? gradient.level)
        func framework(_ id: String) -> FrameworkResult? { frameworks.first { $0.id == id } }
        func unmet(_ id: String) -> [FrameworkResult.Criterion] {
            framework(id)?.criteria.filter { $0.required && $0.status == .notMet } ?? []
        }
        if isOpen, let first = unmet("osaid").first {
            out.append(
                "The licence of the weights passes the Open Source Definition, the release fails the Open Source AI Definition: \(first.reason)."
            )
        }
        if !failed.isEmpty, let rank = gradient.rank, rank >= 6 {
            out.append(
                "Level \(rank) of the gradient (\(level)) counts what is published; the Open Source Definition looks at terms, and criteria \(numbers) fail."
            )
        }
        if gradient.rank == 5, isOpen {
            out.append(
                "Level 5 of the gradient says nothing about the licence, which is open here; what holds the release there are missing parts."
            )
        }
        if mof.class == 0, failed.isEmpty, !osd.isEmpty, let missing = mof.missing["3"], !missing.isEmpty {
            out.append(
                "The Model Openness Framework gives no class although the licence is open: \(Wording.joined(missing.map { Wording($0) }, by: ", ")) not there under an open licence."
            )
        }
        if mof.class != mof.normalisedClass {
            out.append(
                "With licence names as written the Model Openness Framework gives class \(mof.class), with SPDX ids class \(mof.normalisedClass)."
            )
        }
        let lacking = unmet("open-weights").prefix(3)
        let asked = lacking.map { Wording($0.name) }
        if gradient.rank ?? 0 >= 5, !asked.isEmpty {
            out.append(
                "Weights can be had, yet the Open Weights Definition asks for more: \(Wording.joined(asked, by: "; "))."
            )
        }
        let isUseList =
            failed == [.noDiscriminationAgainstFields]
            || failed == [.noDiscriminationAgainstPersons, .noDiscriminationAgainstFields]
        let bearsUseList = framework("eu-ai-act")?.criteria.first { $0.id == "eu-lic-use" }?.status == .met
        if isUseList, bearsUseList {
            out.append(
                "A use list fails the Open Source Definition; the EU guidelines may bear a narrow one (a person's reading)."
            )
        }
        return out
    }
}
