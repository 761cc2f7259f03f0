import Testing

@Suite struct JudgeCommandTests {
    @Test func wordsOfAListReachNoTerminalAsTheyAre() throws {
        let own = #"{name: "\e[31mred", components: [{id: weights-final, licence: "\e[31mX"}]}"#
        let result = try Openscan.run(["judge", "-"], input: own)
        #expect(result.code == 0)
        #expect(result.output.contains("red"))
        #expect(!(result.output + result.error).contains("\u{1B}"))
        let wrong = try Openscan.run(["judge", "-"], input: #"components: [{id: "\e[31mX"}]"#)
        #expect(wrong.code == 3)
        #expect(!(wrong.output + wrong.error).contains("\u{1B}"))
    }
}
