import OpenscanFacts
import Testing

@testable import OpenscanOpenness

/// Fields of a card's head.
@Suite struct CardFieldStatementsTests {
    private func findings(_ fields: (name: String, values: [String])..., in path: String = "README.md")
        -> TermsFindings
    { ReleaseBuilder().card(path, fields: fields).findings(CardStatements.add) }

    /// The hub's field is about what the hub holds: the repository's code may have another licence.
    @Test func theLicenceFieldCoversWeightsAndDocuments() throws {
        let found = findings(("license", ["apache-2.0"]))
        #expect(found.said == ["Apache-2.0: weights, documents"])
        let statement = try #require(found.statements.first)
        #expect(statement.source == .field && statement.method == .metadata && statement.isExpress)
        #expect(statement.quote == "license: apache-2.0" && statement.lines == LineRange(2))
        #expect(found.declared.map(\.value.raw) == ["apache-2.0"])
        #expect(found.declared.map(\.isLicenceField) == [true])
    }

    @Test func theFieldOfADataCardCoversData() {
        #expect(findings(("license", ["mit"]), ("task_categories", ["text"])).said == ["MIT: data"])
    }

    /// A family names no text: it is declared and licenses nothing.
    @Test(arguments: ["other", "cc", "gpl"])
    func aFamilyIsDeclaredAndLicensesNothing(value: String) {
        let found = findings(("license", [value]))
        #expect(found.said.isEmpty)
        #expect(found.declared.map(\.value.raw) == [value])
        #expect(found.declared.map(\.value.isFamily) == [true])
    }

    @Test func aNameThatNobodyKnowsLicensesNothing() {
        let found = findings(("license", ["other"]), ("license_name", ["our-own-terms"]))
        #expect(found.said.isEmpty)
        #expect(found.declared.map(\.isLicenceField) == [true, false])
        #expect(found.declared.last?.value.isUnknown == true, "and is no family")
    }

    @Test func aFurtherNameThatIsKnownLicenses() {
        #expect(findings(("license", ["other"]), ("license_name", ["mit"])).said == ["MIT: weights, documents"])
    }

    @Test func severalLicencesAreSeveralStatements() {
        #expect(
            findings(("license", ["mit", "apache-2.0"])).said
                == ["MIT: weights, documents", "Apache-2.0: weights, documents"])
    }

    @Test(arguments: ["tests/README.md", "docs/README.md", "third_party/x/README.md"])
    func cardsOfTestsManualsAndOthersSayNothing(path: String) {
        #expect(findings(("license", ["mit"]), in: path).declared.isEmpty)
    }

    @Test func otherFieldsAreNoLicence() {
        #expect(findings(("tags", ["license:mit"]), ("library_name", ["mit"])).declared.isEmpty)
    }
}

/// Sentences, badges and texts inside cards and READMEs.
@Suite struct ProseStatementsTests {
    private func findings(_ match: LicenceMatch, in path: String = "README.md") -> TermsFindings {
        ReleaseBuilder().card(path).licensing(path, match).findings(CardStatements.add)
    }

    /// "This project is licensed under MIT" is about the repository's program.
    @Test(arguments: [LicenceMatch.Method.notice, .url, .tag, .text])
    func aSentenceThatNamesNoPartCoversTheProgram(method: LicenceMatch.Method) {
        let found = findings(.words("MIT", method))
        #expect(found.said == ["MIT: code, documents"])
        #expect(found.statements.map(\.isExpress) == [false])
    }

    @Test func aSentenceCoversThePartThatItNames() {
        #expect(findings(.words("MIT", of: [.weights])).said == ["MIT: weights"])
        #expect(findings(.words("MIT", of: [.code, .weights])).said == ["MIT: weights, code"])
        #expect(findings(.words("MIT", of: [.weights])).statements.map(\.isExpress) == [true])
    }

    @Test func aSentenceOnDocumentsAloneSaysNothingOfTheRelease() {
        #expect(findings(.words("CC-BY-4.0", of: [.documents])).said.isEmpty)
    }

    @Test(arguments: [LicenceMatch.Method.mentioned, .header, .metadata])
    func namesThatLicenseNothingAreNoStatements(method: LicenceMatch.Method) {
        #expect(findings(.words("MIT", method)).said.isEmpty)
    }

    @Test(arguments: ["![License](https://x.org/mit.svg)", "https://img.shields.io/badge/license-MIT"])
    func aBadgeIsAClaimLikeMetadata(quote: String) {
        let found = findings(.words("MIT", .url, quote))
        #expect(found.said.isEmpty)
        #expect(found.declared.map(\.ids) == [["MIT"]])
        #expect(found.declared.map(\.evidence.quote) == [quote])
        #expect(found.declared.map(\.source) == [.package])
    }

    @Test func aDocumentOnTheDataSpeaksOfTheData() {
        #expect(findings(.words("CC-BY-4.0"), in: "DATA.md").said == ["CC-BY-4.0: data"])
        #expect(findings(.words("CC-BY-4.0"), in: "NEWS.md").said == ["CC-BY-4.0: code, documents"])
    }

    @Test(arguments: [
        ("README.md", true), ("a/b/c/README.md", true), ("notes/x.md", true), ("a/b/MODEL_CARD.md", true),
        ("a/b/x.md", false), ("docs/README.md", false), ("vendor/x/README.md", false),
    ])
    func onlyDocumentsOfTheReleaseSpeak(path: String, speaks: Bool) {
        #expect(findings(.words("MIT"), in: path).said.isEmpty == !speaks)
    }
}
