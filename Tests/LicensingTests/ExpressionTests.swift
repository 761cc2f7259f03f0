import OpenscanFacts
import Testing

@Suite struct ExpressionTests {
    @Test(arguments: [
        ("MIT", "MIT"), ("mit and (apache-2.0 or mit)", "(apache-2.0 OR mit) AND mit"), ("B OR A OR B", "A OR B"),
        ("A AND B AND (C AND A)", "A AND B AND C"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"), ("(MIT)", "MIT"),
    ])
    func expressionsAreOrderedAndWithoutRepetition(text: String, expected: String) throws {
        let normalised = try LicenceExpression.parse(text).normalised
        #expect(normalised.text.lowercased() == expected.lowercased())
        #expect(try LicenceExpression.parse(normalised.text).normalised == normalised)
    }

    @Test(arguments: ["", "AND", "MIT OR", "(MIT", "MIT)", "MIT Apache", "MIT WITH", "a b c"])
    func whatIsNoExpressionIsRefused(text: String) {
        #expect(throws: LicenceExpression.Problem.self) { try LicenceExpression.parse(text) }
    }

    @Test func depthIsBounded() {
        #expect(throws: LicenceExpression.Problem.tooDeep) {
            try LicenceExpression.parse(String(repeating: "(", count: 10_000) + "MIT")
        }
    }
}
