import Testing

@Suite struct ChoiceTests {
    @Test(arguments: [
        (
            "Licensed under either of the Apache License, Version 2.0 or the MIT license at your option.",
            "Apache-2.0 OR MIT"
        ),
        ("This project is dual licensed under MIT / Apache-2.0.", "Apache-2.0 OR MIT"),
        ("This project is dual-licensed under the MIT License and the Apache License 2.0.", "Apache-2.0 OR MIT"),
        ("You may choose between the MIT license and the Apache License 2.0.", "Apache-2.0 OR MIT"),
        ("Licensed under the MIT license oder Apache License 2.0.", "Apache-2.0 OR MIT"),
        ("以 MIT 许可证或 Apache-2.0 许可证发布，任选其一。", "Apache-2.0 OR MIT"),
        ("Code is licensed under MIT. Weights are licensed under CC-BY-NC-4.0.", "CC-BY-NC-4.0 AND MIT"),
        (
            "SPDX-License-Identifier: GPL-2.0-only WITH Classpath-exception-2.0 OR (MIT AND Zlib)",
            "GPL-2.0-only WITH Classpath-exception-2.0 OR MIT AND Zlib"
        ),
    ])
    func orAndAndAreReadFromWords(text: String, expected: String) { #expect(expression(text) == expected) }

    @Test func aTagCountsOnce() {
        #expect(
            scan("// SPDX-License-Identifier: MIT OR Apache-2.0\nint x;", role: .source).matches.map(\.method) == [
                .tag, .tag,
            ])
    }
}
