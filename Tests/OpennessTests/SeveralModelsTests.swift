import OpenscanFacts
import OpenscanKit
import OpenscanTestSupport
import Testing

/// A cache of several repositories: what one says holds for no other.
@Suite struct SeveralModelsTests {
    private static func cache(_ repositories: [(String, [(String, String)])]) throws -> Dossier {
        let folder = try TemporaryFolder(
            repositories.flatMap { name, files in
                files.map { ("hub/models--\(name)/snapshots/1/" + $0.0, $0.1) } + [
                    ("hub/models--\(name)/refs/main", "1")
                ]
            })
        return try Analyser.shared.scan(folder.path + "/hub")
    }

    private static func card(_ licence: String?) -> String {
        (licence.map { "---\nlicense: \($0)\n---\n" } ?? "") + "# Tiny\nTiny is an open source model.\n"
    }

    private static let several = try? cache([
        ("a--open", [("README.md", card("apache-2.0"))]),
        ("b--limited", [("README.md", card("cc-by-nc-4.0")), ("m.pkl", "cos\nsystem\n(S'id'\ntR.")]),
    ])

    @Test func nothingIsSaidOfThemTogether() throws {
        let dossier = try #require(Self.several)
        #expect(dossier.gradient.subject == .several && dossier.verdict.answer == .notShown)
        #expect(dossier.verdict.sentence.words.description.hasPrefix("2 models, each a release of its own"))
        #expect(dossier.terms.isEmpty && dossier.licences.isEmpty && dossier.components.isEmpty)
        #expect(dossier.use.isEmpty && dossier.duties.isEmpty && dossier.claims.isEmpty)
        #expect(dossier.release.fileCount == 3 && dossier.release.kind == .hubCache)
    }

    @Test func eachIsJudgedByItself() throws {
        let dossier = try #require(Self.several)
        #expect(dossier.parts.map(\.path) == ["a/open/", "b/limited/"])
        #expect(dossier.parts.map(\.licenceOfWeights) == ["Apache-2.0", "CC-BY-NC-4.0"])
    }

    /// What somebody must know before opening a file is said of the whole as well, with its place there.
    @Test func whatIsInTheFilesIsSaidOfTheWhole() throws {
        let dossier = try #require(Self.several)
        let file = try #require(dossier.artefacts.first { $0.path == "b/limited/m.pkl" })
        #expect(file.findings.contains { $0.id == .dangerousGlobal })
        let flag = try #require(dossier.flags.first { $0.id == "code-in-artefact" })
        #expect(flag.evidence.allSatisfy { $0.path == "b/limited/m.pkl" })
        let places = dossier.flags.flatMap { $0.evidence + ($0.claim.map { [$0] } ?? []) }.map(\.path)
        #expect(places.allSatisfy { $0.hasPrefix("a/open/") || $0.hasPrefix("b/limited/") }, "\(places)")
        #expect(!dossier.flags.contains { $0.id == "ow-04" }, "what two models say is no contradiction")
    }

    @Test func oneRepositoryIsARelease() throws {
        let dossier = try Self.cache([("a--open", [("README.md", Self.card("apache-2.0"))])])
        #expect(dossier.gradient.subject == .model && dossier.release.name == "a/open")
    }
}
