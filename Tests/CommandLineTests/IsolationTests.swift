import OpenscanKit
import OpenscanTestSupport
import Testing

/// A scan in a process of its own says what a scan says, and outlives what ends it.
@Suite struct IsolationTests {
    @Test(arguments: ["text", "json", "markdown"])
    func theReportIsTheSame(format: String) throws {
        let sample = try Openscan.sample()
        for options in [[], ["--detail"], ["--language", "zh", "--color", "always"], ["--fail-on", "high"]] {
            let arguments = ["scan", sample.path, "-f", format] + options
            let plain = try Openscan.run(arguments)
            let isolated = try Openscan.run(arguments + ["--isolate"])
            #expect(plain.output == isolated.output && plain.code == isolated.code && plain.error == isolated.error)
        }
    }

    @Test func aScanThatIsEndedIsAnErrorWithItsPath() throws {
        let sample = try Openscan.sample()
        let result = try Openscan.run(["scan", "--isolate", "--max-memory", String(64 << 20), sample.path])
        #expect(result.code == 3)
        #expect(result.error.contains(sample.path) && result.error.contains("nothing of it is reported"))
        #expect(result.output.contains("Not judged: nothing of it could be read"))
    }

    @Test(arguments: ["-1", "1000"])
    func absurdBoundsAreWrongCalls(bytes: String) throws {
        #expect(try Openscan.run(["scan", "--isolate", "--max-memory=" + bytes, "."]).code == 2)
    }

    /// What is no release gets a report that says why; what is not there does not.
    @Test(arguments: ["text", "json", "markdown"])
    func aRefusedInputHasAReport(format: String) throws {
        let result = try Openscan.run(["-f", format, "/dev/null"])
        #expect(result.code == 3)
        #expect(result.output.contains("neither a regular file nor a directory"))
        #expect(result.error.contains("/dev/null: neither a regular file nor a directory"))
        let missing = try Openscan.run(["-f", format, "/no/such/release"])
        #expect(missing.code == 3 && missing.output.isEmpty && missing.error.contains("No such file"))
    }

    @Test func escapesOfACallDoNotReachTheTerminal() throws {
        let result = try Openscan.run(["/no/such/\u{1B}[2J"])
        #expect(result.code == 3)
        #expect(!result.error.contains("\u{1B}") && result.error.contains("\\u{1b}[2J"))
    }
}
