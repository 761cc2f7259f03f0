import Foundation
import OpenscanTestSupport
import Testing

@Suite struct PolicyCommandTests {
    /// A folder with a release in it.
    private func mirror(_ policy: String? = nil) throws -> (folder: TemporaryFolder, release: String) {
        let sample = try Openscan.sample()
        let folder = try TemporaryFolder()
        for name in ["README.md", "LICENSE"] { try folder.write("org/model/\(name)", try sample.text(name)) }
        let weights = try Data(contentsOf: URL(filePath: sample.path + "/model.safetensors"))
        try folder.write("org/model/model.safetensors", Array(weights))
        if let policy { try folder.write("openscan.yml", policy) }
        return (folder, folder.path + "/org/model")
    }

    private static let strict = "version: 1\nname: Ours\nflags: [ow-04]\n"

    @Test func aPolicyIsFoundAboveTheReleaseAndNeverInIt() throws {
        let (folder, release) = try mirror()
        try folder.write("org/model/openscan.yml", Self.strict)
        #expect(try Openscan.run(["-q", release]).code == 0)
        try folder.write("openscan.yml", Self.strict)
        let result = try Openscan.run([release])
        #expect(result.code == 1)
        #expect(result.output.contains("POLICY  Ours: not kept, 1 failures under 1 rules"))
        #expect(result.output.contains("- flags.ow-04: "))
        #expect(try Openscan.run(["-q", "--isolate", release]).code == 1)
        #expect(try Openscan.run(["-q", "--no-policy", release]).code == 0)
        #expect(try Openscan.run(["-q", "--no-policy", "--isolate", release]).code == 0)
        #expect(try Openscan.run(["-q", "--policy", "mof-class-3", release]).code == 1)
        #expect(try Openscan.run(["batch", folder.path + "/org"]).code == 0)
    }

    @Test func everyFormSaysWhichRuleFailed() throws {
        let (folder, release) = try mirror(Self.strict)
        let json = try Openscan.run(["-f", "json", release])
        #expect(json.code == 1)
        let value = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        let policy = try #require(value["policy"] as? [String: Any])
        #expect(policy["kept"] as? Bool == false)
        let failure = try #require((policy["failures"] as? [[String: Any]])?.first)
        #expect(failure["rule"] as? String == "flags.ow-04")
        #expect(failure["line"] as? Int == 3)
        for format in ["markdown", "sarif", "github", "gitlab", "junit", "csv"] {
            let result = try Openscan.run(["-f", format, release])
            #expect(result.code == 1)
            #expect(result.output.contains("flags.ow-04"), "\(format)")
        }
        #expect(try Openscan.run(["--language", "zh", release]).output.contains("策略"))
        withExtendedLifetime(folder) {}
    }

    @Test func aPolicyThatIsKeptSaysSoAndExitsWithNothing() throws {
        let (folder, release) = try mirror("version: 1\nname: Ours\nfiles: [licence-file]\n")
        let result = try Openscan.run([release])
        #expect(result.code == 0)
        #expect(result.output.contains("POLICY  Ours: kept, 1 rules"))
        withExtendedLifetime(folder) {}
    }

    @Test func anExceptionStandsUntilItsDay() throws {
        let text = Self.strict + "exceptions:\n- {rule: flags.ow-04, reason: asked, owner: Ana, expires: 2099-01-01}\n"
        let (folder, release) = try mirror(text)
        let result = try Openscan.run([release])
        #expect(result.code == 0)
        #expect(result.output.contains("~ flags.ow-04: "))
        #expect(result.output.contains("waived until 2099-01-01 by Ana: asked"))
        try folder.write("openscan.yml", text.replacingOccurrences(of: "2099", with: "2020"))
        #expect(try Openscan.run([release]).output.contains("an exception ended on 2020-01-01"))
        let check = try Openscan.run(["policy", "check", folder.path + "/openscan.yml"])
        #expect(check.code == 0)
        #expect(check.error.contains("ended on 2020-01-01"))
    }

    @Test func mistakesNameFileLineColumnAndTheNearestKey() throws {
        let (folder, release) = try mirror("version: 1\nflgas: [high]\n")
        for arguments in [["policy", "check", folder.path + "/openscan.yml"], [release], ["--isolate", release]] {
            let result = try Openscan.run(arguments)
            #expect(result.code == 2)
            #expect(result.error.contains("openscan.yml:2:1: "))
            #expect(result.error.contains("did you mean 'flags'?"))
        }
        #expect(try Openscan.run(["policy", "check", "no-such-policy"]).code == 2)
        #expect(try Openscan.run(["policy", "check", folder.path]).code == 2)
    }

    @Test func aPolicyExtendsAFileBesideIt() throws {
        let folder = try TemporaryFolder([
            ("base.yml", "flags: [ow-04]\n"), ("openscan.yml", "extends: [base.yml, osi]\nname: Ours\n"),
        ])
        let result = try Openscan.run(["policy", "explain", folder.path + "/openscan.yml"])
        #expect(result.code == 0)
        #expect(result.output.contains("- flags: none of these is raised: ow-04 [base.yml:1]"))
        #expect(result.output.contains("- licences.weights.osi-approved: "))
        try folder.write("base.yml", "flags: [ow-99]\n")
        let broken = try Openscan.run(["policy", "check", folder.path + "/openscan.yml"])
        #expect(broken.code == 2)
        #expect(broken.error.contains("ow-99"))
    }

    @Test func whatInitPrintsIsAPolicy() throws {
        let folder = try TemporaryFolder()
        for preset in [[], ["commercial-product"]] {
            let text = try Openscan.run(["policy", "init"] + preset).output
            try folder.write("openscan.yml", text)
            #expect(try Openscan.run(["policy", "check", folder.path + "/openscan.yml"]).code == 0)
            // With every example taken in.
            let whole = text.split(separator: "\n").map { line in
                let isExample =
                    line.hasPrefix("# ") && (line.contains(": ") || line.hasSuffix(":") || line.hasPrefix("# -"))
                return isExample && !line.hasPrefix("# What") && !line.hasPrefix("# commercial-product:")
                    && !line.hasPrefix("# extends") && !line.hasPrefix("# A key")
                    ? String(line.dropFirst(2)) : String(line)
            }.joined(separator: "\n")
            try folder.write("openscan.yml", whole)
            let check = try Openscan.run(["policy", "check", folder.path + "/openscan.yml"])
            #expect(check.code == 0, "\(check.error)\n\(whole)")
            #expect(check.output.contains("1 exceptions"))
        }
    }

    @Test func presetsAreToldInChinese() throws {
        let result = try Openscan.run(["policy", "explain", "commercial-product", "--language", "zh"])
        #expect(result.output.hasPrefix("用于商业产品\n"))
        #expect(result.output.contains("商业"))
    }
}
