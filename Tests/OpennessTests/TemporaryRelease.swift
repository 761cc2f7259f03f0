import Openness
import Scanning
import TestSupport
import Unpacking

/// A release of a few files, scanned as a user's is.
struct TemporaryRelease {
    private let name: String
    private let folder: TemporaryFolder

    init(name: String = "release", _ files: [(String, String)]) throws {
        self.name = name
        folder = try TemporaryFolder(files.map { (name + "/" + $0.0, $0.1) })
    }

    func report() throws -> Report {
        Assessment.report(
            try ReleaseScanner(workers: 1).scan(try ReleaseLocation.find(folder.path + "/" + name), shownPath: name))
    }
}
