import Artefacts
import Licensing
import Openness

/// Plain words for the ids that reports use.
public enum Explanation {
    public static func of(_ id: String) -> String? {
        let lower = id.lowercased()
        if let flag = Catalogue.flag(lower) {
            return "\(flag.id) (flag, \(flag.severity.rawValue)): \(flag.title).\nWhat clears it: \(flag.remedy)"
        }
        if let clause = Clause.byID[lower] {
            var text = "\(clause.id) (clause, \(clause.group)): \(clause.meaning)."
            if !clause.fails.isEmpty {
                text += "\nA licence with it fails the Open Source Definition on " + criteria(clause.fails) + "."
            }
            if !clause.concern.isEmpty { text += "\nIt needs a person's look on " + criteria(clause.concern) + "." }
            if !clause.freedoms.isEmpty {
                text += "\nIt limits the freedom to " + clause.freedoms.joined(separator: ", ") + "."
            }
            return text
        }
        if let component = Catalogue.component(lower) {
            return "\(component.id) (component, \(component.group)): \(component.meaning)"
        }
        if let level = Catalogue.level(lower) {
            return
                "\(level.id) (level \(level.rank) of 7 on the Stanford scale, Solaiman \(level.solaiman)): \(level.meaning)"
        }
        if lower.hasPrefix("osd-"), let number = Int(lower.dropFirst(4)), (1...10).contains(number) {
            let failing = Clause.all.filter { $0.fails.contains(number) }.map(\.id)
            return
                "osd-\(number) (criterion of the Open Source Definition): \(OSDAssessment.names[number - 1]).\nFailed by: "
                + (failing.isEmpty ? "no clause by itself" : failing.joined(separator: ", ")) + "."
        }
        for framework in Framework.all {
            if framework.id == lower {
                return
                    "\(framework.id) (framework): \(framework.name) \(framework.version).\nSource: \(framework.source).\nCriteria: \(framework.criterionIDs.joined(separator: ", "))."
                    + (framework.notes.isEmpty ? "" : "\n" + framework.notes)
            }
            if let text = framework.explanation(of: lower) { return text }
        }
        if lower == "mof" {
            return
                "mof (framework): Model Openness Framework. Classes III, II and I, each on top of the one before: every required component is there under an open licence.\nSource: White et al. 2024, arXiv 2403.13784, as the Model Openness Tool decides it."
        }
        if lower == "osd" {
            return
                "osd (framework): the Open Source Definition, ten criteria, osd-1 to osd-10, for the licence of the weights (of the code where there are none)."
        }
        let index = LicenceIndex.embedded
        if let record = index.record(id: id) ?? index.licence(named: id).flatMap({ index.record(id: $0) }) {
            let assessment = OSDAssessment.of(record, isModified: false, clauses: [])
            var text =
                "\(record.id): \(record.name) (\(record.category.id)\(record.isDeprecated ? ", deprecated id" : ""))."
            text +=
                record.isOSIApproved
                ? "\nApproved by the Open Source Initiative." : "\nNot on the Open Source Initiative's list."
            if !assessment.failed.isEmpty { text += " Fails by its kind: " + criteria(assessment.failed) + "." }
            return text
        }
        return nil
    }

    private static func criteria(_ numbers: [Int]) -> String {
        numbers.map { "\($0) (\(OSDAssessment.names[$0 - 1]))" }.joined(separator: ", ")
    }

    /// One line an item, id first.
    public static func list(_ kind: String) -> [String] {
        func row(_ id: String, _ text: String) -> String { Style.padded(id, max(34, id.count)) + " " + text }
        switch kind {
        case "licences":
            let index = LicenceIndex.embedded
            return (0..<index.recordCount).map { index.record($0) }.map {
                row($0.id, "\($0.category.id)\($0.isOSIApproved ? ", OSI" : "")  \($0.name)")
            }
        case "clauses": return Clause.all.map { row($0.id, $0.meaning) }
        case "flags": return Catalogue.flags.map { row($0.id, "\($0.severity.rawValue)  \($0.title)") }
        case "formats": return FormatRecognition.catalogue.map { row($0.id, $0.words) }
        case "components": return Catalogue.components.map { row($0.id, $0.meaning) }
        case "levels": return Catalogue.levels.map { row($0.id, "\($0.rank)  \($0.name)") }
        case "frameworks":
            return [
                row("osd", "Open Source Definition, ten criteria"),
                row("mof", "Model Openness Framework, classes III to I"),
            ] + Framework.all.map { row($0.id, "\($0.name) \($0.version), \($0.criterionIDs.count) criteria") }
        default: return []
        }
    }
}
