import OpenscanRules
import Testing

@Suite struct NamePatternTests {
    @Test(arguments: [
        ("readme*", "readme.md", true), ("readme*", "my-readme.md", false), ("*_test.py", "a_test.py", true),
        ("*_test.py", "a_test.pyc", false), ("*lora*", "my-lora-v2", true), ("*lora*", "my-v2", false),
        ("test_*.py", "test_a.py", true), ("test_*.py", "test_.p", false), ("conftest.py", "conftest.py", true),
        ("conftest.py", "conftest.pyc", false), ("a*a", "a", false),
        ("prepare_*_data*", "prepare_raw_data_2", true), ("prepare_*_data*", "prepare_model", false),
    ])
    func starsStandForAnything(pattern: String, name: String, fits: Bool) {
        #expect(NamePatterns([pattern]).matches(name) == fits)
    }

    @Test func noPatternFitsNothing() { #expect(!NamePatterns([String]()).matches("")) }
}
