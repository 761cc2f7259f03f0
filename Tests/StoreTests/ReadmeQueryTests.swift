import Foundation
import GRDB
import OpenscanKit
import OpenscanTestSupport
import Testing

@testable import OpenscanStore

/// The queries of the README run, and the views have the columns that it names.
@Suite struct ReadmeQueryTests {
    private let store: MirrorStore
    private let folder: TemporaryFolder
    private let readme: String

    init() throws {
        folder = try TemporaryFolder([
            ("sold/README.md", "---\nlicense: mit\n---\n# Sold\n\nAn open source model.\n"),
            ("sold/LICENSE.txt", ""), ("held/README.md", "# Held\n\nAn open source model.\n"),
            ("held/model.safetensors", ""),
        ])
        let header = Array(#"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#.utf8)
        let weights =
            withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) } + header
            + [UInt8](repeating: 1, count: 8)
        for name in ["sold", "held"] { try folder.write("\(name)/model.safetensors", weights) }
        let openscan = try RoundTripTests.openscan.get()
        store = try MirrorStore(folder.path + "/mirror.sqlite", for: .writing)
        let run = try StoreRun(store, command: "scan", root: folder.path, openscan: openscan)
        for name in ["sold", "held"] {
            let facts = try openscan.facts(folder.path + "/" + name, known: Contents())
            let scanned = try ScannedRelease(facts, openscan.judge(facts), reading: "", isStored: { _ in false })
            try run.keep(StoreRun.Delivery(location: name, signature: nil, scanned: scanned))
        }
        try run.finish()
        readme = try Repository.text("README.md")
    }

    private func rows(_ sql: String) throws -> [Row] { try store.database.read { try Row.fetchAll($0, sql: sql) } }

    @Test func queriesRun() throws {
        let queries = readme.components(separatedBy: "```sql\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
        #expect(queries.count == 5)
        for query in queries { _ = try rows(query) }
        let sold = try #require(queries.first { $0.contains("sold in the European Union") })
        #expect(try rows(sold).map { $0[0] as String } == ["sold"])
        let unstated = try #require(queries.first { $0.contains("nobody states") })
        #expect(try rows(unstated).map { $0[0] as String } == ["held"])
    }

    @Test(arguments: ["releases", "terms_by_part", "use_answers", "flags", "changes"])
    func viewsHaveTheColumnsThatAreNamed(view: String) throws {
        let line = try #require(readme.split(separator: "\n").first { $0.hasPrefix("| `\(view)` |") })
        let named = line.split(separator: "|")[2].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        let columns = try store.database.read { try $0.columns(in: view).map(\.name) }
        #expect(Set(named.filter { $0 != "..." }).isSubset(of: columns), "\(columns)")
    }
}
