import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

@Suite struct ConcludedExpressionTests {
    private func expression(_ matches: LicenceMatch..., unknown: Bool = false) -> String? {
        ConcludedExpression.of(matches, hasUnknownText: unknown, licences: TestRules.shared.licences)
    }

    @Test func licencesThatAreFoundHoldTogether() {
        #expect(expression(.text("MIT")) == "MIT")
        #expect(expression(.text("MIT"), .words("Apache-2.0"), .text("MIT")) == "Apache-2.0 AND MIT")
    }

    @Test func aMentionIsNoLicence() {
        #expect(expression(.words("MIT", .mentioned)) == nil)
        #expect(expression() == nil)
        #expect(expression(.text("MIT"), .words("GPL-3.0-only", .mentioned)) == "MIT")
    }

    @Test func aChangedTextIsAnotherLicence() {
        let changed = LicenceMatch.text("MIT") { $0.modification = .init(added: [], missingWords: 1) }
        #expect(expression(changed) == "LicenseRef-modified-MIT")
    }

    @Test func wordsThatNobodyKnowsStayInTheExpression() {
        #expect(expression(.text("MIT"), unknown: true) == "LicenseRef-unknown AND MIT")
        #expect(expression(unknown: true) == "LicenseRef-unknown")
    }

    @Test func aChoiceStaysAChoice() throws {
        let choice = try LicenceExpression.parse("MIT OR Apache-2.0")
        let match = LicenceMatch.text("MIT") { $0.statement = choice }
        #expect(expression(match) == "Apache-2.0 OR MIT")
        #expect(expression(match, .text("BSD-3-Clause")) == "(Apache-2.0 OR MIT) AND BSD-3-Clause")
    }

    @Test func anExceptionBelongsToTheOnlyLicence() {
        let exception = LicenceMatch.text("Classpath-exception-2.0")
        #expect(expression(.text("GPL-2.0-only"), exception) == "GPL-2.0-only WITH Classpath-exception-2.0")
        #expect(
            expression(.text("GPL-2.0-only"), .text("MIT"), exception)
                == "Classpath-exception-2.0 AND GPL-2.0-only AND MIT", "of several nobody knows which")
    }

    @Test func idsAreJoinedOnceAndInOrder() {
        #expect(ConcludedExpression.joined(["MIT", "Apache-2.0", "MIT"]) == "Apache-2.0 AND MIT")
        #expect(ConcludedExpression.joined([LicenceID]()) == nil)
    }
}
