import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

@Suite struct PackageStatementsTests {
    private func declaring(_ values: [(raw: String, isClassifier: Bool)], in path: String = "pyproject.toml")
        -> TermsFindings
    {
        ReleaseBuilder().file(path) { file in
            file.declared = values.enumerated().map { place, value in
                DeclaredLicence(
                    field: "license", isClassifier: value.isClassifier,
                    value: TestRules.shared.licences.value(value.raw),
                    evidence: Evidence(path: path, lines: LineRange(place + 1), quote: value.raw))
            }
        }.findings(PackageStatements.add)
    }

    /// A package's licence is its program's; weights that it ships have it only where nothing else speaks of them.
    @Test func aPackagesFieldCoversTheProgram() {
        let found = declaring([("MIT", false)])
        #expect(found.said == ["MIT: code, documents"])
        #expect(found.statements.map(\.isExpress) == [false])
        #expect(found.statements.map(\.source) == [.metadata])
        #expect(found.declared.map(\.source) == [.package])
    }

    @Test func aFieldOutranksTheClassifierWhichKnowsFamiliesOnly() {
        let classifier = "License :: OSI Approved :: MIT License"
        #expect(declaring([(classifier, true), ("Apache-2.0", false)]).said == ["Apache-2.0: code, documents"])
        #expect(declaring([(classifier, true)]).said == ["MIT: code, documents"])
        #expect(declaring([(classifier, true), ("see file", false)]).said == ["MIT: code, documents"])
    }

    @Test(arguments: ["a/b/pyproject.toml", "third_party/pyproject.toml", "tests/setup.py", "examples/setup.py"])
    func packagesInsideTheReleaseAreNotIt(path: String) {
        #expect(declaring([("MIT", false)], in: path).declared.isEmpty)
    }

    @Test func aFieldThatNamesNoLicenceIsDeclaredOnly() {
        let found = declaring([("see file", false)])
        #expect(found.said.isEmpty)
        #expect(found.declared.map(\.value.raw) == ["see file"])
    }
}

@Suite struct ArtefactStatementsTests {
    private func findings(_ release: ReleaseBuilder) -> TermsFindings { release.findings(ArtefactStatements.add) }

    @Test func metadataInsideWeightsSpeakOfThem() throws {
        let found = findings(ReleaseBuilder().weights { $0.metadata["general.license"] = "apache-2.0" })
        #expect(found.said == ["Apache-2.0: weights"])
        #expect(found.declared.map(\.source) == [.artefact])
        let statement = try #require(found.statements.first)
        #expect(statement.isExpress && statement.source == .metadata && statement.quote == "apache-2.0")
    }

    @Test func metadataInsideDataSpeakOfDataAlone() {
        let found = findings(ReleaseBuilder().data("train.parquet") { $0.metadata["license"] = "cc-by-4.0" })
        #expect(found.said == ["CC-BY-4.0: data"])
        #expect(found.declared.isEmpty, "what a data set declares is not declared of the release")
    }

    @Test func otherKeysAndTestsFilesSayNothing() {
        #expect(findings(ReleaseBuilder().weights { $0.metadata["general.author"] = "mit" }).declared.isEmpty)
        let test = ReleaseBuilder().weights("tests/model.safetensors") { $0.metadata["license"] = "mit" }
        #expect(findings(test).declared.isEmpty)
    }

    @Test func aNameThatNobodyKnowsIsDeclaredOnly() {
        let found = findings(ReleaseBuilder().weights { $0.metadata["license"] = "our own terms" })
        #expect(found.said.isEmpty)
        #expect(found.declared.map(\.value.raw) == ["our own terms"])
    }
}

@Suite struct HeaderStatementsTests {
    private func sources(_ licensed: Int, of count: Int, in folder: String = "src/") -> ReleaseBuilder {
        (0..<count).reduce(ReleaseBuilder()) { release, number in
            let path = "\(folder)\(number).py"
            let program = release.program(path)
            return number < licensed ? program.licensing(path, .words("MIT", .header, line: 1)) : program
        }
    }

    private func findings(_ release: ReleaseBuilder, beside other: TermsFindings = TermsFindings()) -> TermsFindings {
        release.findings { context, findings in
            findings = other
            HeaderStatements.add(context, to: &findings)
        }
    }

    /// A licence file speaks already.
    private var withFile: TermsFindings {
        ReleaseBuilder().licensing("LICENSE", .text("Apache-2.0")).findings(LicenceFileStatements.add)
    }

    @Test func headsOfMostFilesCoverTheCodeAndNothingElse() {
        #expect(findings(sources(3, of: 5), beside: withFile).said.last == "MIT: code")
        #expect(findings(sources(3, of: 5)).said == ["MIT: code"], "weights have no heads")
    }

    @Test func headsOfAFewFilesAreTheirOwn() {
        let found = findings(sources(2, of: 5), beside: withFile)
        #expect(found.said.count == 1)
        #expect(found.others.map(\.id) == ["MIT"])
        #expect(found.others.map(\.reason) == [.file] && found.others.map(\.count) == [2])
        #expect(findings(sources(2, of: 4), beside: withFile).said.count == 1, "half is not most")
    }

    @Test func aFewHeadsCountWhereNothingElseLicensesTheCode() {
        #expect(findings(sources(1, of: 5)).said == ["MIT: code"])
    }

    @Test func headsOfOthersFilesAreOthers() {
        let found = findings(sources(3, of: 3, in: "vendor/x/"))
        #expect(found.said.isEmpty)
        #expect(found.others.map(\.reason) == [.thirdParty])
        #expect(findings(sources(3, of: 3, in: "tests/")).said.isEmpty)
    }

    @Test func aMentionInAHeadLicensesNothing() {
        let release = ReleaseBuilder().program("a.py").licensing("a.py", .words("MIT", .mentioned))
        #expect(findings(release).said.isEmpty)
    }
}
