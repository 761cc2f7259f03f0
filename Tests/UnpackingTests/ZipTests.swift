import OpenscanBytes
import OpenscanFacts
import Testing

@Suite struct ZipTests {
    @Test func membersComeFromTheDirectory() throws {
        let bytes = try archive(
            "b=io.BytesIO();a=zipfile.ZipFile(b,'w',zipfile.ZIP_DEFLATED);a.writestr('d/x.txt','hello '*100);a.writestr('y.bin',b'raw',zipfile.ZIP_STORED);a.close();sys.stdout.buffer.write(b.getvalue())"
        )
        let recorder = try walk(bytes)
        #expect(recorder.entries["d/x.txt"]?.count == 600)
        #expect(recorder.entries["y.bin"] == Array("raw".utf8))
        #expect(recorder.findings.isEmpty)
    }

    @Test func methodsBeyondDeflateAreRead() throws {
        let bytes = try archive(
            "b=io.BytesIO();a=zipfile.ZipFile(b,'w',zipfile.ZIP_BZIP2);a.writestr('x.txt','hello '*100);a.close();sys.stdout.buffer.write(b.getvalue())"
        )
        #expect(try walk(bytes).entries["x.txt"]?.count == 600)
    }

    @Test func anotherNameInTheLocalHeaderIsSaid() throws {
        let bytes = try archive(
            "b=io.BytesIO();a=zipfile.ZipFile(b,'w');a.writestr('honest.txt','x');a.close();v=bytearray(b.getvalue());i=v.find(b'honest');v[i:i+6]=b'EVILLL';sys.stdout.buffer.write(v)"
        )
        #expect(try walk(bytes).has(.zipAnomaly))
    }

    @Test func aDirectoryThatIsNotThereIsAnError() throws {
        let bytes = try archive(
            "b=io.BytesIO();a=zipfile.ZipFile(b,'w');a.writestr('x','y');a.close();v=bytearray(b.getvalue());v[-10:-6]=b'\\xff\\xff\\xff\\x7f';sys.stdout.buffer.write(v)"
        )
        #expect(throws: ReadError.self) { try walk(bytes) }
    }

    @Test func anOffsetPastTheLargestNumberIsAnErrorOfItsMember() throws {
        // Zip64's extra field gives the first member the largest offset; what stands before the zip is added to it.
        let bytes = try archive(
            """
            import struct
            b=io.BytesIO();a=zipfile.ZipFile(b,'w');a.writestr('a.txt','x');a.writestr('b.txt','y');a.close();v=bytearray(b.getvalue())
            i=v.find(b'PK\\x01\\x02');e=struct.pack('<HHQ',1,8,2**63-1)
            v[i+30:i+32]=struct.pack('<H',len(e));v[i+42:i+46]=b'\\xff'*4;v[i+51:i+51]=e
            j=v.find(b'PK\\x05\\x06');v[j+12:j+16]=struct.pack('<I',j-i)
            sys.stdout.buffer.write(b'PK00PK\\x03\\x04'+b'x'*100+v)
            """)
        let recorder = try walk(bytes)
        #expect(recorder.entries == ["b.txt": Array("y".utf8)])
        #expect(recorder.findings.contains { $0 == ("a.txt", .unreadable) })
    }

    @Test func membersThatOverlapAreSaidAndReadOnce() throws {
        // A hundred entries of the directory for one member.
        let bytes = try archive(
            """
            import struct
            b=io.BytesIO();a=zipfile.ZipFile(b,'w');a.writestr('00.md','hello');a.close();v=b.getvalue()
            i=v.find(b'PK\\x01\\x02');j=v.find(b'PK\\x05\\x06');d=v[i:j]
            d=b''.join(d.replace(b'00.md',b'%02d.md'%n) for n in range(100))
            sys.stdout.buffer.write(v[:i]+d+struct.pack('<IHHHHIIH',0x06054b50,0,0,100,100,len(d),i,0))
            """)
        let recorder = try walk(bytes)
        #expect(recorder.entries == ["00.md": Array("hello".utf8)])
        #expect(recorder.findings.filter { $0.1 == .zipAnomaly }.count == 3)
        #expect(recorder.has(.notInspected))
    }
}
