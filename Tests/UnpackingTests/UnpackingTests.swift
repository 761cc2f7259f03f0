import Foundation
import Testing

@testable import Unpacking

/// Collects what a walk reports.
private final class Recorder: EntryVisitor {
    var entries: [String: [UInt8]] = [:]
    var findings: [(String, String)] = []

    func visit(_ entry: Entry, content: EntryContent) {
        entries[entry.path] = (try? content.prefix(1 << 20)).map(Array.init) ?? []
    }

    func report(_ finding: Finding, path: String) { findings.append((path, finding.id)) }

    func has(_ id: String) -> Bool { findings.contains { $0.1 == id } }
}

private final class ArrayBytes: RandomAccessBytes {
    let bytes: [UInt8]
    var byteCount: Int { bytes.count }

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
        guard offset >= 0, offset < bytes.count else { return 0 }
        let count = min(buffer.count, bytes.count - offset)
        bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count])) }
        return count
    }
}

private func walk(_ bytes: [UInt8], limits: Limits = Limits()) throws -> Recorder {
    let recorder = Recorder()
    let content = EntryContent(ArrayBytes(bytes), buffer: PrefixBuffer())
    let kind = try #require(try ArchiveKind.detect(content.prefix(300)))
    try ArchiveWalker(budget: ScanBudget(limits), visitor: recorder, buffer: PrefixBuffer()).walk(
        content, kind: kind, path: "", depth: 0)
    return recorder
}

/// Bytes of an archive made by Python's own modules: `code` gets an open `a` (zip) or `t` (tar).
private func archive(_ code: String) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", "import sys,io,zipfile,tarfile,gzip\n" + code]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return [UInt8](data)
}

@Suite struct NameTests {
    @Test(arguments: [
        ("../evil", "path-traversal"), ("a/../../b", "path-traversal"), ("/etc/passwd", "path-traversal"),
        ("C:\\x", "path-traversal"), ("a\u{1B}[2J", "control-characters"),
        ("a\u{202E}txt.exe", "bidi-control"), ("a\nb", "control-characters"),
    ])
    func refusesNames(name: String, id: String) {
        let verdict = Array(name.utf8).withUnsafeBytes { EntryName.check($0, limits: Limits()) }
        guard case .refused(let shown, let finding) = verdict else {
            return #expect(Bool(false), "\(name) was accepted")
        }
        #expect(finding.id == id)
        #expect(!shown.unicodeScalars.contains(where: Printable.isUnsafe))
    }

    @Test func refusesNamesThatAreNotUTF8() {
        guard
            case .refused(_, let finding) = ([0x61, 0xFF, 0x62] as [UInt8]).withUnsafeBytes({
                EntryName.check($0, limits: Limits())
            })
        else { return #expect(Bool(false)) }
        #expect(finding.id == "non-utf8")
    }

    @Test(arguments: [("a/./b", "a/b"), ("./x", "x"), ("a//b", "a/b"), ("模型.txt", "模型.txt")])
    func cleansNames(name: String, clean: String) {
        guard case .usable(let found) = Array(name.utf8).withUnsafeBytes({ EntryName.check($0, limits: Limits()) })
        else { return #expect(Bool(false)) }
        #expect(found == clean)
    }

    @Test(arguments: [
        ("models--org--name", "org/name"), ("models--org--na-me-2", "org/na-me-2"), ("models--bert-base", "bert-base"),
        ("datasets--a--b", "a/b"),
    ])
    func hubNames(folder: String, name: String) { #expect(ReleaseLocation.hubName(folder) == name) }
}

@Suite struct ArchiveTests {
    @Test func readsAZipFromItsDirectory() throws {
        let bytes = try archive(
            "b=io.BytesIO();a=zipfile.ZipFile(b,'w',zipfile.ZIP_DEFLATED);a.writestr('d/x.txt','hello '*100);a.writestr('y.bin',b'raw',zipfile.ZIP_STORED);a.close();sys.stdout.buffer.write(b.getvalue())"
        )
        let recorder = try walk(bytes)
        #expect(recorder.entries["d/x.txt"]?.count == 600)
        #expect(recorder.entries["y.bin"] == Array("raw".utf8))
        #expect(recorder.findings.isEmpty)
    }

    @Test func zipWithMethodsBeyondDeflate() throws {
        let bytes = try archive(
            "b=io.BytesIO();a=zipfile.ZipFile(b,'w',zipfile.ZIP_BZIP2);a.writestr('x.txt','hello '*100);a.close();sys.stdout.buffer.write(b.getvalue())"
        )
        #expect(try walk(bytes).entries["x.txt"]?.count == 600)
    }

    @Test func zipWhoseLocalNameDiffers() throws {
        let bytes = try archive(
            "b=io.BytesIO();a=zipfile.ZipFile(b,'w');a.writestr('honest.txt','x');a.close();v=bytearray(b.getvalue());i=v.find(b'honest');v[i:i+6]=b'EVILLL';sys.stdout.buffer.write(v)"
        )
        #expect(try walk(bytes).has("zip-anomaly"))
    }

    @Test func zipDirectoryThatLies() throws {
        let bytes = try archive(
            "b=io.BytesIO();a=zipfile.ZipFile(b,'w');a.writestr('x','y');a.close();v=bytearray(b.getvalue());v[-10:-6]=b'\\xff\\xff\\xff\\x7f';sys.stdout.buffer.write(v)"
        )
        #expect(throws: ReadError.self) { try walk(bytes) }
    }

    @Test(arguments: ["w", "w:gz", "w:bz2", "w:xz"])
    func readsTars(mode: String) throws {
        let bytes = try archive(
            "b=io.BytesIO();t=tarfile.open(fileobj=b,mode='\(mode)');i=tarfile.TarInfo('a/b.txt');i.size=5;t.addfile(i,io.BytesIO(b'hello'));t.close();sys.stdout.buffer.write(b.getvalue())"
        )
        #expect(try walk(bytes).entries["a/b.txt"] == Array("hello".utf8))
    }

    @Test func hostileTar() throws {
        let bytes = try archive(
            """
            b=io.BytesIO();t=tarfile.open(fileobj=b,mode='w')
            for n in ['../up','/abs','ok','ok']:
                i=tarfile.TarInfo(n);i.size=1;t.addfile(i,io.BytesIO(b'x'))
            i=tarfile.TarInfo('l');i.type=tarfile.SYMTYPE;i.linkname='../../etc';t.addfile(i)
            i=tarfile.TarInfo('d');i.type=tarfile.CHRTYPE;t.addfile(i)
            t.close();sys.stdout.buffer.write(b.getvalue())
            """)
        let recorder = try walk(bytes)
        for id in ["path-traversal", "duplicate-key", "symlink-escape", "special-file"] {
            #expect(recorder.has(id), "\(id)")
        }
        #expect(Array(recorder.entries.keys) == ["ok"])
    }

    @Test func bombsStop() throws {
        let bytes = try archive(
            "b=io.BytesIO();t=tarfile.open(fileobj=b,mode='w:gz');i=tarfile.TarInfo('z');i.size=200<<20;t.addfile(i,open('/dev/zero','rb'));t.close();sys.stdout.buffer.write(b.getvalue())"
        )
        var limits = Limits()
        limits.ratio = 100
        limits.ratioFloor = 1 << 20
        #expect(try walk(bytes, limits: limits).has("decompression-bomb"))
        limits = Limits()
        limits.expandedBytes = 1 << 20
        #expect(try walk(bytes, limits: limits).has("decompression-bomb"))
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
        #expect(recorder.has("nesting-depth"))
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
        #expect(recorder.has("many-entries"))
    }
}

@Suite struct JSONTests {
    private func parse(_ text: String) throws -> JSONValue {
        try Array(text.utf8).withUnsafeBytes { try JSONValue.parse($0) }
    }

    @Test func values() throws {
        let value = try parse(#"{"a": [1, "x\u00e9\ud83d\ude00", null, true], "b": {"c": -1.5e3}}"#)
        #expect(value["a"]?.array?[0].int == 1)
        #expect(value["a"]?.array?[1].string == "xé😀")
        #expect(value["b"]?["c"] == .number("-1.5e3"))
    }

    @Test(arguments: ["{", "[1,]x", "{\"a\" 1}", "\"x", "", "{\"a\":1}}", "tru"])
    func refuses(text: String) { #expect(throws: JSONValue.Problem.self) { try parse(text) } }

    @Test func depthIsBounded() {
        #expect(throws: JSONValue.Problem.self) { try parse(String(repeating: "[", count: 100_000)) }
    }
}

@Suite struct PrintableTests {
    @Test func noControlCharacterSurvives() {
        let shown = Printable.text("a\u{1B}[31mb\u{202E}c\u{0}d\r\n\te", limit: 100)
        #expect(!shown.unicodeScalars.contains(where: Printable.isUnsafe))
        #expect(shown == "a\\u{1b}[31mb\\u{202e}c\\u{0}d e")
        #expect(Printable.text(String(repeating: "x", count: 500), limit: 10) == "xxxxxxxxxx…")
    }
}

@Suite struct NewlineTests {
    @Test(arguments: [0, 1, 31, 32, 33, 200]) func everyNewlineCounts(length: Int) {
        let bytes = (0..<length).map { UInt8($0 % 7 == 3 ? 0x0A : 0x61) }
        let count = bytes.withUnsafeBytes { $0.newlineCount }
        #expect(count == bytes.count { $0 == 0x0A })
    }
}
