import Foundation
import OpenscanKit
import OpenscanTestSupport
import Testing

@Suite struct SchemaTests {
    private static let python = ".build/python/bin/python"
    private static let check = """
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

    /// By a validator that is not ours; `make test` installs it.
    @Test(
        .enabled(
            if: AtHand.runs(FileManager.default.isExecutableFile(atPath: python)), "no jsonschema: run make test"))
    func everyReportObeysThePublishedSchema() throws {
        let folder = try TemporaryFolder()
        let sample = try Openscan.sample()
        try folder.write("schema.json", try Openscan.run(["schema"]).output)
        let corpus = ((try? FileManager.default.contentsOfDirectory(atPath: ".build/corpus")) ?? []).sorted()
            .filter { !$0.hasSuffix(".options") }
        let releases =
            [("sources", "Sources"), ("sample", sample.path)] + corpus.map { ($0, ".build/corpus/" + $0) }
        for (name, path) in releases {
            let result = try Openscan.run(["-f", "json", "-o", "\(folder.path)/\(name).json", path])
            #expect(result.code == 0, "\(name): \(result.error)")
        }
        #expect(try Openscan.run(["-f", "json", "-o", "\(folder.path)/unread.json", "/dev/null"]).code == 3)
        let result = try Openscan.run(["-c", Self.check, folder.path], executable: Self.python)
        #expect(result.code == 0, "\(result.error)")
        #expect(Int(result.output.filter(\.isNumber)) == releases.count + 1)
        withExtendedLifetime((folder, sample)) {}
    }
}
