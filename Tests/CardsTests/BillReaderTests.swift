import OpenscanBytes
import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanCards

@Suite struct BillReaderTests {
    private func read(_ text: String) -> BillReader.Result? {
        Array(text.utf8).withUnsafeBytes {
            BillReader.read($0, path: "bill.json", licences: TestRules.shared.licences)
        }
    }

    private static let cyclonedx = """
        {"bomFormat": "CycloneDX", "specVersion": "1.7",
         "metadata": {"component": {"type": "machine-learning-model", "name": "m",
          "licenses": [{"license": {"id": "Apache-2.0", "acknowledgement": "declared"}},
           {"license": {"id": "MIT", "acknowledgement": "concluded"}}],
          "pedigree": {"ancestors": [{"type": "machine-learning-model", "group": "org", "name": "base"}]},
          "modelCard": {"modelParameters": {"datasets": [{"ref": "d1"}, {"type": "dataset", "name": "other"}]}}}},
         "components": [
          {"type": "data", "bom-ref": "d1", "name": "org/data"},
          {"type": "library", "name": "torch", "licenses": [{"license": {"id": "BSD-3-Clause"}}]},
          {"type": "file", "name": "a.bin", "hashes": [{"alg": "SHA-256", "content": "\(String(repeating: "AB", count: 32))"}]}]}
        """

    @Test func aBillOfAModelNamesItsLicenceBasesDataAndFiles() throws {
        let found = try #require(read(Self.cyclonedx))
        #expect(found.declared.map(\.value.raw) == ["Apache-2.0"])
        #expect(found.declared.map(\.part) == [.weights])
        #expect(found.declared.map(\.evidence.lines) == [LineRange(3)])
        #expect(found.bill.bases.map(\.name) == ["org/base"])
        #expect(found.bill.bases.map(\.evidence.place) == ["bill.json:5"])
        #expect(found.bill.datasets.map(\.name) == ["org/data", "other"])
        #expect(found.bill.files.map(\.path) == ["a.bin"])
        #expect(found.bill.files.map(\.sha256) == [String(repeating: "ab", count: 32)])
    }

    /// What a program depends on is not the release.
    @Test func aBillOfDependenciesSaysNothingOfTheRelease() throws {
        let found = try #require(
            read(
                #"{"bomFormat": "CycloneDX", "metadata": {"component": {"type": "application", "name": "x", "licenses": [{"license": {"id": "GPL-3.0-only"}}]}}, "components": [{"type": "library", "name": "torch"}, {"type": "file", "name": "a.bin"}]}"#
            ))
        #expect(found.declared.isEmpty)
        #expect(found.bill.isEmpty)
    }

    @Test func anOlderSPDXDescribesOnePackage() throws {
        let found = try #require(
            read(
                #"{"spdxVersion": "SPDX-2.3", "documentDescribes": ["SPDXRef-a"], "packages": [{"SPDXID": "SPDXRef-a", "licenseDeclared": "MIT"}, {"SPDXID": "SPDXRef-b", "licenseDeclared": "GPL-3.0-only"}], "files": [{"fileName": "./w.bin", "checksums": [{"algorithm": "SHA1", "checksumValue": "00"}]}]}"#
            ))
        #expect(found.declared.map(\.value.raw) == ["MIT"])
        #expect(found.bill.files.map(\.path) == ["./w.bin"])
        #expect(found.bill.files.map(\.sha256) == [nil])
        let unsaid = try #require(
            read(
                #"{"spdxVersion": "SPDX-2.3", "documentDescribes": "a", "packages": [{"SPDXID": "a", "licenseDeclared": "NOASSERTION"}]}"#
            ))
        #expect(unsaid.declared.isEmpty)
    }

    @Test func aNewerSPDXIsReadByItsRelations() throws {
        let found = try #require(
            read(
                """
                {"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [
                 {"type": "SpdxDocument", "spdxId": "u:d", "rootElement": ["u:p"]},
                 {"type": "ai_AIPackage", "spdxId": "u:p", "name": "m"},
                 {"type": "ai_AIPackage", "spdxId": "u:b", "name": "org/base"},
                 {"type": "simplelicensing_LicenseExpression", "spdxId": "u:l", "simplelicensing_licenseExpression": "MIT"},
                 {"type": "software_File", "spdxId": "u:f", "name": "w.bin", "verifiedUsing": []},
                 {"type": "Relationship", "spdxId": "u:1", "from": "u:p", "relationshipType": "hasDeclaredLicense", "to": ["u:l"]},
                 {"type": "Relationship", "spdxId": "u:2", "from": "u:p", "relationshipType": "descendantOf", "to": ["u:b"]},
                 {"type": "Relationship", "spdxId": "u:3", "from": "u:b", "relationshipType": "hasDeclaredLicense", "to": ["u:l"]},
                 {"type": "Relationship", "spdxId": "u:4", "from": "u:p", "relationshipType": "hasDataFile", "to": ["u:f", "u:x"]}]}
                """))
        #expect(found.declared.map(\.value.raw) == ["MIT"])
        #expect(found.bill.bases.map(\.name) == ["org/base"])
        #expect(found.bill.files.map(\.evidence.lines) == [LineRange(6)])
    }

    @Test func filesOfACroissantAreThoseWithAPath() throws {
        let text =
            #"{"@context": {}, "distribution": [{"contentUrl": "a.csv", "contentSize": "12 B", "sha256": "xx"}, {"contentUrl": "https://x/b.csv"}, {"contentUrl": "c.csv", "contentSize": "1.2 MB"}]}"#
        let bill = try #require(
            Array(text.utf8).withUnsafeBytes { BillReader.croissant($0, path: "croissant.json") })
        #expect(bill.files.map(\.path) == ["a.csv", "c.csv"])
        #expect(bill.files.map(\.size) == [12, nil])
        #expect(bill.files.map(\.sha256) == [nil, nil])
    }

    @Test(arguments: [
        "{}", "[]", #"{"bomFormat": "Other"}"#, #"{"bomFormat": "CycloneDX", "components": {"#, #"{"spdxVersion": 3}"#,
        #"{"bomFormat": "CycloneDX"#, "\"bomFormat\" \"\\", #"{"x": "spdx.org/rdf/3"}"#,
    ])
    func whatIsNoBillIsNone(text: String) { #expect(read(text) == nil) }

    @Test func shapesThatNoBillHasAreTakenForNothing() throws {
        let text =
            #"{"bomFormat": "CycloneDX", "metadata": {"component": {"type": "machine-learning-model", "licenses": [1, {"license": {}}, {"license": {"name": 3}}], "pedigree": {"ancestors": [{}, {"name": ""}]}, "modelCard": {"modelParameters": {"datasets": [{"ref": "none"}]}}}}, "components": [{"type": "file"}, {"type": "file", "name": ""}, "x"]}"#
        let found = try #require(read(text))
        #expect(found.declared.isEmpty)
        #expect(found.bill.isEmpty)
    }
}
