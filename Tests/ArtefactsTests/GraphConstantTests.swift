import OpenscanBytes
import OpenscanFacts
import Testing

@testable import OpenscanArtefacts

@Suite struct GraphConstantTests {
    @Test(arguments: [
        "FLOAT", "FLOAT16", "BFLOAT16", "bf16", "f32", "float8e4m3fn", "FLOAT4E2M1", "DOUBLE", "nf4", "Half", "INT8",
        "uint4", "quint8", "u1", "quint4x2", "COMPLEX64", "F8_E5M2",
    ])
    func numbersThatWeighAreParameters(type: String) {
        #expect(GraphConstant.isParameter(type, count: FileNumber(count: 2)))
        #expect(!GraphConstant.isParameter(type, count: FileNumber(count: 1)))
        #expect(!GraphConstant.isParameter(type, count: nil))
    }

    @Test(arguments: ["INT64", "i64", "int32", "UINT32", "long"])
    func whatCountsAndPointsIsOneOnlyWhereItIsScaled(type: String) {
        #expect(!GraphConstant.isParameter(type, count: FileNumber(count: 100)))
        #expect(GraphConstant.isParameter(type, count: FileNumber(count: 100), isScaled: true))
    }

    @Test(arguments: ["BOOL", "boolean", "STRING", "str", "type 99", "", "untyped", "forest", "index8"])
    func othersAreNone(type: String) {
        #expect(!GraphConstant.isParameter(type, count: FileNumber(count: 100), isScaled: true))
    }
}

/// Models as their messages, field by field.
@Suite struct ONNXConstantTests {
    private func varint(_ value: Int) -> [UInt8] {
        var rest = UInt64(value)
        var out: [UInt8] = []
        while rest >= 0x80 {
            out.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return out + [UInt8(rest)]
    }

    private func field(_ number: Int, _ bytes: [UInt8]) -> [UInt8] {
        varint(number << 3 | 2) + varint(bytes.count) + bytes
    }

    private func field(_ number: Int, _ text: String) -> [UInt8] { field(number, Array(text.utf8)) }
    private func field(_ number: Int, _ value: Int) -> [UInt8] { varint(number << 3) + varint(value) }

    private func tensor(_ type: Int, _ bits: Int, _ shape: [Int]) -> [UInt8] {
        shape.flatMap { field(1, $0) } + field(2, type)
            + field(9, [UInt8](repeating: 0, count: shape.reduce(bits / 8, *)))
    }

    private func constant(_ name: String, _ value: [UInt8]) -> [UInt8] {
        field(2, name) + field(4, "Constant") + field(5, field(1, "value") + field(20, 4) + field(5, value))
    }

    private func node(_ type: String, _ inputs: String...) -> [UInt8] {
        inputs.flatMap { field(1, $0) } + field(2, "y") + field(4, type)
    }

    private func parameters(_ nodes: [[UInt8]], _ more: [UInt8] = []) throws -> Int? {
        let graph = nodes.flatMap { field(1, $0) } + field(2, "g") + more
        let model = field(1, 8) + field(2, "maker") + field(7, graph)
        return try readArtefact(MemoryBytes(model), name: "m.onnx")?.parameters
    }

    private let weights: (type: Int, bits: Int) = (1, 32)

    @Test func weightsInNodesAreCounted() throws {
        #expect(try parameters([constant("w", tensor(1, 32, [4, 5])), node("MatMul", "x", "w")]) == 20)
        #expect(try parameters([constant("q", tensor(3, 8, [6])), node("DequantizeLinear", "q")]) == 6)
        let floats = field(2, "v") + field(4, "Constant") + field(5, [0x3D, 0, 0, 0, 0, 0x3D, 0, 0, 0, 0])
        #expect(try parameters([floats]) == 2)
    }

    @Test func whatSteersANodeIsNot() throws {
        #expect(try parameters([constant("s", tensor(7, 64, [4])), node("Reshape", "x", "s")]) == 0)
        #expect(try parameters([constant("s", tensor(1, 32, [4])), node("Resize", "x", "", "s")]) == 0)
        #expect(try parameters([constant("e", tensor(1, 32, [1])), node("Add", "x", "e")]) == 0)
        // What is resized may be a weight.
        #expect(try parameters([constant("w", tensor(1, 32, [4])), node("Resize", "w", "", "s")]) == 4)
    }

    @Test func graphsInNodesHoldWeightsAsWell() throws {
        let inner = field(1, constant("b", tensor(1, 32, [7]))) + field(5, tensor(1, 32, [3]))
        let branch = field(1, "c") + field(4, "If") + field(5, field(1, "then_branch") + field(20, 5) + field(6, inner))
        #expect(try parameters([branch]) == 10)
    }

    @Test func sparseWeightsAreTheirValues() throws {
        #expect(try parameters([], field(15, field(1, tensor(1, 32, [5])) + field(2, tensor(7, 64, [5])))) == 5)
    }

    @Test func graphsInGraphsAreBounded() throws {
        var inner: [UInt8] = field(5, tensor(1, 32, [3]))
        for _ in 0..<60 { inner = field(1, field(4, "If") + field(5, field(6, inner))) }
        let model = field(1, 8) + field(2, "maker") + field(7, inner)
        let facts = try #require(try readArtefact(MemoryBytes(model), name: "m.onnx"))
        #expect(facts.findings.contains { $0.id == .nestingDepth })
    }
}

/// Tables laid down from the front: a table of offsets each, and what they lead to behind.
@Suite struct ORTTests {
    private final class Maker {
        var bytes: [UInt8] = [0, 0, 0, 0] + Array("ORTM".utf8)

        private func align() { while bytes.count % 8 != 0 { bytes.append(0) } }

        /// Fields of four bytes: `nil` is left out, an offset is set by `point`.
        func table(_ fields: [Int32?]) -> (place: Int, slots: [Int]) {
            align()
            let vtable = bytes.count
            bytes += littleEndian(UInt16(4 + 2 * fields.count)) + littleEndian(UInt16(4 + 4 * fields.count))
            for (number, field) in fields.enumerated() {
                bytes += littleEndian(UInt16(field == nil ? 0 : 4 + 4 * number))
            }
            align()
            let place = bytes.count
            bytes += littleEndian(Int32(place - vtable))
            for field in fields { bytes += littleEndian(field ?? 0) }
            return (place, fields.indices.map { place + 4 + 4 * $0 })
        }

        func vector(_ count: Int, _ body: [UInt8]) -> Int {
            while (bytes.count + 4) % 8 != 0 { bytes.append(0) }
            let place = bytes.count
            bytes += littleEndian(UInt32(count)) + body
            return place
        }

        func point(_ slot: Int, to place: Int) {
            bytes.replaceSubrange(slot..<slot + 4, with: littleEndian(UInt32(place - slot)))
        }

        /// A vector with one table in it.
        func list(_ slot: Int) -> Int {
            let place = vector(1, [0, 0, 0, 0])
            point(slot, to: place)
            return place + 4
        }
    }

    private func model(rawBytes: Int = 24, loops: Bool = false) -> [UInt8] {
        let maker = Maker()
        let session = maker.table([nil, 0])
        maker.point(0, to: session.place)
        let model = maker.table([nil, nil, nil, nil, nil, nil, nil, 0])
        maker.point(session.slots[1], to: model.place)
        let graph = maker.table([0, nil, 0])
        maker.point(model.slots[7], to: graph.place)
        let item = maker.list(graph.slots[0])
        let tensor = maker.table([nil, nil, 0, 1, 0])
        maker.point(item, to: tensor.place)
        maker.point(tensor.slots[2], to: maker.vector(2, littleEndian(Int64(2)) + littleEndian(Int64(3))))
        maker.point(tensor.slots[4], to: maker.vector(rawBytes, [UInt8](repeating: 0, count: rawBytes)))
        let node = maker.list(graph.slots[2])
        let inner = maker.table([nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, loops ? 0 : nil])
        maker.point(node, to: inner.place)
        if loops {
            let attribute = maker.list(inner.slots[10])
            let held = maker.table([nil, nil, nil, nil, nil, nil, nil, 0])
            maker.point(attribute, to: held.place)
            let again = maker.table([nil, nil, nil])
            maker.point(held.slots[7], to: again.place)
        }
        return maker.bytes
    }

    @Test func tensorsOfAGraphAreCounted() throws {
        let facts = try #require(try readArtefact(MemoryBytes(model()), name: "model.ort"))
        #expect(facts.format == "ort" && facts.kind == .weights && facts.status == .ok)
        #expect(facts.tensors == 1 && facts.parametersByType == ["FLOAT": 6])
        #expect(try readArtefact(MemoryBytes(model(loops: true)), name: "model.ort")?.parameters == 6)
    }

    @Test func aTensorThatDoesNotFitIsSaid() throws {
        let facts = try #require(try readArtefact(MemoryBytes(model(rawBytes: 20)), name: "model.ort"))
        #expect(facts.status == .malformed && facts.findings.map(\.id).contains(.shapeSizeMismatch))
    }

    @Test func cutFilesAreSaid() throws {
        let whole = model()
        for length in stride(from: 9, to: whole.count - 1, by: 7) {
            let facts = try #require(try readArtefact(MemoryBytes(Array(whole.prefix(length))), name: "model.ort"))
            #expect(facts.status != .ok || facts.parameters == 6)
        }
    }
}
