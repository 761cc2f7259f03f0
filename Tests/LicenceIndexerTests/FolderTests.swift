import ArgumentParser
import Foundation
import OpenscanLicensing
import OpenscanRules
import Testing

@testable import licence_indexer

@Suite("Licenses/ as a whole")
struct FolderTests {
    private func mistakes(_ folder: String) -> [String] {
        do {
            _ = try EditedFolder.checked(folder, licences: KnownLicences.ids(nil))
            return []
        } catch let mistakes as Mistakes {
            return mistakes.all.map { $0.description.replacingOccurrences(of: folder + "/", with: "") }
        } catch {
            return ["\(error)"]
        }
    }

    /// Where a text stands in a file of Licenses/.
    private func place(_ text: String, in file: String) throws -> String {
        let lines = try String(contentsOfFile: Repository.records + "/" + file, encoding: .utf8).components(
            separatedBy: "\n")
        let line = try #require(lines.firstIndex { $0.contains(text) })
        let column = try #require(lines[line].range(of: text)).lowerBound
        return "\(file):\(line + 1):\(lines[line][..<column].unicodeScalars.count + 1)"
    }

    @Test func theRealOnePasses() { #expect(mistakes(Repository.records) == []) }

    @Test func theEmbeddedRulesAreItsOwn() throws {
        let folder = try EditedFolder.checked(Repository.records, licences: KnownLicences.ids(nil))
        let compiled = RuleCompiler.compile(folder)
        let committed = FileManager.default.contents(atPath: Repository.root + "/Sources/CRules/rules.jsonl")
        #expect(committed?.elementsEqual(compiled) == true, "run 'make rules'")
        #expect(compiled == RuleCompiler.compile(folder))
    }

    @Test func everyDocumentIsRead() throws {
        let documents = try RuleDocuments.embedded()
        #expect(documents.names.count >= 22)
        for name in documents.names { #expect(try documents.document(name).members?.isEmpty == false, "\(name)") }
        let rules = try RuleSet(documents, licences: LicenceNames(LicenceIndex.embedded(), documents))
        #expect(rules.clauses.all.count > 90)
        #expect(rules.frameworks.count >= 6)
        #expect(try documents.document("aliases").members?.map(\.key) == ["families", "kinds"])
        #expect(try documents.document("models")["models"]?.array?.first?["sources"] == nil)
    }

    @Test func misspeltIds() throws {
        let cases = [
            (
                "frameworks/osaid.yml", "all: [training-code]", "all: [trainng-code]", "all: [".count,
                "an entry of 'all' names no component: 'trainng-code'; did you mean 'training-code'?"
            ),
            (
                "frameworks/osaid.yml", "free_of: [no-derivatives]", "free_of: [no-derivates]", "free_of: [".count,
                "an entry of 'free_of' names no clause: 'no-derivates'; did you mean 'no-derivatives'?"
            ),
            (
                "frameworks/transparency.yml", "sections: [limits]", "sections: [limit]", "sections: [".count,
                "an entry of 'sections' names no section: 'limit'; did you mean 'limits'?"
            ),
            (
                "gradient.yml", "at-most: fine-tuning-access", "at-most: fine-tuning", "at-most: ".count,
                "'at-most' names no level: 'fine-tuning'; did you mean 'fine-tuning-access'?"
            ),
            (
                "gradient.yml", "hosted: [\"yes\"]", "hosted: [\"ja\"]", "hosted: [".count,
                "an entry of 'hosted' names no answer to 'hosted': 'ja'; known are 'yes', 'no', 'unknown'"
            ),
        ]
        for (file, old, new, column, words) in cases {
            let start = try place(old, in: file)
            let parts = start.split(separator: ":")
            let wanted = "\(parts[0]):\(parts[1]):\((Int(parts[2]) ?? 0) + column): \(words)"
            let found = try Repository.withRecords(file, replacing: old, with: new) { mistakes($0) }
            #expect(found.first == wanted)
        }
    }

    @Test func misspeltLicence() throws {
        let found = try Repository.withRecords(
            "models.yml", replacing: "id: qwq-32b, match: [\"Qwen/QwQ-32B*\"], maker: Alibaba, licence: Apache-2.0",
            with: "id: qwq-32b, match: [\"Qwen/QwQ-32B*\"], maker: Alibaba, licence: Apache-2.O"
        ) { mistakes($0) }
        #expect(found.count == 1)
        #expect(
            found.first?.hasSuffix(": 'licence' names no licence: 'Apache-2.O'; did you mean 'Apache-2.0'?") == true)
    }

    @Test func componentWithoutAnEntry() throws {
        let found = try Repository.withRecords("components.yml", replacing: "- id: demo\n", with: "- id: dmeo\n") {
            mistakes($0)
        }
        let place = try place("id: demo", in: "components.yml").split(separator: ":")
        #expect(
            found == [
                "components.yml:1:1: there is no entry for the component 'demo'",
                "components.yml:\(place[1]):7: 'id' names no component: 'dmeo'; did you mean 'demo'?",
            ])
    }

    @Test func filesThatAreMissingOrNotRead() throws {
        let found = try Repository.withRecords("osd.yml", replacing: "", with: "") { folder in
            try FileManager.default.moveItem(atPath: folder + "/osd.yml", toPath: folder + "/ods.yml")
            return mistakes(folder)
        }
        #expect(
            found == [
                "ods.yml:1:1: no document of this name is read; did you mean 'osd'?",
                "osd.yml:1:1: the file is missing",
            ])
    }

    @Test func nothingIsWrittenWhereSomethingIsWrong() throws {
        try Repository.withRecords("flags.yml", replacing: "severity: high", with: "severity: hihg") { folder in
            let output = folder + "/rules.jsonl"
            let command = try #require(
                try Tool.parseAsRoot(["rules", "--records", folder, "--output", output]) as? RulesCommand)
            #expect(throws: ExitCode.failure) { try command.run() }
            #expect(!FileManager.default.fileExists(atPath: output))
        }
    }

    @Test func compiledFilesAreOnlyWrittenWhereTheyDiffer() throws {
        try Repository.withFolder { folder in
            let output = folder + "/rules.jsonl"
            func run(_ more: [String] = []) throws {
                var command = try Tool.parseAsRoot(
                    ["rules", "--records", Repository.records, "--output", output] + more)
                try command.run()
            }
            #expect(throws: CheckFailure.self) { try run(["--check"]) }
            try run()
            try run(["--check"])
            let first = try FileManager.default.attributesOfItem(atPath: output)[.modificationDate] as? Date
            try run()
            let second = try FileManager.default.attributesOfItem(atPath: output)[.modificationDate] as? Date
            #expect(first == second)
        }
    }

    @Test func everyNameThatIsAskedForIsOneThatTheProgramWrites() throws {
        var sources = ""
        for module in ["Cards", "Licensing", "Openness", "Rules", "Scanning"] {
            let folder = Repository.root + "/Sources/" + module
            for case let file as String in FileManager.default.enumerator(atPath: folder) ?? .init()
            where file.hasSuffix(".swift") {
                sources += try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
            }
        }
        let names = AskedNames.claimLists + AskedNames.licenceLists + AskedNames.clauses + AskedNames.parameters
        #expect(names.filter { !sources.contains("\"\($0)\"") } == [])
    }
}
