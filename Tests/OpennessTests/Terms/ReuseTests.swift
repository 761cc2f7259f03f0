import OpenscanFacts
import OpenscanLicensing
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

/// Licences file by file (REUSE specification 3.3).
@Suite struct ReuseTests {
    private func annotations(_ text: String, at path: String = "REUSE.toml") -> [LicenceAnnotation] {
        AnnotationReader.read(text, path: path, licences: TestRules.shared.licences) ?? []
    }

    private func release(_ toml: String, at path: String = "REUSE.toml") -> ReleaseBuilder {
        ReleaseBuilder().weights().program("run.py").file(path) { $0.annotations = annotations(toml, at: path) }
    }

    private func weights(_ release: ReleaseBuilder) -> String? { release.terms.parts[.weights]?.expression }

    private func tag(_ id: LicenceID) -> LicenceMatch {
        LicenceMatch(id: id, method: .tag, lines: LineRange(2), bytes: 0..<10, quote: "SPDX-License-Identifier: \(id)")
    }

    private func code(_ terms: Terms) -> Set<LicenceID> {
        Set(terms.licences.filter { $0.covers(.inferenceCode) }.map(\.id))
    }

    private func annotation(_ pattern: String, _ licence: String, _ precedence: String = "closest") -> String {
        "[[annotations]]\npath = \"\(pattern)\"\nprecedence = \"\(precedence)\"\nSPDX-License-Identifier = \"\(licence)\"\n"
    }

    @Test func tablesAreReadInEverySpelling() throws {
        let found = annotations(
            """
            version = 1
            SPDX-PackageName = "x"

            # [[annotations]]
            [[annotations]]
            path = [ # two
              "a\\\\*b", 'c/**',
            ]
            precedence = "aggregate"
            SPDX-FileCopyrightText = "2024 = somebody"
            SPDX-License-Identifier = ["MIT", "CC-BY-4.0"]

            [other]
            path = "d"
            """)
        let only = try #require(found.first)
        #expect(found.count == 1)
        #expect(only.patterns == [PathPattern(reuse: "a\\*b"), PathPattern(reuse: "c/**")])
        #expect(only.precedence == .aggregate && only.value.expression?.text == "CC-BY-4.0 AND MIT")
        #expect(only.evidence.lines == LineRange(11))
    }

    @Test func paragraphsOfDebianAreRead() throws {
        let found = annotations(
            "Format: x\n\nFiles: *.bin\n a/*\nCopyright: me\nLicense: MIT or CC-BY-4.0\n\nLicense: MIT\n the text\n",
            at: ".reuse/dep5")
        let only = try #require(found.first)
        #expect(found.count == 1 && only.precedence == .aggregate)
        #expect(only.patterns == [PathPattern(debian: "*.bin"), PathPattern(debian: "a/*")])
        #expect(only.value.expression?.text == "CC-BY-4.0 OR MIT")
    }

    @Test func weightsAreUnderWhatTheirAnnotationSays() throws {
        let found = release(annotation("*.safetensors", "CC-BY-NC-4.0") + annotation("**.py", "MIT"))
        let part = try #require(found.terms.parts[.weights])
        #expect(part.expression == "CC-BY-NC-4.0" && part.basis == .stated)
        #expect(part.evidence.first?.path == "REUSE.toml")
        #expect(code(found.terms) == ["MIT"])
    }

    @Test func theLastTableThatFitsCounts() {
        #expect(weights(release(annotation("**", "MIT") + annotation("model.*", "ISC"))) == "ISC")
    }

    @Test func theNearestFileCountsUnlessOneAboveOverrides() {
        func nested(_ precedence: String) -> ReleaseBuilder {
            release(annotation("**", "MIT", precedence)).weights("sub/model.safetensors").file("sub/REUSE.toml") {
                $0.annotations = annotations(annotation("*", "ISC"), at: "sub/REUSE.toml")
            }
        }
        #expect(weights(nested("closest")) == "ISC AND MIT", "one for each file")
        #expect(weights(nested("override")) == "MIT")
    }

    @Test func aFileBesideSpeaksForItsNeighbour() {
        func beside(_ precedence: String) -> ReleaseBuilder {
            release(annotation("**", "MIT", precedence)).licensing("model.safetensors.license", tag("CC-BY-4.0"))
        }
        #expect(weights(beside("closest")) == "CC-BY-4.0")
        #expect(weights(beside("aggregate")) == "CC-BY-4.0 AND MIT")
        #expect(weights(beside("override")) == "MIT")
    }

    @Test func textsAreForWhatRefersToThem() throws {
        let found = release(annotation("*.safetensors", "CC-BY-NC-4.0") + annotation("*.py", "MIT"))
            .licensing("LICENSES/MIT.txt", .text("MIT")).licensing("LICENSES/CC-BY-NC-4.0.txt", .text("CC-BY-NC-4.0"))
            .licensing("LICENSES/ISC.txt", .text("ISC")).terms
        #expect(found.parts[.weights]?.expression == "CC-BY-NC-4.0" && found.parts[.weights]?.basis == .text)
        #expect(code(found) == ["MIT"])
        #expect(found.others.map(\.id) == ["ISC"], "nothing refers to it")
    }
}
