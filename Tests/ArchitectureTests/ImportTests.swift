import Foundation
import OpenscanTestSupport
import Testing

/// Arrows go one way: what a module may import, by the folders of Sources/.
@Suite struct ImportTests {
    /// The design's arrows. A module may import what stands here and nothing else of this project.
    static let allowed: [String: Set<String>] = [
        "Bytes": ["CZlib"],
        "Facts": ["Bytes"],
        "Rules": ["Bytes", "Facts", "CRules"],
        "Unpacking": ["Bytes", "Facts", "CArchive", "CSystem", "CZlib"],
        "Artefacts": ["Bytes", "Facts", "Unpacking"],
        "Licensing": ["Bytes", "Facts", "Rules", "CLicenceIndex"],
        "SourceCode": ["Bytes", "Facts", "Rules"],
        "Cards": ["Bytes", "Facts", "Rules", "Licensing"],
        "Scanning": ["Bytes", "Facts", "Rules", "Unpacking", "Artefacts", "Licensing", "SourceCode", "Cards"],
        "Openness": ["Facts", "Rules"],
        "Reporting": ["Bytes", "Facts", "Rules", "Openness", "CPages"],
        "OpenscanKit": [
            "Bytes", "Facts", "Rules", "Unpacking", "Licensing", "Scanning", "Openness", "Reporting",
        ],
        "Store": ["Bytes", "Facts", "Openness", "Scanning", "OpenscanKit", "CZlib"],
        "Catalogue": ["Bytes", "Facts", "Rules", "Openness", "Reporting", "OpenscanKit", "Store"],
        "Mirror": ["CSystem", "Bytes", "Facts", "Unpacking", "Scanning", "OpenscanKit", "Store"],
        "openscan": [
            "Artefacts", "Bytes", "Catalogue", "Facts", "Unpacking", "Scanning", "Mirror", "OpenscanKit", "Store",
        ],
        "LicenceIndexer": ["Bytes", "Facts", "Rules", "Licensing"],
    ]

    /// Modules of the toolchain and of other packages, by who may import them.
    static let foreign: [String: Set<String>] = [
        "Yams": ["Cards", "Scanning", "LicenceIndexer"],
        "Mustache": ["Reporting"],
        "ArgumentParser": ["openscan", "LicenceIndexer"],
        "GRDB": ["Store"],
        "Foundation": ["Reporting", "Store", "openscan", "LicenceIndexer"],
        "FoundationEssentials": ["Reporting"],
    ]
    static let everywhere: Set<String> = ["Synchronization", "Dispatch", "Glibc"]

    static let modules = Set(allowed.keys).union([
        "CArchive", "CSystem", "CZlib", "CRules", "CLicenceIndex", "CPages",
    ])

    struct Import: Hashable {
        let module: String
        let name: String
        let file: String
    }

    static func imports() throws -> [Import] {
        try Repository.swiftFiles(below: "Sources").flatMap { file -> [Import] in
            let path = String(file.path.dropFirst(Repository.root.appendingPathComponent("Sources").path.count + 1))
            let module = path.split(separator: "/").first.map(String.init) ?? ""
            return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
                let words = line.split(separator: " ").map(String.init)
                guard let place = words.firstIndex(of: "import"), place <= 1, words.count == place + 2 else {
                    return nil
                }
                return Import(module: module, name: unprefixed(words[place + 1]), file: path)
            }
        }
    }

    /// Modules carry the project's name in front, so that they are no client's.
    static func unprefixed(_ name: String) -> String {
        let bare = name.hasPrefix("Openscan") && name != "OpenscanKit" ? String(name.dropFirst("Openscan".count)) : name
        guard bare.hasPrefix("COpenscan") else { return bare }
        return bare == "COpenscanIndex" ? "CLicenceIndex" : "C" + bare.dropFirst("COpenscan".count)
    }

    @Test func everyImportIsAnArrowOfTheDesign() throws {
        let imports = try Self.imports()
        #expect(imports.count > 300)
        for entry in imports {
            let isOwn = Self.modules.contains(entry.name)
            let isAllowed =
                isOwn
                ? Self.allowed[entry.module]?.contains(entry.name) ?? false
                : Self.everywhere.contains(entry.name) || Self.foreign[entry.name]?.contains(entry.module) ?? false
            #expect(isAllowed, "\(entry.file) imports \(entry.name)")
        }
    }

    @Test func everyFolderOfSourcesHasItsArrows() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: Repository.root.appendingPathComponent("Sources").path)
        for folder in folders where !folder.hasPrefix("C") || folder == "Cards" {
            #expect(Self.allowed[folder] != nil, "Sources/\(folder) is not in the table")
        }
    }

    /// What a target of Package.swift depends on is what its files import.
    @Test func packageNamesWhatEachTargetImports() throws {
        let imports = Dictionary(grouping: try Self.imports(), by: \.module).mapValues { Set($0.map(\.name)) }
        let dump = try Self.dependencies()
        for (module, names) in imports {
            let own = names.filter(Self.modules.contains)
            let declared = try #require(dump[module], "no target for Sources/\(module)")
            #expect(declared == own, "\(module) depends on \(declared.sorted()), imports \(own.sorted())")
        }
    }

    /// Dependencies on this project's targets, by folder, as Package.swift writes them.
    static func dependencies() throws -> [String: Set<String>] {
        let text = try Repository.text("Package.swift")
        let start = try #require(text.range(of: "    targets: [")?.upperBound)
        var out: [String: Set<String>] = [:]
        for piece in text[start...].components(separatedBy: "module(").dropFirst()
            + text[start...].components(separatedBy: "arget(").dropFirst()
        {
            // Up to the next target.
            let block = ["module(", ".target(", ".executableTarget(", "tests("].reduce(piece) {
                $0.components(separatedBy: $1)[0]
            }
            let strings = block.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
                .filter { $0.offset % 2 == 1 }.map { String($0.element) }
            guard let name = strings.first else { continue }
            let folder = strings.first { $0.hasPrefix("Sources/") }.map { String($0.dropFirst("Sources/".count)) }
            out[folder ?? unprefixed(name)] = Set(strings.dropFirst().map(unprefixed).filter(modules.contains))
        }
        return out
    }
}
