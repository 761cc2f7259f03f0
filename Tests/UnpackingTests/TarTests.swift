import OpenscanBytes
import OpenscanFacts
import Testing

@testable import OpenscanUnpacking

@Suite struct TarTests {
    @Test(arguments: ["w", "w:gz", "w:bz2", "w:xz"])
    func tarsAreReadWhateverCompressesThem(mode: String) throws {
        let bytes = try archive(
            "b=io.BytesIO();t=tarfile.open(fileobj=b,mode='\(mode)');i=tarfile.TarInfo('a/b.txt');i.size=5;t.addfile(i,io.BytesIO(b'hello'));t.close();sys.stdout.buffer.write(b.getvalue())"
        )
        #expect(try walk(bytes).entries["a/b.txt"] == Array("hello".utf8))
    }

    @Test func whatNoHonestTarHasIsSaid() throws {
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
        for id in [FindingID.pathTraversal, .duplicateKey, .symlinkEscape, .specialFile] {
            #expect(recorder.has(id), "\(id)")
        }
        #expect(Array(recorder.entries.keys) == ["ok"])
    }

    /// A header with a size in GNU's binary form, and nothing behind it but `data`.
    private func tar(size: Int, data: [UInt8]) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: 512)
        header.replaceSubrange(0..<1, with: Array("a".utf8))
        header[124] = 0x80
        for place in 0..<8 { header[135 - place] = UInt8(truncatingIfNeeded: size >> (8 * place)) }
        header.replaceSubrange(148..<156, with: Array("        ".utf8))
        header[156] = UInt8(ascii: "0")
        let octal = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
        header.replaceSubrange(
            148..<156, with: Array((String(repeating: "0", count: 6 - octal.count) + octal + "\0 ").utf8))
        return header + data
    }

    private func directory(_ bytes: [UInt8]) throws -> TarDirectory {
        try TarDirectory(StreamBytes(SequentialBytes(MemoryBytes(bytes)), size: nil, path: ""))
    }

    @Test(arguments: [
        (Int.max - 512, FindingID.badSize), (1 << 62, .truncated), (1 << 40, .truncated), (600, .truncated),
    ])
    func sizesThatCannotBeAreSaidWhereTheLengthIsUnknown(size: Int, id: FindingID) throws {
        let found = try directory(tar(size: size, data: [UInt8](repeating: 1, count: 512)))
        #expect(found.findings.map(\.id) == [id])
        #expect(found.findings.map(\.severity) == [.high])
        #expect(found.members.allSatisfy { $0.size == 512 })
    }

    @Test func aStreamThatEndsBehindItsLastMemberIsWhole() throws {
        let found = try directory(tar(size: 512, data: [UInt8](repeating: 1, count: 512)))
        #expect(found.members.map(\.size.value) == [512])
        #expect(found.findings.isEmpty)
    }
}
