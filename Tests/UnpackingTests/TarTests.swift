import OpenscanFacts
import Testing

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
}
