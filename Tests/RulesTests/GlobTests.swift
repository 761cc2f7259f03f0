import Testing

@testable import OpenscanRules

@Suite struct GlobTests {
    @Test(arguments: [
        ("a*c", "abbbc", true), ("a*c", "abbb", false), ("*", "", true), ("a?c", "abc", true), ("a?c", "ac", false),
        ("*a*b*", "xxaxxbxx", true), ("Abc", "abc", true),
    ])
    func starsAndQuestionMarksMatch(pattern: String, name: String, matches: Bool) {
        #expect(Glob(pattern).matches(name) == matches)
    }
}
