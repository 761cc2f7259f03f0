import Testing
import Unpacking

@testable import Artefacts

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

    static let broken: [(header: String, data: Int, id: String)] = [
        (
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}"#,
            16, "duplicate-key"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#,
            12, "overlapping-offsets"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[16,24]}}"#,
            24, "offset-hole"
        ),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, 8, "bad-offsets"),
        (#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, 8, "shape-size-mismatch"),
        (#"{"a":{"dtype":"Q9","shape":[2],"data_offsets":[0,8]}}"#, 8, "unknown-dtype"),
        (
            #"{"a":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,8]}}"#, 8,
            "integer-overflow"
        ),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 4, "truncated"),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 9, "trailing-data"),
        (#"{"a":{"dtype":"F32","shape":[2]}}"#, 0, "bad-header"),
        (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,8]}}"#, 8, "bad-number"),
        (#"{"a":[1,2]}"#, 0, "bad-json"),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}"#, 8, "bad-json"),
        (#"{"__metadata__":{"a":1}}"#, 0, "bad-metadata"),
        (#"{"__metadata__":[]}"#, 0, "bad-metadata"),
        ("{\"a\u{1}b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "control-characters"),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}{"#, 8, "bad-json"),
    ]

    @Test(arguments: broken)
    func answersBrokenFiles(item: (header: String, data: Int, id: String)) throws {
        let facts = try read(header: item.header, data: item.data)
        #expect(facts.findings.contains { $0.id == item.id }, "\(facts.findings.map(\.id))")
    }

    @Test(arguments: [UInt64.max, 1 << 40, 0, 1, 100_000_001])
    func answersImpossibleLengths(length: UInt64) throws {
        let facts = try read(header: "{}", data: 0, length: length)
        #expect(facts.status == .malformed)
        #expect(facts.findings.first?.id == "header-length")
    }

    @Test func deepNestingIsBounded() throws {
        let facts = try read(header: #"{"a":{"x":"# + String(repeating: "[", count: 50_000) + "}}", data: 0)
        #expect(facts.findings.contains { $0.id == "json-depth" })
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
