import Foundation
import Openness
import Scanning
import Unpacking

/// A folder of files that is gone with the test.
final class TemporaryRelease {
    private let root: String
    private let name: String

    init(name: String = "release", _ files: [(String, String)]) throws {
        root = FileManager.default.temporaryDirectory.appendingPathComponent("openscan-\(UUID().uuidString)").path
        self.name = name
        for (path, text) in files {
            let url = URL(fileURLWithPath: root + "/" + name + "/" + path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func report() throws -> Report {
        Assessment.report(
            try ReleaseScanner(workers: 1).scan(try ReleaseLocation.find(root + "/" + name), shownPath: name))
    }
}
