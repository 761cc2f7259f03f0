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

    /// The address of a child in an indirect block of a fractal heap, near the largest number there is.
    @Test(arguments: [0, 1], [Int.max - 100, Int.max - 1])
    func addressesOfAHeapThatOverflowAreAnswered(block: Int, address: Int) throws {
        var all = try FileBytes(path: Fixtures.folder + "latest.hdf5").bytes(at: 0, count: 1 << 20)
        let mark = Array("FHIB".utf8)
        let places = (0..<all.count - 4).filter { all[$0..<$0 + 4].elementsEqual(mark) }
        #expect(places.count == 2)
        all.replaceSubrange(places[block] + 20..<places[block] + 28, with: littleEndian(UInt64(address)))
        let facts = try #require(try readArtefact(MemoryBytes(all), name: "latest.hdf5"))
        #expect(facts.status != .ok, "\(facts.findings)")
    }

    @Test func sumsAndProductsThatDoNotFitAreRefused() throws {
        let (two, largest) = (FileNumber(count: 2), FileNumber(count: .max))
        let good = [try two + 3, try two + two, try two * 3, try two - 2, try two / 2, try two.padded(to: 8)]
        #expect(good.map(\.value) == [5, 4, 6, 0, 1, 8])
        #expect(throws: ArtefactStop.self) { try largest + 1 }
        #expect(throws: ArtefactStop.self) { try largest + two }
        #expect(throws: ArtefactStop.self) { try largest * 2 }
        #expect(throws: ArtefactStop.self) { try two - 3 }
        #expect(throws: ArtefactStop.self) { try two - largest }
        #expect(throws: ArtefactStop.self) { try two / 0 }
        #expect(throws: ArtefactStop.self) { try largest.padded(to: 8) }
    }
}
