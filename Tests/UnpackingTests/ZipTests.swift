import OpenscanBytes
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
}
