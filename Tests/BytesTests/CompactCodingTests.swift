import OpenscanBytes
import Testing

@Suite struct CompactCodingTests {
    private enum Shape: Hashable, Codable {
        case point
        case circle(radius: Double)
        indirect case pair(Shape, label: String?)
    }

    private enum Key: String, Hashable, Codable { case one, two }

    private struct Everything: Hashable, Codable {
        var number = -7
        var large = UInt64.max
        var small = Int.min
        var text = "ü\u{0}🦊"
        var same = "ü\u{0}🦊"
        var none: String?
        var some: Int? = 3
        var isSet: Bool? = false
        var list = [1, 2, 3]
        var lists = [["a"], [], ["b", "a"]]
        var shapes: [Shape] = [.point, .circle(radius: 0.1), .pair(.pair(.point, label: nil), label: "x")]
        var byText: [String: [Int]] = ["a": [1], "": [], "b": [2, 3]]
        var byKey: [Key: String] = [.one: "1", .two: "a"]
        var set: Set<String> = ["a", "b"]
        var bytes: [UInt8] = [0, 255, 7]
        var range = 3..<9
    }

    private func read<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8], known: [String] = []) throws -> Value {
        try bytes.withUnsafeBytes { try CompactDecoder.value(type, from: $0, known: known) }
    }

    @Test func whatIsWrittenIsReadAgain() throws {
        let bytes = try CompactEncoder.bytes(of: Everything())
        #expect(try read(Everything.self, bytes) == Everything())
    }

    @Test func aTextStandsOnce() throws {
        let once = try CompactEncoder.bytes(of: ["a long text that comes again"]).count
        #expect(
            try CompactEncoder.bytes(of: ["a long text that comes again", "a long text that comes again"]).count == once
                + 1)
    }

    @Test func whatIsKnownStandsNowhere() throws {
        let bytes = try CompactEncoder.bytes(of: ["models/one.bin", "x"], known: ["models/one.bin"])
        #expect(!bytes.contains(UInt8(ascii: "m")))
        #expect(try read([String].self, bytes, known: ["models/two.bin"]) == ["models/two.bin", "x"])
    }

    /// Every cut and every changed byte is an error or another value, never more than the bytes hold.
    @Test func damageIsAnError() throws {
        let bytes = try CompactEncoder.bytes(of: Everything())
        for count in bytes.indices {
            #expect(throws: (any Error).self) { try read(Everything.self, Array(bytes[..<count])) }
        }
        for place in bytes.indices {
            for value in [0, 1, 0x7F, 0x80, 0xFF] as [UInt8] {
                var damaged = bytes
                damaged[place] = value
                _ = try? read(Everything.self, damaged)
            }
        }
        #expect(throws: CompactProblem.damaged) { try read([Int].self, [0xFF, 0xFF, 0xFF, 0xFF, 0]) }
        #expect(throws: (any Error).self) { try read(Everything.self, bytes + [0]) }
    }

    @Test func depthHasABound() throws {
        var shape = Shape.point
        for _ in 0..<300 { shape = .pair(shape, label: nil) }
        let bytes = try CompactEncoder.bytes(of: shape)
        #expect(throws: CompactProblem.damaged) { try read(Shape.self, bytes) }
    }
}
