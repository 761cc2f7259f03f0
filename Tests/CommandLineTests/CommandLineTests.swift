import Foundation
import Testing

/// Runs the built binary as a user does.
@Suite struct CommandLineTests {
    struct Result {
        let code: Int32
        let output: String
        let error: String
    }

    static func run(_ arguments: [String], input: String? = nil, executable: String? = nil) throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable ?? binary)
        process.arguments = arguments
        let output = Pipe()
        let error = Pipe()
        let standardInput = Pipe()
        process.standardOutput = output
        process.standardError = error
        process.standardInput = standardInput
        try process.run()
        if let input { standardInput.fileHandleForWriting.write(Data(input.utf8)) }
        try standardInput.fileHandleForWriting.close()
        let words = output.fileHandleForReading.readDataToEndOfFile()
        let complaints = error.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Result(
            code: process.terminationStatus, output: String(decoding: words, as: UTF8.self),
            error: String(decoding: complaints, as: UTF8.self))
    }

    /// The binary stands beside the test bundle.
    static let binary: String =
        Bundle.allBundles.map(\.bundlePath).map {
            URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("openscan").path
        }
        .first { FileManager.default.isExecutableFile(atPath: $0) } ?? ".build/debug/openscan"

    static func temporaryFolder() throws -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("openscan-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    static func sample() throws -> String {
        let folder = try temporaryFolder()
        try "---\nlicense: mit\n---\n# X\nX is a fully open source model.\n".write(
            toFile: folder + "/README.md", atomically: true, encoding: .utf8)
        try FileManager.default.copyItem(atPath: "LICENSE", toPath: folder + "/LICENSE")
        var bytes = Data([0x3C, 0, 0, 0, 0, 0, 0, 0])
        bytes.append(Data("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}      ".utf8))
        bytes.append(Data(count: 8))
        try bytes.write(to: URL(fileURLWithPath: folder + "/model.safetensors"))
        return folder
    }

    @Test func scans() throws {
        let result = try Self.run([try Self.sample()])
        #expect(result.code == 0)
        #expect(result.output.contains("Weights available"))
        #expect(result.output.contains("ow-04"))
        #expect(!result.output.contains("\u{1B}"))
        #expect(result.error.isEmpty)
    }

    @Test func sameInputSameOutput() throws {
        let folder = try Self.sample()
        #expect(try Self.run(["-f", "json", folder]).output == Self.run(["-f", "json", "--jobs", "1", folder]).output)
    }

    @Test(arguments: [("high", 1), ("ow-04", 1), ("ow-01", 0), ("shard-set-incomplete,high", 1)] as [(String, Int32)])
    func failOn(list: String, code: Int32) throws {
        #expect(try Self.run(["--fail-on", list, "--quiet", try Self.sample()]).code == code)
    }

    @Test func wrongCalls() throws {
        #expect(try Self.run(["--nonsense"]).code == 2)
        #expect(try Self.run(["--fail-on", "nonsense", try Self.sample()]).code == 2)
        #expect(try Self.run(["scan", "--jobs", "0", "."]).code == 2)
        #expect(try Self.run(["explain", "no-such-thing"]).code == 2)
        #expect(try Self.run(["--help"]).code == 0)
        #expect(try Self.run(["--version"]).code == 0)
    }

    @Test func nothingToRead() throws {
        let missing = try Self.run(["/no/such/place"])
        #expect(missing.code == 3)
        #expect(missing.error.contains("/no/such/place") && missing.error.contains("Check the spelling"))
        let empty = try Self.run([try Self.temporaryFolder()])
        #expect(empty.code == 3)
        #expect(empty.error.contains("empty"))
        let folder = try Self.temporaryFolder()
        try Data([0x1F, 0x8B, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]).write(to: URL(fileURLWithPath: folder + "/x.tar.gz"))
        #expect(try Self.run([folder + "/x.tar.gz"]).code == 3)
    }

    @Test func outputFilesAreWholeOrUntouched() throws {
        let folder = try Self.temporaryFolder()
        let target = folder + "/report.json"
        try "old".write(toFile: target, atomically: true, encoding: .utf8)
        #expect(try Self.run(["-f", "json", "-o", target, "/no/such/place"]).code == 3)
        #expect(try String(contentsOfFile: target, encoding: .utf8) == "old")
        #expect(try Self.run(["-f", "json", "-o", target, try Self.sample()]).code == 0)
        #expect(try String(contentsOfFile: target, encoding: .utf8).hasPrefix("{"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["report.json"])
    }

    @Test func licences() throws {
        let result = try Self.run(["licence", "--format", "jsonl", "LICENSE", "LICENSE"])
        #expect(result.code == 0)
        #expect(result.output.split(separator: "\n").count == 2)
        #expect(result.output.contains("\"expression\":\"Apache-2.0\""))
        #expect(try Self.run(["license", "-"], input: "SPDX-License-Identifier: MIT\n").output.contains("MIT"))
        #expect(try Self.run(["licence", "/no/such/file"]).code == 3)
    }

    @Test(arguments: [
        "ow-01", "mau-threshold", "weights-final", "weights-available", "osd-6", "MIT", "llama2", "apache-2.0",
    ])
    func explains(id: String) throws {
        let result = try Self.run(["explain", id])
        #expect(result.code == 0 && !result.output.isEmpty)
    }

    @Test(arguments: ["licences", "clauses", "flags", "formats", "components", "levels"])
    func lists(kind: String) throws { #expect(try Self.run(["list", kind]).output.split(separator: "\n").count >= 8) }

    @Test func batches() throws {
        let root = try Self.temporaryFolder()
        for name in ["org/one", "org/two"] {
            try FileManager.default.createDirectory(atPath: root + "/" + name, withIntermediateDirectories: true)
            try "# X\n".write(toFile: root + "/" + name + "/README.md", atomically: true, encoding: .utf8)
        }
        try Data([0x1F, 0x8B, 8, 0, 0, 0]).write(to: URL(fileURLWithPath: root + "/bad.tar.gz"))
        let result = try Self.run(["batch", root])
        let lines = result.output.split(separator: "\n")
        #expect(result.code == 0)
        #expect(lines.count == 3)
        #expect(lines.filter { $0.contains("\"schemaVersion\":1") }.count == 2)
        #expect(lines.contains { $0.contains("bad.tar.gz") && $0.contains("unreadable") })
        #expect(result.error.contains("1 of 3"))
    }

    /// Reports obey the published schema, by a validator that is not ours.
    @Test func reportsObeyTheSchema() throws {
        let python = ".build/python/bin/python"
        guard FileManager.default.isExecutableFile(atPath: python) else {
            print("skipped: no jsonschema at hand; make test installs it")
            return
        }
        let folder = try Self.temporaryFolder()
        try Self.run(["schema"]).output.write(toFile: folder + "/schema.json", atomically: true, encoding: .utf8)
        #expect(try Self.run(["-f", "json", "-o", folder + "/sources.json", "Sources"]).code == 0)
        #expect(try Self.run(["-f", "json", "-o", folder + "/sample.json", try Self.sample()]).code == 0)
        let corpus = ((try? FileManager.default.contentsOfDirectory(atPath: ".build/corpus")) ?? []).sorted()
        for name in corpus {
            _ = try Self.run(["-f", "json", "-o", folder + "/" + name + ".json", ".build/corpus/" + name])
        }
        let check = """
            import json, sys, glob, jsonschema
            schema = json.load(open(sys.argv[1] + "/schema.json"))
            jsonschema.Draft202012Validator.check_schema(schema)
            validator = jsonschema.Draft202012Validator(schema)
            count = 0
            for path in sorted(glob.glob(sys.argv[1] + "/*.json")):
                if path.endswith("schema.json"): continue
                for error in validator.iter_errors(json.load(open(path))):
                    sys.exit(f"{path}: {error.message} at {list(error.absolute_path)}")
                count += 1
            bad = json.load(open(sys.argv[1] + "/sample.json")); bad["gradient"]["level"] = "very-open"
            assert list(validator.iter_errors(bad)), "the schema accepts anything"
            print(count)
            """
        let result = try Self.run(["-c", check, folder], executable: python)
        #expect(result.code == 0, "\(result.error)")
        #expect((Int(result.output.split(separator: "\n").first ?? "") ?? 0) >= 2)
    }

    /// The manual page names every option of every command.
    @Test func theManualIsWhole() throws {
        let page = try String(contentsOfFile: "Documentation/openscan.1", encoding: .utf8).replacingOccurrences(
            of: "\\-", with: "-")
        for command in ["scan", "licence", "batch", "judge", "explain", "list", "schema"] {
            let help = try Self.run([command, "--help"]).output
            for word in help.split(whereSeparator: { " \n,[]()".contains($0) }) where word.hasPrefix("--") {
                #expect(page.contains(word), "\(command) \(word)")
            }
            #expect(page.contains(".SS \(command)"))
        }
    }
}
