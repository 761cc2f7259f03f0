import OpenscanFacts
import OpenscanRules
import OpenscanTestSupport
import Testing

@Suite struct FilePlaceTests {
    @Test(arguments: [
        ("LICENSE", FilePlace.LicenceName.general), ("LICENSE.txt", .general), ("COPYING", .general),
        ("MODEL_LICENSE", .weights), ("LICENSE-MODEL", .weights), ("LICENSE_MODELS", .weights), ("DATA_LICENSE", .data),
        ("LICENSE-CODE", .code),
        ("WEIGHT_DIFF_LICENSE", .weights), ("NOTICE", .notice), ("THIRD_PARTY_LICENSES.txt", .thirdParty),
        ("x.dist-info/licenses/LICENSE", .general), ("Tongyi Qianwen LICENSE AGREEMENT", .general),
        ("MODEL_LICENSE_AGREEMENT.txt", .weights), ("LICENSE.Apache2", .general), ("LICENSE-CC-BY", .general),
        ("LICENSE.cc-by-4.0", .general), ("COPYING.LESSER", .general), ("LIZENZ.txt", .general), ("LICENCIA", .general),
        ("LICENSE.odt", .general), ("licence.rtf", .general), ("model_licenses/x.txt", .weights),
        ("LICENSES/MIT.txt", .general),
    ])
    func namesOfLicenceFilesSayWhatTheyCover(path: String, name: FilePlace.LicenceName) {
        #expect(TestRules.shared.places.place(path).licenceName == name)
    }

    @Test(arguments: [
        "license.py", "README.md", "src/licensing.rs", "licence.go", "LICENSE.png", "license-check.sh",
        "licenses/list.csv", "terms.json", "model.safetensors",
    ])
    func otherFilesAreNoLicence(path: String) { #expect(TestRules.shared.places.place(path).licenceName == nil) }

    @Test(arguments: [
        ("tests/x.py", FilePlace.Area.test), ("a/test_x.py", .test), ("third_party/x/LICENSE", .thirdParty),
        ("examples/x.py", .example), ("docs/a.md", .documentation), ("src/x.py", .main),
    ])
    func foldersSayWhatAFileIsFor(path: String, area: FilePlace.Area) {
        #expect(TestRules.shared.places.place(path).area == area)
    }
}
