import Foundation
import OpenscanKit
import OpenscanTestSupport
import Testing

/// Together the samples show everything that rules can say.
@Suite(.enabled(if: Corpus.areMade, Corpus.absence)) struct CoverageTests {
    private static let dossiers: [Dossier] = Corpus.names.compactMap { try? Corpus.dossier($0) }

    @Test func everySampleIsJudged() { #expect(Self.dossiers.count == Corpus.names.count) }

    @Test func everyLevelIsReached() {
        let reached = Set(Self.dossiers.filter { $0.gradient.subject == .model }.map(\.gradient.level))
        let known = Set(Corpus.analyser.rules.gradient.levels.map(\.id))
        #expect(reached == known, "missing: \(known.subtracting(reached).sorted())")
    }

    @Test func everyRuleOfTheGradientIsReached() {
        let reached = Set(Self.dossiers.compactMap(\.gradient.rule))
        let known = Set(Corpus.analyser.rules.gradient.rules.map(\.number))
        #expect(reached == known, "missing: \(known.subtracting(reached).sorted())")
    }

    @Test func everyFlagIsRaised() {
        let raised = Set(Self.dossiers.flatMap { $0.flags.map(\.id) })
        let known = Set(Corpus.analyser.rules.flags.map(\.id))
        #expect(raised == known, "missing: \(known.subtracting(raised).sorted())")
    }

    @Test func everyFindingIsMade() {
        let made = Set(Self.dossiers.flatMap { $0.artefacts.flatMap { $0.findings.map(\.id) } })
        let missing = Set(FindingID.allCases).subtracting(made).map(\.rawValue).sorted()
        #expect(missing.isEmpty, "missing: \(missing)")
    }

    @Test func everyBasisOfTermsIsShown() {
        let shown = Set(Self.dossiers.flatMap { $0.terms.values.map(\.basis) })
        #expect(shown == Set(PartTerms.Basis.allCases), "missing: \(Set(PartTerms.Basis.allCases).subtracting(shown))")
    }
}
