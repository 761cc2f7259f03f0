import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanReporting
import OpenscanTestSupport
import Testing

@Suite struct LicenceReportTests {
    private func scan(_ ids: LicenceID...) -> LicenceScan {
        var scan = LicenceScan()
        scan.matches = ids.enumerated().map { number, id in
            LicenceMatch(
                id: id, method: .text, coverage: 0.98765, lines: LineRange(number + 1, number + 9), bytes: 0..<10)
        }
        return scan
    }

    private func report(_ scan: LicenceScan) -> LicenceReport {
        LicenceReport(path: "LICENSE", scan: scan, rules: TestRules.shared)
    }

    @Test func theKeysOfALineStay() throws {
        let text = Array(try JSON.text(report(scan("MIT")), isPretty: false).utf8)
        let json = try text.withUnsafeBytes { try JSONValue.parse($0) }
        #expect(
            json.members?.map(\.key) == [
                "categories", "clauses", "duties", "expression", "licences", "limitedFreedoms", "openWeights", "osd",
                "path", "use",
            ])
        #expect(
            json["licences"]?.array?.first?.members?.map(\.key) == ["coverage", "id", "lines", "method", "modified"])
        #expect(json["licences"]?.array?.first?["coverage"] == .number("0.988"))
        #expect(json["osd"]?.members?.count == 10)
    }

    @Test func severalLicencesAreAsOpenAsTheWeakest() {
        #expect(report(scan("MIT", "Apache-2.0")).openWeights == .pass)
        #expect(report(scan("MIT", "LicenseRef-llama-2")).openWeights == .fail)
    }

    @Test func whatIsOnlyNamedLicensesNothing() {
        var scan = scan("MIT")
        scan.matches[0].method = .mentioned
        let report = report(scan)
        #expect(report.osd.assessment.isEmpty && report.limitedFreedoms == nil && report.categories.isEmpty)
    }

    @Test func anUnknownTextNeedsAPerson() {
        var scan = LicenceScan()
        scan.unknownText = [Evidence(path: "LICENSE", lines: LineRange(3), quote: "You may not.")]
        scan.nearest = LicenceScan.Nearest(id: "MIT", coverage: 0.4)
        #expect(report(scan).openWeights == .review)
        #expect(report(scan).nearest == "MIT")
    }

    @Test func thePagesShowsClausesByGroupAndTheCriteria() {
        var scan = scan("LicenseRef-llama-2")
        scan.clauses = [
            ClauseMatch(
                id: "mau-threshold", status: .present,
                evidence: Evidence(path: "LICENSE", lines: LineRange(66), quote: "700 million monthly users"),
                parameters: ["mau": "700000000"])
        ]
        let text = LicenceTextReport.text(report(scan), rules: TestRules.shared, style: .plain)
        #expect(text.contains("\nRESTRICTION\n  mau-threshold                  66: 700 million monthly users\n"))
        #expect(text.contains("                                 mau 700000000\n"))
        #expect(text.contains("OPEN SOURCE DEFINITION\n"))
        for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }
}
