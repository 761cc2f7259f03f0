import Foundation
import GRDB
import OpenscanCatalogue
import OpenscanKit
import OpenscanStore
import OpenscanTestSupport
import Testing

/// A store whose releases are rows made here.
struct MadeStore {
    static let openscan = Result { try Openscan() }
    let folder: TemporaryFolder
    var path: String { folder.path + "/mirror.sqlite" }

    init(_ count: Int, name: (Int) -> String = { "model-\($0)" }) throws {
        folder = try TemporaryFolder()
        _ = try StoreRun(
            MirrorStore(folder.path + "/mirror.sqlite", for: .writing), command: "scan", root: "/mirror",
            openscan: Self.openscan.get(), now: Date(timeIntervalSince1970: 1_795_000_000))
        let queue = try DatabaseQueue(path: path)
        try queue.write { database in
            for number in 1...max(1, count) where count > 0 {
                try Self.insert(database, number, name(number))
            }
        }
        try queue.close()
    }

    private static func insert(_ database: Database, _ number: Int, _ name: String) throws {
        let basis = ["text", "stated", "inherited", "not-stated"][number % 4]
        try database.execute(
            sql: """
                INSERT INTO release VALUES (?, ?, ?, 'org', 'directory', NULL, 'model', ?, ?, NULL, 'high', 'osi-open', 'no',
                  'a sentence', 3, 1000, NULL, ?, NULL, NULL, 'unknown', 'safetensors', ?, NULL, NULL, 0.1, 1, 1, 1, NULL,
                  NULL, NULL, x'00')
                """,
            arguments: [
                number, "/mirror/org/\(name)-\(number)", name, number % 3 == 0 ? "undetermined" : "weights-available",
                number % 3 == 0 ? nil : 5, number * 1_000_000, "20\(10 + number % 15)-05-01T00:00:00Z",
            ])
        let expression = number % 10 == 0 ? "LicenseRef-own-\(number)" : "MIT"
        for (sql, values) in [
            ("term VALUES (?, 'weights', ?, ?, 'permissive', 'pass', 1, 'LICENSE:1-20')", [expression, basis]),
            ("use_answer VALUES (?, 'commercial-use', 'weights', 'yes', ?)", ["\(expression) says so"]),
            ("flag VALUES (?, 'ow-01', 'high', 'a title', ?, 'README.md:3')", ["\(name) is claimed"]),
            ("claim VALUES (?, 0, 'open-source', 'model', 'claim', 'README.md', 3, ?)", ["\(name) is open source"]),
            ("clause VALUES (?, 0, 'grant-modify', ?, 'present', 'LICENSE', 7, 9, NULL)", [expression]),
        ] as [(String, [String])] {
            try database.execute(
                sql: "INSERT INTO " + sql,
                arguments: StatementArguments([number] as [any DatabaseValueConvertible] + values))
        }
    }

    @discardableResult
    func write(_ site: String = "site", language: Language = .en, dossiers: Catalogue.Dossiers = .none) throws
        -> Catalogue.Outcome
    {
        let store = try MirrorStore(path, for: .reading)
        return try Catalogue(store, openscan: Self.openscan.get(), language: language).write(
            to: folder.path + "/" + site, dossiers: dossiers)
    }

    func files(_ site: String = "site") throws -> [String: Data] {
        let root = URL(filePath: folder.path + "/" + site)
        var out: [String: Data] = [:]
        for case let name as String in FileManager.default.enumerator(atPath: root.path)
            ?? FileManager.DirectoryEnumerator()
        {
            let file = root.appending(path: name)
            guard !file.hasDirectoryPath, let bytes = try? Data(contentsOf: file) else { continue }
            out[name] = bytes
        }
        return out
    }

    /// What a file of the site's data holds, as JSON.
    func value(_ name: String, of files: [String: Data]) throws -> Any {
        try Self.value(try #require(files["data/\(name).js"], "\(name)"))
    }

    /// What a file of data holds, as JSON.
    static func value(_ bytes: Data) throws -> Any {
        let text = String(decoding: bytes, as: UTF8.self)
        let start = try #require(text.firstIndex(of: ","))
        #expect(text.hasPrefix("openscanCatalogue(\"") && text.hasSuffix(");\n"))
        let json = text[text.index(after: start)...].dropLast(3)
        return try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed)
    }
}

@Suite struct CatalogueTests {
    @Test func theFirstViewIsSmallWhateverTheNumberOfReleases() throws {
        let store = try MadeStore(2000)
        #expect(try store.write().releases == 2000)
        let files = try store.files()
        let first = ["index.html", "style.css", "site.js", "list.js", "data/meta.js", "data/rows-0.js"]
        let size = first.compactMap { files[$0]?.count }.reduce(0, +)
        #expect(size > 20_000 && size < 150_000, "\(size)")
        #expect(files.values.map(\.count).reduce(0, +) < 2000 * 3000)
        // Pieces are bounded, so that one page never costs the whole.
        for (name, bytes) in files where name.hasPrefix("data/re") { #expect(bytes.count < 200_000, "\(name)") }
    }

    @Test func everyReleaseHasItsRowAndItsPage() throws {
        let store = try MadeStore(500)
        try store.write()
        let files = try store.files()
        let starts = try #require(store.value("starts", of: files) as? [Int])
        #expect(starts.first == 0 && starts == starts.sorted())
        var keys: [String] = []
        for number in starts.indices {
            let shard = try #require(store.value("releases-\(number)", of: files) as? [[Any]])
            for case let row as [Any] in shard[1] {
                keys.append(try #require(row[0] as? String))
                #expect(row.count == 15)
            }
        }
        var rows: [[Any]] = []
        for number in 0..<5 {
            rows += try #require(store.value("rows-\(number)", of: files) as? [[Any]])
        }
        #expect(keys.count == 500 && Set(keys).count == 500)
        #expect(rows.compactMap { $0[1] as? String } == keys)
        #expect(try store.value("keys", of: files) as? String == keys.joined())
        // The most open first.
        let levels = rows.compactMap { $0[3] as? Int }
        #expect(levels == levels.sorted())
    }

    @Test func evidenceIsThereAndPathsOfTheMachineAreNot() throws {
        let store = try MadeStore(20)
        try store.write()
        let all = try store.files().values.map { String(decoding: $0, as: UTF8.self) }.joined()
        for wanted in ["README.md:3", "LICENSE:1-20", "model-7 is open source", "model-7 is claimed", "grant-modify"] {
            #expect(all.contains(wanted), "\(wanted)")
        }
        #expect(!all.contains("/mirror/"))
    }

    @Test func theSameStoreGivesTheSameBytes() throws {
        let store = try MadeStore(300)
        try store.write("one")
        try store.write("two")
        #expect(try store.files("one") == store.files("two"))
        try store.write("one")
        #expect(try store.files("one") == store.files("two"))
        // The other language tells the same of the same.
        try store.write("zh", language: .zh)
        let (english, chinese) = (try store.files("one"), try store.files("zh"))
        #expect(english.keys.sorted() == chinese.keys.sorted())
        #expect(english["data/releases-0.js"] == chinese["data/releases-0.js"])
        #expect(String(decoding: chinese["index.html"] ?? Data(), as: UTF8.self).contains("模型发布目录"))
    }

    @Test(arguments: [
        "</script><script>hit()</script>", "\"><img src=x onerror=hit()>", "\");hit();(\"", "{{{style}}}{{#t}}",
        "a\u{2028}b\u{202E}c", "__proto__", "'); --", "<!--", "]]>", "\u{1}\u{FEFF}",
    ])
    func wordsOfReleasesAreNoMarkup(hostile: String) throws {
        let store = try MadeStore(5) { "\(hostile)\($0)" }
        try store.write(dossiers: .all)
        for (name, bytes) in try store.files() {
            let text = String(decoding: bytes, as: UTF8.self)
            if hostile.contains("<") { #expect(!text.contains(hostile), "\(name)") }
            for sign in ["\u{2028}", "\u{202E}", "\u{1}", "\u{FEFF}"] { #expect(!text.contains(sign), "\(name)") }
            guard name.hasPrefix("data/") else {
                if name.hasSuffix(".html") { #expect(text.contains("Content-Security-Policy"), "\(name)") }
                continue
            }
            _ = try MadeStore.value(bytes)
            // Nothing in a literal ends the element that a page loads it by.
            #expect(!text.contains("<"), "\(name)")
        }
    }

    /// Own files are replaced and removed; what somebody else put there stays, and a folder of somebody else's is refused.
    @Test func aSiteIsReplacedFileByFile() throws {
        let store = try MadeStore(900)
        try store.write()
        try store.folder.write("site/data/of-mine.json", "mine")
        try store.folder.write("site/notes.txt", "mine")
        #expect(try store.files()["data/rows-8.js"] != nil)
        let queue = try DatabaseQueue(path: store.path)
        try queue.write { try $0.execute(sql: "DELETE FROM release WHERE id > 5") }
        try queue.close()
        try store.write()
        let files = try store.files()
        #expect(files["data/rows-8.js"] == nil && files["data/rows-0.js"] != nil)
        #expect(files["data/of-mine.json"] == Data("mine".utf8) && files["notes.txt"] == Data("mine".utf8))
        #expect(files.keys.filter { $0.hasPrefix(".") }.isEmpty)
    }

    @Test func foldersOfOthersAreLeftAlone() throws {
        let store = try MadeStore(3)
        for (name, text) in [("other/thesis.tex", "x"), ("named/catalogue.txt", "my own catalogue\n")] {
            try store.folder.write(name, text)
            let folder = String(name.split(separator: "/")[0])
            #expect(throws: CatalogueProblem.notASite(path: store.folder.path + "/" + folder)) {
                try store.write(folder)
            }
            #expect(try store.files(folder) == [String(name.split(separator: "/")[1]): Data(text.utf8)])
        }
        try store.folder.write("file", "x")
        #expect(throws: CatalogueProblem.self) { try store.write("file") }
        // A list that names other people's files has none of them removed.
        try store.folder.write(
            "site/catalogue.txt", "openscan catalogue 1\n../file\n/etc/hosts\ndata/../../file\nthesis.tex\n")
        try store.folder.write("site/thesis.tex", "x")
        try store.write()
        #expect(try store.folder.text("file") == "x")
        #expect(try store.files()["thesis.tex"] != nil)
    }

    @Test func linksInTheFolderAreNotFollowed() throws {
        let store = try MadeStore(3)
        try store.folder.write("target", "mine")
        try store.write()
        let site = store.folder.path + "/site"
        try FileManager.default.removeItem(atPath: site + "/index.html")
        try FileManager.default.createSymbolicLink(
            atPath: site + "/index.html", withDestinationPath: store.folder.path + "/target")
        try store.write()
        #expect(try store.folder.text("target") == "mine")
        try FileManager.default.removeItem(atPath: site + "/data")
        try store.folder.write("elsewhere/x", "mine")
        try FileManager.default.createSymbolicLink(
            atPath: site + "/data", withDestinationPath: store.folder.path + "/elsewhere")
        #expect(throws: CatalogueProblem.self) { try store.write() }
        #expect(try store.files("elsewhere").count == 1)
    }

    @Test func anEmptyStoreIsASiteToo() throws {
        let store = try MadeStore(0)
        #expect(try store.write().releases == 0)
        #expect(try store.files()["index.html"] != nil)
    }

    @Test func dossiersAreMadeFromStoredFacts() throws {
        let folder = try TemporaryFolder([
            ("org/one/README.md", "---\nlicense: mit\n---\n# One\n\nAn open source model.\n"),
            ("org/two/README.md", "# Two\n"),
        ])
        let made = try MadeStore(0)
        let openscan = try MadeStore.openscan.get()
        do {
            let store = try MirrorStore(made.path, for: .writing)
            let run = try StoreRun(store, command: "scan", root: folder.path, openscan: openscan)
            for name in ["org/one", "org/two"] {
                let path = folder.path + "/" + name
                let known = ContentReader(store)
                let facts = try openscan.facts(path, known: known)
                let scanned = try ScannedRelease(facts, openscan.judge(facts), reading: "", isStored: known.isStored)
                try run.keep(StoreRun.Delivery(location: path, signature: nil, scanned: scanned))
            }
            try run.finish()
        }
        let outcome = try made.write(dossiers: .named(["ORG/one"]))
        #expect(outcome.releases == 2 && outcome.dossiers == 1 && outcome.withoutFacts == 0)
        let dossiers = try made.files().filter { $0.key.hasPrefix("dossiers/") }
        #expect(dossiers.count == 1)
        let page = String(decoding: try #require(dossiers.values.first), as: UTF8.self)
        #expect(page.contains("An open source model."))
        #expect(page.contains("README.md"))
        // Without them the next site has none.
        try made.write()
        #expect(try made.files().filter { $0.key.hasPrefix("dossiers/") }.isEmpty)
        #expect(try made.write(dossiers: .all).dossiers == 2)
    }
}
