import Foundation
import OpenscanKit
import OpenscanTestSupport
import Testing

@Suite struct DiffCommandTests {
    private static let tightened = """
        X Licence

        You may use, copy, modify and distribute the model. You may not use the model for any commercial purpose. If your
        products have more than 700 million monthly active users, you must request a license from us.
        """

    private func versions() throws -> (old: TemporaryFolder, new: TemporaryFolder) {
        let old = try Openscan.sample()
        try old.write("README.md", "---\nlicense: apache-2.0\n---\n# X\nX is a fully open source model.\n")
        let new = try Openscan.sample()
        try new.write("README.md", "---\nlicense: other\n---\n# X\nX is a fully open source model.\n")
        try new.write("LICENSE", Self.tightened)
        return (old, new)
    }

    @Test func twoReleasesTwoReportsAndAnArchiveTellTheSame() throws {
        let (old, new) = try versions()
        let plain = try Openscan.run(["diff", old.path, new.path])
        #expect(plain.code == 0 && plain.output.contains("terms-tightened"))
        let out = try TemporaryFolder()
        for (name, release) in [("old", old), ("new", new)] {
            let report = try Openscan.run(["scan", "-f", "json", release.path, "-o", out.path + "/\(name).json"])
            #expect(report.code == 0)
        }
        let saved = try Openscan.run(["diff", out.path + "/old.json", out.path + "/new.json"])
        #expect(saved.output == plain.output)
        let mixed = try Openscan.run(["diff", out.path + "/old.json", new.path, "--fail-on", "terms-tightened"])
        #expect(mixed.code == 1)
        let same = try Openscan.run(["diff", old.path, out.path + "/old.json", "--fail-on", "info,terms,use,verdict"])
        #expect(same.code == 0 && same.output.contains("Nothing changed"))
    }

    @Test func everyFormatHasTheChange() throws {
        let (old, new) = try versions()
        let json = try Openscan.run(["diff", old.path, new.path, "-f", "json"])
        let value = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect((value["flags"] as? [[String: Any]])?.first?["id"] as? String == "terms-tightened")
        #expect((value["use"] as? [[String: Any]])?.contains { $0["tighter"] as? Bool == true } == true)
        let markdown = try Openscan.run(["diff", old.path, new.path, "-f", "markdown"]).output
        #expect(markdown.contains("## ") && markdown.contains("terms-tightened"))
        let page = try Openscan.run(["diff", old.path, new.path, "-f", "html", "--language", "zh"]).output
        #expect(page.hasPrefix("<!doctype html>") && page.contains("terms-tightened") && page.contains("条款变严"))
        #expect(!page.contains("{{") && !page.contains("<script"))
    }

    @Test func conditionsNameWhatMayNotChange() throws {
        let (old, new) = try versions()
        for (list, code) in [("verdict", 1), ("use", 1), ("claims", 0), ("weights", 0), ("high", 1), ("components", 0)]
        {
            #expect(try Openscan.run(["diff", old.path, new.path, "--fail-on", list]).code == code, "\(list)")
        }
        for wrong in [["--fail-on", "mood"], ["--fail-on", ","], ["--git", "a..b"], ["--git", "a"]] {
            #expect(try Openscan.run(["diff", old.path, new.path] + wrong).code == 2, "\(wrong)")
        }
        #expect(try Openscan.run(["diff", old.path]).code == 2)
        #expect(try Openscan.run(["diff", old.path, "/no/such/release"]).code == 3)
    }

    // MARK: Git

    private func git(_ folder: String, _ words: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["git", "-C", folder, "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
            + words
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(words)")
    }

    /// Two tags: the terms get stricter, and an attribute would keep the licence out of an archive.
    private func checkout() throws -> TemporaryFolder {
        let (old, new) = try versions()
        try git(old.path, ["init", "-q"])
        try old.write(".gitattributes", "LICENSE export-ignore\n*.md text eol=crlf\n")
        let long = String(repeating: "d", count: 90) + "/" + String(repeating: "é", count: 60) + "/f.txt"
        try old.write(long, "x\n")
        try git(old.path, ["add", "-A"])
        try git(old.path, ["commit", "-q", "-m", "first"])
        try git(old.path, ["tag", "v1"])
        for name in ["LICENSE", "README.md"] { try old.write(name, try new.text(name)) }
        try git(old.path, ["commit", "-q", "-a", "-m", "a \u{1B}[31msecond"])
        try git(old.path, ["tag", "-a", "-m", "two", "v2"])
        // What lies in the working tree is no version.
        try old.write("LICENSE", "MIT\n")
        return old
    }

    @Test func revisionsAreReadFromObjectsAsTheyAre() throws {
        let checkout = try checkout()
        let result = try Openscan.run(["diff", "--git", "v1..v2", checkout.path, "--fail-on", "terms-tightened"])
        #expect(result.code == 1 && result.output.contains("terms-tightened"))
        #expect(result.output.contains("Apache-2.0, by a licence text"))
        let same = try Openscan.run(["diff", "--git", "v2..HEAD", checkout.path])
        #expect(same.output.contains("Nothing changed"))
        #expect(try String(contentsOfFile: checkout.path + "/LICENSE", encoding: .utf8) == "MIT\n")
        for range in ["v1..nope", "--output=/tmp/x..v2"] {
            let wrong = try Openscan.run(["diff", "--git=\(range)", checkout.path])
            #expect(wrong.code == 3 && wrong.error.contains("no commit"), "\(range)")
        }
        let none = try TemporaryFolder()
        #expect(try Openscan.run(["diff", "--git", "a..b", none.path]).code == 3)
    }

    /// A repository's own settings start no program.
    @Test func aRepositorysSettingsAreNotObeyed() throws {
        let checkout = try checkout()
        let mark = checkout.path + "/.git/ran"
        let script = checkout.path + "/.git/run.sh"
        try checkout.write(".git/run.sh", "#!/bin/sh\ntouch \(mark)\ncat\n")
        chmod(script, 0o755)
        for (name, value) in [
            ("core.fsmonitor", script), ("core.pager", script), ("core.hooksPath", checkout.path + "/.git"),
            ("diff.external", script), ("log.showSignature", "true"), ("gpg.program", script),
            ("core.sshCommand", script),
            ("filter.x.smudge", script), ("filter.x.process", script), ("pager.log", script), ("core.editor", script),
        ] { try git(checkout.path, ["config", name, value]) }
        try checkout.write(".git/info/attributes", "* filter=x diff=x\n")
        #expect(try Openscan.run(["diff", "--git", "v1..v2", checkout.path]).code == 0)
        #expect(try Openscan.run(["history", checkout.path]).code == 0)
        #expect(!FileManager.default.fileExists(atPath: mark))
    }

    @Test func theLineOfVersionsMarksWhatChanged() throws {
        let checkout = try checkout()
        try git(checkout.path, ["checkout", "-q", "--", "LICENSE"])
        try checkout.write("note.txt", "x\n")
        try git(checkout.path, ["add", "-A"])
        try git(checkout.path, ["commit", "-q", "-m", "third"])
        let text = try Openscan.run(["history", checkout.path]).output
        #expect(text.contains("v1") && text.contains("v2") && text.contains("as before"))
        #expect(text.contains("Apache-2.0") && !text.contains("\u{1B}"))
        let json = try Openscan.run(["history", checkout.path, "-f", "json"]).output
        let value = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let points = try #require(value["points"] as? [[String: Any]])
        #expect(points.count == 3 && points[0]["licence"] as? String == "Apache-2.0")
        #expect(points[0]["claims"] as? [String] == ["open-source"])
        let one = try Openscan.run(["history", checkout.path, "--limit", "1", "-f", "markdown"]).output
        #expect(one.split(separator: "\n").count == 3)
        #expect(try Openscan.run(["history", checkout.path, "--limit", "0"]).code == 2)
        #expect(try Openscan.run(["history", "/tmp"]).code == 3)
    }
}
