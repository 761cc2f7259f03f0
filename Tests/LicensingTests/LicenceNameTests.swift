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

    @Test(arguments: [
        "other", "gpl", "unknown", "openrail", "modified-mit", "cc", "gfdl", "exaone", "falcon-llm-license",
        "tencent-hunyuan-community", "Qwen Research License",
    ])
    func familiesAreNoLicence(raw: String) {
        let value = TestRules.shared.licences.value(raw)
        #expect(value.ids.isEmpty && value.isFamily)
    }

    /// Names behind one another, with marks, words, versions and parts between and behind them.
    @Test(arguments: [
        ("Apache 2.0 / MIT", "Apache-2.0 OR MIT"), ("apache-2.0, mit", "Apache-2.0 AND MIT"),
        ("LGPLv2+, MPL 1.1", "LGPL-2.1-or-later AND MPL-1.1"), ("MIT or Apache 2.0", "Apache-2.0 OR MIT"),
        ("either MIT or the Apache License, Version 2.0", "Apache-2.0 OR MIT"),
        ("MIT, BSD-2-Clause or ISC", "BSD-2-Clause OR ISC OR MIT"), ("Dual MIT, Apache-2.0", "Apache-2.0 OR MIT"),
        ("MIT and/or ISC", "ISC OR MIT"), ("MIT und Apache 2.0", "Apache-2.0 AND MIT"),
        ("MIT oder Apache 2.0", "Apache-2.0 OR MIT"), ("MIT 或 Apache-2.0", "Apache-2.0 OR MIT"),
        ("CC BY-NC-SA 4.0 (weights), MIT (code)", "CC-BY-NC-SA-4.0 AND MIT"),
        ("MIT + file LICENSE", "MIT"), ("GPL (>= 2) | file LICENCE", "GPL-2.0-or-later"),
        ("Apache License (>= 2.0)", "Apache-2.0"), ("Apache License (== 2.0)", "Apache-2.0"),
        ("GPL-2 | GPL-3", "GPL-2.0-only OR GPL-3.0-only"), ("LGPL (>= 2.1, < 3)", "LGPL-2.1-only"),
        ("BSD_3_clause + file LICENSE", "BSD-3-Clause"), ("AGPL (>= 3)", "AGPL-3.0-or-later"),
        ("GPL 3 or any later version", "GPL-3.0-or-later"),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", "GPL-3.0-or-later WITH GCC-exception-3.1"),
        ("(MIT OR Apache-2.0) AND CC-BY-4.0", "(Apache-2.0 OR MIT) AND CC-BY-4.0"),
        ("https://opensource.org/licenses/MIT, https://www.apache.org/licenses/LICENSE-2.0", "Apache-2.0 AND MIT"),
    ])
    func fieldsInFreeWordsAreExpressions(raw: String, expected: String) {
        #expect(TestRules.shared.licences.value(raw).expression?.text == expected)
    }

    @Test func aFieldGivesLicencesToParts() {
        let value = TestRules.shared.licences.value("CC BY-NC-SA 4.0 (weights), code: MIT, Apache-2.0 for data")
        #expect(value.parts == ["CC-BY-NC-SA-4.0": [.weights], "MIT": [.code], "Apache-2.0": [.data]])
        let leading = TestRules.shared.licences.value("code under MIT, weights under CC-BY-4.0 and data under CC0-1.0")
        #expect(leading.parts == ["MIT": [.code], "CC-BY-4.0": [.weights], "CC0-1.0": [.data]])
    }

    /// One word that is not understood may be a condition: then nothing of the value is.
    @Test(arguments: [
        "Apache-2.0 for research only", "MIT unless sold", "Apache 2.0, see terms for companies", "MIT without resale",
        "gpl, mit", "Apache-2.0 MIT", "not MIT", "MIT, custom", "non-commercial (MIT)",
    ])
    func aFieldWithAWordMoreIsNotUnderstood(raw: String) {
        let value = TestRules.shared.licences.value(raw)
        #expect(value.ids.isEmpty && value.isUnknown, "\(value)")
    }

    /// The maker in front or left out, and the kind in other words; never another product or version.
    @Test(arguments: [
        ("Tencent Hunyuan-A13B", ["LicenseRef-hunyuan-a13b"]), ("skywork-license", ["LicenseRef-skywork-community"]),
        ("Kanana Community License", []), ("skywork-2-license", []), ("hunyuan-a14b", []), ("Tencent License", []),
        ("nvidia-community-model-license", []), ("cogvideox-license-agreement", ["LicenseRef-cogvideox"]),
        ("k-exaone", ["LicenseRef-k-exaone"]), ("UnRAR", ["UnRAR"]),
        ("esa-pl-weak-copyleft-2.4", ["ESA-PL-weak-copyleft-2.4"]),
    ])
    func productAndVersionTellModelLicencesApart(raw: String, expected: [String]) {
        #expect(TestRules.shared.licences.value(raw).ids.map(\.rawValue) == expected)
    }

    /// A file of a repository, whatever page shows it; another file or repository is another text.
    @Test(arguments: [
        ("https://github.com/MiniMax-AI/MiniMax-M2/blob/main/LICENSE", ["LicenseRef-minimax-m2"]),
        ("https://raw.githubusercontent.com/MiniMax-AI/MiniMax-M2/main/LICENSE", ["LicenseRef-minimax-m2"]),
        ("https://huggingface.co/tencent/HunyuanVideo/resolve/main/LICENSE", ["LicenseRef-hunyuan-video"]),
        ("https://mistral.ai/licenses/MRL-0.1.md", ["LicenseRef-mrl-0.1"]),
        ("https://github.com/MiniMax-AI/MiniMax-M9/blob/main/LICENSE", []),
        ("https://github.com/google-deepmind/alphafold3/blob/main/LICENSE", []),
    ])
    func addressesOfFilesInRepositories(raw: String, expected: [String]) {
        #expect(TestRules.shared.licences.value(raw).ids.map(\.rawValue) == expected)
    }

    @Test(arguments: ["SEE LICENSE IN terms.txt", "file LICENSE", "see LICENSE.md"])
    func aFieldThatSendsToAFileNamesNoLicence(raw: String) {
        let value = TestRules.shared.licences.value(raw)
        #expect(value.ids.isEmpty && value.isFamily && !value.isBlank)
    }

    @Test(arguments: ["", "none", "UNKNOWN", "UNLICENSED", "NOASSERTION"])
    func aBlankFieldSaysNothing(raw: String) { #expect(TestRules.shared.licences.value(raw).isBlank) }

    @Test func otherNamesAreUnknown() { #expect(TestRules.shared.licences.value("our-very-own-terms-7").isUnknown) }
}
