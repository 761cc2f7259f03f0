import OpenscanFacts
import Testing

/// Names of licences that a program works with, and statements in programs.
@Suite struct NamesInCodeTests {
    private func found(_ text: String) -> [String] { ids(text, role: .source) }

    @Test(arguments: [
        "class Licence(Enum):\n    GPL = \"GPL-3.0-or-later\"\n    MIT = \"MIT License\"\n",
        "var names = map[string]string{\n\t\"EPL-2.0\": \"Eclipse Public License 2.0\",\n\t\"MIT\": \"MIT License\",\n}\n",
        "switch license {\ncase \"Apache License 2.0\": return 1\ncase \"MIT License\": return 2\n}\n",
        "LICENSES = ['Apache License 2.0', 'MIT License']\n",
        "tests = [{license: 'MIT'}, {license: 'GPL-3.0-only'}, {license: \"SPDX-License-Identifier: ISC\"}]\n",
    ])
    func namesInLiteralsAreNoHeaders(text: String) { #expect(found(text).isEmpty) }

    @Test(arguments: [
        ("# This file is licensed under the MIT License.\nx = 'a'\n", ["MIT"]),
        ("\"\"\"Licensed under the Apache License, Version 2.0\"\"\"\nx = 1\n", ["Apache-2.0"]),
        ("// SPDX-License-Identifier: MIT\nvar a = \"b\";\n", ["MIT"]),
        ("/* it's under the MIT License. It isn't long. */\nint x;\n", ["MIT"]),
        (
            "print(\"This program is free: you may use it and pass it on, as it is licensed under the MIT License.\")\n",
            ["MIT"]
        ),
    ])
    func commentsAndSentencesAre(text: String, expected: [String]) { #expect(found(text) == expected) }

    @Test func aClauseOnTheWorkItselfSpeaksForItself() {
        #expect(
            found(
                "# Unlike the original, which is licensed under the GPL-3.0, this is licensed under the MIT license.\n")
                == ["MIT"])
    }
}
