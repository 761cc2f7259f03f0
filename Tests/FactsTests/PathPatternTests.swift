import OpenscanFacts
import Testing

/// Patterns of REUSE.toml and of Debian's copyright files.
@Suite struct PathPatternTests {
    @Test(arguments: [
        ("a.txt", "a.txt", true), ("a.txt", "b/a.txt", false), ("*.txt", "a.txt", true), ("*.txt", "b/a.txt", false),
        ("**", "a/b/c", true), ("docs/**", "docs/a/b.md", true), ("docs/**", "doc/a", false),
        ("docs/*", "docs/a/b", false),
        ("**/*.bin", "a/b/c.bin", true), ("a**z", "a/b/z", true), ("foo\\*bar", "foo*bar", true),
        ("foo\\*bar", "fooxbar", false), ("\\\\", "\\", true), ("a/*/c", "a/b/c", true), ("a/*/c", "a/b/b/c", false),
        ("", "", true), ("", "a", false), ("*a*b*", "xaxbx", true), ("*a*b*", "xbxax", false),
    ])
    func reuse(pattern: String, path: String, isOne: Bool) {
        #expect(PathPattern(reuse: pattern).matches(path) == isOne)
    }

    @Test(arguments: [
        ("*", "a/b", true), ("*.txt", "b/a.txt", true), ("a?c", "abc", true), ("a?c", "ac", false),
        ("a\\?c", "a?c", true),
    ])
    func debian(pattern: String, path: String, isOne: Bool) {
        #expect(PathPattern(debian: pattern).matches(path) == isOne)
    }
}
