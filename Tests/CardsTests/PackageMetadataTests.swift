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
}
