import OpenscanBytes
import Testing

@Suite struct NewlineTests {
    @Test(arguments: [0, 1, 31, 32, 33, 200]) func everyNewlineCounts(length: Int) {
        let bytes = (0..<length).map { UInt8($0 % 7 == 3 ? 0x0A : 0x61) }
        let count = bytes.withUnsafeBytes { $0.newlineCount }
        #expect(count == bytes.count { $0 == 0x0A })
    }
}
