import OpenscanBytes
import OpenscanFacts
import OpenscanRules
import OpenscanTestSupport
import Testing

@testable import OpenscanCards

@Suite struct PackageMetadataTests {
    @Test(
        arguments: [
            (
                "METADATA",
                "Metadata-Version: 2.1\nName: x\nLicense: MIT\nClassifier: License :: OSI Approved :: MIT License\n\nLicense: GPL",
                PackageMetadata.Format.coreMetadata, ["MIT", "MIT"]
            ),
            (
                "pyproject.toml", "[project]\nname = \"x\"\nlicense = {text = \"Apache-2.0\"}\n", .pyproject,
                ["Apache-2.0"]
            ),
            ("pyproject.toml", "[project]\nlicense = \"MIT\"\n[tool.other]\nlicense = \"GPL\"\n", .pyproject, ["MIT"]),
            ("setup.cfg", "[metadata]\nlicense = BSD-3-Clause\n", .setupConfig, ["BSD-3-Clause"]),
            ("Cargo.toml", "[package]\nlicense = \"MIT OR Apache-2.0\"\n", .cargo, ["Apache-2.0", "MIT"]),
            ("package.json", "{\"name\": \"x\", \"license\": \"ISC\"}", .packageJSON, ["ISC"]),
            ("CITATION.cff", "title: x\nlicense: Apache-2.0\n", .citation, ["Apache-2.0"]),
            ("CITATION.cff", "license:\n  - MIT\n  - Apache-2.0\ntitle: x\n", .citation, ["Apache-2.0", "MIT"]),
            ("package.json", "{\"licenses\": [{\"type\": \"MIT\", \"url\": \"u\"}]}", .packageJSON, ["MIT"]),
            ("package.json", "{\"license\": {\"type\": \"ISC\"}}", .packageJSON, ["ISC"]),
            ("DESCRIPTION", "Package: x\nLicense: GPL (>= 2) |\n  file LICENCE\n", .description, ["GPL-2.0-or-later"]),
            ("DESCRIPTION", "A text.\nLicense: MIT\n", .description, []),
            ("meta.yaml", "package:\n  license: ISC\nabout:\n  license: BSD 3-Clause\n", .recipe, ["BSD-3-Clause"]),
            ("codemeta.json", "{\"license\": \"https://spdx.org/licenses/MIT\"}", .codeMeta, ["MIT"]),
            (
                "Kitfile",
                "package: {name: p, license: Apache-2.0}\nmodel:\n  license: >-\n    MIT\n  parts:\n  - {path: a, license: CC-BY-NC-4.0}\n",
                .kitfile, ["Apache-2.0", "Apache-2.0", "MIT", "CC-BY-NC-4.0"]
            ),
            ("Kitfile", "package: &p {license: MIT}\nmodel: *p\n", .kitfile, []),
            (
                "croissant.json",
                "{\"@graph\": [{\"@type\": \"sc:Dataset\", \"sc:license\": [{\"@id\": \"https://spdx.org/licenses/MIT\"}]}]}",
                .croissant, ["MIT"]
            ),
            ("croissant.json", "{\"@type\": \"SoftwareSourceCode\", \"license\": \"MIT\"}", .croissant, []),
            (
                "datapackage.json", "{\"licenses\": [{\"name\": \"ODC-PDDL-1.0\"}], \"resources\": []}", .dataPackage,
                ["PDDL-1.0"]
            ),
            (
                "model-metadata.json", "{\"title\": \"x\", \"instances\": [{\"licenseName\": \"MIT\"}]}", .kaggle,
                ["MIT"]
            ),
            (
                "config-of-layers.json", "{\"descriptor\": {\"licenses\": [\"MIT\", \"ISC\"]}, \"modelfs\": {}}",
                .modelPack, ["MIT", "ISC"]
            ),
            ("config-of-layers.json", "{\"model_format\": \"gguf\"}", .modelPack, []),
            ("setup.py", "setup(\n    name='x',\n    license='MIT',\n)", .setupScript, ["MIT"]),
        ] as [(String, String, PackageMetadata.Format, [LicenceID])])
    func licencesAreReadFromTheirOwnFields(
        path: String, text: String, format: PackageMetadata.Format, expected: [LicenceID]
    ) {
        #expect(PackageMetadata.format(path) == format)
        #expect(
            PackageMetadata.read(text, path: path, format: format, licences: TestRules.shared.licences)
                .flatMap(\.value.ids) == expected)
    }

    @Test(
        arguments: [
            (
                "Kitfile", "datasets:\n- path: ./d\n- {path: e/x.csv}\n", PackageMetadata.Format.kitfile,
                ["./d", "e/x.csv"], []
            ),
            (
                "dataset-metadata.json", "{\"licenses\": [], \"resources\": [{\"path\": \"a.csv\"}]}", .kaggle,
                ["a.csv"],
                []
            ),
            (
                "c.json",
                "{\"@type\": \"Dataset\", \"distribution\": [{\"contentUrl\": \"https://example.org/d/a.csv\"}, {\"contentUrl\": \"b.csv\"}]}",
                .croissant, ["a.csv", "b.csv"], ["https://example.org/d/a.csv"]
            ),
            (
                "c.json",
                "{\"@type\": \"Dataset\", \"url\": \"https://example.org/d\", \"distribution\": {\"includes\": \"*.jpg\"}}",
                .croissant, [], ["https://example.org/d"]
            ),
        ] as [(String, String, PackageMetadata.Format, [String], [String])])
    func dataThatMetadataDescribeAreNamed(
        path: String, text: String, format: PackageMetadata.Format, paths: [String], addresses: [String]
    ) throws {
        let data = try #require(PackageMetadata.data(text, path: path, format: format))
        #expect(data.paths == paths)
        #expect(data.addresses.compactMap(\.quote) == addresses)
    }

    @Test(arguments: [
        ("{\"licenseName\": \"MIT\"}", PackageMetadata.Format.kaggle), ("model: {path: x}\n", .kitfile),
        ("{\"@type\": \"SoftwareSourceCode\"}", .croissant), ("[", .dataPackage),
    ])
    func whatDescribesNoDataNamesNone(text: String, format: PackageMetadata.Format) {
        #expect(PackageMetadata.data(text, path: "x", format: format) == nil)
    }

    /// Linked data may have any name; what only mentions a vocabulary is none.
    @Test func linkedDataOnADataSetAreToldByTheirContent() {
        func format(_ text: String, _ path: String) -> PackageMetadata.Format? {
            Array(text.utf8).withUnsafeBytes { PackageMetadata.format($0, path: path) }
        }
        let text = "{\"@context\": {}, \"@type\": \"sc:Dataset\"}"
        #expect(format(text, "metadata.json") == .croissant)
        #expect(format(text, "d.jsonld") == .croissant)
        #expect(format(text, "d.txt") == nil)
        #expect(format("{\"@type\": \"Thing\"}", "metadata.json") == nil)
    }

    @Test func eachLicenceOfAKitfileHasItsOwnLine() {
        let text = "package:\n  license: MIT\ncode:\n- path: a\n  license: MIT\n"
        let found = PackageMetadata.read(
            text, path: "Kitfile", format: .kitfile, licences: TestRules.shared.licences)
        #expect(found.map(\.evidence.lines) == [LineRange(2), LineRange(2), LineRange(5)])
        #expect(found.map(\.part) == [.weights, .data, .code])
    }
}
