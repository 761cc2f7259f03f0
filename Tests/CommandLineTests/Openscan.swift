import Foundation
import OpenscanKit
import OpenscanTestSupport

/// The built binary, run as a user does.
enum Openscan {
    struct Result {
        let code: Int32
        let output: String
        let error: String
    }

    static func run(_ arguments: [String], input: String? = nil, executable: String? = nil) throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable ?? binary)
        process.arguments = arguments
        let output = Pipe()
        let error = Pipe()
        let standardInput = Pipe()
        process.standardOutput = output
        process.standardError = error
        process.standardInput = standardInput
        try process.run()
        if let input { standardInput.fileHandleForWriting.write(Data(input.utf8)) }
        try standardInput.fileHandleForWriting.close()
        let words = output.fileHandleForReading.readDataToEndOfFile()
        let complaints = error.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Result(
            code: process.terminationStatus, output: String(decoding: words, as: UTF8.self),
            error: String(decoding: complaints, as: UTF8.self))
    }

    /// Built programs stand beside the test bundle.
    static func built(_ name: String) -> String {
        Bundle.allBundles.map(\.bundlePath).map {
            URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent(name).path
        }
        .first { FileManager.default.isExecutableFile(atPath: $0) } ?? ".build/debug/\(name)"
    }

    static let binary = built("openscan")

    /// A release whose card says MIT, whose licence file is another one, with two parameters.
    static func sample() throws -> TemporaryFolder {
        let folder = try TemporaryFolder([
            ("README.md", "---\nlicense: mit\n---\n# X\nX is a fully open source model.\n"),
            ("LICENSE", try String(contentsOfFile: "LICENSE", encoding: .utf8)),
        ])
        let header = Array("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}      ".utf8)
        try folder.write("model.safetensors", [0x3C, 0, 0, 0, 0, 0, 0, 0] + header + [UInt8](repeating: 0, count: 8))
        return folder
    }
}
