import OpenscanBytes
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

    @Test func aPointerOfGitXetStandsForItsFileAsWell() throws {
        let hash = String(repeating: "0a", count: 32)
        let text = "# xet version 0\nfilesize = 42\nhash = '\(hash)'\n"
        let facts = try #require(try readArtefact(MemoryBytes(Array(text.utf8)), name: "model.safetensors"))
        #expect(facts.pointer == .init(oid: "xet:" + hash, size: 42))
        #expect(facts.kind == .weights && facts.status == .pointer)
        let broken = try readArtefact(MemoryBytes(Array("# xet version 0\nfilesize = -1\n".utf8)), name: "m.bin")
        #expect(broken?.findings.map(\.id) == [.badPointer] && broken?.pointer == nil)
    }
}
