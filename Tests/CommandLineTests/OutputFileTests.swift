import Foundation
import OpenscanTestSupport
import Testing

/// Where reports go, and what is lost when they cannot go there.
@Suite struct OutputFileTests {
    private let sample: TemporaryFolder
    private let folder: TemporaryFolder

    init() throws {
        sample = try Openscan.sample()
        folder = try TemporaryFolder()
    }

    /// A line of shell, with the program as `$0`, the sample as `$1` and an empty folder as `$2`.
    private func shell(_ line: String) throws -> Openscan.Result {
        try Openscan.run(["-c", line, Openscan.binary, sample.path, folder.path], executable: "/bin/sh")
    }

    @Test func aPipeGetsTheReportAndStaysOne() throws {
        let result = try shell(
            "mkfifo $2/p; cat $2/p & $0 -f json -o $2/p $1; c=$?; wait; test -p $2/p || exit 9; exit $c")
        #expect(result.code == 0)
        #expect(result.output.hasPrefix("{") && result.output.contains("schemaVersion"))
        #expect(try folder.names() == ["p"])
    }

    @Test func aDeviceStaysOne() throws {
        let result = try shell("$0 -f json -o /dev/null $1; c=$?; test -c /dev/null || exit 9; exit $c")
        #expect(result.code == 0 && result.error.isEmpty)
    }

    @Test(arguments: [true, false])
    func whatALinkNamesGetsTheReport(isThere: Bool) throws {
        if isThere { try folder.write("target", "old") }
        let result = try shell(
            "ln -s target $2/link; $0 -f json -o $2/link $1; c=$?; test -L $2/link || exit 9; exit $c")
        #expect(result.code == 0)
        #expect(try folder.text("target").hasPrefix("{"))
        #expect(try folder.names() == ["link", "target"])
    }

    @Test(arguments: [0o600, 0o664, 0o400])
    func aFileKeepsItsMode(mode: Int) throws {
        try folder.write("o.json", "old")
        let path = folder.path + "/o.json"
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        #expect(try Openscan.run(["-f", "json", "-o", path, sample.path]).code == 0)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == mode)
        #expect(try folder.text("o.json").hasPrefix("{"))
    }

    @Test func aFolderIsNoFileToWriteTo() throws {
        let result = try Openscan.run(["-o", folder.path, sample.path])
        #expect(result.code == 2)
        #expect(result.error.contains("a folder"))
        #expect(try folder.names().isEmpty)
    }

    @Test(arguments: [true, false])
    func whatCannotBeWrittenWholeLeavesWhatWasThere(isThere: Bool) throws {
        if isThere { try folder.write("o.json", "old") }
        let result = try shell("ulimit -f 1; $0 -f json -o $2/o.json $1")
        #expect(result.code == 3)
        #expect(result.error.contains("File too large"))
        #expect(try folder.names() == (isThere ? ["o.json"] : []))
        if isThere { #expect(try folder.text("o.json") == "old") }
    }

    @Test(arguments: ["-o /dev/full", "> /dev/full"])
    func aFullDeviceIsSaid(place: String) throws {
        let result = try shell("$0 -f json $1 \(place)")
        #expect(result.code == 3)
        #expect(result.error.contains("No space left"))
    }

    @Test(arguments: ["2> /dev/full", "2>&-"])
    func wordsThatNobodyGetsLoseNoReport(place: String) throws {
        let both = try shell("$0 -f json $1 $2/missing \(place)")
        #expect(both.code == 3)
        #expect(both.output.hasPrefix("{"))
        #expect(try shell("$0 -v -f json $1 \(place)").code == 0)
    }

    @Test func aClosedOutputIsNoFileOfTheRelease() throws {
        let result = try shell("$0 -f json $1 >&-")
        #expect(result.code == 3)
        #expect(result.error.contains("standard output"))
        #expect(try sample.names() == ["LICENSE", "README.md", "model.safetensors"])
        #expect(try shell("$0 -q $1 <&- >&- 2>&-").code == 0)
    }
}
