import Foundation
import OpenscanTestSupport
import Testing

@Suite struct CatalogueCommandTests {
    @Test func aStoreBecomesASite() throws {
        let folder = try TemporaryFolder([
            ("mirror/org/one/README.md", "---\nlicense: mit\n---\n# One\n\nAn open source model.\n"),
            ("mirror/org/two/README.md", "# Two\n"),
        ])
        let (store, site) = (folder.path + "/mirror.sqlite", folder.path + "/site")
        #expect(try Openscan.run(["batch", folder.path + "/mirror", "--store", store]).code == 0)
        let made = try Openscan.run(["catalogue", store, "-o", site, "--dossiers", "--only", "org/one"])
        #expect(made.code == 0 && made.output.isEmpty, "\(made.error)")
        #expect(made.error.contains("2 releases, 1 dossiers"), "\(made.error)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: site + "/dossiers").count == 1)
        #expect(try folder.text("site/data/rows-0.js").contains("org/two"))
        // Again over itself, in the other language.
        #expect(try Openscan.run(["catalogue", store, "-o", site, "--language", "zh"]).code == 0)
        #expect(try folder.text("site/index.html").contains("lang=\"zh\""))
        #expect(try FileManager.default.contentsOfDirectory(atPath: site + "/dossiers").isEmpty)
    }

    @Test func wrongCallsAndFailuresHaveTheirCodes() throws {
        let folder = try TemporaryFolder([("other/thesis.tex", "x"), ("no-store", "no database at all")])
        let mirror = try TemporaryFolder([("org/one/README.md", "# One\n")])
        let store = folder.path + "/mirror.sqlite"
        _ = try Openscan.run(["batch", mirror.path, "--store", store])
        func code(_ words: String...) throws -> Int32 { try Openscan.run(["catalogue"] + words).code }
        #expect(try code(store) == 2)
        #expect(try code(store, "-o", folder.path + "/site", "--only", "x") == 2)
        #expect(try code(store, "-o", folder.path + "/other") == 2)
        #expect(try code(store, "-o", folder.path + "/missing/site") == 2)
        #expect(try code(folder.path + "/nothing", "-o", folder.path + "/site") == 3)
        #expect(try code(folder.path + "/no-store", "-o", folder.path + "/site") == 3)
        let names = try folder.names()
        #expect(!names.contains("site") && !names.contains("missing"), "\(names)")
    }
}
