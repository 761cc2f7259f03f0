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
}
