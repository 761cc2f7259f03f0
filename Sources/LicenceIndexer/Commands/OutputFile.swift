import ArgumentParser
import Foundation

/// A compiled file: written where its bytes differ, or only compared.
struct OutputFile: ParsableArguments {
    @Option(help: "File to write; left alone when it has the very bytes.") var output: String
    @Flag(help: "Write nothing; fail when the file has other bytes.") var check = false

    /// - Parameter command: what writes the file anew.
    func put(_ bytes: [UInt8], command: String) throws { try put(bytes, at: output, command: command) }

    /// The same for a file beside it.
    func put(_ bytes: [UInt8], beside name: String, command: String) throws {
        let place = URL(fileURLWithPath: output).deletingLastPathComponent().appendingPathComponent(name).relativePath
        try put(bytes, at: place, command: command)
    }

    private func put(_ bytes: [UInt8], at output: String, command: String) throws {
        let known = FileManager.default.contents(atPath: output)
        guard known.map({ !$0.elementsEqual(bytes) }) ?? true else {
            print("\(output) is up to date")
            return
        }
        if check {
            throw CheckFailure(description: "\(output) is not what its sources compile to; run '\(command)'")
        }
        try Data(bytes).write(to: URL(fileURLWithPath: output), options: .atomic)
        print("\(output) was written: \(bytes.count) bytes")
    }
}

/// A file that has to be made anew.
struct CheckFailure: Error, CustomStringConvertible {
    let description: String
}
