import OpenscanBytes
import OpenscanFacts
import Testing

@testable import OpenscanArtefacts

private func read(_ description: String, shape: String = "(2,)") throws -> ArtefactFacts {
    let header = Array("{'descr': \(description), 'fortran_order': False, 'shape': \(shape), }\n".utf8)
    let bytes = [0x93] + Array("NUMPY\u{1}\u{0}".utf8) + littleEndian(UInt16(header.count)) + header
    return try #require(try readArtefact(MemoryBytes(bytes + [UInt8](repeating: 0, count: 16)), name: "a.npy"))
}

@Suite struct NumPyTests {
    @Test(arguments: [
        "f-9223372036854775808", "i-9223372036854775808", "u-1", "c-8", "f0", "i0", "f17", "i9", "u9", "c33", "x4",
    ])
    func aSizeThatCannotBeIsNoType(code: String) throws {
        #expect(NumPyType(code).isUnknown)
        let facts = try read("'<\(code)'")
        #expect(facts.status == .malformed)
        #expect(facts.findings.contains { $0.id == .badType }, "\(facts.findings)")
    }

    @Test(arguments: [("f1", 1), ("f16", 16), ("i8", 8), ("u1", 1), ("c32", 32)])
    func aSizeThatNumPyHasIsKept(sample: (String, Int)) {
        #expect(NumPyType(sample.0).bytes == sample.1)
    }

    @Test func sizesOfFieldsThatOverflowAreAFinding() throws {
        let facts = try read("[('a', '|S9223372036854775807'), ('b', '|S9223372036854775807')]")
        #expect(facts.status == .malformed)
        #expect(facts.findings.contains { $0.id == .integerOverflow }, "\(facts.findings)")
    }

    @Test func aFieldOfNoKnownTypeIsAFinding() throws {
        #expect(try read("[('a', '<f4'), ('b', '<i-8')]").findings.contains { $0.id == .badType })
        #expect(try read("[('a', '<f4'), ('b', '<i4')]").findings.isEmpty)
    }

    @Test func aTypeStringInAPickleIsAnswered() throws {
        let code = "f-9223372036854775808"
        var bytes: [UInt8] =
            [0x80, 4] + Array("cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK".utf8) + [0, 0x85]
        bytes += Array("C\u{1}b".utf8) + [0x87] + Array("R(K\u{1}K\u{2}".utf8) + [0x85]
        bytes += Array("cnumpy\ndtype\n".utf8) + [0x8C, UInt8(code.utf8.count)] + Array(code.utf8)
        bytes += [0x85] + Array("R".utf8) + [0x89] + Array("C\u{0}tb.".utf8)
        let facts = try #require(try readArtefact(MemoryBytes(bytes), name: "a.pkl"))
        #expect(facts.tensors == 1)
        #expect(facts.parametersByType == ["unknown": 2])
    }
}
