import OpenscanBytes
import OpenscanKit
import OpenscanTestSupport
import Testing

@Suite struct ScanCommandTests {
    private let sample: TemporaryFolder

    init() throws { sample = try Openscan.sample() }

    @Test func theReportSaysLevelAndFlagsWithoutColour() throws {
        let result = try Openscan.run([sample.path])
        #expect(result.code == 0)
        #expect(result.output.contains("LEVEL  5 of 7, weights available"))
        #expect(result.output.contains("ow-04"))
        #expect(!result.output.contains("\u{1B}"))
        #expect(result.error.isEmpty)
    }

    @Test func sameInputSameOutput() throws {
        let result = try Openscan.run(["-f", "json", sample.path])
        #expect(result.code == 0 && result.output.hasPrefix("{"))
        #expect(try Openscan.run(["-f", "json", "--jobs", "1", sample.path]).output == result.output)
    }

    @Test(arguments: [("high", 1), ("ow-04", 1), ("ow-01", 0), ("shard-set-incomplete,high", 1)] as [(String, Int32)])
    func failOnDecidesTheExitCode(list: String, code: Int32) throws {
        #expect(try Openscan.run(["--fail-on", list, "--quiet", sample.path]).code == code)
    }

    @Test(arguments: ["", ",", " ", " , "]) func aListThatNamesNothingIsAWrongCall(list: String) throws {
        let result = try Openscan.run(["-q", "--fail-on", list, sample.path])
        #expect(result.code == 2)
        #expect(result.error.contains("--fail-on"))
    }

    @Test func wrongCallsEndWithTwo() throws {
        #expect(try Openscan.run(["--nonsense"]).code == 2)
        #expect(try Openscan.run(["--fail-on", "nonsense", sample.path]).code == 2)
        #expect(try Openscan.run(["scan", "--jobs", "0", "."]).code == 2)
        #expect(try Openscan.run(["explain", "no-such-thing"]).code == 2)
    }

    @Test(arguments: ["--help", "--version"])
    func askingForHelpIsNoMistake(option: String) throws {
        let result = try Openscan.run([option])
        #expect(result.code == 0 && !result.output.isEmpty)
    }

    @Test func whatCannotBeReadEndsWithThreeAndIsNamed() throws {
        let missing = try Openscan.run(["/no/such/place"])
        #expect(missing.code == 3)
        #expect(missing.error.contains("/no/such/place") && missing.error.contains("Check the spelling"))
        let nothing = try TemporaryFolder()
        let empty = try Openscan.run([nothing.path])
        #expect(empty.code == 3)
        #expect(empty.error.contains("empty"))
        try sample.write("x.tar.gz", [0x1F, 0x8B, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
        #expect(try Openscan.run([sample.path + "/x.tar.gz"]).code == 3)
        withExtendedLifetime(nothing) {}
    }

    @Test func outputFilesAreWholeOrUntouched() throws {
        let folder = try TemporaryFolder([("report.json", "old")])
        let target = folder.path + "/report.json"
        #expect(try Openscan.run(["-f", "json", "-o", target, "/no/such/place"]).code == 3)
        #expect(try folder.text("report.json") == "old")
        #expect(try Openscan.run(["-f", "json", "-o", target, sample.path]).code == 0)
        #expect(try folder.text("report.json").hasPrefix("{"))
        #expect(try folder.names() == ["report.json"])
    }

    @Test func emptyMembersBeyondTheirNumberAreCounted() throws {
        let folder = try TemporaryFolder()
        let code = """
            import sys,zipfile
            a=zipfile.ZipFile(sys.argv[1],'w')
            for n in range(20005): a.writestr('%05d.txt'%n,'')
            a.writestr('README.md','---\\nlicense: mit\\n---\\n# X')
            """
        let path = folder.path + "/w.zip"
        #expect(try Openscan.run(["python3", "-c", code, path], executable: "/usr/bin/env").code == 0)
        let result = try Openscan.run(["-f", "json", path])
        #expect(result.code == 0)
        #expect(result.output.contains("20005 empty files; the last 5 "))
        #expect(result.output.contains("README.md") && !result.output.contains("20004.txt"))
    }
}
