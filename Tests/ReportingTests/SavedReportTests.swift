import Foundation
import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanReporting
import OpenscanTestSupport
import Testing

@Suite struct SavedReportTests {
    private static let fixtures = ["api", "derivative-relaxed", "hostile-archive", "linked-only", "washing-threshold"]

    private static func fixture(_ name: String) throws -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/schema-1")
        return Array(try Data(contentsOf: folder.appending(path: name + ".json")))
    }

    private func problem(_ text: String) -> SavedReportProblem? {
        do throws(SavedReportProblem) {
            _ = try SavedReport.read(Array(text.utf8))
            return nil
        } catch { return error }
    }

    private func report(changing old: String, to new: String) throws -> String {
        let text = try JSON.text(Report(Samples.full, tool: ReportTests.tool), isPretty: false)
        #expect(text.contains(old))
        return text.replacingOccurrences(of: old, with: new)
    }

    // MARK: Schema 2

    @Test func aReportComesBackAsItWasWritten() throws {
        for dossier in [Samples.full, Samples.bare] {
            let report = Report(dossier, tool: ReportTests.tool)
            let read = try SavedReport.read(Array(try JSON.text(report, isPretty: true).utf8))
            #expect(Report(read, tool: ReportTests.tool) == report)
        }
    }

    @Test func whatIsSaidOfTheWholeReleaseComesBackWithoutAPath() throws {
        let text = try JSON.text(Report(Samples.full, tool: ReportTests.tool), isPretty: false)
        let read = try SavedReport.read(Array(text.utf8))
        #expect(read.artefacts.map(\.path) == ["model.safetensors", ""])
        #expect(read.licences.first?.clauses.map(\.evidence.path) == ["LICENSE", "USE_POLICY.md", "README.md"])
        #expect(read.licences.first?.clauses.map(\.isBeside) == [false, false, true])
    }

    // MARK: Schema 1

    @Test(arguments: fixtures) func reportsOfSchema1AreRead(name: String) throws {
        let bytes = try Self.fixture(name)
        let dossier = try SavedReport.read(bytes)
        let root = try bytes.withUnsafeBytes { try JSONValue.parse($0) }
        #expect(dossier.release.name == root["release"]?["name"]?.string)
        #expect(dossier.gradient.level == root["gradient"]?["level"]?.string)
        #expect(
            dossier.components.map(\.id.rawValue) == root["components"]?.array?.compactMap { $0["id"]?.string })
        #expect(dossier.licences.count == root["licences"]?.array?.count)
        #expect(dossier.artefacts.count == root["artefacts"]?.array?.count)
        #expect(dossier.flags.map(\.id.rawValue) == root["flags"]?.array?.compactMap { $0["id"]?.string })
    }

    @Test(arguments: fixtures) func whatSchema1LacksIsEmpty(name: String) throws {
        let dossier = try SavedReport.read(try Self.fixture(name))
        #expect(dossier.verdict.answer == .notShown)
        #expect(dossier.terms.isEmpty && dossier.yardsticks.frameworks.isEmpty && dossier.yardsticks.osd.isEmpty)
    }

    /// In schema 1 the path "." stood where no file was meant, with the program's own words as a quote.
    @Test(arguments: fixtures) func wordsOfTheProgramAreReasons(name: String) throws {
        let dossier = try SavedReport.read(try Self.fixture(name))
        let evidence = dossier.flags.flatMap(\.evidence) + dossier.flags.flatMap { $0.reasons.flatMap(\.evidence) }
        #expect(evidence.allSatisfy { $0.path != "." })
        #expect(dossier.artefacts.allSatisfy { $0.path != "." })
        let reasons = dossier.gradient.reasons + dossier.gradient.next
        #expect(reasons.flatMap(\.evidence).allSatisfy { $0.quote == nil && $0.path != "." })
    }

    @Test func gapsOfSchema1AreReasonsOfTheFlag() throws {
        let dossier = try SavedReport.read(try Self.fixture("washing-threshold"))
        let flag = dossier.flags.first { $0.id == "ow-11" }
        #expect(flag?.evidence == [])
        #expect(flag?.reasons == [Reason("no training code among 3 files, no link to any")])
    }

    @Test func theGradientsReasonsAreToldFromWhatTheNextLevelLacks() throws {
        let gradient = try SavedReport.read(try Self.fixture("washing-threshold")).gradient
        #expect(
            gradient.reasons.map(\.words.description) == [
                "weights-final present", "licence of the weights: LicenseRef-llama-2, user-restricted",
            ])
        #expect(gradient.reasons.last?.evidence == [Samples.licencePlace])
        #expect(
            gradient.next == [
                Reason("no training code found"), Reason("training data neither present nor linked"),
            ])
    }

    @Test func aLinkOfSchema1HasThePlaceThatQuotesIt() throws {
        let dossier = try SavedReport.read(try Self.fixture("linked-only"))
        let links = dossier.components.flatMap(\.links)
        #expect(!links.isEmpty)
        for link in links where !link.evidence.path.isEmpty {
            #expect(link.evidence.quote?.contains(link.target) == true)
        }
    }

    // MARK: Broken and hostile ones

    @Test func anErrorSaysWhereAndWhat() throws {
        #expect(
            problem(try report(changing: #""status":"linked""#, to: #""status":"near""#))?.message
                == "components[10].status: 'near' is not known there")
        #expect(
            problem(try report(changing: #""byComponent":{"weights-final""#, to: #""byComponent":{"weights""#))?.message
                == "licenceExpression.byComponent.weights: not known there")
        #expect(
            problem(try report(changing: #""sentence":"#, to: #""sentense":"#))?.message
                == "verdict.sentence: missing")
        #expect(
            problem(try report(changing: #""fileCount":3"#, to: #""fileCount":"3""#))?.message
                == "release.fileCount: not a whole number that is counted here")
        #expect(
            problem(try report(changing: #""5":{"#, to: #""11":{"#))?.message.hasSuffix(
                "11: criteria have the numbers 1 to 10") == true)
    }

    @Test func whatIsNoReportIsSaidToBeNone() {
        #expect(problem("")?.message == "byte 0: not well formed JSON")
        #expect(problem(#"{"schemaVersion":2,"#)?.message == "byte 19: not well formed JSON")
        #expect(problem("[]")?.message == "no report: not an object")
        #expect(problem("{}")?.place == "schemaVersion")
        #expect(problem(#"{"schemaVersion":3}"#)?.message.contains("3 is unknown here") == true)
    }

    @Test func nestingIsBounded() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(problem(#"{"schemaVersion":2,"a":"# + deep)?.message.contains("nested deeper") == true)
    }

    @Test func numbersThatNobodyCanCountAreRefused() throws {
        for number in ["1e999", "NaN", "1.5", "99999999999999999999", "-"] {
            #expect(problem(try report(changing: #""byteCount":200947"#, to: #""byteCount":\#(number)"#)) != nil)
        }
        #expect(problem(try report(changing: #""coverage":0.97"#, to: #""coverage":1e999"#)) != nil)
        let large = try SavedReport.read(
            Array(try report(changing: #""coverage":0.97"#, to: #""coverage":1e300"#).utf8))
        #expect(large.licences.first?.coverage == 1)
    }

    /// A saved report may be anybody's: what is printed of it holds no control characters, wherever they stood.
    @Test func textsAreMadeFitToBeShown() throws {
        let text = try JSON.text(Report(Samples.full, tool: ReportTests.tool), isPretty: false)
        let report = try Array(text.utf8).withUnsafeBytes { try JSONValue.parse($0) }
        let dossier = try SavedReport.read(Array(Self.poisoned(report).utf8))
        let outputs = [
            TextReport.text(dossier, rules: TestRules.shared, style: .plain, words: .english),
            MarkdownReport.text(dossier, rules: TestRules.shared),
            FrameworkReport.text(dossier, rules: TestRules.shared, only: nil, isMarkdown: false, words: .english),
            try JSON.text(Report(dossier, tool: ReportTests.tool), isPretty: false),
        ]
        for output in outputs {
            #expect(!output.unicodeScalars.contains { Printable.isUnsafe($0) && $0 != "\n" })
        }
    }

    /// The value as JSON with an escape sequence at the end of every free text.
    private static func poisoned(_ value: JSONValue, under key: String = "") -> String {
        let fixed: Set<String> = [
            "weights-final",
            "openSource", "ground", "basis", "category", "status", "confidence", "severity", "method", "reason",
            "kind", "subject", "polarity", "licenceClass", "source", "certainty", "commercial", "verdict", "appliesTo",
            "component", "answer", "part", "when", "measure", "effect", "gate", "parts", "due",
        ]
        switch value {
        case .null: return "null"
        case .bool(let flag): return flag ? "true" : "false"
        case .number(let text): return text
        case .string(let text): return quoted(fixed.contains(key) ? text : text + "\u{1B}[31m\u{202E}")
        case .array(let items): return "[" + items.map { poisoned($0, under: key) }.joined(separator: ",") + "]"
        case .object(let members):
            // Ids of findings and components are those of the program.
            let hasFixedID = ["findings", "components", "duties", "direct", "indirect", "how"].contains(key)
            let texts = members.map { member in
                quoted(member.key) + ":"
                    + (hasFixedID && member.key == "id"
                        ? quoted(member.value.string ?? "") : poisoned(member.value, under: member.key))
            }
            return "{" + texts.joined(separator: ",") + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            guard scalar == "\"" || scalar == "\\" || scalar.value < 0x20 else { return String(scalar) }
            let digits = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        return "\"" + escaped.joined() + "\""
    }
}
