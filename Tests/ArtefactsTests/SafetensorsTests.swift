import OpenscanBytes
import OpenscanFacts
import OpenscanUnpacking
import Testing

@testable import OpenscanArtefacts

private func read(header: String, data: Int, length: UInt64? = nil) throws -> ArtefactFacts {
    let bytes = littleEndian(length ?? UInt64(header.utf8.count)) + Array(header.utf8)
    let source = MemoryBytes(bytes, size: bytes.count + data)
    return try Safetensors.read(
        EntryContent(source, buffer: PrefixBuffer()), fileSize: source.byteCount, limits: Limits())
}

@Suite struct SafetensorsTests {
    @Test func tensorsParametersAndMetadataAreCounted() throws {
        let facts = try read(
            header:
                #"{"__metadata__":{"format":"pt","note":"a\"b"},"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b":{"dtype":"BF16","shape":[],"data_offsets":[24,26]}}"#,
            data: 26)
        #expect(facts.status == .ok)
        #expect(facts.tensors == 2)
        #expect(facts.parameters == 7)
        #expect(facts.parametersByType == ["F32": 6, "BF16": 1])
        #expect(facts.metadata == ["format": "pt", "note": "a\"b"])
        #expect(facts.findings.isEmpty)
    }

    /// A header of tensors whose data follow one another.
    private func packed(_ tensors: [(name: String, type: SafetensorsDType, shape: [Int])]) throws -> ArtefactFacts {
        var end = 0
        let members = tensors.map { tensor in
            let start = end
            end += tensor.shape.reduce(1, *) * tensor.type.bits / 8
            return
                "\"\(tensor.name)\":{\"dtype\":\"\(tensor.type.name)\",\"shape\":\(tensor.shape),\"data_offsets\":[\(start),\(end)]}"
        }
        return try read(header: "{\(members.joined(separator: ","))}", data: end)
    }

    /// However a library packs, its companions tell what a word stands for; 256 x 64 parameters each.
    @Test func packedTensorsAreCountedUnpacked() throws {
        let layouts: [[(name: String, type: SafetensorsDType, shape: [Int])]] = [
            [
                ("a.qweight", .i32, [32, 64]), ("a.qzeros", .i32, [2, 8]), ("a.scales", .f16, [2, 64]),
                ("a.g_idx", .i32, [256]),
            ],
            [("a.qweight", .i32, [64, 64]), ("a.qzeros", .i32, [2, 16]), ("a.scales", .f16, [2, 64])],
            [("a.qweight", .i32, [32, 64]), ("a.scales", .f16, [2, 64]), ("a.g_idx", .i32, [256])],
            [
                ("a.weight", .u8, [8192, 1]), ("a.weight.absmax", .f32, [256]), ("a.weight.quant_map", .f32, [16]),
                ("a.weight.quant_state.bitsandbytes__fp4", .u8, [90]),
            ],
            [("a_blocks", .u8, [64, 8, 16]), ("a_scales", .u8, [64, 8])],
            [("a.weight", .u8, [64, 128]), ("a.weight_scale", .f8e4m3, [64, 16]), ("a.weight_scale_2", .f32, [])],
            [("a.weight", .f8e4m3, [64, 256]), ("a.weight_scale_inv", .f32, [1, 2])],
            [("a.weight", .i8, [64, 256]), ("a.SCB", .f32, [64])],
            [
                ("a.q_weight", .i32, [40, 64]), ("a.q_invperm", .i16, [256]), ("a.q_scale", .i32, [4, 8]),
                ("a.q_scale_max", .f16, [4]), ("a.q_groups", .i16, [8]),
            ],
            [("a.trellis", .i16, [16, 4, 48]), ("a.suh", .f16, [256]), ("a.svh", .f16, [64])],
        ]
        for layout in layouts {
            let facts = try packed(layout + [("norm.weight", .f32, [10])])
            #expect(facts.status == .ok, "\(layout[0].name)")
            #expect(facts.parameters == 256 * 64 + 10, "\(layout[0].name) \(layout[0].type)")
            #expect(facts.packing?.untoldBits == 0)
        }
        let untold = try packed([
            ("a.weight", .u32, [64, 32]), ("a.scales", .bf16, [64, 4]), ("a.biases", .bf16, [64, 4]),
        ])
        #expect(untold.packing?.untoldBits == 64 * 32 * 32)
    }

    @Test func wordsWithoutCompanionsAreWhatTheyAre() throws {
        let facts = try packed([("ids", .i32, [10]), ("norm.scale", .f32, [4]), ("mask", .u8, [3])])
        #expect(facts.parameters == 17)
        #expect(facts.packing == nil)
    }

    @Test func adaptersAreToldByMostOfTheirTensors() throws {
        for names in [
            ["x.lora_A.weight", "x.lora_B.weight"], ["x.lora_down.weight", "x.alpha"], ["x.hada_w1_a", "x.hada_w1_b"],
            ["x.lokr_w1", "x.lokr_w2"], ["to_q_lora.down.weight"], ["layer.ia3_l.weight", "b.ia3_l.weight"],
        ] {
            #expect(try packed(names.map { ($0, .f16, [8, 4]) }).isAdapter, "\(names)")
        }
        for names in [["flora_map.weight"], ["explora.weight"], ["a.alphabet"], ["soft_prompt.weight"]] {
            #expect(try !packed(names.map { ($0, .f16, [8, 4]) }).isAdapter, "\(names)")
        }
        let merged = try packed([("x.base_layer.weight", .f16, [100]), ("x.lora_A.weight", .f16, [8])])
        #expect(!merged.isAdapter)
    }

    /// Another order of members, spaces and unknown members take the general path and say the same.
    @Test func orderAndSpacesChangeNothing() throws {
        let facts = try read(
            header: #" { "a" : { "shape" : [ 2 , 3 ] , "data_offsets" : [ 0 , 24 ] , "dtype" : "F32" } }  "#, data: 24)
        #expect(facts.parameters == 6)
        #expect(facts.status == .ok)
    }

    @Test(arguments: SafetensorsDType.allCases)
    func everyElementTypeIsCounted(type: SafetensorsDType) throws {
        let facts = try read(
            header: #"{"a":{"dtype":"\#(type.name)","shape":[8],"data_offsets":[0,\#(type.bits)]}}"#, data: type.bits)
        #expect(facts.findings.isEmpty)
        #expect(facts.parametersByType == [type.name: 8])
    }

    static let broken: [(header: String, data: Int, id: FindingID)] = [
        (
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}"#,
            16, .duplicateKey
        ),
        (
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#,
            12, .overlappingOffsets
        ),
        (
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[16,24]}}"#,
            24, .offsetHole
        ),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, 8, .badOffsets),
        (#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, 8, .shapeSizeMismatch),
        (#"{"a":{"dtype":"Q9","shape":[2],"data_offsets":[0,8]}}"#, 8, .unknownDType),
        (
            #"{"a":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,8]}}"#, 8,
            .integerOverflow
        ),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 4, .truncated),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 9, .trailingData),
        (#"{"a":{"dtype":"F32","shape":[2]}}"#, 0, .badHeader),
        (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,8]}}"#, 8, .badNumber),
        (#"{"a":[1,2]}"#, 0, .badJSON),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}"#, 8, .badJSON),
        (#"{"__metadata__":{"a":1}}"#, 0, .badMetadata),
        (#"{"__metadata__":[]}"#, 0, .badMetadata),
        ("{\"a\u{1}b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8, .controlCharacters),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}{"#, 8, .badJSON),
    ]

    @Test(arguments: broken)
    func answersBrokenFiles(item: (header: String, data: Int, id: FindingID)) throws {
        let facts = try read(header: item.header, data: item.data)
        #expect(facts.findings.contains { $0.id == item.id }, "\(facts.findings.map(\.id))")
    }

    @Test(arguments: [UInt64.max, 1 << 40, 0, 1, 100_000_001])
    func answersImpossibleLengths(length: UInt64) throws {
        let facts = try read(header: "{}", data: 0, length: length)
        #expect(facts.status == .malformed)
        #expect(facts.findings.first?.id == .headerLength)
    }

    @Test func deepNestingIsBounded() throws {
        let facts = try read(header: #"{"a":{"x":"# + String(repeating: "[", count: 50_000) + "}}", data: 0)
        #expect(facts.findings.contains { $0.id == .jsonDepth })
    }

    /// Both paths of the walk agree on every way to cut a header short.
    @Test func everyPrefixIsAnswered() throws {
        let header =
            #"{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b\\":{"dtype":"I8","shape":[1],"data_offsets":[24,25]}}"#
        for count in 2..<header.utf8.count {
            let facts = try read(header: String(header.prefix(count)), data: 25)
            #expect(facts.status == .malformed)
        }
        #expect(try read(header: header, data: 25).status == .ok)
    }
}
