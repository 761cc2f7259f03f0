import Foundation
import Testing
import Unpacking

@testable import Licensing

/// Licence texts that `make test` takes from the pinned package; none is in the repository but the project's own.
enum Texts {
    static let folder = ".build/licence-texts"
    static let names: [String] = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter {
        $0.hasSuffix(".txt")
    }.map { String($0.dropLast(4)) }.sorted()
    static var areAtHand: Bool { !names.isEmpty }

    static func text(_ id: String) throws -> String {
        try String(contentsOfFile: folder + "/" + id + ".txt", encoding: .utf8)
    }
}

private func scan(_ text: String, role: TextRole = .licence) -> LicenceScan {
    Array(text.utf8).withUnsafeBytes { LicenceScanner().scan($0, path: "LICENSE", role: role) }
}

private func ids(_ text: String, role: TextRole = .licence) -> [String] {
    scan(text, role: role).matches.filter { $0.method != .mentioned }.map {
        $0.isModified ? "modified " + $0.id : $0.id
    }
}

@Suite struct WholeTextTests {
    @Test func ownLicence() throws {
        let found = scan(try String(contentsOfFile: "LICENSE", encoding: .utf8))
        #expect(found.matches.map(\.id) == ["Apache-2.0"])
        #expect(found.matches.first?.method == .text)
        #expect(found.matches.first?.isModified == false)
        #expect(found.matches.first?.coverage == 1)
    }

    @Test(.enabled(if: Texts.areAtHand, "the pinned package's texts are not at hand"), arguments: Texts.names)
    func everyTextIsItself(id: String) throws { #expect(ids(try Texts.text(id)).first == id) }

    /// Layout, case, comment marks and line ends change nothing.
    @Test(.enabled(if: Texts.areAtHand, "the pinned package's texts are not at hand"), arguments: Texts.names)
    func layoutChangesNothing(id: String) throws {
        let text = try Texts.text(id)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let plain = ids(text)
        #expect(ids(lines.map { " * " + $0 }.joined(separator: "\n")) == plain, "comment marks")
        #expect(ids(text.uppercased()) == plain, "upper case")
        #expect(ids(lines.joined(separator: "\r\n")) == plain, "line ends")
        #expect(ids(rewrapped(text, 50)) == plain, "wrapped at 50")
        #expect(ids(text.split(separator: " ").joined(separator: "   ")) == plain, "spaces")
    }

    /// Wraps paragraphs anew; list items keep their own lines.
    private func rewrapped(_ text: String, _ width: Int) -> String {
        text.components(separatedBy: "\n\n").map { paragraph in
            var out = ""
            var line = 0
            for word in paragraph.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
                if line + word.count > width {
                    out += "\n"
                    line = 0
                }
                out += word + " "
                line += word.count + 1
            }
            return out
        }.joined(separator: "\n\n")
    }

    @Test(.enabled(if: Texts.names.contains("MIT"), "the pinned package's texts are not at hand"))
    func addedTermsMakeItModified() throws {
        let text =
            try Texts.text("MIT")
            + "\n\nIf the Software is used in a product with more than 100 million monthly active users, you must prominently display its name.\n"
        let found = scan(text)
        #expect(found.matches.first?.isModified == true)
        #expect(found.matches.first?.modification?.added.first?.quote?.contains("100 million") == true)
        #expect(found.clauses.contains { $0.id == "mau-threshold" })
        #expect(ConcludedExpression.of(found.matches, hasUnknownText: false) == "LicenseRef-modified-MIT")
    }

    @Test(.enabled(if: Texts.names.contains("MIT"), "the pinned package's texts are not at hand"))
    func aRemovedSentenceMakesItModified() throws {
        let text = try Texts.text("MIT").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let sentence =
            "The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software."
        #expect(text.contains(sentence))
        #expect(ids(text.replacingOccurrences(of: sentence, with: "")) != ["MIT"])
    }

    @Test(
        .enabled(
            if: Texts.names.contains("MIT") && Texts.names.contains("BSD-3-Clause"),
            "the pinned package's texts are not at hand"))
    func severalInOneFile() throws {
        let text =
            try Texts.text("MIT") + "\n\n----\n\n" + Texts.text("BSD-3-Clause") + "\n\n----\n\n" + Texts.text("ISC")
        #expect(ids(text) == ["MIT", "BSD-3-Clause", "ISC"])
    }

    @Test func copyrightLinesAreNoChange() throws {
        let text = try String(contentsOfFile: "LICENSE", encoding: .utf8)
        #expect(ids("Copyright 2024 Some Company, Inc. All rights reserved.\n\n" + text) == ["Apache-2.0"])
    }

    @Test func aTextThatNobodyKnows() {
        let found = scan(
            """
            You may use this model only for research. You must not use it for any commercial purpose and must not redistribute it to third parties.
            We may terminate these terms at any time. You agree that no warranty is granted and that you shall not use the model to harm people.
            """)
        #expect(found.matches.allSatisfy { $0.method != .text })
        #expect(!found.unknownText.isEmpty)
        #expect(found.clauses.contains { $0.id == "non-commercial" || $0.id == "research-only" })
    }

    @Test func proseIsNoLicence() {
        #expect(
            ids(
                "This is a story about a ship that sails the sea, and of the people who may not come back from it.",
                role: .document
            ).isEmpty)
    }
}

@Suite struct ShortFormTests {
    @Test(arguments: [
        ("// SPDX-License-Identifier: MIT", ["MIT"]),
        ("# SPDX-License-Identifier: Apache-2.0 OR MIT", ["Apache-2.0", "MIT"]),
        (
            "/* SPDX-License-Identifier: GPL-2.0-only WITH Classpath-exception-2.0 */",
            ["GPL-2.0-only", "Classpath-exception-2.0"]
        ),
    ])
    func tags(line: String, expected: [String]) { #expect(ids(line + "\nint main() {}", role: .source) == expected) }

    @Test(arguments: [
        ("This project is licensed under the MIT License.", ["MIT"]),
        ("The code is released under the Apache License, Version 2.0.", ["Apache-2.0"]),
        ("The weights are licensed under the CreativeML Open RAIL++-M License.", ["LicenseRef-openrail-pp-m-sd2"]),
        ("Released under CC BY-NC 4.0.", ["CC-BY-NC-4.0"]),
        ("License: [BSD 3-Clause](LICENSE)", ["BSD-3-Clause"]),
        ("Licensed under https://opensource.org/licenses/MIT", ["MIT"]), ("本项目采用 Apache 2.0 许可证", ["Apache-2.0"]),
    ])
    func grants(line: String, expected: [String]) { #expect(ids(line, role: .document) == expected) }

    @Test(arguments: [
        "The licence is compatible with the GPL-3.0 license.",
        "We compared it with models such as those under the Apache 2.0 license.",
        "This function is adapted from fairseq, MIT License.",
    ])
    func mentionsAreNoGrants(line: String) { #expect(ids(line, role: .document).isEmpty) }

    @Test(arguments: [
        ("mit", ["MIT"]), ("Apache 2.0", ["Apache-2.0"]), ("apache-2.0", ["Apache-2.0"]),
        ("Apache License, Version 2.0", ["Apache-2.0"]), ("License :: OSI Approved :: MIT License", ["MIT"]),
        ("GPLv3", ["GPL-3.0-only"]), ("GPL-3.0-or-later", ["GPL-3.0-or-later"]),
        ("MIT OR Apache-2.0", ["Apache-2.0", "MIT"]), ("MIT/Apache-2.0", ["Apache-2.0", "MIT"]),
        ("llama2", ["LicenseRef-llama-2"]),
        ("creativeml-openrail-m", ["LicenseRef-creativeml-openrail-m"]), ("BSD-3", ["BSD-3-Clause"]),
        ("cc-by-nc-sa-4.0", ["CC-BY-NC-SA-4.0"]), ("gemma", ["LicenseRef-gemma-tou-2025-03-24"]),
    ])
    func values(raw: String, expected: [String]) { #expect(LicenceIndex.embedded.value(raw).ids == expected) }

    @Test(arguments: ["other", "gpl", "unknown", "openrail", "modified-mit", "cc"])
    func families(raw: String) {
        let value = LicenceIndex.embedded.value(raw)
        #expect(value.ids.isEmpty && value.isFamily)
    }

    @Test func unknownNames() { #expect(LicenceIndex.embedded.value("our-very-own-terms-7").isUnknown) }
}

@Suite struct ExpressionTests {
    @Test(arguments: [
        ("MIT", "MIT"), ("mit and (apache-2.0 or mit)", "(apache-2.0 OR mit) AND mit"), ("B OR A OR B", "A OR B"),
        ("A AND B AND (C AND A)", "A AND B AND C"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"), ("(MIT)", "MIT"),
    ])
    func normalises(text: String, expected: String) throws {
        let normalised = try LicenceExpression.parse(text).normalised
        #expect(normalised.text.lowercased() == expected.lowercased())
        #expect(try LicenceExpression.parse(normalised.text).normalised == normalised)
    }

    @Test(arguments: ["", "AND", "MIT OR", "(MIT", "MIT)", "MIT Apache", "MIT WITH", "a b c"])
    func refuses(text: String) { #expect(throws: LicenceExpression.Problem.self) { try LicenceExpression.parse(text) } }

    @Test func depthIsBounded() {
        #expect(throws: LicenceExpression.Problem.tooDeep) {
            try LicenceExpression.parse(String(repeating: "(", count: 10_000) + "MIT")
        }
    }
}

@Suite struct TokenizerTests {
    private func same(_ left: String, _ right: String) -> Bool {
        Tokenizer.tokens(of: left).hashes == Tokenizer.tokens(of: right).hashes
    }

    @Test(arguments: [
        ("Non-infringement", "NONINFRINGEMENT"), ("sub-license", "sublicense"), ("  1. Foo\n(a) bar", "foo bar"),
        ("<p>Foo</p> &quot;bar&quot;", "foo bar"), ("“Foo” – bar", "foo bar"), ("ＭＩＴ", "mit"),
        ("* Foo\n * bar", "foo bar"), ("⻛", "风"),
    ])
    func folds(left: String, right: String) { #expect(same(left, right), "\(left) / \(right)") }

    @Test func ideographsAreWords() { #expect(Tokenizer.tokens(of: "开源 model").count == 3) }

    @Test func lines() {
        let tokens = Tokenizer.tokens(of: "one\ntwo\n\nthree")
        #expect(tokens.lines(2..<3) == (4, 4))
        #expect(tokens.lines(0..<2) == (1, 2))
    }

    @Test func encodings() {
        let text = "Permission is granted “free of charge”"
        let wide = [UInt8](text.data(using: .utf16LittleEndian)!)
        #expect(wide.withUnsafeBytes { Decoding.utf8($0) }.map { String(decoding: $0, as: UTF8.self) } == text)
        #expect(
            ([0x63, 0x61, 0x66, 0xE9, 0x20, 0x93, 0x78, 0x94, 0x20, 0x20] as [UInt8]).withUnsafeBytes {
                Decoding.utf8($0)
            }.map { String(decoding: $0, as: UTF8.self) } == "café “x”  ")
    }
}

@Suite struct ClauseTests {
    private func clauses(_ text: String) -> [String] {
        scan(
            text
                + "\nYou must not do anything else, and you shall agree that no warranty is granted by us here in these terms of use."
        ).clauses.map(\.id)
    }

    @Test(arguments: [
        ("You may not use the Materials for any commercial purpose.", "non-commercial"),
        ("The Model may be used for research purposes only.", "research-only"),
        ("If you have more than 700 million monthly active users, you must request a license.", "mau-threshold"),
        ("You will not use the output to improve any other large language model.", "no-training-other-models"),
        ("You must indemnify and hold harmless the licensor.", "indemnity"),
        ("This Agreement is governed by the laws of California.", "governing-law"),
        ("This license does not apply in the European Union.", "territorial-exclusion"),
    ])
    func finds(text: String, id: String) { #expect(clauses(text).contains(id), "\(clauses(text))") }

    @Test func everyRuleIsWellFormed() {
        #expect(Clause.all.count >= 100)
        #expect(Set(Clause.all.map(\.id)).count == Clause.all.count)
        for clause in Clause.all {
            #expect(
                clause.fails.allSatisfy { (1...10).contains($0) } && clause.concern.allSatisfy { (1...10).contains($0) }
            )
            #expect(
                clause.patterns.allSatisfy { !$0.firstWords.isEmpty }, "\(clause.id) has a pattern that can never match"
            )
        }
    }

    @Test func verdicts() throws {
        let index = LicenceIndex.embedded
        #expect(OSDAssessment.of(index.record(id: "MIT"), isModified: false, clauses: []).verdict == .pass)
        #expect(OSDAssessment.of(index.record(id: "CC-BY-NC-4.0"), isModified: false, clauses: []).failed == [1, 6])
        #expect(
            OSDAssessment.of(index.record(id: "LicenseRef-llama-2"), isModified: false, clauses: []).failed == [5, 6])
        #expect(OSDAssessment.of(nil, isModified: false, clauses: []).verdict == .review)
        #expect(OSDAssessment.of(index.record(id: "MIT"), isModified: true, clauses: []).verdict == .review)
    }
}
