import OpenscanBytes
import Testing

/// Bytes that were not fetched are an error, and neither zeros nor the end.
@Suite struct PartialBytesTests {
    private static let all = (0..<100).map { UInt8($0) }

    private func partial(_ seen: [Range<Int>]) -> PartialBytes {
        PartialBytes(MemoryBytes(Self.all), seen: seen, path: "weights")
    }

    @Test func whatIsHereIsReadAndWhatIsNotIsAnError() throws {
        let bytes = partial([0..<10, 20..<30, 90..<100])
        #expect(bytes.byteCount == 100)
        #expect(try bytes.bytes(at: 0, count: 10) == Array(0..<10))
        #expect(try bytes.bytes(at: 22, count: 8) == Array(22..<30))
        #expect(try bytes.bytes(at: 90, count: 50) == Array(90..<100))
        #expect(try bytes.bytes(at: 100, count: 5).isEmpty)
        for (offset, count, missing) in [(0, 11, 10), (10, 1, 10), (5, 20, 10), (25, 70, 30), (50, 50, 50)] {
            #expect(throws: ReadError.unseen(path: "weights", offset: missing)) {
                try bytes.bytes(at: offset, count: count)
            }
        }
    }

    @Test func rangesPastTheEndAndEmptyOnesCountForNothing() throws {
        let bytes = partial([5..<5, 10..<20, 95..<1000, 2000..<3000])
        #expect(try bytes.bytes(at: 95, count: 1000) == Array(95..<100))
        #expect(throws: ReadError.unseen(path: "weights", offset: 5)) { try bytes.bytes(at: 5, count: 1) }
        #expect(throws: ReadError.unseen(path: "weights", offset: 0)) { try partial([]).bytes(at: 0, count: 1) }
    }

    /// A text is judged by what is there of its beginning.
    @Test func theBeginningIsGivenAsFarAsItGoes() throws {
        let content = EntryContent(partial([0..<40]), buffer: PrefixBuffer(capacity: 64))
        #expect(try Array(content.prefix(40)) == Array(0..<40))
        #expect(!content.endsUnseen)
        #expect(try Array(content.prefix(60)) == Array(0..<40))
        #expect(content.endsUnseen)
        let whole = EntryContent(partial([0..<100]), buffer: PrefixBuffer(capacity: 64))
        #expect(try whole.prefix(1000).count == 100)
        #expect(!whole.endsUnseen)
        let truncated = EntryContent(MemoryBytes(Self.all, size: 200), buffer: PrefixBuffer(capacity: 64))
        #expect(try truncated.prefix(150).count == 100)
        #expect(!truncated.endsUnseen)
        let none = EntryContent(partial([50..<100]), buffer: PrefixBuffer(capacity: 64))
        #expect(throws: ReadError.unseen(path: "weights", offset: 0)) { try none.prefix(1) }
    }
}

/// Long lists are read item by item.
@Suite struct LongArrayTests {
    private func items(_ text: String, key: String = "files", most: Int = .max, limit: Int = 100_000) throws -> (
        [JSONValue], JSONValue
    ) {
        var found: [JSONValue] = []
        let root = try Array(text.utf8).withUnsafeBytes { bytes in
            try JSONValue.parse(bytes, itemsOf: key, itemLimit: limit) {
                found.append($0)
                return found.count < most
            }
        }
        return (found, root)
    }

    @Test func itemsAreHandedOverAndTheRestIsKept() throws {
        let (found, root) = try items(#" {"a": 1, "files": [ {"x": [1]}, "y" ,3], "b": {"files": [4]}} "#)
        #expect(found.count == 3 && found[1].string == "y" && found[0]["x"]?.array?.count == 1)
        #expect(root["a"]?.int == 1 && root["files"] == .array([]) && root["b"]?["files"]?.array?.count == 1)
        #expect(try items(#"{"files": []}"#).0.isEmpty)
        #expect(try items("{}").1 == .object([]))
        #expect(try items(#"{"files": 3}"#).1["files"]?.int == 3)
    }

    /// What one item takes is bounded, however many there are.
    @Test func theLimitIsOfWhatIsHeldAtOnce() throws {
        let many = #"{"files": ["# + Array(repeating: "[1,2,3]", count: 1000).joined(separator: ",") + "]}"
        #expect(try items(many, limit: 10).0.count == 1000)
        #expect(throws: JSONValue.Problem.self) { try items(#"{"files": [[1,2,3,4,5,6,7,8,9,10,11]]}"#, limit: 10) }
        #expect(try items(many, most: 5).0.count == 5)
    }

    @Test(arguments: [
        "", "[]", "3", "{", #"{"files"#, #"{"files": ["#, #"{"files": [1"#, #"{"files": [1,]}"#, #"{"files": [1]"#,
        #"{"files": [1]} x"#, #"{"files" [1]}"#, #"{files: [1]}"#,
    ])
    func whatIsNotWellFormedIsRefused(text: String) {
        #expect(throws: JSONValue.Problem.self) { try items(text) }
    }

    @Test func depthIsBounded() {
        let deep = #"{"files": ["# + String(repeating: "[", count: 100_000)
        #expect(throws: JSONValue.Problem.self) { try items(deep) }
    }
}
