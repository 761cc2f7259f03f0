import OpenscanBytes
import Testing

@testable import OpenscanArtefacts

/// Files that reference libraries wrote, and what those libraries say of them: committed ones (`make fixtures`), and those that
/// `make test` makes each time.
enum Fixtures {
    static let folder = #filePath.replacingSuffix("Fixtures.swift", by: "Fixtures/")
    private static let made = #filePath.replacingSuffix(
        "Tests/ArtefactsTests/Fixtures.swift", by: ".build/fixture-samples/")

    struct Expected: Sendable, CustomTestStringConvertible {
        let folder: String
        let name: String
        let value: JSONValue
        var path: String { folder + name }
        var testDescription: String { name }
    }

    static let committed = samples(folder)
    static let light = samples(made)
    static let expected = committed + light

    private static func samples(_ folder: String) -> [Expected] {
        guard let bytes = try? FileBytes(path: folder + "expected.json").bytes(at: 0, count: 1 << 20),
            let members = try? bytes.withUnsafeBytesJSON().members
        else {
            return []
        }
        return members.map { Expected(folder: folder, name: $0.key, value: $0.value) }
    }
}
