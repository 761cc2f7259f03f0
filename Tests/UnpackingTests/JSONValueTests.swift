import OpenscanBytes
import Testing

@Suite struct JSONValueTests {
    private func parse(_ text: String) throws -> JSONValue {
        try Array(text.utf8).withUnsafeBytes { try JSONValue.parse($0) }
    }

    @Test func valuesAreRead() throws {
        let value = try parse(#"{"a": [1, "x\u00e9\ud83d\ude00", null, true], "b": {"c": -1.5e3}}"#)
        #expect(value["a"]?.array?[0].int == 1)
        #expect(value["a"]?.array?[1].string == "xé😀")
        #expect(value["b"]?["c"] == .number("-1.5e3"))
    }

    @Test(arguments: ["{", "[1,]x", "{\"a\" 1}", "\"x", "", "{\"a\":1}}", "tru"])
    func whatIsNoJSONIsRefused(text: String) { #expect(throws: JSONValue.Problem.self) { try parse(text) } }

    @Test func depthIsBounded() {
        #expect(throws: JSONValue.Problem.self) { try parse(String(repeating: "[", count: 100_000)) }
    }
}
