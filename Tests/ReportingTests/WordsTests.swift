import Foundation
import OpenscanFacts
import OpenscanOpenness
import OpenscanReporting
import OpenscanRules
import OpenscanTestSupport
import Testing

@Suite struct WordsTests {
    private let rules = TestRules.shared
    private let chinese = Words(.zh, rules: TestRules.shared)

    @Test func partsAreFilledInAndStayAsTheyAre() {
        #expect(
            chinese("{0} (level {1} of 7), confidence {2}", "present", "5", "{0}") == "present（第 5 级，共 7 级），可信度{0}")
        #expect(chinese("no such words") == "no such words")
        #expect(Words.english("{0} files, {1}", "3", "{0}") == "3 files, {0}")
    }

    @Test func aSentenceIsTranslatedByItsFormAndItsPartsByTheirs() {
        let name: Wording = "free redistribution"
        let wording: Wording = "\("licence" as Wording) \("MIT") fails OSD \(1) (\(name))"
        #expect(chinese(wording) == "许可证 MIT 不符合开源定义第 1 条（自由再分发）")
        #expect(Words.english(wording) == "licence MIT fails OSD 1 (free redistribution)")
    }

    /// What reports name is in the catalogue: an entry that is missing would stay English.
    @Test func everyNameHasItsWords() {
        let names =
            rules.components.all.map(\.name) + rules.gradient.levels.map(\.name) + rules.flags.map(\.title)
            + rules.flags.map(\.remedy) + rules.frameworks.map(\.name)
            + rules.frameworks.flatMap { $0.criteria.map(\.name) + $0.criteria.map(\.change) }
            + rules.frameworks.flatMap { [$0.verdicts.met, $0.verdicts.failed, $0.verdicts.open] }
            + rules.openness.definitions.map(\.name) + rules.clauses.groups + rules.definition.freedoms
            + OSDCriterion.allCases.map(rules.definition.name) + (0...3).map(rules.openness.className)
        for name in names where !name.isEmpty { #expect(chinese(name) != name, "\(name)") }
    }

    @Test func everyCaseHasItsWords() {
        let cases =
            Component.Status.allCases.map(\.rawValue) + Severity.allCases.map(\.rawValue)
            + Confidence.allCases.map(\.rawValue) + ArtefactStatus.allCases.map(\.rawValue)
            + ReleaseFacts.Kind.allCases.map(\.rawValue) + OtherLicence.Why.allCases.map(\.rawValue)
            + LicenceClass.allCases.map(\.rawValue) + LicenceCategory.allCases.map(\.rawValue)
            + OSDJudgement.Verdict.allCases.map(\.rawValue) + FrameworkResult.Status.allCases.map(\.rawValue)
            + Gradient.Subject.allCases.map(\.rawValue)
        for word in cases { #expect(chinese(word) != word, "\(word)") }
    }

    /// The forms that stand in the printers' own lines.
    @Test func everyFormOfThePrintersHasItsWords() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/Reporting")
        let call = #/(?:words|title|subject|row)\(\s*"((?:[^"\\]|\\.)+)"/#
        var forms = Set<String>()
        for file in FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) ?? .init() {
            guard let file = file as? URL, file.pathExtension == "swift" else { continue }
            // Explanations are written in English alone.
            if ["Explanation.swift", "Schema.swift"].contains(file.lastPathComponent) { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            forms.formUnion(text.matches(of: call).map { String($0.output.1) })
        }
        #expect(forms.count > 80)
        for form in forms where form.contains(where: \.isLetter) { #expect(chinese(form) != form, "\(form)") }
    }
}
