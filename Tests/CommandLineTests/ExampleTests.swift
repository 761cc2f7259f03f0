import Foundation
import OpenscanTestSupport
import Testing

/// What a client of the library writes, built as it stands in the README.
@Suite struct ExampleTests {
    @Test func theExampleJudgesARelease() throws {
        let folder = try Openscan.sample()
        let result = try Openscan.run([folder.path], executable: Openscan.built("OpenscanExample"))
        #expect(result.code == 0, "\(result.error)")
        let lines = result.output.split(separator: "\n")
        #expect(lines.first?.contains("open source: yes") == false)
        #expect(lines.first?.hasSuffix("level: 5") == true, "\(lines)")
        #expect(lines.contains { $0.hasPrefix("weights ") && $0.contains("Apache-2.0") }, "\(lines)")
        #expect(lines.contains { $0.hasPrefix("high ") && $0.contains("LICENSE:") }, "\(lines)")
    }

    @Test func theExampleIsTenLinesWithOneImportAndStandsInTheREADME() throws {
        let code = try String(contentsOfFile: "Examples/Answers/main.swift", encoding: .utf8)
        #expect(code.split(separator: "\n", omittingEmptySubsequences: false).count <= 11)
        #expect(code.components(separatedBy: "import ").count == 2)
        let readme = try String(contentsOfFile: "README.md", encoding: .utf8)
        #expect(readme.contains("```swift\n\(code)```"))
    }
}
