import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanTestSupport
import Testing

@testable import OpenscanReporting

@Suite struct HostReportTests {
    private let rules = TestRules.shared
    private let words = Words.english

    private func sarif(_ dossier: Dossier, _ baseline: Baseline? = nil, _ review: Review? = nil) throws -> JSONValue {
        let text = try SARIFReport.text(
            dossier, issues: Issues.of(dossier, review: review, baseline: baseline), tool: ReportTests.tool,
            rules: rules, words: words, hasBaseline: baseline != nil)
        return try Array(text.utf8).withUnsafeBytes { try JSONValue.parse($0) }
    }

    private func run(_ value: JSONValue) throws -> JSONValue { try #require(value["runs"]?.array?.first) }

    /// Words that end what they stand in, everywhere a release can write them.
    private static let hostile = "a,b:c%0A\n::error::<x a='1'>]]>&\"\u{202E}\u{301}\r\n"

    private static var hostileDossier: Dossier {
        var dossier = Samples.full
        dossier.release.name = hostile
        dossier.release.path = "./dir,1:2"
        dossier.flags[0].evidence = [Evidence(path: hostile, lines: LineRange(7, 9), quote: hostile)]
        dossier.flags[0].reasons = [Reason("it says \(hostile)")]
        dossier.artefacts[0].path = hostile
        return dossier
    }

    // MARK: Issues

    @Test func aFingerprintStaysWhereLinesMoveAndChangesWithTheWords() throws {
        var moved = Samples.full
        moved.flags[0].evidence[0].lines = LineRange(99)
        #expect(Issues.of(moved).map(\.fingerprint) == Issues.of(Samples.full).map(\.fingerprint))
        moved.flags[0].evidence[0].quote = "800 million monthly users"
        let changed = Set(Issues.of(moved).map(\.fingerprint)).symmetricDifference(
            Issues.of(Samples.full).map(\.fingerprint))
        #expect(changed.count == 2)
    }

    @Test func twoThatReadAlikeHaveFingerprintsOfTheirOwn() {
        var dossier = Samples.full
        dossier.artefacts[0].findings += dossier.artefacts[0].findings
        let prints = Issues.of(dossier).map(\.fingerprint)
        #expect(prints.count == 5)
        #expect(Set(prints).count == 5)
    }

    @Test func aBaselineKnowsWhatItHadAndNothingElse() throws {
        var dossier = Samples.full
        dossier.artefacts[0].findings.append(Finding(.picklePresent, .info, "pickle"))
        let issues = Issues.of(dossier, baseline: Baseline(Samples.full))
        #expect(issues.filter { !$0.isKnown }.map(\.id) == ["pickle-present"])
    }

    @Test func aRejectedFlagStaysAndDoesNotCount() throws {
        let questions = ReviewQuestions.of(Samples.full, rules: rules) { _ in nil }
        let flag = try #require(questions.first { $0.id == "flag/ow-03" })
        let review = try Review(
            questions,
            [
                ReviewDecision(
                    id: flag.id, outcome: .reject, reason: "agreed", by: "Ana", date: "2026-11-28",
                    evidence: flag.digest)
            ])
        let issue = try #require(Issues.of(Samples.full, review: review).first { $0.id == "ow-03" })
        #expect(issue.rejection == "agreed")
        #expect(!issue.counts)
        let suppressions = try run(sarif(Samples.full, nil, review))["results"]?.array?.compactMap {
            $0["suppressions"]?.array?.first?["justification"]?.string
        }
        #expect(suppressions == ["agreed"])
        let lines = GitHubReport.text(
            Samples.full, issues: Issues.of(Samples.full, review: review), words: words)
        #expect(!lines.contains("ow-03"))
        #expect(lines.contains("offset-hole"))
    }

    // MARK: SARIF

    @Test func everyResultOfSARIFHasItsRuleAPlaceAndAFingerprint() throws {
        let run = try run(sarif(Samples.full, Baseline(Samples.bare)))
        let results = try #require(run["results"]?.array)
        let ids = (run["tool"]?["driver"]?["rules"]?.array ?? []).compactMap { $0["id"]?.string }
        #expect(results.count == 3)
        for result in results {
            let index = try #require(result["ruleIndex"]?.int)
            #expect(ids[index] == result["ruleId"]?.string)
            #expect(result["partialFingerprints"]?["openscan/v1"]?.string?.count == 32)
            #expect(result["baselineState"]?.string == "new")
            #expect(result["locations"]?.array?.count == 1)
        }
        let flag = try #require(results.first)
        let place = flag["locations"]?.array?.first?["physicalLocation"]
        #expect(flag["level"]?.string == "error")
        #expect(place?["artifactLocation"]?["uri"]?.string == "LICENSE")
        #expect(place?["region"]?["startLine"]?.int == 66)
        // What could not be read is about the run.
        let notes = run["invocations"]?.array?.first?["toolExecutionNotifications"]?.array
        #expect(notes?.first?["descriptor"]?["id"]?.string == "unreadable")
    }

    @Test func rulesOfSARIFHaveTheWordsOfExplain() throws {
        let rules = try run(sarif(Samples.full))["tool"]?["driver"]?["rules"]?.array ?? []
        let help = rules.compactMap { $0["help"]?["text"]?.string }
        #expect(help.count == 3)
        #expect(help.contains { $0.hasPrefix("ow-03 (flag, high): ") })
        #expect(help.contains { $0.hasPrefix("offset-hole (finding about a file): ") })
    }

    @Test func pathsOfSARIFAreReferencesThatNoNameBreaks() throws {
        #expect(HostPlace.reference("a b/c:%d.md") == "a%20b/c%3A%25d.md")
        #expect(HostPlace.reference("é") == "%C3%A9")
        let results = try run(sarif(Self.hostileDossier))["results"]?.array ?? []
        let uris = results.compactMap {
            $0["locations"]?.array?.first?["physicalLocation"]?["artifactLocation"]?["uri"]?.string
        }
        #expect(uris.count == results.count)
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/%")
        #expect(uris.allSatisfy { allowed.isSuperset(of: $0) })
    }

    /// Lines of a member are none of the archive that a code host knows.
    @Test func aMemberOfAnArchiveHasThePlaceOfTheArchiveWithoutLines() throws {
        var dossier = Samples.full
        dossier.flags[0].evidence = [Evidence(path: "w.zip!/in/LICENSE", lines: LineRange(3))]
        let location = try run(sarif(dossier))["results"]?.array?.first?["locations"]?.array?.first
        #expect(location?["physicalLocation"]?["artifactLocation"]?["uri"]?.string == "w.zip")
        #expect(location?["physicalLocation"]?["region"] == nil)
        #expect(location?["logicalLocations"]?.array?.first?["fullyQualifiedName"]?.string == "w.zip!/in/LICENSE:3")
    }

    // MARK: GitHub and GitLab

    @Test func anAnnotationNamesFileLineAndWhatClearsIt() {
        let lines = GitHubReport.text(Samples.full, issues: Issues.of(Samples.full), words: words).split(
            separator: "\n")
        #expect(lines.count == 4)
        let first = String(lines.first ?? "")
        #expect(
            first.hasPrefix(
                "::error file=tiny/LICENSE,line=66,endLine=66,title=openscan ow-03::Called open source,"))
        #expect(first.hasSuffix("State the threshold beside the claim."))
    }

    @Test func noNameOrQuoteMakesACommandOfItsOwn() {
        let text = GitHubReport.text(
            Self.hostileDossier, issues: Issues.of(Self.hostileDossier), words: words)
        let lines = text.unicodeScalars.split(separator: "\n")
        #expect(lines.count == 4)
        for line in lines {
            #expect(String(String.UnicodeScalarView(line)).contains(#/^::(error|warning|notice) file=/#))
        }
        #expect(text.contains("file=dir%2C1%3A2/a%2Cb%3Ac%250A%0A%3A%3Aerror"))
    }

    @Test func placesAreFromTheFolderOfTheCall() {
        func path(_ release: String, _ kind: ReleaseFacts.Kind) -> String {
            let dossier = Samples.bare { $0.release = ReleaseIdentity(name: "n", kind: kind, path: release) }
            return HostPlace.Finder(dossier).fromCall(Evidence(path: "a/LICENSE", lines: LineRange(2))).path
        }
        #expect(path("./models//x/", .directory) == "models/x/a/LICENSE")
        #expect(path(".", .gitCheckout) == "a/LICENSE")
        #expect(path("/abs/x", .directory) == "a/LICENSE")
        #expect(path("../x", .directory) == "a/LICENSE")
        #expect(path("w/x.zip", .archive) == "w/x.zip")
        #expect(path("w/LICENSE", .file) == "w/LICENSE")
    }

    @Test func gitLabGetsAListWithUniqueFingerprints() throws {
        let text = try GitLabReport.text(
            Self.hostileDossier, issues: Issues.of(Self.hostileDossier), words: words)
        let items = try Array(text.utf8).withUnsafeBytes { try JSONValue.parse($0) }.array ?? []
        #expect(items.count == 4)
        #expect(Set(items.compactMap { $0["fingerprint"]?.string }).count == 4)
        for item in items {
            let location = try #require(item["location"])
            let line = try #require(location["lines"]?["begin"]?.int)
            let path = try #require(location["path"]?.string)
            #expect(line >= 1)
            #expect(!path.isEmpty)
            #expect(["info", "minor", "major", "critical"].contains(item["severity"]?.string))
        }
    }

    // MARK: JUnit

    @Test func aFlagThatIsNotRaisedPassesAndOneThatIsFails() {
        let text = JUnitReport.text(
            Samples.full, issues: Issues.of(Samples.full), policy: nil, rules: rules, words: words)
        #expect(text.contains("<testsuite name=\"tiny: flags\" tests=\"\(rules.flags.count)\" failures=\"1\""))
        #expect(text.contains("<failure type=\"high\" message=\"Called open source"))
        #expect(text.contains("<error type=\"unread\""))
    }

    @Test func nothingInJUnitEndsAnElement() {
        let text = JUnitReport.text(
            Self.hostileDossier, issues: Issues.of(Self.hostileDossier), policy: nil, rules: rules, words: words)
        #expect(!text.contains("<x"))
        #expect(!text.contains("]]>"))
        #expect(!text.unicodeScalars.contains { $0.value == 0x202E || $0 == "\r" })
    }

    // MARK: Tables

    private func fields(_ line: String) -> [String] {
        var out: [String] = []
        var current = ""
        var isQuoted = false
        for scalar in line.unicodeScalars {
            switch scalar {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                out.append(current)
                current = ""
            default: current.unicodeScalars.append(scalar)
            }
        }
        return out + [current]
    }

    @Test func aRowHasTheColumnsOfTheHeader() {
        let header = fields(CSVReport.header)
        for dossier in [Samples.full, Samples.bare, Self.hostileDossier] {
            let row = CSVReport.row(dossier, issues: Issues.of(dossier))
            #expect(fields(row).count == header.count)
            #expect(row.hasSuffix("\r\n"))
        }
        #expect(Set(header).count == header.count)
    }

    @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "\n=1", "=\u{301}1"])
    func noNameBecomesAFormula(name: String) {
        let dossier = Samples.bare { $0.release.name = name }
        let row = CSVReport.row(dossier, issues: [])
        #expect(row.hasPrefix("'") || row.hasPrefix("\"'"), "\(row)")
    }
}
