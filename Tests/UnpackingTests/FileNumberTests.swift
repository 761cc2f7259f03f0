import OpenscanBytes
import Testing

@Suite struct FileNumberTests {
    private let largest = FileNumber(count: .max)
    private func number(_ value: Int) -> FileNumber { FileNumber(count: value) }

    @Test func whatIsNegativeOrTooLargeIsNoNumber() {
        #expect(FileNumber(exactly: -1) == nil)
        #expect(FileNumber(exactly: UInt64(1) << 63) == nil)
        #expect(FileNumber(exactly: UInt64.max) == nil)
        #expect(FileNumber(exactly: UInt64(Int.max)) == largest)
        #expect(FileNumber(exactly: Int8(0)) == .zero)
        #expect(FileNumber(count: -3) == .zero)
    }

    @Test func nothingWraps() {
        #expect(largest.adding(1) == nil)
        #expect(largest.adding(largest) == nil)
        #expect(largest.adding(-1)?.value == .max - 1)
        #expect(number(2).adding(-3) == nil)
        #expect(number(2).subtracting(number(3)) == nil)
        #expect(number(2).subtracting(-3)?.value == 5)
        #expect(number(1).subtracting(.min) == nil)
        #expect(number(1 << 32).multiplied(by: number(1 << 31)) == nil)
        #expect(number(1 << 31).multiplied(by: number(1 << 31))?.value == 1 << 62)
        #expect(number(3).multiplied(by: -1) == nil)
        #expect(number(3).divided(by: 0) == nil)
        #expect(number(7).divided(by: 2)?.value == 3)
    }

    @Test(arguments: [(0, 0), (1, 8), (8, 8), (9, 16)])
    func numbersAreRoundedUp(value: Int, wanted: Int) {
        #expect(number(value).roundedUp(to: 8) == number(wanted))
    }

    @Test func roundingUpStopsAtTheEndOfNumbers() {
        #expect(largest.roundedUp(to: 8) == nil)
        #expect(largest.roundedUp(to: 1) == largest)
        #expect(largest.roundedUp(to: 0) == nil)
    }

    @Test func aShapeHasAProductOrNone() {
        #expect(FileNumber(productOf: [])?.value == 1)
        #expect(FileNumber(productOf: [3, 0, 5])?.value == 0)
        #expect(FileNumber(productOf: [3, -1]) == nil)
        #expect(FileNumber(productOf: [1 << 32, 1 << 31]) == nil)
        // Nothing in it, whatever the other dimensions are.
        #expect(FileNumber(productOf: [0, 1 << 32, 1 << 32])?.value == 0)
    }

    @Test func numbersAreComparedWithOurs() {
        #expect(number(3) < 4 && number(3) <= 3 && number(3) > 2 && number(3) >= 3 && number(3) != 4)
        #expect(number(3) < number(4))
        #expect(number(5).indices(most: 2) == 0..<2)
        #expect(number(5).indices(most: -1).isEmpty)
    }

    @Test func aNumberThatIsTooLargeIsReadAndRefused() throws {
        let bytes = [UInt8](repeating: 0xFF, count: 8) + [1, 0]
        try bytes.withUnsafeBytes { bytes in
            var reader = ByteReader(bytes)
            let (tooLarge, number) = (try reader.number(UInt64.self), try reader.number(UInt16.self))
            #expect(tooLarge == nil)
            #expect(number?.value == 1)
            #expect(throws: ByteReader.EndOfData.self) { try reader.number(UInt8.self) }
        }
    }

    @Test func nothingIsReadPastTheEnd() {
        let bytes: [UInt8] = [1, 2, 3, 4, 5]
        bytes.withUnsafeBytes { bytes in
            #expect(bytes.littleEndian(at: 1, UInt32.self) == 0x0504_0302)
            #expect(bytes.littleEndian(at: 2, UInt32.self) == nil)
            #expect(bytes.littleEndian(at: -1, UInt8.self) == nil)
            #expect(bytes.littleEndian(at: .max, UInt8.self) == nil)
        }
    }

    /// The length of a stream is not known before its end, and then it is.
    @Test func aStreamHasNoLengthUntilItEnds() throws {
        let bytes = [UInt8](repeating: 7, count: 200_000)
        let stream = StreamBytes(SequentialBytes(MemoryBytes(bytes)), size: nil, path: "")
        #expect(stream.knownByteCount == nil)
        #expect(try stream.bytes(at: 0, count: 10).count == 10)
        #expect(stream.knownByteCount == nil)
        #expect(try stream.bytes(at: .max - 2, count: 10).isEmpty)
        #expect(stream.knownByteCount == 200_000)
        let other = StreamBytes(SequentialBytes(MemoryBytes(bytes)), size: nil, path: "")
        #expect(try other.foundByteCount() == 200_000)
        #expect(try other.bytes(at: 199_999, count: 10) == [7])
    }
}
