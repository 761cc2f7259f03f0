import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct LicenceFileStatementsTests {
    private func findings(_ release: ReleaseBuilder) -> TermsFindings { release.findings(LicenceFileStatements.add) }

    // MARK: By name

    @Test func aGeneralLicenceCoversAllButData() {
        let release = ReleaseBuilder().licensing("LICENSE", .text("MIT"))
        #expect(findings(release).said == ["MIT: weights, code, documents"])
        #expect(findings(release).statements.map(\.isExpress) == [false])
        let withData = release.data("data/train.parquet")
        #expect(findings(withData).said == ["MIT: weights, code, data, documents"], "data lie beside it")
        let linked = release.linking(.data, "https://x.org/set", saying: "Trained on https://x.org/set")
        #expect(findings(linked).said == ["MIT: weights, code, documents"], "linked data do not")
    }

    @Test(arguments: [
        ("LICENSE-MODEL", "weights"), ("WEIGHTS_LICENSE.txt", "weights"), ("LICENSE-CODE", "code"),
        ("LICENSE-DATA", "data"), ("LICENSE-docs", "documents"),
    ])
    func aFileNamedForAPartCoversThatPart(path: String, part: String) {
        let found = findings(ReleaseBuilder().licensing(path, .text("MIT")))
        #expect(found.said == ["MIT: " + part])
        #expect(found.statements.map(\.isExpress) == [true])
    }

    // MARK: By folder

    @Test func aLicenceInAFolderCoversTheReleaseOnlyWhereTheTopHasNone() {
        let inFolder = ReleaseBuilder().file("README.md").licensing("src/LICENSE", .text("GPL-3.0-only"))
        #expect(findings(inFolder).said == ["GPL-3.0-only: weights, code, documents"])
        let both = findings(inFolder.licensing("LICENSE", .text("MIT")))
        #expect(both.said == ["MIT: weights, code, documents"])
        #expect(both.others.map(\.id) == ["GPL-3.0-only"] && both.others.map(\.reason) == [.file])
        let deep = findings(ReleaseBuilder().file("README.md").licensing("src/a/LICENSE", .text("GPL-3.0-only")))
        #expect(deep.said.isEmpty, "deep in the tree it never does")
    }

    @Test func aFolderThatAllFilesShareIsTheTop() {
        let release = ReleaseBuilder().file("pkg-1/setup.py").licensing("pkg-1/LICENSE", .text("MIT"))
            .licensing("pkg-1/src/LICENSE", .text("GPL-3.0-only"))
        #expect(findings(release).said == ["MIT: weights, code, documents"])
    }

    @Test func aLicenceBesideWeightsIsTheirs() {
        let beside = ReleaseBuilder().licensing("LICENSE", .text("MIT"))
            .licensing("ckpt/LICENSE", .text("CC-BY-NC-4.0")).weights("ckpt/model.safetensors")
        #expect(findings(beside).said == ["MIT: weights, code, documents", "CC-BY-NC-4.0: weights"])
        let mixed = findings(beside.program("ckpt/run.py"))
        #expect(mixed.said == ["MIT: weights, code, documents"], "with code in the folder it is the folder's")
    }

    @Test(arguments: ["licenses/MIT.txt", "x-1.0.dist-info/LICENSE"])
    func packagesKeepTheirLicenceInAFolder(path: String) {
        let release = ReleaseBuilder().file("README.md").licensing(path, .text("MIT"))
        #expect(findings(release).said == ["MIT: weights, code, documents"])
    }

    // MARK: Other people's

    @Test(arguments: ["third_party/x/LICENSE", "tests/LICENSE", "THIRD_PARTY_LICENSES.txt"])
    func licencesOfOthersCoverNothing(path: String) {
        let found = findings(ReleaseBuilder().licensing(path, .text("MIT")))
        #expect(found.said.isEmpty)
        #expect(found.others.map(\.id) == ["MIT"] && found.others.map(\.reason) == [.thirdParty])
        #expect(found.others.map(\.paths) == [[path]])
    }

    @Test func aNoticeBesideATextListsOthers() {
        let notice = ReleaseBuilder().licensing("NOTICE", .text("BSD-3-Clause"), .words("MIT"))
        let beside = findings(notice.licensing("LICENSE", .text("Apache-2.0")))
        #expect(beside.said == ["Apache-2.0: weights, code, documents"])
        #expect(beside.others.map(\.id) == ["BSD-3-Clause", "MIT"])
        let alone = findings(notice)
        #expect(alone.said == ["BSD-3-Clause: weights, code, documents"], "alone it is the licence")
    }

    @Test func aNoticeMaySpeakOfTheWeights() {
        let release = ReleaseBuilder().licensing("LICENSE", .text("Apache-2.0"))
            .licensing("NOTICE", .words("LicenseRef-llama-2", of: [.weights]))
        #expect(findings(release).said.contains("LicenseRef-llama-2: weights"))
    }

    // MARK: What is in the file

    @Test func aMentionLicensesNothing() {
        let found = findings(ReleaseBuilder().licensing("LICENSE", .words("MIT", .mentioned)))
        #expect(found.said.isEmpty && found.others.isEmpty)
    }

    @Test func namesInsideATextBelongToIt() {
        let release = ReleaseBuilder().licensing("LICENSE", .text("Apache-2.0"), .words("MIT", .url))
        #expect(findings(release).said == ["Apache-2.0: weights, code, documents"])
        let pointer = ReleaseBuilder().licensing("LICENSE", .words("MIT", .url))
        #expect(findings(pointer).said == ["MIT: weights, code, documents"], "without a text they are all there is")
    }

    @Test func aNoticeCoversThePartThatItNames() {
        let release = ReleaseBuilder().licensing(
            "LICENSE", .words("MIT", of: [.code]), .words("CC-BY-NC-4.0", of: [.weights], line: 31))
        #expect(findings(release).said == ["MIT: code", "CC-BY-NC-4.0: weights"])
        #expect(findings(release).statements.map(\.isExpress) == [true, true])
    }

    @Test func aTextThatNobodyKnowsIsALicenceAllTheSame() throws {
        let unknown = ReleaseBuilder().licensing("LICENSE").file("LICENSE") {
            $0.licence?.unknownText = [Evidence(path: "LICENSE", lines: LineRange(3, 9))]
            $0.licence?.nearest = .init(id: "MIT", coverage: 0.4)
        }
        let statement = try #require(findings(unknown).statements.first)
        #expect(findings(unknown).said == ["LicenseRef-unknown: weights, code, documents"])
        #expect(statement.lines == LineRange(3, 9) && statement.coverage == 0 && statement.nearest == "MIT")
        let beside = unknown.file("LICENSE") { $0.licence?.matches = [.text("MIT")] }
        #expect(findings(beside).said == ["MIT: weights, code, documents"], "words around a known text")
    }

    @Test func clausesBelongToTheTextInWhoseLinesTheyStand() {
        let inside = ClauseMatch.clause("non-commercial", "No commerce.", line: 7)
        let outside = ClauseMatch.clause("attribution", "Name us.", line: 40)
        let plain = findings(ReleaseBuilder().licensing("LICENSE", .text("MIT"), clauses: [inside, outside]))
        #expect(plain.statements.map { $0.clauses.map(\.id) } == [["non-commercial"]])
        let changed = LicenceMatch.text("MIT") {
            $0.modification = .init(added: [Evidence(path: "LICENSE", lines: LineRange(38, 41))], missingWords: 0)
        }
        let added = findings(ReleaseBuilder().licensing("LICENSE", changed, clauses: [inside, outside]))
        #expect(added.statements.map { $0.clauses.map(\.id) } == [["non-commercial", "attribution"]])
    }
}
