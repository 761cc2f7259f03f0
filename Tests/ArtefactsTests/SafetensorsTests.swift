import Testing
import Unpacking

@testable import Artefacts

func littleEndian<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
}

private func read(header: String, data: Int, length: UInt64? = nil) throws -> ArtefactFacts {
    let bytes = littleEndian(length ?? UInt64(header.utf8.count)) + Array(header.utf8)
    let source = MemoryBytes(bytes, size: bytes.count + data)
    return try Safetensors.read(
        EntryContent(source, buffer: PrefixBuffer()), fileSize: source.byteCount, limits: Limits())
}

@Suite struct SafetensorsTests {
    @Test func counts() throws {
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
    @Test func otherSpellings() throws {
        let facts = try read(
            header: #" { "a" : { "shape" : [ 2 , 3 ] , "data_offsets" : [ 0 , 24 ] , "dtype" : "F32" } }  "#, data: 24)
        #expect(facts.parameters == 6)
        #expect(facts.status == .ok)
    }

    @Test(arguments: SafetensorsDType.allCases)
    func everyType(type: SafetensorsDType) throws {
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

@Suite struct GGUFTests {
    private func string(_ text: String) -> [UInt8] { littleEndian(UInt64(text.utf8.count)) + Array(text.utf8) }

    private func read(_ bytes: [UInt8], size: Int? = nil) throws -> ArtefactFacts {
        let source = MemoryBytes(bytes, size: size)
        return try GGUF.read(EntryContent(source, buffer: PrefixBuffer()), fileSize: source.byteCount, limits: Limits())
    }

    private func header(version: UInt32 = 3, tensors: UInt64, pairs: UInt64) -> [UInt8] {
        Array("GGUF".utf8) + littleEndian(version) + littleEndian(tensors) + littleEndian(pairs)
    }

    @Test func countsQuantisedBlocks() throws {
        var bytes = header(tensors: 2, pairs: 2)
        bytes += string("general.license") + littleEndian(UInt32(8)) + string("mit")
        bytes +=
            string("tokens") + littleEndian(UInt32(9)) + littleEndian(UInt32(8)) + littleEndian(UInt64(2)) + string("a")
            + string("b")
        bytes +=
            string("w") + littleEndian(UInt32(2)) + littleEndian(UInt64(64)) + littleEndian(UInt64(2))
            + littleEndian(UInt32(2)) + littleEndian(UInt64(0))
        bytes +=
            string("n") + littleEndian(UInt32(1)) + littleEndian(UInt64(8)) + littleEndian(UInt32(0))
            + littleEndian(UInt64(96))
        let facts = try read(bytes, size: 4096)
        #expect(facts.status == .ok, "\(facts.findings)")
        #expect(facts.tensors == 2)
        #expect(facts.parametersByType == ["Q4_0": 128, "F32": 8])
        #expect(facts.metadata["general.license"] == "mit")
        #expect(facts.metadata["tokens"] == "a, b")
    }

    @Test func readsBigEndian() throws {
        func big<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
            withUnsafeBytes(of: value.bigEndian) { Array($0) }
        }
        var bytes = Array("GGUF".utf8) + big(UInt32(3)) + big(UInt64(0)) + big(UInt64(1))
        bytes += big(UInt64(3)) + Array("key".utf8) + big(UInt32(4)) + big(UInt32(7))
        let facts = try read(bytes)
        #expect(facts.metadata["key"] == "7")
        #expect(facts.metadata["byteOrder"] == "big-endian")
    }

    @Test func answersBrokenFiles() throws {
        #expect(try read(header(version: 9, tensors: 0, pairs: 0)).findings.first?.id == "unsupported-version")
        #expect(try read(header(tensors: 1 << 60, pairs: 0)).findings.first?.id == "count-too-large")
        #expect(try read(header(tensors: 1, pairs: 0), size: 1000).findings.first?.id == "truncated")
        #expect(
            try read(header(tensors: 0, pairs: 1) + littleEndian(UInt64.max), size: 1000).findings.first?.id
                == "string-length")
        #expect(
            try read(header(tensors: 0, pairs: 1) + string("k") + littleEndian(UInt32(99)), size: 1000).findings.first?
                .id == "bad-type")
        var nested = header(tensors: 0, pairs: 1) + string("k") + littleEndian(UInt32(9))
        for _ in 0..<20 { nested += littleEndian(UInt32(9)) + littleEndian(UInt64(1)) }
        #expect(try read(nested, size: 100_000).findings.first?.id == "nesting-depth")
    }
}

@Suite struct RecognitionTests {
    @Test(
        arguments: [
            ([0x80, 0x02, 0x7D, 0x71], "model.bin", "pickle"),
            ([0x89] + Array("HDF\r\n".utf8) + [0x1A, 0x0A, 0], "m.h5", "keras-h5"),
            (Array("PAR1xxxxx".utf8), "a", "parquet"),
            (Array("PK\u{3}\u{4}xxxxx".utf8), "m.pth", "torch-zip"),
            (Array("PK\u{3}\u{4}xxxxx".utf8), "m.pth.tar", "torch-zip"), (Array("xxxxTFL3xx".utf8), "m", "tflite"),
            ([0x93] + Array("NUMPY\u{1}\u{0}".utf8), "a.npy", "npy"),
            (Array("{\"text\": 1}".utf8), "train.jsonl", "jsonl"),
        ] as [([UInt8], String, String)])
    func magics(bytes: [UInt8], name: String, format: String) {
        #expect(bytes.withUnsafeBytes { FormatRecognition.format($0, path: name) } == format)
    }

    @Test func pointers() throws {
        let text =
            "version https://git-lfs.github.com/spec/v1\noid sha256:\(String(repeating: "ab", count: 32))\nsize 12345\n"
        let facts = try #require(Array(text.utf8).withUnsafeBytes { LFSPointer.read($0, size: text.utf8.count) })
        #expect(facts.pointer == .init(oid: "sha256:" + String(repeating: "ab", count: 32), size: 12345))
        let broken = Array("version https://git-lfs.github.com/spec/v1\noid nonsense\n".utf8).withUnsafeBytes {
            LFSPointer.read($0, size: 60)
        }
        #expect(broken?.findings.first?.id == "bad-pointer")
    }
}
