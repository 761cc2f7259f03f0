import OpenscanBytes
import Testing

@testable import OpenscanArtefacts

@Suite struct HDF5Tests {
    /// The node says how many links it has in its seventh and eighth byte.
    @Test(arguments: ["block.hdf5", "earliest.hdf5"], [4, 5, 6, 7, 8, 20])
    func aFileThatEndsInTheNodeOfAGroupIsAnswered(name: String, length: Int) throws {
        let all = try FileBytes(path: Fixtures.folder + name).bytes(at: 0, count: 1 << 20)
        let mark = Array("SNOD".utf8)
        let node = try #require((0..<all.count - 4).first { all[$0..<$0 + 4].elementsEqual(mark) })
        let facts = try #require(try readArtefact(MemoryBytes(Array(all[..<(node + length)])), name: name))
        #expect(facts.status != .ok)
    }
}
