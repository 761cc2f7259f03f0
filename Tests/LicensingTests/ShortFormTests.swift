import Testing

@Suite struct ShortFormTests {
    @Test(arguments: [
        ("// SPDX-License-Identifier: MIT", ["MIT"]),
        ("# SPDX-License-Identifier: Apache-2.0 OR MIT", ["Apache-2.0", "MIT"]),
        (
            "/* SPDX-License-Identifier: GPL-2.0-only WITH Classpath-exception-2.0 */",
            ["GPL-2.0-only", "Classpath-exception-2.0"]
        ),
    ])
    func tagsAreRead(line: String, expected: [String]) {
        #expect(ids(line + "\nint main() {}", role: .source) == expected)
    }

    @Test(arguments: [
        ("This project is licensed under the MIT License.", ["MIT"]),
        ("The code is released under the Apache License, Version 2.0.", ["Apache-2.0"]),
        ("The weights are licensed under the CreativeML Open RAIL++-M License.", ["LicenseRef-openrail-pp-m-sd2"]),
        ("Released under CC BY-NC 4.0.", ["CC-BY-NC-4.0"]),
        ("License: [BSD 3-Clause](LICENSE)", ["BSD-3-Clause"]),
        ("Licensed under https://opensource.org/licenses/MIT", ["MIT"]), ("本项目采用 Apache 2.0 许可证", ["Apache-2.0"]),
    ])
    func wordsOfGrantingAreRead(line: String, expected: [String]) { #expect(ids(line, role: .document) == expected) }

    @Test(arguments: [
        "The licence is compatible with the GPL-3.0 license.",
        "We compared it with models such as those under the Apache 2.0 license.",
        "This function is adapted from fairseq, MIT License.",
    ])
    func mentionsAreNoGrants(line: String) { #expect(ids(line, role: .document).isEmpty) }

    /// What a name licenses is what its own item says, or the words right behind it.
    @Test(arguments: [
        ("* **Code** - MIT License\n* **Model weights** - CC BY-NC 4.0 License", "MIT", "code"),
        ("Licensed under the MIT License for the code, CC BY-NC 4.0 for the weights.", "MIT", "code"),
        ("Licensed under the MIT License (code) and others (weights).", "MIT", "code"),
        ("Code under Apache-2.0, weights under CC-BY-NC-4.0.", "CC-BY-NC-4.0", "weights"),
        ("Code and weights are released under the MIT License.", "MIT", "weights code"),
        ("Our code, model weights, and data are released under the MIT License.", "MIT", "weights code data"),
        (
            "**On data**: While all code here is under an MIT License, our pretrained models may inherit other terms.",
            "MIT", "code"
        ),
        (
            "Our models are derived from Foo, and as such are subject to the Apache License 2.0.", "Apache-2.0",
            "weights"
        ),
        ("Our code, which builds on the model of Foo, is released under the MIT License.", "MIT", "code"),
        ("Everything in this repository except the weights is MIT licensed.", "MIT", "code"),
        ("The training data are released under the MIT License and so are the weights.", "MIT", "weights data"),
        ("代码依照 Apache-2.0 协议开源。模型权重遵循 MIT 协议。", "MIT", "weights"),
        ("Checkpoints, on the other hand, come with CC BY-NC 4.0; please keep to it.", "CC-BY-NC-4.0", "weights"),
    ])
    func partsAreThoseOfTheName(text: String, id: String, parts: String) {
        let match = scan("# Name\n\n" + text + "\n", role: .document).matches.first { $0.id.rawValue == id }
        #expect(match?.subjects.map(\.rawValue).joined(separator: " ") == parts)
    }

    /// Such a name alone is no grant.
    @Test(arguments: [
        "We compare with models such as those with CC BY-NC 4.0 data.", "Foo holds texts (CC BY 4.0) of many authors.",
    ])
    func aBareNameNeedsAGrantBeforeIt(line: String) { #expect(ids(line, role: .document).isEmpty) }

    /// A name that goes on is another one: its beginning must not read as a freer licence.
    @Test(arguments: [
        "The models are licensed under the CC-BY-NC license due to the training data.",
        "The data are licensed under the CC BY-NC-ND.", "Released under the MIT-compatible Foo License.",
    ])
    func theBeginningOfANameIsNone(line: String) {
        let found = ids(line, role: .document)
        #expect(!found.contains("CC-BY-4.0") && !found.contains("CC-BY-NC-4.0"), "\(found)")
    }

    @Test(arguments: [
        ("It is MIT-licensed code.", "MIT"), ("Released under the Apache-2.0-licensed terms.", "Apache-2.0"),
        ("Licensed under MIT - see LICENSE.", "MIT"),
    ])
    func aWordThatIsJoinedEndsAName(line: String, id: String) {
        #expect(ids("# Name\n\n" + line, role: .document).allSatisfy { $0 == id })
    }

    /// Below the heading "License" a paragraph may begin with any subject.
    @Test func theSubjectOfAParagraphIsNoLicence() {
        let text = "## License\n\nThe SAM 2 model checkpoints are licensed under [Apache 2.0](./LICENSE).\n"
        #expect(ids(text, role: .document) == ["Apache-2.0"])
        #expect(ids("## License\n\nThe MIT License\n", role: .document) == ["MIT"])
        #expect(ids("## License\n\nMIT\n", role: .document) == ["MIT"])
    }
}
