// swift-tools-version: 6.2
import PackageDescription

/// Our own targets: Swift 6 language mode (the tools version's default) and no warning left standing.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// Modules carry the project's name in front, so that none is called as one of a client's; folders do not.
func own(_ folders: [String]) -> [Target.Dependency] {
    folders.map { .byName(name: $0 == "OpenscanKit" ? $0 : $0.hasPrefix("COpenscan") ? $0 : "Openscan" + $0) }
}

/// A module of Sources/ and what it may import of this project: the arrows of the design.
func module(_ folder: String, _ imports: [String], also: [Target.Dependency] = []) -> Target {
    .target(
        name: "Openscan" + folder, dependencies: own(imports) + also, path: "Sources/" + folder, swiftSettings: strict)
}

/// Tests of one subject.
func tests(_ name: String, _ imports: [String], also: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: own(imports + ["TestSupport"]) + also, exclude: exclude, swiftSettings: strict)
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")

let package = Package(
    name: "openscan",
    products: [
        .executable(name: "openscan", targets: ["openscan"]),
        .library(name: "OpenscanKit", targets: ["OpenscanKit"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    ],
    targets: [
        // How the libraries are linked is the client's choice; the Makefile makes one static binary.
        .target(name: "COpenscanArchive", path: "Sources/CArchive", linkerSettings: [.linkedLibrary("archive")]),
        .target(name: "COpenscanSystem", path: "Sources/CSystem"),
        .target(name: "COpenscanZlib", path: "Sources/CZlib", linkerSettings: [.linkedLibrary("z")]),
        .target(name: "COpenscanIndex", path: "Sources/CLicenceIndex", exclude: ["licences.index"]),
        .target(name: "COpenscanRules", path: "Sources/CRules", exclude: ["rules.jsonl", "places.tsv"]),
        .target(name: "COpenscanPages", path: "Sources/CPages", exclude: ["catalogue", "review"]),

        module("Bytes", ["COpenscanZlib"]),
        module("Facts", ["Bytes"]),
        module("Rules", ["Bytes", "Facts", "COpenscanRules"]),
        module("Unpacking", ["Bytes", "Facts", "COpenscanArchive", "COpenscanSystem", "COpenscanZlib"]),
        module("Artefacts", ["Bytes", "Facts", "Unpacking"]),
        module("Licensing", ["Bytes", "Facts", "Rules", "COpenscanIndex"]),
        module("SourceCode", ["Bytes", "Facts", "Rules"]),
        module("Cards", ["Bytes", "Facts", "Rules", "Licensing"], also: [yams]),
        module(
            "Scanning", ["Bytes", "Facts", "Rules", "Unpacking", "Artefacts", "Licensing", "Cards", "SourceCode"],
            also: [yams]),
        module("Openness", ["Facts", "Rules"]),
        module("Reporting", ["Bytes", "Facts", "Rules", "Openness", "COpenscanPages"], also: [mustache]),
        .target(
            name: "OpenscanKit",
            dependencies: own([
                "Bytes", "Facts", "Rules", "Unpacking", "Licensing", "Scanning", "Openness", "Reporting",
            ]), swiftSettings: strict),
        module("Store", ["Bytes", "OpenscanKit", "COpenscanZlib"], also: [grdb]),
        module(
            "Catalogue", ["Bytes", "Facts", "Rules", "Openness", "Reporting", "OpenscanKit", "Store"]),
        module("Mirror", ["Bytes", "Unpacking", "OpenscanKit", "Store", "COpenscanSystem"]),
        .executableTarget(
            name: "openscan",
            dependencies: own(["Artefacts", "Bytes", "Catalogue", "Mirror", "OpenscanKit", "Store", "Unpacking"]) + [
                argumentParser
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "licence-indexer",
            dependencies: own(["Bytes", "Facts", "Rules", "Licensing"]) + [yams, argumentParser],
            path: "Sources/LicenceIndexer", swiftSettings: strict),
        // What a client writes; the tests build and run it.
        .executableTarget(
            name: "OpenscanExample", dependencies: ["OpenscanKit"], path: "Examples/Answers", swiftSettings: strict),

        .target(
            name: "OpenscanTestSupport", dependencies: own(["Bytes", "Facts", "Rules", "Licensing"]),
            path: "Tests/TestSupport", swiftSettings: strict),
        tests("ArchitectureTests", ["Rules"]),
        tests("BytesTests", ["Bytes"]),
        tests("FactsTests", ["Facts"]),
        tests("RulesTests", ["Facts", "Rules"]),
        tests("UnpackingTests", ["Bytes", "Facts", "Unpacking"]),
        tests("ArtefactsTests", ["Bytes", "Facts", "Unpacking", "Artefacts"], exclude: ["Fixtures"]),
        tests("LicensingTests", ["Bytes", "Facts", "Rules", "Licensing", "Openness"]),
        tests("LicenceIndexerTests", ["Bytes", "Facts", "Rules", "Licensing"], also: ["licence-indexer"]),
        tests("SourceCodeTests", ["Bytes", "Facts", "Rules", "SourceCode"]),
        tests("CardsTests", ["Bytes", "Facts", "Rules", "Licensing", "Cards"]),
        tests(
            "OpennessTests",
            ["Facts", "Rules", "Unpacking", "Licensing", "Openness", "Scanning", "Reporting", "OpenscanKit"]),
        tests("ReportingTests", ["Bytes", "Facts", "Rules", "Openness", "Reporting"], exclude: ["Fixtures"]),
        tests("CorpusTests", ["Bytes", "Unpacking", "OpenscanKit"]),
        tests("StoreTests", ["Bytes", "OpenscanKit", "Store"], also: [grdb]),
        tests("CatalogueTests", ["Bytes", "Catalogue", "OpenscanKit", "Store"], also: [grdb]),
        tests("MirrorTests", ["Mirror", "Unpacking"]),
        tests("CommandLineTests", [], also: ["openscan", "OpenscanExample"]),
    ]
)
