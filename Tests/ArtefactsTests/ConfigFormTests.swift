import OpenscanBytes
import OpenscanFacts
import Testing

@testable import OpenscanArtefacts

@Suite struct ConfigFormTests {
    private func findings(_ text: String, _ path: String = "config.json") -> [Finding] {
        Array(text.utf8).withUnsafeBytes { ConfigForm.findings($0, path: path) }
    }

    @Test(
        arguments: [
            ("{\"a\": 1,\n\"b\": 2,\n\"a\": 3}", FindingID.duplicateKey, "lines 1 and 3"),
            ("{\"x\": {\"a\": 1, \"a\": 1}}", .duplicateKey, "lines 1 and 1"),
            ("{\"a\": 1}\n\n{}", .trailingData, "line 3"), ("{\"a\": 1}\n\0", .controlCharacters, "line 2"),
            ("{\"a\": \"x\u{1}\"}", .controlCharacters, "line 1"), ("{\n\"a\": [1, 2", .truncated, "line 2"),
            ("{\"a\": 1]", .badJSON, "line 1"), ("", .truncated, "line 1"), ("{\n// no\n}", .badJSON, "line 2"),
            (String(repeating: "[", count: 100), .jsonDepth, "line 1"), ("{\"a", .badJSON, "line 1"),
        ] as [(String, FindingID, String)])
    func whatReadersDisagreeOnIsSaidWithItsLine(text: String, id: FindingID, words: String) {
        let found = findings(text)
        #expect(found.map(\.id) == [id])
        #expect(found.first?.detail.description.contains(words) ?? false)
    }

    @Test(arguments: [
        "{}", "\u{FEFF}{\"a\": [1, -2.5e3, true, null, NaN]}\n", "{\"a\": {\"b\": 1}, \"b\": {\"a\": 1}}",
        "[{\"a\": 1}, {\"a\": 2}]", "{\"a\": \"\\\"\\u0000 {\"}", "{\"a\": \"\t\"}",
    ])
    func soundConfigsHaveNone(text: String) { #expect(findings(text).isEmpty) }

    @Test func onlyWhatLoadersReadIsHeldToIt() { #expect(findings("{,", "tsconfig.json").isEmpty) }

    @Test func manyAreBounded() {
        let text = "{" + (0..<500).map { _ in "\"a\": 1" }.joined(separator: ", ") + "}"
        #expect(findings(text).count == 10)
    }
}

@Suite struct TemplateTests {
    private func findings(_ text: String, _ path: String, mayBeTemplate: Bool = true) -> [FindingID] {
        Array(text.utf8).withUnsafeBytes {
            LoaderConfig.findings($0, path: path, mayBeTemplate: mayBeTemplate).map(\.id)
        }
    }

    private let attack = "{{ ''.__class__.__mro__[1].__subclasses__() }}"

    /// What a file is called says nothing of who renders it.
    @Test(arguments: [
        ("other.json", "{\"a\": [{\"chat_template\": \"@\"}]}"), ("x.json", "{\"prompt\": \"@\"}"),
        ("a.jinja", "@"), ("prompts.yaml", "prompt: \"@\""), ("m.template", "hello @"), ("modelfile", "TEMPLATE @"),
        ("x.json", "[\"\\u007b\\u007b ''.__class__ }}\"]"),
        ("tokenizer_config.json", "{\"chat_template\": [{\"name\": \"t\", \"template\": \"@\"}]}"),
        ("tokenizer_config.json", "{\"extra\": \"@\"}"),
        ("config.json", "{\"chat_template\": \"{% include 'x' %} @\"}"), ("broken.json", "{\"a\": \"@\""),
        ("t.j2", "{{ unclosed @"), ("t.j2", "{% if x {{ y @"),
    ])
    func templatesThatReachOutAreFoundUnderAnyName(path: String, text: String) {
        let text = text.split(separator: "@", omittingEmptySubsequences: false).joined(separator: attack)
        #expect(findings(text, path).contains(.embeddedCode))
    }

    @Test(arguments: [
        ("a.jinja", "{% for m in messages %}{{ m.content }}{% endfor %} class A: def __init__(self)"),
        ("x.json", "{\"doc\": \"uses __class__ and {{ name }}\"}"), ("base.jinja", "{% include 'header.html' %}"),
        ("x.yaml", "a: {b: __init__}"), ("x.json", "{\"a\": \"{{\"}"), ("x.json", "{\"a\": {\"b\": 1}}"),
    ])
    func othersAreNoAttack(path: String, text: String) { #expect(findings(text, path).isEmpty) }

    @Test func programsAndTextsForPeopleAreNotRendered() {
        #expect(findings(attack, "notes.txt", mayBeTemplate: false).isEmpty)
        #expect(findings(attack, "chat_template.jinja", mayBeTemplate: false) == [.embeddedCode])
    }
}
