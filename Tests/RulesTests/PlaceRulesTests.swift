import OpenscanFacts
import OpenscanTestSupport
import Testing

@Suite struct PlaceRulesTests {
    func place(_ path: String) -> FilePlace { TestRules.shared.places.place(path) }

    @Test(arguments: [
        ("src/model.py", FilePlace.Area.main), ("tests/a.py", .test), ("src/test_a.py", .test),
        ("examples/run.py", .example), ("third_party/x/tests/a.c", .thirdParty), ("docs/index.md", .documentation),
        ("third_party_licenses/LICENSE_x", .thirdParty), ("src/ThirdPartyCode/a.c", .thirdParty), ("party/a.py", .main),
    ])
    func foldersNameTheArea(path: String, area: FilePlace.Area) { #expect(place(path).area == area) }

    @Test(arguments: [
        ("LICENSE", FilePlace.LicenceName.general), ("LICENSE-MODEL", .weights), ("MODEL_LICENSE.txt", .weights),
        ("LICENSE.data", .data), ("LICENSE-CODE", .code), ("NOTICE", .notice), ("THIRD_PARTY_LICENSES.md", .thirdParty),
        ("licenses/MIT.txt", .general), ("模型许可协议.pdf", .general),
    ])
    func namesSayWhatAFileLicenses(path: String, name: FilePlace.LicenceName) {
        #expect(place(path).licenceName == name)
    }

    @Test(arguments: ["license_checker.py", "README.md", "terms.py", "model.bin"])
    func otherNamesLicenseNothing(path: String) { #expect(place(path).licenceName == nil) }

    @Test(arguments: ["USE_POLICY.md", "acceptable-use-policy.txt", "usage-policy.md"])
    func policiesAreKnownByName(path: String) { #expect(place(path).isPolicy) }
}
