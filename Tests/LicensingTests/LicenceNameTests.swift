import OpenscanFacts
import OpenscanRules
import OpenscanTestSupport
import Testing

@Suite struct LicenceNameTests {
    @Test(arguments: [
        ("mit", ["MIT"]), ("Apache 2.0", ["Apache-2.0"]), ("apache-2.0", ["Apache-2.0"]),
        ("Apache License, Version 2.0", ["Apache-2.0"]), ("License :: OSI Approved :: MIT License", ["MIT"]),
        ("GPLv3", ["GPL-3.0-only"]), ("GPL-3.0-or-later", ["GPL-3.0-or-later"]),
        ("MIT OR Apache-2.0", ["Apache-2.0", "MIT"]), ("MIT/Apache-2.0", ["Apache-2.0", "MIT"]),
        ("llama2", ["LicenseRef-llama-2"]),
        ("creativeml-openrail-m", ["LicenseRef-creativeml-openrail-m"]), ("BSD-3", ["BSD-3-Clause"]),
        ("cc-by-nc-sa-4.0", ["CC-BY-NC-SA-4.0"]), ("gemma", ["LicenseRef-gemma-tou-2025-03-24"]),
    ])
    func namesOfLicencesAreUnderstood(raw: String, expected: [String]) {
        #expect(TestRules.shared.licences.value(raw).ids.map(\.rawValue) == expected)
    }

    @Test(arguments: ["other", "gpl", "unknown", "openrail", "modified-mit", "cc"])
    func familiesAreNoLicence(raw: String) {
        let value = TestRules.shared.licences.value(raw)
        #expect(value.ids.isEmpty && value.isFamily)
    }

    @Test func otherNamesAreUnknown() { #expect(TestRules.shared.licences.value("our-very-own-terms-7").isUnknown) }
}
