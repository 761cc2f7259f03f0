import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

@Suite struct LicenceFamiliesTests {
    private let families = LicenceFamilies(TestRules.shared.licenceWords)

    @Test(
        arguments: [
            ("GPL-3.0-only", "GPL-3.0-or-later"), ("GPL-2.0+", "GPL-2.0"), ("MIT", "MIT-0"), ("MIT", "MIT"),
            ("BSD-3-Clause", "BSD-3-Clause-Clear"), ("BSD-2-Clause-Patent", "BSD-2-Clause"), ("PSF-2.0", "Python-2.0"),
            ("Python-2.0", "PSF-2.0"), ("HPND", "HPND-sell-variant"),
        ] as [(LicenceID, LicenceID)])
    func one(left: LicenceID, right: LicenceID) { #expect(families.isNearlySame(left, right)) }

    @Test(
        arguments: [
            ("GPL-2.0-only", "GPL-3.0-only"), ("MIT", "Apache-2.0"), ("BSD-2-Clause", "BSD-3-Clause"),
            ("CC-BY-4.0", "CC-BY-NC-4.0"), ("CC-BY-3.0", "CC-BY-4.0"), ("MIT", "LicenseRef-modified-MIT"),
            ("LGPL-3.0-only", "GPL-3.0-only"),
        ] as [(LicenceID, LicenceID)])
    func two(left: LicenceID, right: LicenceID) { #expect(!families.isNearlySame(left, right)) }
}
