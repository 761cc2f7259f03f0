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
