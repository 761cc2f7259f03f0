import OpenscanBytes
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Whatever bytes a path has, the same bytes go back to the system.
@Suite struct SystemPathTests {
    private func bytes(_ path: String) -> [UInt8] {
        SystemPath.withCString(path) { pointer in
            Array(UnsafeBufferPointer(start: pointer, count: strlen(pointer))).map(UInt8.init(bitPattern:))
        }
    }

    private func text(_ raw: [UInt8]) -> String { raw.withUnsafeBytes { SystemPath.text($0) } }

    @Test(arguments: [
        Array("a/b.txt".utf8), Array("模型/é.txt".utf8), Array("👩‍👩‍👧".utf8), [0x63, 0x61, 0x66, 0xE9], [0xFF],
        [0x80, 0xFE, 0x2F, 0xC3],
        // Cut, overlong and surrogate forms; characters that stand for bytes themselves.
        [0xE6, 0xA8], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF4, 0x8F, 0xBF, 0xA9],
        [0x61, 0xF4, 0x8F, 0xBE, 0x80, 0x62], [0xF4, 0x8F, 0xBC, 0x80],
    ])
    func bytesSurvive(raw: [UInt8]) { #expect(bytes(text(raw)) == raw) }

    @Test func randomBytesSurvive() {
        var state: UInt64 = 42
        for _ in 0..<20_000 {
            let raw = (0..<12).map { _ -> UInt8 in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let byte = UInt8(truncatingIfNeeded: state >> 33)
                return state >> 60 < 8 ? [0xF4, 0x8F, 0xBF, 0xBE, 0xC3, 0xE9, 0x80, 0xA9][Int(byte & 7)] : max(1, byte)
            }
            #expect(bytes(text(raw)) == raw)
        }
    }

    @Test func differentBytesAreDifferentText() {
        #expect(text([0xE9]) != text([0xEA]))
        #expect(text([0xF4, 0x8F, 0xBF, 0xA9]) != text([0xE9]))
    }

    @Test func bytesAreShownSpelledOut() {
        #expect(Printable.path(text([0x63, 0x61, 0x66, 0xE9])) == "caf\\xE9")
        #expect(Printable.lines("a\u{1B}[2J\n" + text([0xFF])) == "a\\u{1b}[2J\n\\xFF")
        #expect(SystemPath.isText("é") && !SystemPath.isText(text([0xE9])))
    }
}
