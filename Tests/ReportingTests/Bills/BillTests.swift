import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanTestSupport
import Testing

@testable import OpenscanReporting

@Suite struct BillTests {
    private static func parsed(_ text: String) throws -> JSONValue {
        try Array(text.utf8).withUnsafeBytes { try JSONValue.parse($0) }
    }

    private static func text(_ dossier: Dossier, isSPDX: Bool = false, time: String? = nil) throws -> String {
        isSPDX
            ? try SPDXReport.text(dossier, tool: ReportTests.tool, rules: TestRules.shared, time: time)
            : try CycloneDXReport.text(
                dossier, edition: .v17, tool: ReportTests.tool, rules: TestRules.shared, time: time)
    }

    private func cyclonedx(_ dossier: Dossier, _ edition: CycloneDXReport.Edition = .v17) throws -> JSONValue {
        try Self.parsed(
            CycloneDXReport.text(
                dossier, edition: edition, tool: ReportTests.tool, rules: TestRules.shared, time: nil))
    }

    private func elements(_ dossier: Dossier) throws -> [JSONValue] {
        try #require(try Self.parsed(Self.text(dossier, isSPDX: true))["@graph"]?.array)
    }

    private func main(_ bill: JSONValue) throws -> JSONValue { try #require(bill["metadata"]?["component"]) }

    private func licences(_ component: JSONValue) -> [String] {
        (component["licenses"]?.array ?? []).map { item in
            let held = item["license"] ?? item
            let name = held["id"]?.string ?? held["name"]?.string ?? held["expression"]?.string ?? "?"
            return "\(held["acknowledgement"]?.string ?? "-") \(name)"
        }
    }

    /// What a relationship of SPDX leads to, in words.
    private func licence(_ kind: String, of id: String, _ elements: [JSONValue]) -> String? {
        let relations = elements.filter {
            $0["relationshipType"]?.string == kind && $0["from"]?.string?.hasSuffix("#" + id) ?? false
        }
        guard relations.count == 1, let target = relations.first?["to"]?.strings.first else { return nil }
        let found = elements.first { $0["spdxId"]?.string == target }
        return found?["simplelicensing_licenseExpression"]?.string ?? target
    }

    // MARK: The same release, the same bytes

    @Test(arguments: [false, true]) func theSameReleaseGivesTheSameBytes(isSPDX: Bool) throws {
        let text = try Self.text(Samples.full, isSPDX: isSPDX)
        #expect(try Self.text(Samples.full, isSPDX: isSPDX) == text)
        var other = Samples.full
        other.artefacts[0].size = 1
        #expect(
            Bill(other, rules: TestRules.shared, tool: ReportTests.tool, time: nil).digest
                != Bill(Samples.full, rules: TestRules.shared, tool: ReportTests.tool, time: nil).digest)
    }

    @Test func noTimeIsMadeUp() throws {
        let bill = try cyclonedx(Samples.full)
        #expect(bill["metadata"]?["timestamp"] == nil)
        let creation = try #require(try elements(Samples.full).first { $0["type"]?.string == "CreationInfo" })
        #expect(creation["created"]?.string == "1970-01-01T00:00:00Z")
        #expect(creation["comment"]?.string?.contains("no date") == true)
        let timed = try Self.text(Samples.full, isSPDX: true, time: UTCTime.text(1_790_000_000))
        #expect(timed.contains("\"created\" : \"2026-09-21T14:13:20Z\""))
        #expect(!timed.contains("no date"))
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"), (4_107_542_399, "2100-02-28T23:59:59Z"),
        (1_709_164_800, "2024-02-29T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
    ])
    func timesAreThoseOfTheCalendar(seconds: Int, text: String) { #expect(UTCTime.text(seconds) == text) }

    @Test func timesOutsideTheCalendarAreNone() {
        #expect(UTCTime.text(-1) == nil)
        #expect(UTCTime.text(.max) == nil)
    }

    // MARK: Licences

    @Test func declaredAndConcludedLicencesStandApartWithTheirLines() throws {
        let main = try main(cyclonedx(Samples.full))
        #expect(licences(main) == ["declared LicenseRef-llama-2", "concluded LicenseRef-llama-2"])
        let occurrence = main["evidence"]?["occurrences"]?.array?.first
        #expect(occurrence?["location"]?.string == "LICENSE")
        #expect(occurrence?["line"]?.int == 2)
        let elements = try elements(Samples.full)
        #expect(licence("hasDeclaredLicense", of: "package", elements) == "LicenseRef-llama-2")
        #expect(licence("hasConcludedLicense", of: "package", elements) == "LicenseRef-llama-2")
        let custom = elements.first { $0["type"]?.string == "expandedlicensing_CustomLicense" }
        #expect(custom?["simplelicensing_licenseText"]?.string == "The text stands in the release: LICENSE:2-126.")
    }

    /// The repository's licence is not the weights' where nothing says so.
    @Test(arguments: [PartTerms.Basis.inherited, .elsewhere, .notStated])
    func whatTheReleaseDoesNotSayIsNotConcluded(basis: PartTerms.Basis) throws {
        var dossier = Samples.full
        dossier.terms[.weights]?.basis = basis
        dossier.expression.declared = nil
        #expect(licences(try main(cyclonedx(dossier))) == [])
        let elements = try elements(dossier)
        #expect(licence("hasConcludedLicense", of: "package", elements) == "expandedlicensing_NoAssertionLicense")
        let comments = elements.compactMap { $0["comment"]?.string }
        #expect(comments.contains { $0.hasPrefix("basis: \(basis.rawValue)") })
    }

    @Test func aGuessedLicenceOfABaseIsSaidToBeOne() throws {
        let ancestor = try #require(try main(cyclonedx(Samples.full))["pedigree"]?["ancestors"]?.array?.first)
        #expect(ancestor["name"]?.string == "org/base")
        #expect(ancestor["licenses"] == nil)
        let names = ancestor["properties"]?.array?.compactMap { $0["name"]?.string }
        #expect(names?.contains("openscan:licence-probably") == true)
        #expect(
            licence("hasConcludedLicense", of: "base-1", try elements(Samples.full))
                == "expandedlicensing_NoAssertionLicense")
        var dossier = Samples.full
        dossier.model.baseModels[0].certainty = .verified
        #expect(licence("hasConcludedLicense", of: "base-1", try elements(dossier)) == "LicenseRef-llama-2")
    }

    @Test func anExpressionIsOneIn17AndANameBefore() throws {
        var dossier = Samples.full
        dossier.terms[.weights]?.expression = "MIT OR Apache-2.0"
        #expect(licences(try main(cyclonedx(dossier))).last == "concluded MIT OR Apache-2.0")
        let old = try main(cyclonedx(dossier, .v16))
        #expect(old["licenses"]?.array?.last?["license"]?["name"]?.string == "MIT OR Apache-2.0")
    }

    /// A name that is no expression must not become one that no parser takes.
    @Test func aDeclaredNameThatNobodyKnowsIsAReference() throws {
        var dossier = Samples.full
        dossier.expression.declared = "Our own (great) terms & more"
        #expect(
            licence("hasDeclaredLicense", of: "package", try elements(dossier))
                == "LicenseRef-Our-own-great-terms-more")
        #expect(licences(try main(cyclonedx(dossier))).first == "declared Our own (great) terms & more")
        dossier.expression.declared = "&&&"
        #expect(
            licence("hasDeclaredLicense", of: "package", try elements(dossier))
                == "expandedlicensing_NoAssertionLicense")
    }

    // MARK: Parts

    @Test func aDigestIsThereOnlyWhereOneIsKnown() throws {
        let file = try #require(try cyclonedx(Samples.full)["components"]?.array?.first)
        #expect(file["name"]?.string == "model.safetensors")
        #expect(file["hashes"] == nil)
        var dossier = Samples.full
        let digest = String(repeating: "a0", count: 32)
        dossier.artefacts[0].pointer = ArtefactFacts.Pointer(oid: "sha256:" + digest, size: 5)
        let known = try #require(try cyclonedx(dossier)["components"]?.array?.first)
        #expect(known["hashes"]?.array?.first?["content"]?.string == digest)
        let spdx = try elements(dossier).first { $0["type"]?.string == "software_File" }
        #expect(spdx?["verifiedUsing"]?.array?.first?["hashValue"]?.string == digest)
    }

    @Test func everyMinimumElementIsThereOrMissing() throws {
        let properties = try #require(try cyclonedx(Samples.full)["properties"]?.array)
        var values: [String: String] = [:]
        for property in properties { values[property["name"]?.string ?? ""] = property["value"]?.string }
        #expect(values.count == 50)
        #expect(values["openscan:g7:models:model-name"] == "there: in this bill")
        #expect(values["openscan:g7:models:model-hash-value"] == "missing")
        #expect(values["openscan:g7:metadata:sbom-timestamp"] == "missing")
        #expect(values["openscan:g7:security-properties:vulnerability-referencing"] == "missing")
    }

    /// What no file can show: that nothing else belongs to it.
    @Test func noBillSaysThatItIsComplete() throws {
        for dossier in [Samples.full, Samples.bare] {
            let aggregate = try cyclonedx(dossier)["compositions"]?.array?.first?["aggregate"]?.string
            #expect(aggregate == "incomplete" || aggregate == "unknown")
        }
    }

    @Test(arguments: [false, true]) func hostileNamesBreakNothing(isSPDX: Bool) throws {
        var dossier = Samples.full
        let hostile = "\"},{\u{202E}\n<x>\\ \u{0} LicenseRef-( AND"
        dossier.release.name = hostile
        dossier.release.revision = hostile
        dossier.artefacts[0].path = hostile
        dossier.model.datasets = [hostile, ""]
        dossier.model.baseModels[0].name = ""
        dossier.expression.declared = hostile
        dossier.components[0].links = [
            Component.Link(target: "https://x/\u{202E} <a>%zz\"", evidence: Samples.claim)
        ]
        let value = try Self.parsed(Self.text(dossier, isSPDX: isSPDX))
        #expect(value.members != nil)
        #expect(Bill.address("https://x/\u{202E} <a>%zz\"") == "https://x/%E2%80%AE%20%3Ca%3E%25zz%22")
        #expect(Bill.address("javascript:alert(1)") == nil)
    }
}
