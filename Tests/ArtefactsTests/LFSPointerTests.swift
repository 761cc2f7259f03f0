import Testing

@testable import OpenscanArtefacts

@Suite struct LFSPointerTests {
    @Test func aPointerIsReadAndABrokenOneSaid() throws {
        let text =
            "version https://git-lfs.github.com/spec/v1\noid sha256:\(String(repeating: "ab", count: 32))\nsize 12345\n"
        let facts = try #require(Array(text.utf8).withUnsafeBytes { LFSPointer.read($0, size: text.utf8.count) })
        #expect(facts.pointer == .init(oid: "sha256:" + String(repeating: "ab", count: 32), size: 12345))
        let broken = Array("version https://git-lfs.github.com/spec/v1\noid nonsense\n".utf8).withUnsafeBytes {
            LFSPointer.read($0, size: 60)
        }
        #expect(broken?.findings.first?.id == .badPointer)
    }
}
