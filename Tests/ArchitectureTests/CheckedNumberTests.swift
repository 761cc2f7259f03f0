import Foundation
import OpenscanTestSupport
import Testing

/// Readers calculate with numbers of a file by `FileNumber` alone.
@Suite struct CheckedNumberTests {
    private typealias Kind = CheckedNumberRule.Kind

    /// Folders of readers.
    private static let folders = ["Sources/Artefacts", "Sources/Unpacking/Archives"]

    /// Files in which everything else rests: they check bounds before they read, and are tested and fuzzed for it.
    private static let allowed: [String: Set<Kind>] = [
        "Reading/ByteCursor.swift": [.arithmetic, .index, .memory],
        "Reading/ByteFields.swift": [.index],
        "Reading/FlatBuffer.swift": [.arithmetic, .bypass],
        // The bits of a signed number.
        "Reading/Protobuf.swift": [.bypass],
        // Hashes.
        "Reading/SeenKeys.swift": [.arithmetic, .bypass, .index, .memory],
        // Eight bytes at a time, and digits that cannot overflow.
        "Safetensors/SafetensorsWalk.swift": [.memory, .wrapping],
        // A checksum.
        "Data/RecordFormats.swift": [.wrapping],
        // What zlib counts and where it writes.
        "Archives/InflateStream.swift": [.arithmetic, .memory],
        // A header of two bytes.
        "Archives/Compression.swift": [.arithmetic],
    ]

    /// Readers that hold plain numbers, each behind a check of its own.
    private static let plain = ["Artefacts/Pickle/", "Artefacts/GGUF/"]

    @Test func readersCalculateWithCheckedNumbersOnly() throws {
        let files = Self.folders.flatMap { Repository.swiftFiles(below: $0) }
        #expect(files.count > 45)
        var used: [String: Set<Kind>] = [:]
        for file in files where !Self.plain.contains(where: file.path.contains) {
            let exception = Self.allowed.first { file.path.hasSuffix($0.key) }
            for violation in CheckedNumberRule.violations(in: try String(contentsOf: file, encoding: .utf8)) {
                if let exception, exception.value.contains(violation.kind) {
                    used[exception.key, default: []].insert(violation.kind)
                } else {
                    Issue.record("\(file.lastPathComponent):\(violation.line): \(violation.kind): \(violation.what)")
                }
            }
        }
        // An exception that nothing needs would let the next mistake through.
        #expect(used == Self.allowed)
    }

    private static let caught: [(String, Kind)] = [
        ("let end = offset + Int(length)", .arithmetic),
        ("let end = cursor.offset + 4", .arithmetic),
        ("x = start.value * size", .arithmetic),
        ("let size = try cursor.uint32()\nreturn size * 4", .arithmetic),
        ("let count = Int(try cursor.uint32())\nlet bytes = count << 3", .arithmetic),
        ("let (a, b) = (try fields.uint16(), 1)\nfoo(a - 1)", .arithmetic),
        ("guard let n = Int(exactly: raw), n > 3 else { return }\nlet m = n + 1", .arithmetic),
        ("var total = 0\ntotal += Int(try cursor.varint())", .arithmetic),
        ("let a = number.value\nlet b = a\nlet c = b\nprint(c + 1)", .arithmetic),
        ("let a = max(0, number.value)\nf(a * 2)", .arithmetic),
        ("let a = condition ? number.value : 0\nf(8 - a)", .arithmetic),
        ("print(\"\\(cursor.end - dataStart) bytes\")", .arithmetic),
        ("let value = Int(bytes[0]) | Int(bytes[1]) << 8", .arithmetic),
        ("if place + (try cursor.uint64()) > end { return }", .arithmetic),
        ("let size = header\n    .loadUnaligned(fromByteOffset: 4, as: UInt32.self)", .memory),
        ("rows &+= batch", .wrapping),
        ("let sum = a &+ b", .wrapping),
        ("let (sum, overflow) = a.addingReportingOverflow(b)", .bypass),
        ("let n = Int(truncatingIfNeeded: word)", .bypass),
        ("let byte = body[place + 1]", .index),
        ("let part = body[(place + 2)...]", .index),
        ("let place = Int(try cursor.uint32())\nreturn names[place]", .index),
    ]

    @Test(arguments: caught)
    private func theRuleCatches(sample: (String, Kind)) {
        #expect(CheckedNumberRule.violations(in: sample.0).map(\.kind).contains(sample.1), "\(sample.0)")
    }

    @Test(arguments: [
        // Checked numbers throw.
        "let start = try cursor.number(UInt32.self)\nlet end = try start + length * 4",
        "let end = try place - size", "let count = FileNumber(count: bytes.count)\nlet all = try count + 8",
        "let a = number.value\nlet b = FileNumber(count: a)\nlet c = try b + 1",
        "let column = try offset / size.value\nlet place = try column * 8",
        // Numbers of ours.
        "lines += 1", "let most = 4 << 20", "return depth - 1", "for _ in 0..<8 { index += 1 }",
        // Held down by ours.
        "let step = min(number.value, 100)\nlet next = step + 1",
        // Comparisons, negative numbers, text.
        "let isOver = cursor.offset > 3\nif isOver { return -1 }", "let x = a ? -1 : 0",
        "let text = name + \"!/\" + other", "// offset + Int(length)", "let words = \"offset + Int(length)\"",
        "let found = sizes[root + \"data/\" + key]",
        "let types: [Int: String] = [:]\nlet t = number.value\nreturn types[t]",
        "groups[name.dropLast(ending.count + 1), default: []].insert(ending)",
        // Bits that are put together; a name of one block is none of the next.
        "return UInt64(byte) << 8", "func a() { let n = Int(x) }\nfunc b() { let m = n + 1 }",
    ])
    func theRuleLeavesAlone(sample: String) {
        #expect(CheckedNumberRule.violations(in: sample).isEmpty, "\(sample)")
    }

    /// A mistake put into a reader that is there.
    @Test func anUncheckedSumInAReaderIsFound() throws {
        let source = try Repository.text("Sources/Artefacts/Graphs/CoreML.swift")
        #expect(CheckedNumberRule.violations(in: source).isEmpty)
        let right = "let end = try begin + length"
        #expect(source.contains(right))
        let wrong = source.replacingOccurrences(of: right, with: "let end = begin.value + length.value")
        #expect(CheckedNumberRule.violations(in: wrong).map(\.kind) == [.arithmetic, .arithmetic])
    }

    @Test func tokensKnowTheirLines() {
        let tokens = SwiftTokens("let a = \"x \\(b - c)\" // d\n/* e\n */ f(\"\"\"\n \\(g)\n \"\"\", -1)").tokens
        #expect(
            tokens.map(\.text) == [
                "let", "a", "=", "\"\"", ";", "(", "b", "-", "c", ")", "f", "(", "\"\"", ";", "(", "g", ")", ",", "-",
                "1", ")",
            ])
        #expect(tokens.first { $0.text == "f" }?.line == 3)
        #expect(tokens.first { $0.text == "g" }?.line == 4)
        #expect(tokens.filter { $0.text == "-" }.map(\.isInfix) == [true, false])
    }
}
