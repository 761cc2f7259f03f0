import OpenscanBytes
import OpenscanFacts
import Testing

@testable import OpenscanUnpacking

@Suite struct LimitTests {
    @Test func bombsStop() throws {
        let bytes = try archive(
            "b=io.BytesIO();t=tarfile.open(fileobj=b,mode='w:gz');i=tarfile.TarInfo('z');i.size=200<<20;t.addfile(i,open('/dev/zero','rb'));t.close();sys.stdout.buffer.write(b.getvalue())"
        )
        var limits = Limits()
        limits.ratio = 100
        limits.ratioFloor = 1 << 20
        #expect(try walk(bytes, limits: limits).has(.decompressionBomb))
        limits = Limits()
        limits.expandedBytes = 1 << 20
        #expect(try walk(bytes, limits: limits).has(.decompressionBomb))
    }

    @Test func archivesInArchivesEndAtTheLimit() throws {
        let bytes = try archive(
            """
            d=b'x'
            for n in range(5):
                b=io.BytesIO();a=zipfile.ZipFile(b,'w');a.writestr('inner.zip' if n else 'leaf.txt',d);a.close();d=b.getvalue()
            sys.stdout.buffer.write(d)
            """)
        let recorder = try walk(bytes)
        #expect(recorder.has(.nestingDepth))
        #expect(recorder.entries.keys.contains("inner.zip!/inner.zip"))
    }

    @Test func entriesEndAtTheLimit() throws {
        let bytes = try archive(
            "b=io.BytesIO();a=zipfile.ZipFile(b,'w')\nfor n in range(20): a.writestr(str(n),'x')\na.close();sys.stdout.buffer.write(b.getvalue())"
        )
        var limits = Limits()
        limits.entries = 5
        let recorder = try walk(bytes, limits: limits)
        #expect(recorder.entries.count == 5)
        #expect(recorder.has(.manyEntries))
    }
}
