import Foundation
import OpenscanKit
import OpenscanTestSupport
import OpenscanUnpacking
import Testing

/// The sample releases of Corpus/, as `make corpus` makes them.
enum Corpus {
    static let folder = Repository.root.appendingPathComponent(".build/corpus").path
    static let analyser: Openscan = {
        do throws(LoadProblem) { return try Openscan() } catch { fatalError(error.message) }
    }()

    /// The releases that have expected reports.
    static let expected = list("Corpus/expected").filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
    static let missing = expected.filter { release($0) == nil }
    /// Those that are made, and in continuous integration all of them.
    static let names = AtHand.isRequired ? expected : expected.filter { release($0) != nil }
    static let areMade = AtHand.runs(missing.isEmpty)
    static let absence: Comment = "not made: \(missing.joined(separator: ", ")); run make test"

    static func list(_ path: String) -> [String] {
        let folder = Repository.root.appendingPathComponent(path).path
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    /// Folder or archive of a release.
    static func release(_ name: String) -> String? {
        [name, name + ".tar"].first { FileManager.default.fileExists(atPath: folder + "/" + $0) }
    }

    /// The command-line options with which a release is scanned.
    static func limits(_ name: String) throws -> Limits {
        var limits = Limits()
        let path = folder + "/" + name + ".options"
        guard FileManager.default.fileExists(atPath: path) else { return limits }
        let words = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
        for (option, word) in zip(words, words.dropFirst()) where option.hasPrefix("--") {
            let value = try #require(Int(word))
            switch option {
            case "--max-entries": limits.entries = value
            case "--max-text": limits.textBytes = value
            case "--max-path": limits.pathLength = value
            case "--max-depth": limits.depth = value
            default: Issue.record("\(name) is scanned with \(option), which the tests do not know")
            }
        }
        return limits
    }

    static func dossier(_ name: String) throws -> Dossier {
        let place = try #require(Self.release(name), "the release is not made")
        var dossier = try analyser.scan(folder + "/" + place, limits: limits(name), workers: 2)
        dossier.release.path = place
        return dossier
    }
}
