import Foundation
import Openness
import Reporting
import Scanning
import TestSupport
import Testing
import Unpacking

/// The sample releases of Corpus/, scanned and compared with the reports that are checked in.
@Suite struct CorpusTests {
    private static let folder = ".build/corpus"
    /// The releases that have expected reports; those that are made, and in continuous integration all of them.
    private static let expected = list("Corpus/expected").filter { $0.hasSuffix(".json") }.map {
        String($0.dropLast(5))
    }
    private static let missing = expected.filter { release($0) == nil }
    private static let names = AtHand.isRequired ? expected : expected.filter { release($0) != nil }
    private static let areMade = AtHand.runs(missing.isEmpty)
    private static let absence: Comment = "not made: \(missing.joined(separator: ", ")); run make test"

    private static func list(_ folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    private static func release(_ name: String) -> String? {
        [name, name + ".tar"].first { FileManager.default.fileExists(atPath: folder + "/" + $0) }
    }

    private static func report(_ name: String) throws -> Report {
        let release = try #require(Self.release(name), "the release is not made")
        let location = try ReleaseLocation.find(folder + "/" + release)
        return Assessment.report(try ReleaseScanner(workers: 2).scan(location, shownPath: release))
    }

    @Test func everyDescriptionHasItsExpectedReport() {
        let descriptions = Self.list("Corpus/releases").filter { $0.hasSuffix(".yml") }
        #expect(Self.expected.count == descriptions.count && Self.expected.count >= 35)
    }

    @Test(.enabled(if: areMade, absence))
    func everyReleaseIsMade() { #expect(Self.missing.isEmpty) }

    @Test(arguments: names)
    func matchesTheExpectedReport(name: String) throws {
        let report = try Self.report(name)
        // The digest of the licence data changes with every edition of it.
        var compared = report
        compared.tool.licenceData = "0"
        let expected = try String(contentsOfFile: "Corpus/expected/\(name).json", encoding: .utf8)
        let found = try JSON.text(compared, isPretty: true) + "\n"
        #expect(found == Self.withoutDigest(expected), "\(name) differs; if that is right, run make corpus-update")
        #expect(
            TextReport.text(report, style: Style(isColoured: false))
                == (try String(contentsOfFile: "Corpus/expected/\(name).txt", encoding: .utf8)))
    }

    private static func withoutDigest(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.contains("\"licenceData\" : ")
                ? String(line.prefix { $0 == " " }) + "\"licenceData\" : \"0\"," : String(line)
        }.joined(separator: "\n")
    }

    /// Together the samples show every level and every flag.
    @Test(.enabled(if: areMade, absence))
    func coversEveryLevelAndFlag() throws {
        var levels = Set<String>()
        var flags = Set<String>()
        for name in Self.expected {
            let report = try Self.report(name)
            if report.gradient.subject == "model" { levels.insert(report.gradient.level) }
            flags.formUnion(report.flags.map(\.id))
        }
        #expect(
            levels.isSuperset(of: Catalogue.levels.map(\.id).filter { $0 != "undetermined" }),
            "missing: \(Set(Catalogue.levels.map(\.id)).subtracting(levels))")
        #expect(
            flags == Set(Catalogue.flags.map(\.id)), "missing: \(Set(Catalogue.flags.map(\.id)).subtracting(flags))")
    }

    @Test(arguments: names)
    func linesFitTheScreen(name: String) throws {
        let text = TextReport.text(try Self.report(name), style: Style(isColoured: false, width: 80))
        #expect(!text.isEmpty)
        for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
        #expect(!text.unicodeScalars.contains { Printable.isUnsafe($0) && $0 != "\n" })
    }
}
