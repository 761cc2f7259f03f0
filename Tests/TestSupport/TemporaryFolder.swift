import Foundation

/// A folder of files that is gone with its owner.
public final class TemporaryFolder: Sendable {
    /// Absolute path, without a slash behind it.
    public let path: String

    /// - Parameter files: paths in the folder and the text of each.
    public init(_ files: [(String, String)] = []) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("openscan-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(name, text) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file of UTF-8 at a path in the folder, and the folders above it.
    public func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

    /// The same for bytes.
    public func write(_ name: String, _ bytes: [UInt8]) throws {
        let url = URL(fileURLWithPath: path + "/" + name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    /// Makes a link at a path in the folder.
    public func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
    }

    /// A file's text.
    public func text(_ name: String) throws -> String {
        try String(contentsOfFile: path + "/" + name, encoding: .utf8)
    }

    /// Names in the folder itself, sorted.
    public func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
}
