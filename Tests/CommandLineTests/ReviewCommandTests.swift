import Foundation
import OpenscanKit
import OpenscanTestSupport
import Testing

@Suite struct ReviewCommandTests {
    @Test func thePageShowsTheReleasesOwnLines() throws {
        let release = try Openscan.sample()
        let out = try TemporaryFolder()
        let file = out.path + "/dossier.html"
        let result = try Openscan.run(["review", release.path, "-o", file, "--max-entries", "900"])
        #expect(result.code == 0 && result.output.isEmpty && result.error.isEmpty)
        let page = try String(contentsOfFile: file, encoding: .utf8)
        #expect(page.contains("<mark>X is a fully open source model.</mark>"))
        #expect(page.contains("Apache License") && page.contains("--max-entries 900"))
        #expect(page.contains("SHA-256 over paths and sizes"))
    }

    @Test func theSameReleaseGivesTheSamePage() throws {
        let release = try Openscan.sample()
        let first = try Openscan.run(["review", release.path, "--jobs", "1"])
        let second = try Openscan.run(["scan", release.path, "--format", "html", "--jobs", "4"])
        #expect(first.code == 0 && first.output.utf8.count > 50_000)
        #expect(first.output == second.output)
        // Nothing was cited that is not there.
        #expect(!first.output.contains("not read again"))
    }

    @Test func anotherInventoryHasAnotherDigest() throws {
        func digest(_ path: String) throws -> String {
            let page = try Openscan.run(["review", path]).output
            let tail = try #require(page.components(separatedBy: "over paths and sizes)").dropFirst().first)
            return String(tail.drop { !$0.isHexDigit || $0 == "d" }.prefix(90))
        }
        let release = try Openscan.sample()
        let before = try digest(release.path)
        #expect(try digest(release.path) == before)
        try release.write("more.txt", Array("x".utf8))
        #expect(try digest(release.path) != before)
    }

    @Test func wrongCallsSayWhatIsRight() throws {
        let release = try Openscan.sample()
        #expect(try Openscan.run(["review", "/no/such/release"]).code == 3)
        #expect(try Openscan.run(["review"]).code == 2)
        #expect(try Openscan.run(["review", release.path, "--jobs", "0"]).code == 2)
        #expect(try Openscan.run(["scan", "-f", "html", release.path, release.path]).code == 2)
    }

    @Test func aSavedReportHasAPageToo() throws {
        let release = try Openscan.sample()
        let report = try Openscan.run(["scan", release.path, "-f", "json"]).output
        let page = try Openscan.run(["judge", "-", "-f", "html"], input: report)
        #expect(page.code == 0 && page.output.contains("id=\"answer\"") && page.output.contains("not read again"))
    }

    /// From what the program leaves open to a decision that counts, and back to a question when its evidence changes.
    @Test func aDecisionCountsUntilItsEvidenceChanges() throws {
        let release = try Openscan.sample()
        let out = try TemporaryFolder()
        let file = out.path + "/openscan-review.yml"
        #expect(try Openscan.run(["review", release.path, "--init", "-o", file]).code == 0)
        let toFill = try String(contentsOfFile: file, encoding: .utf8)
        #expect(toFill.contains("decision: open") && toFill.contains("sha256:"))
        // An open file decides nothing and is no error.
        #expect(try Openscan.run(["scan", "-q", release.path, "--fail-on", "ow-04", "--decisions", file]).code == 1)
        let page = try Openscan.run(["review", release.path]).output
        let lead = try #require(page.components(separatedBy: "data-id=\"flag/ow-04\"").dropFirst().first)
        let digest = try #require(lead.components(separatedBy: "data-evidence=\"").dropFirst().first).prefix {
            $0 != "\""
        }
        func decide(_ outcome: String) throws {
            try out.write(
                "openscan-review.yml",
                "decisions:\n  - id: flag/ow-04\n    decision: \(outcome)\n    answer: info\n    reason: two parts\n    by: Ana\n"
                    + "    date: 2026-11-28\n    evidence: \(digest)\n")
        }
        try decide("reject")
        let calls = [["scan", "-q", release.path], ["review", release.path, "-o", out.path + "/d.html"]]
        for call in calls { #expect(try Openscan.run(call + ["--fail-on", "ow-04", "--decisions", file]).code == 0) }
        let text = try Openscan.run(["scan", release.path, "--decisions", file]).output
        #expect(text.contains("DECIDED BY A PERSON") && text.contains("rejected · two parts · Ana on 2026-11-28"))
        #expect(try String(contentsOfFile: out.path + "/d.html", encoding: .utf8).contains("Reviewer: rejected"))
        try decide("override")
        #expect(try Openscan.run(["scan", "-q", release.path, "--fail-on", "low", "--decisions", file]).code == 1)
        // Another line that ow-04 rests on.
        try release.write("README.md", "---\nlicense: mit # now\n---\n# X\nX is a fully open source model.\n")
        try decide("reject")
        let stale = try Openscan.run(["scan", release.path, "--fail-on", "ow-04", "--decisions", file])
        #expect(stale.code == 1 && stale.output.contains("stale"))
    }

    @Test func anUnknownDecisionIsRefusedWithItsPlace() throws {
        let release = try Openscan.sample()
        let out = try TemporaryFolder([("d.yml", "decisions:\n  - id: flag/ow-99\n    decision: open\n")])
        for command in ["scan", "review"] {
            let result = try Openscan.run([command, release.path, "--decisions", out.path + "/d.yml"])
            #expect(result.code == 2 && result.error.contains("d.yml:2:9: 'flag/ow-99' is no answer"))
        }
        #expect(try Openscan.run(["scan", release.path, "--decisions", out.path + "/none.yml"]).code == 2)
    }

    @Test func anIssueGetsMarkdown() throws {
        let release = try Openscan.sample()
        for language in ["en", "zh"] {
            let result = try Openscan.run(["review", release.path, "-f", "markdown", "--language", language])
            #expect(result.code == 0 && result.output.utf8.count < 60_000 && result.output.contains("<details>"))
        }
        #expect(try Openscan.run(["review", release.path, "-f", "json"]).code == 2)
    }

    private func tool(_ words: [String], in folder: String) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle(forReadingAtPath: folder + "/SHA256SUMS")
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    private static let hasKeys = ["/usr/bin/ssh-keygen", "/bin/ssh-keygen"].contains {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    @Test func aChangedByteOfABundleIsFound() throws {
        let release = try Openscan.sample()
        let out = try TemporaryFolder()
        let bundle = out.path + "/bundle"
        #expect(try Openscan.run(["review", release.path, "--bundle", bundle]).code == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: bundle).sorted()
        #expect(names == ["SHA256SUMS", "dossier.html", "dossier.md", "openscan-review.yml", "report.json"])
        #expect(try tool(["sha256sum", "-c", "--strict", "SHA256SUMS"], in: bundle) == 0)
        if Self.hasKeys {
            let key = out.path + "/key"
            #expect(try tool(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], in: bundle) == 0)
            #expect(
                try tool(
                    ["ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", "openscan", bundle + "/SHA256SUMS"], in: bundle)
                    == 0)
            let isSigned = ["ssh-keygen", "-q", "-Y", "check-novalidate", "-n", "openscan", "-s", "SHA256SUMS.sig"]
            #expect(try tool(isSigned, in: bundle) == 0)
            let sums = try String(contentsOfFile: bundle + "/SHA256SUMS", encoding: .utf8)
            try out.write("bundle/SHA256SUMS", (sums.first == "0" ? "1" : "0") + sums.dropFirst())
            #expect(try tool(isSigned, in: bundle) != 0)
            try out.write("bundle/SHA256SUMS", sums)
        }
        var report = Array(try Data(contentsOf: URL(fileURLWithPath: bundle + "/report.json")))
        report[report.count / 2] ^= 1
        try out.write("bundle/report.json", report)
        #expect(try tool(["sha256sum", "-c", "--strict", "SHA256SUMS"], in: bundle) != 0)
        // Nothing is written over.
        #expect(try Openscan.run(["review", release.path, "--bundle", bundle]).code == 2)
        #expect(try Openscan.run(["review", release.path, "--bundle", out.path + "/b", "--init"]).code == 2)
    }
}
