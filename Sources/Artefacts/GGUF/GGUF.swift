import OpenscanBytes
import OpenscanFacts

/// GGUF (ggml-org/ggml, docs/gguf.md), versions 2 and 3 in both byte orders; the data behind the header is not read.
enum GGUF {
    static let format = ArtefactFormat(
        id: "gguf", kind: .weights, magic: { $0.starts(with: "GGUF") }, name: { $0.hasEnding(".gguf") },
        readHeader: { content, size, limits throws(ReadError) in try read(content, fileSize: size, limits: limits) })

    static func read(_ content: EntryContent, fileSize: Int?, limits: Limits) throws(ReadError) -> ArtefactFacts {
        // The header's length is written nowhere: read more until it fits.
        var wanted = 64 << 10
        while true {
            let bytes = try content.prefix(wanted)
            var walk = GGUFWalk(bytes, fileSize: fileSize)
            let isWhole = bytes.count < wanted || bytes.count >= limits.headerBytes
            switch walk.run() {
            case .done: return walk.facts
            case .needsMore where !isWhole: wanted = min(wanted * 4, limits.headerBytes)
            case .needsMore where content.endsUnseen:
                walk.facts.status = .notInspected
                walk.facts.findings.append(
                    Finding(.unseen, .low, "only the first \(bytes.count) bytes of its header were fetched"))
                return walk.facts
            case .needsMore:
                walk.facts.status = .malformed
                walk.facts.findings.append(
                    bytes.count >= limits.headerBytes
                        ? Finding(
                            .headerLength, .high, "header is longer than the limit of \(limits.headerBytes) bytes")
                        : Finding(.truncated, .high, "the file ends inside its header", offset: bytes.count))
                return walk.facts
            case .failed(let finding):
                walk.facts.status = finding.id == .unsupportedVersion ? .unsupported : .malformed
                walk.facts.findings.append(finding)
                return walk.facts
            }
        }
    }
}

/// One pass over a GGUF header.
struct GGUFWalk {
    enum Outcome {
        case done
        case needsMore
        case failed(Finding)
    }

    private enum Stop: Error {
        case needsMore
        case failed(Finding)
    }

    var facts = ArtefactFacts(format: "gguf", status: .ok)
    private var reader: ByteReader
    private let fileSize: Int?
    private var alignment = 32
    private var keys = Set<String>()

    private static let deepest = 4
    private static let longestString = 64 << 20
    private static let valueTypes: [UInt32: Int] = [
        0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8,
    ]

    init(_ bytes: UnsafeRawBufferPointer, fileSize: Int?) {
        reader = ByteReader(bytes)
        self.fileSize = fileSize
    }

    mutating func run() -> Outcome {
        do throws(Stop) {
            try header()
            return .done
        } catch {
            switch error {
            case .needsMore: return .needsMore
            case .failed(let finding): return .failed(finding)
            }
        }
    }

    // MARK: Primitives

    private mutating func integer<Value: FixedWidthInteger>(_ type: Value.Type) throws(Stop) -> Value {
        do throws(ByteReader.EndOfData) { return try reader.integer(type) } catch { throw .needsMore }
    }

    private mutating func skip(_ count: Int) throws(Stop) {
        do throws(ByteReader.EndOfData) { try reader.skip(count) } catch { throw .needsMore }
    }

    private func fail(_ id: FindingID, _ detail: Wording) -> Stop {
        .failed(Finding(id, .high, detail, offset: reader.offset))
    }

    private mutating func stringBytes() throws(Stop) -> UnsafeRawBufferPointer {
        let length = try integer(UInt64.self)
        guard length <= UInt64(min(Self.longestString, fileSize ?? .max)) else {
            throw fail(.stringLength, "a string of \(length) bytes does not fit in the file")
        }
        do throws(ByteReader.EndOfData) { return try reader.take(Int(length)) } catch { throw .needsMore }
    }

    private mutating func string() throws(Stop) -> String { try stringBytes().repairedText }

    // MARK: Header

    private mutating func header() throws(Stop) {
        try skip(4)
        var version = try integer(UInt32.self)
        if version & 0xFFFF == 0, version != 0 {
            reader.isBigEndian = true
            version = version.byteSwapped
            facts.metadata["byteOrder"] = "big-endian"
        }
        guard version == 2 || version == 3 else { throw fail(.unsupportedVersion, "GGUF version \(version)") }
        facts.metadata["version"] = String(version)
        let tensorCount = try integer(UInt64.self)
        let pairCount = try integer(UInt64.self)
        // A tensor takes at least 24 bytes of header, a pair 13.
        let most = UInt64(max(0, fileSize ?? Int.max / 64))
        guard tensorCount <= most / 24, pairCount <= most / 13 else {
            throw fail(.countTooLarge, "\(tensorCount) tensors and \(pairCount) pairs do not fit in the file")
        }
        for _ in 0..<pairCount { try pair() }
        try tensors(Int(tensorCount))
    }

    private mutating func pair() throws(Stop) {
        let place = reader.offset
        let key = try string()
        if !keys.insert(key).inserted {
            facts.findings.append(Finding(.duplicateKey, .medium, "metadata key \(key) comes twice", offset: place))
        }
        let type = try integer(UInt32.self)
        let start = reader.offset
        let value = try self.value(type, depth: 0)
        if key.hasPrefix("tokenizer.chat_template"), type == 8 {
            for finding in ChatTemplate.findings(reader.bytes.slice(start + 8..<reader.offset), of: key) {
                facts.find(finding)
            }
        }
        if key == "general.alignment", let number = value.flatMap(Int.init) {
            guard number > 0, number & (number - 1) == 0, number <= 1 << 20 else {
                throw fail(.badAlignment, "alignment of \(number)")
            }
            alignment = number
        }
        if let value, !key.hasPrefix("tokenizer.chat_template") || facts.metadata[key] == nil { facts.note(key, value) }
    }

    /// The value in words; of arrays only small ones, `nil` for the others.
    private mutating func value(_ type: UInt32, depth: Int) throws(Stop) -> String? {
        guard depth < Self.deepest else { throw fail(.nestingDepth, "arrays deeper than \(Self.deepest)") }
        switch type {
        case 0: return String(try integer(UInt8.self))
        case 1: return String(try integer(Int8.self))
        case 2: return String(try integer(UInt16.self))
        case 3: return String(try integer(Int16.self))
        case 4: return String(try integer(UInt32.self))
        case 5: return String(try integer(Int32.self))
        case 6: return String(Float(bitPattern: try integer(UInt32.self)))
        case 7:
            let byte = try integer(UInt8.self)
            if byte > 1, facts.findings.count < 20 {
                facts.findings.append(Finding(.badValue, .low, "a boolean of \(byte)", offset: reader.offset - 1))
            }
            return byte == 0 ? "false" : "true"
        case 8: return try string()
        case 9: return try array(depth: depth)
        case 10: return String(try integer(UInt64.self))
        case 11: return String(try integer(Int64.self))
        case 12: return String(Double(bitPattern: try integer(UInt64.self)))
        default: throw fail(.badType, "metadata value type \(type)")
        }
    }

    private mutating func array(depth: Int) throws(Stop) -> String? {
        let type = try integer(UInt32.self)
        let count = try integer(UInt64.self)
        if let size = Self.valueTypes[type] {
            let (bytes, overflow) = count.multipliedReportingOverflow(by: UInt64(size))
            guard !overflow, bytes <= UInt64(fileSize ?? .max) else {
                throw fail(.countTooLarge, "an array of \(count) values does not fit in the file")
            }
            if count > 16 {
                try skip(Int(bytes))
                return nil
            }
        } else {
            guard type == 8 || type == 9 else { throw fail(.badType, "array of value type \(type)") }
            // A string or array takes at least 8 bytes.
            guard count <= UInt64(fileSize ?? .max) / 8 else {
                throw fail(.countTooLarge, "an array of \(count) items does not fit in the file")
            }
            if type == 8, count > 64 {
                for _ in 0..<count { _ = try stringBytes() }
                return nil
            }
        }
        var shown: [String] = []
        for _ in 0..<count {
            let item = try value(type, depth: depth + 1)
            if shown.count < 64, let item { shown.append(item) }
        }
        return shown.isEmpty ? nil : shown.joined(separator: ", ")
    }

    private mutating func tensors(_ count: Int) throws(Stop) {
        var parameters = 0
        var furthest = 0
        var names = Set<String>()
        var spans: [(begin: Int, end: Int)] = []
        // Of a type that nobody knows the size is not known either.
        var isEndKnown = true
        for _ in 0..<count {
            let place = reader.offset
            let name = try string()
            if !names.insert(name).inserted, facts.findings.count < 20 {
                facts.findings.append(Finding(.duplicateKey, .high, "tensor \(name) comes twice", offset: place))
            }
            let dimensions = try integer(UInt32.self)
            guard dimensions <= 8 else { throw fail(.badDims, "\(dimensions) dimensions") }
            var elements = 1
            var first = 1
            for number in 0..<dimensions {
                let (product, overflow) = elements.multipliedReportingOverflow(
                    by: Int(clamping: try integer(UInt64.self)))
                guard !overflow else { throw fail(.integerOverflow, "the shape of \(name) overflows") }
                elements = product
                if number == 0 { first = product }
            }
            let type = try integer(UInt32.self)
            let offset = try integer(UInt64.self)
            guard let begin = Int(exactly: offset), begin % alignment == 0 else {
                throw fail(.badOffsets, "tensor \(name) at \(offset) is not aligned to \(alignment)")
            }
            let (sum, overflow) = parameters.addingReportingOverflow(elements)
            guard !overflow else { throw fail(.integerOverflow, "the number of parameters overflows") }
            parameters = sum
            guard let layout = GGMLType.all[type] else {
                isEndKnown = false
                let removed = GGMLType.removed[type]
                facts.parametersByType[removed ?? "type \(type)", default: 0] += elements
                if facts.findings.count < 20 {
                    let words: Wording = removed.map { " (\($0), which ggml has removed)" } ?? ""
                    facts.findings.append(
                        Finding(.unknownDType, .medium, "tensor \(name) has type \(type)\(words)", offset: place))
                }
                continue
            }
            facts.parametersByType[layout.name, default: 0] += elements
            if first % layout.blockElements != 0, facts.findings.count < 20 {
                facts.findings.append(
                    Finding(
                        .shapeSizeMismatch, .medium, "rows of \(name) are no whole number of \(layout.name) blocks",
                        offset: place))
            }
            let (length, isTooLarge) = (elements / layout.blockElements).multipliedReportingOverflow(
                by: layout.blockBytes)
            let (end, isBeyond) = begin.addingReportingOverflow(length)
            guard !isTooLarge, !isBeyond else { throw fail(.integerOverflow, "the size of \(name) overflows") }
            spans.append((begin, end))
            furthest = max(furthest, end)
        }
        facts.tensors = count
        facts.parameters = parameters
        spans.sort { $0 < $1 }
        for (left, right) in zip(spans, spans.dropFirst()) where right.begin < left.end {
            facts.findings.append(
                Finding(.overlappingOffsets, .high, "two tensors share bytes at \(right.begin) of the data"))
            facts.status = .malformed
            break
        }
        let dataStart = (reader.offset + alignment - 1) / alignment * alignment
        guard let fileSize else { return }
        let (end, overflow) = dataStart.addingReportingOverflow(furthest)
        if count > 0, overflow || end > fileSize {
            facts.status = .malformed
            facts.findings.append(
                Finding(
                    .truncated, .high, "data to \(end) is announced, the file has \(fileSize) bytes",
                    offset: fileSize))
        } else if isEndKnown, !overflow, fileSize - end >= alignment {
            // The last tensor is filled up to the alignment as the others are.
            let place = count > 0 ? end : reader.offset
            facts.findings.append(
                Finding(.trailingData, .low, "\(fileSize - place) bytes after the last tensor", offset: place))
        }
    }
}
