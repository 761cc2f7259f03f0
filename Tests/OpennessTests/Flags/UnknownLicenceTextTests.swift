import Testing

@testable import OpenscanOpenness

@Suite struct UnknownLicenceTextTests {
    private let rule = UnknownLicenceText()

    @Test func catches() throws {
        let licence = JudgedLicence.text(.unknown).with { $0.nearest = "MIT" }
        let found = try #require(rule.check(FlagContextBuilder().under(licence).context))
        #expect(found.claim == nil)
        #expect(found.places == ["LICENSE:1-20"])
        #expect(found.quotes.isEmpty)
        #expect(found.words == ["nearest known text: MIT"])
    }

    @Test func saysNothingOfWhatIsLikeNothing() throws {
        let found = try #require(rule.check(FlagContextBuilder().under(.text(.unknown)).context))
        #expect(found.words.isEmpty)
    }

    @Test func leavesAlone() { #expect(rule.check(FlagContextBuilder().under(.text("MIT")).context) == nil) }
}
