import OpenscanBytes
import Testing

@Suite struct EntryContentTests {
    /// A file that has more bytes than it says.
    private final class Modest: SizedBytes {
        let byteCount: Int
        private let bytes = [UInt8](repeating: 7, count: 5000)
        private(set) var reads = 0

        init(says byteCount: Int) { self.byteCount = byteCount }

        func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
            reads += 1
            let count = max(0, min(buffer.count, bytes.count - offset))
            bytes.withUnsafeBytes {
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count]))
            }
            return count
        }
    }

    @Test(arguments: [0, 1, 4999])
    func aFileLongerThanItSaysIsReadInPieces(says: Int) throws {
        let file = Modest(says: says)
        let content = EntryContent(file, buffer: PrefixBuffer())
        #expect(try content.prefix(1 << 20).count == 5000)
        #expect(file.reads <= 4)
        withExtendedLifetime(content) {}
    }
}
