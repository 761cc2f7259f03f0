import Foundation
import OpenscanBytes
import OpenscanOpenness
import OpenscanTestSupport
import Testing

@Suite struct WholeTextTests {
    @Test func theProjectsOwnLicenceIsFoundWhole() throws {
        let found = scan(try String(contentsOfFile: "LICENSE", encoding: .utf8))
        #expect(found.matches.map(\.id) == ["Apache-2.0"])
        #expect(found.matches.first?.method == .text)
        #expect(found.matches.first?.isModified == false)
        #expect(found.matches.first?.coverage == 1)
    }

    @Test(
        .enabled(if: LicenceTexts.common.areReady, LicenceTexts.absence),
        arguments: LicenceTexts.common.ids)
    func everyTextIsItself(id: String) throws { #expect(ids(try LicenceTexts.common.text(id)).first == id) }

    /// Layout, case, comment marks and line ends change nothing.
    @Test(
        .enabled(if: LicenceTexts.common.areReady, LicenceTexts.absence),
        arguments: LicenceTexts.common.ids)
    func layoutChangesNothing(id: String) throws {
        let text = try LicenceTexts.common.text(id)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let plain = ids(text)
        #expect(plain.first == id)
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

    @Test(.enabled(if: LicenceTexts.common.areReady, LicenceTexts.absence))
    func addedTermsMakeItModified() throws {
        let text =
            try LicenceTexts.common.text("MIT")
            + "\n\nIf the Software is used in a product with more than 100 million monthly active users, you must prominently display its name.\n"
        let found = scan(text)
        #expect(found.matches.first?.isModified == true)
        #expect(found.matches.first?.modification?.added.first?.quote?.contains("100 million") == true)
        #expect(found.clauses.contains { $0.id == "mau-threshold" })
        #expect(
            ConcludedExpression.of(
                found.matches, hasUnknownText: false, licences: TestRules.shared.licences) == "LicenseRef-modified-MIT")
    }

    @Test(.enabled(if: LicenceTexts.common.areReady, LicenceTexts.absence))
    func aRemovedSentenceMakesItAnotherLicence() throws {
        let text = try LicenceTexts.common.text("MIT").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let sentence =
            "The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software."
        #expect(text.contains(sentence))
        #expect(ids(text.replacingOccurrences(of: sentence, with: "")) == ["MIT-0"])
    }

    @Test(.enabled(if: LicenceTexts.common.areReady, LicenceTexts.absence))
    func severalInOneFileAreAllFound() throws {
        let text =
            try LicenceTexts.common.text("MIT") + "\n\n----\n\n" + LicenceTexts.common.text("BSD-3-Clause")
            + "\n\n----\n\n" + LicenceTexts.common.text("ISC")
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
        #expect(!found.matches.contains { $0.method == .text })
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
