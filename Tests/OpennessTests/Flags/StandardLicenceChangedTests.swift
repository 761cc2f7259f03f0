import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct StandardLicenceChangedTests {
    private let rule = StandardLicenceChanged()
    private let changed = JudgedLicence.text("MIT", name: "MIT License").with {
        $0.isModified = true
        $0.isOSIApproved = false
    }

    @Test func catchesAdditions() throws {
        let licence = changed.with {
            $0.additions = [Evidence(path: "LICENSE", lines: LineRange(22), quote: "if revenue exceeds")]
        }
        let found = try #require(rule.check(FlagContextBuilder().under(licence).context))
        #expect(found.claim?.place == "LICENSE:1-20")
        #expect(found.claim?.quote == nil)
        #expect(found.places == ["LICENSE:22"])
        #expect(found.quotes == ["if revenue exceeds"])
        #expect(found.words == ["text of MIT License, with changes", "words that the standard text does not have"])
    }

    @Test func catchesOmissions() throws {
        let licence = changed.with { $0.missingWords = 12 }
        let found = try #require(rule.check(FlagContextBuilder().under(licence).context))
        #expect(found.places == ["LICENSE:1-20"])
        #expect(found.words.last == "12 words of the standard text are missing")
    }

    @Test func leavesAlone() {
        #expect(rule.check(FlagContextBuilder().under(.text("MIT")).context) == nil)
        let own = JudgedLicence.text("LicenseRef-llama-2").with { $0.isModified = true }
        #expect(rule.check(FlagContextBuilder().under(own).context) == nil)
        #expect(rule.check(FlagContextBuilder().under(changed.with { $0.method = .notice }).context) == nil)
    }
}
