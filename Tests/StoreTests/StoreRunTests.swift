import Foundation
import GRDB
import OpenscanKit
import OpenscanTestSupport
import Testing

@testable import OpenscanStore

@Suite struct StoreRunTests {
    private let folder: TemporaryFolder
    private let openscan: Openscan
    private var path: String { folder.path + "/mirror.sqlite" }

    init() throws {
        folder = try TemporaryFolder([
            ("one/README.md", "---\nlicense: mit\n---\n# One\n\nA model.\n"), ("one/model.bin", "no weights"),
            ("two/README.md", "# Two\n\nA model.\n"),
        ])
        openscan = try RoundTripTests.openscan.get()
    }

    private func scanned(
        _ name: String, known: (any KnownContents)? = nil, isStored: (ContentKey) -> Bool = { _ in false }
    )
        throws -> ScannedRelease
    {
        let facts = try openscan.facts(folder.path + "/" + name, known: known ?? Contents())
        return try ScannedRelease(facts, openscan.judge(facts), reading: openscan.readingEdition, isStored: isStored)
    }

    private func run(_ store: MirrorStore, _ names: [String]) throws -> StoreRun.Counts {
        let run = try StoreRun(store, command: "scan", root: folder.path, openscan: openscan)
        let seen = try names.map { name in
            try run.keep(StoreRun.Delivery(location: folder.path + "/" + name, signature: [1], scanned: scanned(name)))
        }
        try run.close(root: folder.path) { seen.contains($0) }
        try run.finish()
        return run.counts
    }

    private func changes(_ store: MirrorStore, after run: Int = 0) throws -> [String] {
        var lines: [String] = []
        try ChangeList(store).each(since: .run(run)) { change in
            lines.append(
                [change.name, change.what, change.subject, change.after].compactMap(\.self).joined(separator: " "))
        }
        return lines
    }

    @Test func whatIsAddedChangedGoneAndBackIsListed() throws {
        let store = try MirrorStore(path, for: .writing)
        #expect(try run(store, ["one", "two"]) == counts(read: 2))
        let first = try changes(store)
        #expect(first.count == 2)
        #expect(first.allSatisfy { $0.hasPrefix("one added ") || $0.hasPrefix("two added ") }, "\(first)")
        #expect(try run(store, ["one", "two"]) == counts(read: 2))
        #expect(try changes(store, after: 1).isEmpty)
        try folder.write("one/README.md", "---\nlicense: cc-by-nc-4.0\n---\n# One\n\nA model.\n")
        #expect(try run(store, ["one"]) == counts(read: 1, gone: 1, changed: 1))
        let third = try changes(store, after: 2)
        #expect(third.contains { $0.hasPrefix("one terms ") && $0.contains("CC-BY-NC-4.0") })
        #expect(third.contains("two gone"))
        #expect(try run(store, ["two"]) == counts(read: 1, gone: 1, changed: 1))
        #expect(try changes(store, after: 3).contains("two back"))
    }

    private func counts(read: Int, gone: Int = 0, changed: Int = 0) -> StoreRun.Counts {
        var counts = StoreRun.Counts()
        counts.read = read
        counts.gone = gone
        counts.changed = changed
        return counts
    }

    /// A text that lies in two releases under one name is kept once, and read once.
    @Test func contentsAreSharedAndForgotten() throws {
        let text = "# Same\n\nWe release the weights under the MIT licence.\n"
        for name in ["a", "b"] { try folder.write("\(name)/README.md", text) }
        let store = try MirrorStore(path, for: .writing)
        let run = try StoreRun(store, command: "scan", root: folder.path, openscan: openscan)
        let known = ContentReader(store)
        var stored: [Bool] = []
        for name in ["a", "b"] {
            known.forget()
            let release = try scanned(name, known: known, isStored: known.isStored)
            stored.append(release.contents.isEmpty)
            try run.keep(StoreRun.Delivery(location: name, signature: nil, scanned: release))
        }
        #expect(stored == [false, true])
        let count = { try store.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM content") } }
        #expect(try count() == 1)
        try run.finish()
        #expect(try count() == 1)
        try store.database.write { try $0.execute(sql: "DELETE FROM release") }
        try StoreRun(store, command: "scan", root: nil, openscan: openscan).finish()
        #expect(try count() == 0)
    }

    /// Facts that are stored are judged by what the rules are now.
    @Test func rejudgingListsWhatIsOtherwise() throws {
        let store = try MirrorStore(path, for: .writing)
        _ = try run(store, ["one", "two"])
        // As another rule set would have judged.
        try store.database.write {
            try $0.execute(sql: "UPDATE release SET level = 'fully-closed', digest = x'00' WHERE name = 'one'")
            try $0.execute(sql: "UPDATE release SET reading = 'before' WHERE name = 'two'")
        }
        let run = try StoreRun(store, command: "rejudge", root: nil, openscan: openscan)
        let outcome = try Rejudging(store, openscan: openscan, workers: 2).run(run)
        #expect(outcome.judged == 2)
        #expect(outcome.outdated == 1)
        #expect(run.counts.changed == 1)
        #expect(try changes(store, after: 1).map { $0.prefix(9) } == ["one level"])
        let second = try StoreRun(store, command: "rejudge", root: nil, openscan: openscan)
        _ = try Rejudging(store, openscan: openscan, workers: 1).run(second)
        #expect(second.counts.changed == 0)
    }

    @Test func damagedFactsAreCounted() throws {
        let store = try MirrorStore(path, for: .writing)
        _ = try run(store, ["one", "two"])
        try store.database.write { try $0.execute(sql: "UPDATE fact SET bytes = x'0000000001' WHERE release = 1") }
        let run = try StoreRun(store, command: "rejudge", root: nil, openscan: openscan)
        let outcome = try Rejudging(store, openscan: openscan, workers: 1).run(run)
        #expect(outcome.judged == 1)
        #expect(outcome.damaged == 1)
    }
}

/// What is fetched along with a release answers for those behind it, whatever order they are asked for in.
@Suite struct KnownReleaseTests {
    @Test(arguments: [1, 499, 500, 501, 1203])
    func everyReleaseIsKnownInAnyOrder(count: Int) throws {
        let folder = try TemporaryFolder()
        let openscan = try RoundTripTests.openscan.get()
        let store = try MirrorStore(folder.path + "/mirror.sqlite", for: .writing)
        let first = try StoreRun(store, command: "scan", root: nil, openscan: openscan)
        // A folder's name with a sign before the slash sorts before what is in the folder, and is found behind it.
        let paths = (0..<count).map {
            $0.isMultiple(of: 3) ? "/m/a\($0)/x" : $0.isMultiple(of: 2) ? "/m/a\($0)-b/x" : "/m/ü\($0)"
        }
        let dossier = openscan.unread("x", code: "unreadable", message: "x")
        var numbers: [String: Int64] = [:]
        for path in paths {
            numbers[path] = try first.keep(
                StoreRun.Delivery(location: path, signature: nil, scanned: ScannedRelease(dossier)))
        }
        for order in [paths, paths.sorted(), paths.sorted().reversed(), paths.shuffled()] {
            let run = try StoreRun(store, command: "scan", root: nil, openscan: openscan)
            for path in order {
                #expect(try run.known(path)?.id == numbers[path])
                #expect(try run.known(path + "!") == nil)
                #expect(try run.known("/a" + path) == nil)
            }
            #expect(try run.known("/zz") == nil)
        }
    }
}
