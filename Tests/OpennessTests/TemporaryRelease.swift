import OpenscanKit
import OpenscanTestSupport

/// A release of a few files, scanned and judged as a user's is.
struct TemporaryRelease {
    private let name: String
    private let folder: TemporaryFolder

    init(name: String = "release", _ files: [(String, String)]) throws {
        self.name = name
        folder = try TemporaryFolder(files.map { (name + "/" + $0.0, $0.1) })
    }

    func dossier() throws -> Dossier { try Analyser.shared.scan(folder.path + "/" + name) }
}

/// One analyser for all tests.
enum Analyser {
    static let shared: Openscan = {
        do throws(LoadProblem) { return try Openscan() } catch { fatalError(error.message) }
    }()
}
