import Foundation
import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanLicensing

private let engine = ClauseEngine(TestRules.shared.clauses)

private func clauses(_ text: String) -> [ClauseID: ClauseMatch] {
    Dictionary(
        engine.find(in: text, path: "LICENSE").map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }
    )
}

@Suite struct ClauseRuleTests {
    /// Identity and clauses must agree: what the OSI approved shows no clause that fails its definition.
    @Test(
        .enabled(if: LicenceTexts.approved.areReady, LicenceTexts.absence),
        arguments: LicenceTexts.approved.ids)
    func approvedTextsHaveNoClauseAgainstTheDefinition(id: String) throws {
        let text = try LicenceTexts.approved.text(id)
        let failing = clauses(text).values.filter {
            $0.status == .present && !(TestRules.shared.clauses[$0.id]?.fails.isEmpty ?? true)
        }
        #expect(failing.isEmpty, "\(failing.map { "\($0.id) in “\($0.evidence.quote ?? "")”" })")
    }

    /// An example and a counter-example of the same words.
    @Test(arguments: [
        (
            "non-commercial", "You may not use the Model for any commercial purpose.",
            "You may use the Model for any commercial or non-commercial purpose."
        ),
        (
            "research-only", "The Materials may be used solely for research purposes.",
            "The Materials may be used for research or commercial purposes."
        ),
        (
            "no-training-other-models", "You will not use the output to improve any other large language model.",
            "“Derivatives” means all other models created or initialized by transferring weights of the Model."
        ),
        (
            "no-reverse-engineering", "You may not reverse engineer or decompile the Software.",
            "These terms do not restrict reverse engineering for debugging such modifications."
        ),
        (
            "termination-at-will", "We may terminate this Agreement at any time without cause.",
            "You may terminate this Agreement at any time by destroying all copies."
        ),
        (
            "patent-excluded", "Patent and trademark rights are not licensed under this License.",
            "Each Contributor hereby grants You a patent license to make and use the Work."
        ),
        (
            "indemnity", "You will indemnify and hold harmless the Licensor.",
            "You may offer indemnity only if You agree to indemnify every Contributor on Your own behalf."
        ),
        (
            "governing-law", "This Agreement is governed by and construed under the laws of Singapore.",
            "The warranty is disclaimed to the extent permitted by law."
        ),
        (
            "registration-or-request", "For commercial use you must register and obtain a written authorization.",
            "Redistributions may not be endorsed without specific prior written permission."
        ),
        (
            "field-of-endeavour", "You must not use the Model for military purposes.",
            "The Software is commercial computer software under the military procurement rules."
        ),
    ])
    func exampleAndCounterExample(id: ClauseID, example: String, counterExample: String) {
        #expect(clauses(example)[id]?.status == .present, "\(clauses(example).keys.sorted())")
        #expect(clauses(counterExample)[id]?.status != .present)
    }

    @Test(arguments: [
        (
            "mau-threshold", "If the monthly active users exceed 700 million, you must request a license.",
            ["mau": "700000000", "effect": "deny"]
        ),
        (
            "mau-threshold",
            "If it has more than 100,000,000 monthly active users, you shall prominently display “Kimi K2”.",
            ["mau": "100000000", "effect": "display"]
        ),
        (
            "revenue-threshold", "If your annual revenue exceeds USD 1 million, you must request a license.",
            ["amount": "1000000", "currency": "USD", "period": "annual", "effect": "deny"]
        ),
        (
            "governing-law",
            "This Agreement is governed by the laws of the State of California without regard to choice of law.",
            ["law": "California"]
        ),
        ("venue", "The courts of California shall have exclusive jurisdiction.", ["venue": "California"]),
        (
            "model-naming", "You shall include “Llama” at the beginning of any such AI model name.",
            ["name": "Llama", "position": "beginning"]
        ),
        (
            "aup-by-reference",
            "You must comply with the Acceptable Use Policy located at https://example.org/use-policy.",
            ["url": "example.org/use-policy"]
        ),
    ])
    func thresholdsLawsAndNamesAreReadOut(id: ClauseID, text: String, expected: [String: String]) {
        #expect(clauses(text)[id]?.parameters == expected)
    }

    /// A term outranks a definition, and a plain text one that only sets out its aims.
    @Test func theTermIsTheEvidence() {
        let text = """
            Whereas the licensor strives for a copy of this License to be shared.

            “Copy” means a copy of this License in any form you like to use.

            You must give any recipient a copy of this License.
            """
        #expect(clauses(text)["include-licence-copy"]?.evidence.lines == LineRange(5))
    }

    @Test func strayUseWordsAreNoList() {
        #expect(
            clauses("The Data has no personal information and the law enforcement community likes it.").keys.filter {
                $0.rawValue.hasPrefix("use.")
            }.isEmpty)
    }

    /// Patterns without a match must not cost more than the gaps allow.
    @Test func hostileRepetitionEnds() {
        let text = String(repeating: "grants license right you may not use commercial ", count: 1_000)
        let clock = ContinuousClock()
        let spent = clock.measure { _ = clauses(text) }
        #expect(spent < .seconds(60))
    }
}
