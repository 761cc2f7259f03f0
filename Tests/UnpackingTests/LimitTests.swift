import Foundation
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

    @Test func foldersOfAnArchiveCountAsExpanded() throws {
        let bytes = try archive(
            """
            b=io.BytesIO();t=tarfile.open(fileobj=b,mode='w:gz')
            for n in range(5000):
                i=tarfile.TarInfo(str(n));i.type=tarfile.DIRTYPE;t.addfile(i)
            t.close();sys.stdout.buffer.write(b.getvalue())
            """)
        #expect(try walk(bytes).findings.isEmpty)
        var limits = Limits()
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

    /// What a 7z compresses is expanded by whoever passes over it, whether or not the member may be read.
    @Test(arguments: ["w.bin", "../w.bin"])
    func whatIsPassedOverCountsAsExpanded(name: String) throws {
        let bytes = try archive(
            """
            import binascii,lzma,struct
            def n(v): return bytes([v]) if v<128 else b'\\xf0'+v.to_bytes(4,'little')
            unit=lzma.compress(bytes(1<<20),lzma.FORMAT_RAW,filters=[{'id':lzma.FILTER_LZMA2,'preset':1,'dict_size':1<<21}])[:-1]
            packed=unit*65+b'\\0';sizes=[64<<20,1<<20]
            names=b'\\0'+b''.join(x.encode('utf-16-le')+b'\\0\\0' for x in ['\(name)','z.txt'])
            h=(b'\\x01\\x04\\x06'+n(0)+n(1)+b'\\x09'+n(len(packed))+b'\\0'
              +b'\\x07\\x0b'+n(1)+b'\\0'+n(1)+b'\\x21\\x21\\x01\\x12\\x0c'+n(sum(sizes))+b'\\0'
              +b'\\x08\\x0d'+n(2)+b'\\x09'+n(sizes[0])+b'\\0\\0'
              +b'\\x05'+n(2)+b'\\x11'+n(len(names))+names+b'\\0\\0')
            s=struct.pack('<QQI',len(packed),len(h),binascii.crc32(h))
            sys.stdout.buffer.write(b'7z\\xbc\\xaf\\x27\\x1c\\0\\4'+struct.pack('<I',binascii.crc32(s))+s+packed+h)
            """)
        var limits = Limits()
        limits.ratio = 1 << 20
        let whole = try walk(bytes, limits: limits)
        #expect(whole.entries.keys.contains("z.txt") && !whole.has(.decompressionBomb))
        limits.expandedBytes = 16 << 20
        let cut = try walk(bytes, limits: limits)
        #expect(cut.has(.decompressionBomb))
        #expect(!cut.entries.keys.contains("z.txt"))
    }

    @Test func zerosBehindACompressedStreamEnd() throws {
        let packed = try archive(
            "b=io.BytesIO();t=tarfile.open(fileobj=b,mode='w:xz');i=tarfile.TarInfo('a.txt');i.size=5;t.addfile(i,io.BytesIO(b'hello'));t.close();sys.stdout.buffer.write(b.getvalue())"
        )
        let recorder = Recorder()
        let padded = Padded(packed)
        let content = EntryContent(padded, buffer: PrefixBuffer())
        try ArchiveWalker(budget: ScanBudget(Limits()), visitor: recorder, buffer: PrefixBuffer()).walk(
            content, kind: .other(isCompressedStream: true), path: "", depth: 0)
        #expect(recorder.entries == ["a.txt": Array("hello".utf8)])
        #expect(recorder.has(.trailingData))
        #expect(padded.furthest < 32 << 20)
    }

    @Test func oneCompressedFileEndsAtZerosBehindIt() throws {
        let bytes = try archive("import lzma;sys.stdout.buffer.write(lzma.compress(b'hello'))")
        let stream = try Compression.xz.expand(Padded(bytes), path: "x.xz", limits: Limits())
        let expanded = EntryContent(stream, announcedSize: nil, buffer: PrefixBuffer())
        #expect(Array(try expanded.prefix(100)) == Array("hello".utf8))
        #expect(stream.wasCut)
        withExtendedLifetime(expanded) {}
    }
}

/// Bytes, and behind them a terabyte of zeros, as a sparse file has it.
private final class Padded: SizedBytes {
    let byteCount = 1 << 40
    private(set) var furthest = 0
    private let head: [UInt8]

    init(_ head: [UInt8]) { self.head = head }

    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, byteCount - offset)
        furthest = max(furthest, offset + count)
        if let base = buffer.baseAddress { memset(base, 0, count) }
        for place in 0..<max(0, min(count, head.count - offset)) { buffer[place] = head[offset + place] }
        return count
    }
}

@Suite struct NameBudgetTests {
    @Test func namesAreTakenUntilTheyAreUsedUp() {
        let budget = ScanBudget(Limits())
        #expect(budget.takeNames(1_500_000) && !budget.hasRefused)
        #expect(!budget.takeNames(1_000_000) && budget.hasRefused)
        #expect(budget.takeNames(500_000))
        #expect(!ScanBudget(copying: budget).takeNames(1))
    }
}
