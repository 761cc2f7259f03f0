import OpenscanKit
import OpenscanTestSupport
import Testing

/// Options that bound the whole of a scan, and what reports count of what they leave out.
@Suite struct LimitOptionTests {
    private func release() throws -> TemporaryFolder {
        try TemporaryFolder((0..<9).map { ("m\($0)/README.md", "# Model \($0)\n\nA model.\n") })
    }

    @Test func theTextOfAllFilesIsBounded() throws {
        let folder = try release()
        let result = try Openscan.run(["--max-total-text", "9216", "--jobs", "1", folder.path])
        #expect(result.code == 0)
        #expect(result.output.contains("6 texts are not read: 9216 bytes"))
        let free = try Openscan.run([folder.path])
        #expect(free.code == 0 && !free.output.contains("not read"))
    }

    @Test func theTimeIsBounded() throws {
        let folder = try release()
        #expect(try Openscan.run(["--max-seconds", "600", folder.path]).code == 0)
        #expect(try Openscan.run(["--max-seconds", "0", folder.path]).code == 2)
        #expect(try Openscan.run(["--max-total-text", "0", folder.path]).code == 2)
    }

    @Test func emptyFilesThatAreNotListedAreCounted() throws {
        let folder = try TemporaryFolder()
        let code = """
            import sys,os
            os.mkdir(sys.argv[1])
            for n in range(20005): open('%s/%05d.txt'%(sys.argv[1],n),'w').close()
            open(sys.argv[1]+'/README.md','w').write('# X')
            """
        let path = folder.path + "/w"
        #expect(try Openscan.run(["python3", "-c", code, path], executable: "/usr/bin/env").code == 0)
        #expect(try Openscan.run(["-f", "json", path]).output.contains("\"fileCount\" : 20006"))
        let pack = ["python3", "-c", "import sys,shutil;shutil.make_archive(sys.argv[1],'gztar',sys.argv[1])", path]
        #expect(try Openscan.run(pack, executable: "/usr/bin/env").code == 0)
        #expect(try Openscan.run(["-f", "json", path + ".tar.gz"]).output.contains("\"fileCount\" : 20006"))
    }
}
