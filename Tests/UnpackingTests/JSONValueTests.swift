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

    @Test(arguments: ["NaN", "Infinity", "-Infinity"])
    func whatPythonWritesForNoNumberIsNull(word: String) throws {
        #expect(try parse("{\"a\": \(word), \"b\": 1}") == parse("{\"a\": null, \"b\": 1}"))
    }

    @Test(arguments: ["0", "-0", "12", "-1.5e3", "2E+10", "0.25e-7"])
    func numbersAreKeptAsWritten(text: String) throws { #expect(try parse("[\(text)]") == .array([.number(text)])) }

    @Test(arguments: ["-", "1--2", "1e", "1e+", "1.", "01", "+1", ".5", "-Inf", "1-2"])
    func whatIsNoNumberIsRefused(text: String) { #expect(throws: JSONValue.Problem.self) { try parse("[\(text)]") } }

    @Test(arguments: ["+123", "-123", "12G4", " 123", "12"])
    func anEscapeHasFourHexadecimalDigits(digits: String) {
        #expect(throws: JSONValue.Problem.self) { try parse("\"\\u\(digits)\"") }
    }
}
