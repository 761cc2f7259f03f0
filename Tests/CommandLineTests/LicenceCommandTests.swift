import OpenscanBytes
import OpenscanKit
import Testing

@Suite struct LicenceCommandTests {
    @Test func eachTextHasItsLine() throws {
        let result = try Openscan.run(["licence", "--format", "jsonl", "LICENSE", "LICENSE"])
        #expect(result.code == 0)
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.count { $0.contains("\"expression\":\"Apache-2.0\"") } == 2)
    }

    @Test func textsComeFromStandardInputToo() throws {
        let result = try Openscan.run(["license", "-"], input: "// SPDX-License-Identifier: 0BSD\nint x;\n")
        #expect(result.code == 0)
        #expect(result.output.contains("0BSD"))
    }

    @Test func aMissingTextEndsWithThree() throws {
        #expect(try Openscan.run(["licence", "/no/such/file"]).code == 3)
    }
}
