import Foundation
import Openness
import Reporting
import Scanning
import Testing
import Unpacking

/// The sample releases of Corpus/, scanned and compared with the reports that are checked in.
@Suite struct CorpusTests {
    static let folder = ".build/corpus"
    static let names: [String] = ((try? FileManager.default.contentsOfDirectory(atPath: "Corpus/expected")) ?? [])
        .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()

    private static func release(_ name: String) -> String? {
        [name, name + ".tar"].first { FileManager.default.fileExists(atPath: folder + "/" + $0) }
    }

    static func report(_ name: String) throws -> Report? {
        guard let release = release(name) else { return nil }
        let location = try ReleaseLocation.find(folder + "/" + release)
        return Assessment.report(try ReleaseScanner(workers: 2).scan(location, shownPath: release))
    }

    @Test(arguments: names)
    func matchesTheExpectedReport(name: String) throws {
        guard let report = try Self.report(name) else {
            print("skipped \(name): its licence text is not at hand")
            return
        }
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
    @Test func coversEveryLevelAndFlag() throws {
        var levels = Set<String>()
        var flags = Set<String>()
        var skipped = 0
        for name in Self.names {
            guard let report = try Self.report(name) else {
                skipped += 1
                continue
            }
            if report.gradient.subject == "model" { levels.insert(report.gradient.level) }
            flags.formUnion(report.flags.map(\.id))
        }
        guard skipped == 0 else { return }
        #expect(
            levels.isSuperset(of: Catalogue.levels.map(\.id).filter { $0 != "undetermined" }),
            "missing: \(Set(Catalogue.levels.map(\.id)).subtracting(levels))")
        #expect(
            flags == Set(Catalogue.flags.map(\.id)), "missing: \(Set(Catalogue.flags.map(\.id)).subtracting(flags))")
    }

    @Test func linesFitTheScreen() throws {
        for name in Self.names {
            guard let report = try Self.report(name) else { continue }
            let text = TextReport.text(report, style: Style(isColoured: false, width: 80))
            for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(name): \(line)") }
            #expect(!text.unicodeScalars.contains { Printable.isUnsafe($0) && $0 != "\n" })
        }
    }
}
