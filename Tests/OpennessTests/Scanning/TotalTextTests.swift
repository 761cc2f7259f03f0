import OpenscanKit
import OpenscanTestSupport
import Testing

/// The text and the time of a whole release.
@Suite struct TotalTextTests {
    private static let words = "This model was trained on public data and is described here. "

    /// As many folders with a README of so many bytes.
    private func release(_ count: Int, bytes: Int = 2048, name: String = "README.md") throws -> TemporaryFolder {
        let text = String(String(repeating: Self.words, count: bytes / Self.words.utf8.count + 1).prefix(bytes))
        return try TemporaryFolder((10..<10 + count).map { ("m\($0)/\(name)", text) })
    }

    private func scan(_ folder: TemporaryFolder, workers: Int = 1, _ change: (inout Limits) -> Void) throws -> Dossier {
        var limits = Limits()
        change(&limits)
        return try Analyser.shared.scan(folder.path, limits: limits, workers: workers)
    }

    /// Findings about the whole.
    private func said(_ dossier: Dossier) -> [String] {
        dossier.artefacts.filter { $0.path.isEmpty }.flatMap(\.findings).map(\.detail.description)
    }

    @Test func whatFitsIsReadAndNothingIsSaid() throws {
        let dossier = try scan(release(40)) { $0.totalTextBytes = 40 * 2048 * 6 }
        #expect(said(dossier).isEmpty && dossier.errors.isEmpty)
    }

    @Test func whatDoesNotFitIsCountedAndSaidOnce() throws {
        let dossier = try scan(release(40)) { $0.totalTextBytes = 30 * 2048 * 6 + 100 }
        let words = "10 texts are not read: \(30 * 2048 * 6 + 100) bytes for the text of all files are used up"
        #expect(said(dossier) == [words])
        #expect(dossier.errors.map(\.code) == ["limit"] && dossier.errors.map(\.message.description) == [words])
        #expect(dossier.release.fileCount == 40, "what is not read is there all the same")
    }

    @Test func aShorterTextIsReadWhereALongOneNoLongerFits() throws {
        let folder = try release(3)
        try folder.write("z/LICENSE", "MIT License")
        let dossier = try scan(folder) { $0.totalTextBytes = 2 * 2048 * 6 + 100 }
        #expect(said(dossier).first?.hasPrefix("1 texts ") == true)
    }

    @Test func programsCostLessThanProse() throws {
        #expect(try said(scan(release(4, name: "a.py")) { $0.totalTextBytes = 4 * 2048 }).isEmpty)
        #expect(try said(scan(release(4)) { $0.totalTextBytes = 7 * 2048 }).first?.hasPrefix("3 texts ") == true)
    }

    @Test func theShortestProseCostsSomething() throws {
        let dossier = try scan(release(10, bytes: 10)) { $0.totalTextBytes = 4 * 512 * 6 }
        #expect(said(dossier).first?.hasPrefix("6 texts ") == true)
    }

    /// Workers use the text up in no order; the report is that of one.
    @Test(arguments: 0..<5) func howManyReadMakesNoDifference(round: Int) throws {
        let folder = try release(64)
        for number in 0..<64 { try folder.write("m\(10 + number)/LICENSE", "MIT License \(number)") }
        let reports = try [1, 2, 4].map { workers in
            let dossier = try scan(folder, workers: workers) { $0.totalTextBytes = 40 * 2048 * 6 + 777 }
            return try Analyser.shared.written(dossier, as: .json)
        }
        #expect(reports[0] == reports[1] && reports[1] == reports[2])
        #expect(reports[0].contains("texts are not read"))
    }

    @Test func whenTheTimeIsUsedUpFilesAreListedAndCounted() throws {
        let dossier = try scan(release(20), workers: 2) { $0.seconds = 0 }
        #expect(
            said(dossier) == [
                "20 files are not read: the 0 seconds that were given are used up; another run may read others"
            ])
        #expect(dossier.errors.map(\.code) == ["limit"])
        #expect(dossier.release.fileCount == 20)
    }

    @Test func timeThatIsLeftChangesNothing() throws {
        let folder = try release(4)
        let free = try Analyser.shared.written(scan(folder) { _ in }, as: .json)
        #expect(try Analyser.shared.written(scan(folder) { $0.seconds = 600 }, as: .json) == free)
    }
}
