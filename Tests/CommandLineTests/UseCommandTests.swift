import Foundation
import OpenscanKit
import OpenscanTestSupport
import Testing

@Suite struct UseCommandTests {
    @Test func withoutACaseEverythingIsAnswered() throws {
        let release = try Openscan.sample()
        let result = try Openscan.run(["use", release.path, "--format", "json"])
        #expect(result.code == 0)
        let value = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        #expect(value["answer"] == nil)
        let ids = (value["use"] as? [[String: Any]])?.compactMap { $0["id"] as? String } ?? []
        #expect(Set(ids).isSuperset(of: ["commercial-use", "use-in-eu", "keep-private"]))
        #expect((value["duties"] as? [Any])?.isEmpty == false)
    }

    @Test func theExitCodeIsTheAnswer() throws {
        let open = try Openscan.sample()
        #expect(try Openscan.run(["use", open.path, "--as", "ship", "--in", "DE"]).code == 0)
        let closed = try TemporaryFolder([
            ("README.md", "---\nlicense: cc-by-nc-4.0\n---\n# X\n"), ("model.py", "import torch\n"),
        ])
        try closed.write(
            "model.safetensors", Array(try Data(contentsOf: URL(filePath: open.path + "/model.safetensors"))))
        #expect(try Openscan.run(["use", closed.path, "--as", "ship"]).code == 1)
        let unclear = try TemporaryFolder([("README.md", "---\nlicense: some-licence-of-ours\n---\n# X\n")])
        try unclear.write(
            "model.safetensors", Array(try Data(contentsOf: URL(filePath: open.path + "/model.safetensors"))))
        let result = try Openscan.run(["use", unclear.path, "--as", "host", "--language", "zh"])
        #expect(result.code == 1 || result.code == 4)
        #expect(result.output.contains("不构成法律意见"))
        for wrong in [["--as", "sell"], ["--in", "Germany"], ["--users", "-1"], ["--revenue", "5M"]] {
            #expect(try Openscan.run(["use", open.path] + wrong).code == 2, "\(wrong)")
        }
        #expect(try Openscan.run(["use", "/no/such/release"]).code == 3)
    }

    @Test func whatHasToBeShippedAlongIsWrittenOnceAndAsItIs() throws {
        let release = try Openscan.sample()
        let out = try TemporaryFolder()
        let folder = out.path + "/along"
        #expect(try Openscan.run(["use", release.path, "--notice", folder]).code == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(names == ["001-LICENSE", "INDEX.md"])
        #expect(
            FileManager.default.contents(atPath: folder + "/001-LICENSE")
                == FileManager.default.contents(atPath: release.path + "/LICENSE"))
        #expect(try String(contentsOfFile: folder + "/INDEX.md", encoding: .utf8).contains("Apache-2.0"))
        let again = try Openscan.run(["use", release.path, "--notice", folder])
        #expect(again.code == 2)
        #expect(again.error.contains("not empty"))
    }

    @Test func aTextHasItsAnswersToo() throws {
        let result = try Openscan.run(["licence", "LICENSE"])
        #expect(result.output.contains("MAY I USE IT?"))
        #expect(result.output.contains("no legal advice"))
    }
}
