// swift-tools-version: 6.2
import PackageDescription

/// Our own targets: Swift 6 language mode (the tools version's default) and no warning left standing.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// Debian's static archives, named to the linker as files, so that the binary needs no libarchive at run time.
let staticArchives: [LinkerSetting] =
    ["archive", "bz2", "lzma", "zstd", "lz4", "nettle"].map { .linkedLibrary(":lib\($0).a") }

let package = Package(
    name: "openscan",
    products: [
        .executable(name: "openscan", targets: ["openscan"]),
        .library(
            name: "OpenscanKit",
            targets: [
                "Unpacking", "Artefacts", "Licensing", "Cards", "SourceCode", "Openness", "Scanning", "Reporting",
                "Mirror",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .target(name: "CArchive", linkerSettings: staticArchives),
        .target(name: "CZlib", linkerSettings: [.linkedLibrary(":libz.a")]),
        .target(name: "CLicenceIndex", exclude: ["licences.index"]),
        .target(name: "Unpacking", dependencies: ["CArchive", "CZlib"], swiftSettings: strict),
        .target(name: "Artefacts", dependencies: ["Unpacking"], swiftSettings: strict),
        .target(name: "Licensing", dependencies: ["Unpacking", "CLicenceIndex"], swiftSettings: strict),
        .target(name: "SourceCode", dependencies: ["Unpacking"], swiftSettings: strict),
        .target(
            name: "Cards",
            dependencies: ["Unpacking", "Licensing", "SourceCode", .product(name: "Yams", package: "Yams")],
            swiftSettings: strict),
        .target(
            name: "Openness",
            dependencies: [
                "Unpacking", "Artefacts", "Licensing", "Cards", "SourceCode", .product(name: "Yams", package: "Yams"),
            ], swiftSettings: strict),
        .target(name: "Scanning", dependencies: ["Openness"], swiftSettings: strict),
        .target(name: "Reporting", dependencies: ["Openness"], swiftSettings: strict),
        .target(name: "Mirror", dependencies: ["Scanning", "Reporting"], swiftSettings: strict),
        .executableTarget(
            name: "openscan",
            dependencies: [
                "Scanning", "Reporting", "Mirror", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "licence-indexer",
            dependencies: [
                "Licensing", "Unpacking", .product(name: "Yams", package: "Yams"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Sources/LicenceIndexer",
            swiftSettings: strict),
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(name: "UnpackingTests", dependencies: ["Unpacking"], swiftSettings: strict),
        .testTarget(
            name: "ArtefactsTests", dependencies: ["Artefacts", "TestSupport"], exclude: ["Fixtures"],
            swiftSettings: strict),
        .testTarget(name: "LicensingTests", dependencies: ["Licensing", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "SourceCodeTests", dependencies: ["SourceCode", "Unpacking"], swiftSettings: strict),
        .testTarget(name: "CardsTests", dependencies: ["Cards", "Licensing", "Unpacking"], swiftSettings: strict),
        .testTarget(
            name: "OpennessTests", dependencies: ["Openness", "Scanning", "Reporting", "TestSupport"],
            swiftSettings: strict),
        .testTarget(name: "CommandLineTests", dependencies: ["openscan", "TestSupport"], swiftSettings: strict),
    ]
)
