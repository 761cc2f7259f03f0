import OpenscanFacts
import OpenscanTestSupport

@testable import OpenscanOpenness

extension ReleaseBuilder {
    /// What one source of statements finds in the release.
    func findings(_ add: (TermsContext, inout TermsFindings) -> Void) -> TermsFindings {
        var findings = TermsFindings()
        add(
            TermsContext(
                release: release, folders: folders, rules: TestRules.shared,
                hasData: status(.dataset) == .present), &findings)
        return findings
    }
}

extension TermsFindings {
    /// Each statement in a line: the licence and the parts that it covers whole.
    var said: [String] {
        statements.map { statement in
            let parts = ReleasePart.allCases.filter { $0.components.allSatisfy(statement.covers) }
            return "\(statement.id): " + parts.map(\.rawValue).joined(separator: ", ")
        }
    }
}
