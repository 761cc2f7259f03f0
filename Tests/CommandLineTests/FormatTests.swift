import Foundation
import OpenscanKit
import OpenscanTestSupport
import Testing

/// Outputs in other projects' forms, held against their schemas and read by libraries of those who use them.
@Suite struct FormatTests {
    private static let python = ".build/python/bin/python"
    private static let isReady =
        FileManager.default.isExecutableFile(atPath: python)
        && FileManager.default.fileExists(atPath: ".build/python/format-checkers")

    private static let formats = [
        ("sarif", "sarif"), ("gitlab", "gitlab.json"), ("junit", "junit.xml"), ("github", "github.txt"), ("csv", "csv"),
        ("cyclonedx", "cdx.json"), ("cyclonedx-1.6", "cdx16.json"), ("spdx", "spdx.json"),
    ]

    /// `make test` installs what checks; every sample is written in every form, from one scan each.
    @Test(.enabled(if: AtHand.runs(isReady), "no checkers of formats: run make test"))
    func everyFormObeysItsSchemaAndIsReadBack() throws {
        let folder = try TemporaryFolder()
        let sample = try Openscan.sample()
        let corpus = ((try? FileManager.default.contentsOfDirectory(atPath: ".build/corpus")) ?? []).sorted()
            .filter { !$0.hasSuffix(".options") }
        let openscan = try OpenscanKit.Openscan()
        var count = 0
        for (name, path) in [("sample", sample.path)] + corpus.map({ ($0, ".build/corpus/" + $0) }) {
            let dossier = try openscan.scan(path)
            for (format, ending) in Self.formats {
                let format = try #require(ReportFormat(rawValue: format))
                try folder.write("\(name).\(ending)", try openscan.written(dossier, as: format))
                count += 1
            }
        }
        let result = try Openscan.run(["Tests/Formats/check.py", folder.path], executable: Self.python)
        #expect(result.code == 0, "\(result.error)")
        #expect(Int(result.output.trimmingCharacters(in: .whitespacesAndNewlines)) == count)
        withExtendedLifetime((folder, sample)) {}
    }

    /// What a saved report tells is what a scan tells.
    @Test(arguments: formats) func aSavedReportIsWrittenAsTheScanIs(format: String, ending: String) throws {
        let sample = try Openscan.sample()
        let report = "\(sample.path)-report.json"
        defer { try? FileManager.default.removeItem(atPath: report) }
        #expect(try Openscan.run(["-f", "json", "-o", report, sample.path]).code == 0)
        let scanned = try Openscan.run(["-f", format, sample.path])
        let judged = try Openscan.run(["judge", "-f", format, report])
        #expect(scanned.code == 0 && !scanned.output.isEmpty)
        #expect(scanned.output == judged.output)
    }

    @Test func aBaselineFailsOnlyOnWhatIsNew() throws {
        let sample = try Openscan.sample()
        let report = "\(sample.path)-report.json"
        defer { try? FileManager.default.removeItem(atPath: report) }
        #expect(try Openscan.run(["-f", "json", "-o", report, sample.path]).code == 0)
        #expect(try Openscan.run(["-q", "--fail-on", "ow-04", sample.path]).code == 1)
        let arguments = ["-q", "--fail-on", "info", "--baseline", report, sample.path]
        #expect(try Openscan.run(arguments).code == 0)
        #expect(try Openscan.run(["--isolate"] + arguments).code == 0)
        try sample.write("more.bin", [0x80, 0x02, 0x63] + Array("posix\nsystem\n.".utf8))
        #expect(try Openscan.run(arguments).code == 1)
        #expect(try Openscan.run(["--isolate"] + arguments).code == 1)
        #expect(try Openscan.run(["--baseline", "/dev/null", sample.path]).code == 2)
    }

    @Test func severalReleasesAreOneTableAndNoOtherForm() throws {
        let sample = try Openscan.sample()
        let result = try Openscan.run(["-f", "csv", sample.path, sample.path])
        #expect(result.output.split(whereSeparator: \.isNewline).count == 3)
        for format in ["sarif", "gitlab", "junit", "cyclonedx", "spdx"] {
            #expect(try Openscan.run(["-f", format, sample.path, sample.path]).code == 2)
        }
    }
}
