import OpenscanBytes
import OpenscanFacts

/// Walks the JSON header of a safetensors file once, without building values.
///
/// Tensors written as the reference library writes them (`{"dtype":…,"shape":[…],"data_offsets":[…]}`, no spaces) take a short path;
/// any other order, spacing or unknown member is read by the general one.
struct SafetensorsWalk {
    struct Problem: Error {
        let id: FindingID
        let detail: Wording
        let offset: Int
    }

    let bytes: UnsafeRawBufferPointer
    private var offset = 0
    private(set) var tensors = 0
    private(set) var parameters = FileNumber.zero
    private(set) var byType = [FileNumber](repeating: .zero, count: SafetensorsDType.allCases.count)
    private(set) var unknownTypes: [String: FileNumber] = [:]
    private(set) var metadata: [(String, String)] = []
    private(set) var findings: [Finding] = []
    /// Data offsets in order of appearance; used only once they do not follow one another.
    private var spans: [(begin: FileNumber, end: FileNumber)] = []
    private var isContiguous = true
    private var dataEnd = FileNumber.zero
    private var seen: SeenKeys
    private var names: [UInt64] = []
    private var areNamesPlain = true
    /// Whether one of the first names is that of a part of an adapter.
    private(set) var mayBeAdapter = false
    private var lastType: (packed: UInt64, type: SafetensorsDType) = (0, .bool)

    private static let deepest = 16
    private static let findingLimit = 20
    /// Names among which that of an adapter's part is looked for: it has many, and they come early.
    private static let lookedAt = 48

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        seen = SeenKeys(capacity: bytes.count / 64)
        names.reserveCapacity(bytes.count / 64)
    }

    mutating func run() throws(Problem) {
        skipSpace()
        try expect(UInt8(ascii: "{"))
        skipSpace()
        if peek == UInt8(ascii: "}") {
            offset += 1
        } else {
            while true {
                skipSpace()
                try member()
                skipSpace()
                if peek == UInt8(ascii: ",") {
                    offset += 1
                    continue
                }
                try expect(UInt8(ascii: "}"))
                break
            }
        }
        // The reference library pads with spaces.
        skipSpace()
        if offset != bytes.count {
            throw Problem(id: .badJSON, detail: "bytes after the end of the header's object", offset: offset)
        }
    }

    /// Hashes of the names of all tensors; empty where a name has escapes, whose hash an index does not have.
    var tensorNames: [UInt64] {
        // Room was made by the length of the header; what is kept takes no more than it needs.
        areNamesPlain ? names.withUnsafeBufferPointer { Array($0) } : []
    }

    /// The hash under which the walk has a name without escapes.
    static func hash(_ name: UnsafeRawBufferPointer) -> UInt64 {
        var hash = SeenKeys.seed
        var place = 0
        while name.count - place >= 8 {
            hash = SeenKeys.mix(hash, name.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            place += 8
        }
        var rest: UInt64 = 0
        var shift: UInt64 = 0
        while place < name.count {
            rest |= UInt64(name[place]) << shift
            shift += 8
            place += 1
        }
        return SeenKeys.mix(hash, rest ^ (shift << 56))
    }

    /// Announced bytes of data, after every tensor has been seen.
    mutating func finishedDataLength() -> FileNumber {
        guard !isContiguous else { return dataEnd }
        spans.sort { ($0.begin, $0.end) < ($1.begin, $1.end) }
        var position = FileNumber.zero
        for span in spans {
            if span.begin < position {
                note(.overlappingOffsets, .high, "two tensors share bytes at \(span.begin) of the data")
            }
            if let hole = span.begin.subtracting(position), hole > 0 {
                note(.offsetHole, .medium, "\(hole) bytes at \(position) of the data belong to no tensor")
            }
            position = max(position, span.end)
        }
        return position
    }

    private mutating func note(_ id: FindingID, _ severity: Severity, _ detail: Wording, offset: Int? = nil) {
        guard findings.count < Self.findingLimit,
            !(findings.contains { $0.id == id } && findings.count(where: { $0.id == id }) >= 3)
        else { return }
        findings.append(Finding(id, severity, detail, offset: offset.map { $0 + 8 }))
    }

    // MARK: Members

    private mutating func member() throws(Problem) {
        let start = offset
        let (key, hash, isPlain) = try string()
        if !seen.insert(hash) {
            note(
                .duplicateKey, .high, "the name \(text(key)) comes twice; readers disagree on which counts",
                offset: start)
        }
        if !isPlain { checkName(key, start) }
        skipSpace()
        try expect(UInt8(ascii: ":"))
        if key.count == 12, bytes.starts(with: "__metadata__", at: key.lowerBound) {
            try metadataObject()
            return
        }
        names.append(hash)
        if names.count <= Self.lookedAt, !mayBeAdapter { mayBeAdapter = AdapterNames.holds(bytes.slice(key)) }
        if !isPlain { areNamesPlain = false }
        if try shortTensor() { return }
        try tensor(key)
    }

    private func text(_ range: Range<Int>) -> String { bytes.slice(range).repairedText }

    private mutating func checkName(_ key: Range<Int>, _ start: Int) {
        let name = bytes.slice(key)
        if String(validating: name, as: UTF8.self) == nil {
            note(.nonUTF8, .medium, "tensor name is not UTF-8", offset: start)
        }
        if name.contains(where: { $0 < 0x20 }) || name.repairedText.contains("\\u00") {
            note(.controlCharacters, .medium, "tensor name \(text(key)) carries control characters", offset: start)
        }
    }

    /// `{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}` as it comes from the reference library; `false` leaves everything as it was.
    private mutating func shortTensor() throws(Problem) -> Bool {
        var place = offset
        guard take("{\"dtype\":\"", &place) else { return false }
        var packed: UInt64 = 0
        var shift: UInt64 = 0
        while place < bytes.count, bytes[place] != UInt8(ascii: "\""), shift < 64 {
            packed |= UInt64(bytes[place]) << shift
            shift += 8
            place += 1
        }
        if packed != lastType.packed {
            guard let type = SafetensorsDType.packed[packed] else { return false }
            lastType = (packed, type)
        }
        guard take("\",\"shape\":[", &place) else { return false }
        var count = FileNumber(count: 1)
        if place < bytes.count, bytes[place] != UInt8(ascii: "]") {
            while true {
                guard let number = digits(&place), place < bytes.count, let product = count.multiplied(by: number)
                else { return false }
                count = product
                let byte = bytes[place]
                place += 1
                if byte == UInt8(ascii: ",") { continue }
                guard byte == UInt8(ascii: "]") else { return false }
                break
            }
        } else {
            place += 1
        }
        guard take(",\"data_offsets\":[", &place), let begin = digits(&place), place < bytes.count,
            bytes[place] == UInt8(ascii: ",")
        else { return false }
        place += 1
        guard let end = digits(&place), take("]}", &place) else { return false }
        let start = offset
        offset = place
        add(lastType.type, count: count, begin: begin, end: end, at: start)
        return true
    }

    @inline(__always)
    private func take(_ literal: StaticString, _ place: inout Int) -> Bool {
        let count = literal.utf8CodeUnitCount
        guard bytes.count - place >= count else { return false }
        let base = bytes.baseAddress.unsafelyUnwrapped + place
        let wanted = UnsafeRawPointer(literal.utf8Start)
        var step = 0
        while step + 8 <= count {
            if base.loadUnaligned(fromByteOffset: step, as: UInt64.self)
                != wanted.loadUnaligned(fromByteOffset: step, as: UInt64.self)
            {
                return false
            }
            step += 8
        }
        while step < count {
            if base.load(fromByteOffset: step, as: UInt8.self) != wanted.load(fromByteOffset: step, as: UInt8.self) {
                return false
            }
            step += 1
        }
        place += count
        return true
    }

    /// Up to 18 digits, which cannot overflow.
    @inline(__always)
    private func digits(_ place: inout Int) -> FileNumber? {
        var value = 0
        let start = place
        let limit = min(bytes.count, place + 18)
        while place < limit {
            let digit = bytes[place] &- 0x30
            guard digit < 10 else { break }
            value = value &* 10 &+ Int(digit)
            place += 1
        }
        return place > start && (place == bytes.count || bytes[place] &- 0x30 >= 10)
            ? FileNumber(count: value) : nil
    }

    @inline(__always)
    private mutating func add(
        _ type: SafetensorsDType, count: FileNumber, begin: FileNumber, end: FileNumber, at place: Int
    ) {
        tensors += 1
        // The sum of one type is never above the sum of all.
        if addParameters(count, at: place), let sum = byType[Int(type.rawValue)].adding(count) {
            byType[Int(type.rawValue)] = sum
        }
        guard let bits = count.multiplied(by: type.bits) else {
            note(.integerOverflow, .high, "shape and type give more bytes than can be counted", offset: place)
            return addSpan(begin, end, place)
        }
        let length = end.subtracting(begin)
        if bits.value & 7 != 0 || length?.value != bits.value >> 3 {
            let words = length?.description ?? "-\(begin.subtracting(end) ?? .zero)"
            note(
                .shapeSizeMismatch, .high, "shape and type give \(bits.value >> 3) bytes, the offsets \(words)",
                offset: place)
        }
        addSpan(begin, end, place)
    }

    /// - Returns: whether the sum fits; where it does not, a finding says so and the count is left out.
    @inline(__always)
    private mutating func addParameters(_ count: FileNumber, at place: Int) -> Bool {
        guard let sum = parameters.adding(count) else {
            note(.integerOverflow, .high, "the number of parameters overflows", offset: place)
            return false
        }
        parameters = sum
        return true
    }

    @inline(__always)
    private mutating func addSpan(_ begin: FileNumber, _ end: FileNumber, _ place: Int) {
        if end < begin {
            note(.badOffsets, .high, "data offsets \(begin) and \(end) are reversed", offset: place)
            return
        }
        if isContiguous, begin != dataEnd {
            isContiguous = false
            if dataEnd > 0 { spans.append((.zero, dataEnd)) }
        }
        if !isContiguous { spans.append((begin, end)) }
        dataEnd = max(dataEnd, end)
    }

    private mutating func tensor(_ key: Range<Int>) throws(Problem) {
        let start = offset
        skipSpace()
        try expect(UInt8(ascii: "{"))
        var typeName: String?
        var shape: [FileNumber]?
        var offsets: [FileNumber]?
        skipSpace()
        while peek != UInt8(ascii: "}") {
            let (name, _, _) = try string()
            skipSpace()
            try expect(UInt8(ascii: ":"))
            skipSpace()
            switch text(name) {
            case "dtype" where peek == UInt8(ascii: "\""): typeName = text(try string().range)
            case "shape": shape = try numbers()
            case "data_offsets": offsets = try numbers()
            default:
                note(.badHeader, .low, "unknown member \(text(name)) of tensor \(text(key))", offset: start)
                try skipValue(depth: 0)
            }
            skipSpace()
            if peek == UInt8(ascii: ",") {
                offset += 1
                skipSpace()
            } else if peek != UInt8(ascii: "}") {
                throw Problem(id: .badJSON, detail: "no comma between the members of a tensor", offset: offset)
            }
        }
        offset += 1
        guard let typeName, let shape, let offsets, offsets.count == 2 else {
            throw Problem(
                id: .badHeader, detail: "tensor \(text(key)) lacks dtype, shape or data_offsets", offset: start)
        }
        guard let count = FileNumber(productOf: shape.lazy.map(\.value)) else {
            tensors += 1
            note(.integerOverflow, .high, "the shape of \(text(key)) overflows", offset: start)
            return addSpan(offsets[0], offsets[1], start)
        }
        let packed = typeName.utf8.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        if let type = typeName.utf8.count < 8 ? SafetensorsDType.packed[packed] : SafetensorsDType.named[typeName] {
            add(type, count: count, begin: offsets[0], end: offsets[1], at: start)
        } else {
            tensors += 1
            let name = Printable.text(typeName, limit: 20)
            if addParameters(count, at: start), let sum = unknownTypes[name, default: .zero].adding(count) {
                unknownTypes[name] = sum
            }
            note(.unknownDType, .medium, "element type \(typeName) is not known", offset: start)
            addSpan(offsets[0], offsets[1], start)
        }
    }

    private mutating func metadataObject() throws(Problem) {
        skipSpace()
        let start = offset
        guard peek == UInt8(ascii: "{") else {
            note(.badMetadata, .medium, "__metadata__ is not an object", offset: start)
            return try skipValue(depth: 0)
        }
        offset += 1
        skipSpace()
        while peek != UInt8(ascii: "}") {
            let (key, _, _) = try string()
            skipSpace()
            try expect(UInt8(ascii: ":"))
            skipSpace()
            if peek == UInt8(ascii: "\"") {
                let value = try string().range
                if metadata.count < ArtefactFacts.metadataCountLimit {
                    metadata.append((unescaped(key), unescaped(value)))
                }
            } else {
                note(.badMetadata, .medium, "the value of \(text(key)) is not a string", offset: offset)
                try skipValue(depth: 0)
            }
            skipSpace()
            if peek == UInt8(ascii: ",") {
                offset += 1
                skipSpace()
            } else if peek != UInt8(ascii: "}") {
                throw Problem(id: .badJSON, detail: "no comma between metadata members", offset: offset)
            }
        }
        offset += 1
    }

    private func unescaped(_ range: Range<Int>) -> String {
        let cut = range.lowerBound..<min(range.upperBound, range.lowerBound + 4000)
        let quoted = [UInt8(ascii: "\"")] + Array(bytes.slice(cut)) + (cut == range ? [UInt8(ascii: "\"")] : [])
        let value = quoted.withUnsafeBytes { try? JSONValue.parse($0) }
        return value?.string ?? text(cut)
    }

    // MARK: JSON

    private var peek: UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    @inline(__always)
    private mutating func skipSpace() {
        while offset < bytes.count,
            bytes[offset] == 0x20 || bytes[offset] == 0x0A || bytes[offset] == 0x0D || bytes[offset] == 0x09
        { offset += 1 }
    }

    @inline(__always)
    private mutating func expect(_ byte: UInt8) throws(Problem) {
        guard offset < bytes.count, bytes[offset] == byte else {
            throw Problem(id: .badJSON, detail: "expected \(Character(Unicode.Scalar(byte)))", offset: offset)
        }
        offset += 1
    }

    /// The bytes between the quotes, a hash of them, and whether they are plain ASCII without escapes.
    @inline(__always)
    private mutating func string() throws(Problem) -> (range: Range<Int>, hash: UInt64, isPlain: Bool) {
        try expect(UInt8(ascii: "\""))
        let start = offset
        let count = bytes.count
        let base = bytes.baseAddress.unsafelyUnwrapped
        var hash: UInt64 = SeenKeys.seed
        var isPlain = true
        while true {
            // Eight bytes at a time until one is a quote, a backslash, a control character or not ASCII.
            while count - offset >= 8 {
                let word = base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                if Self.special(word) != 0 { break }
                hash = SeenKeys.mix(hash, word)
                offset += 8
            }
            guard offset < count else { throw Problem(id: .badJSON, detail: "string without an end", offset: start) }
            var rest: UInt64 = 0
            var shift: UInt64 = 0
            while offset < count, shift < 64 {
                let byte = bytes[offset]
                if byte == UInt8(ascii: "\"") {
                    let range = start..<offset
                    offset += 1
                    return (range, SeenKeys.mix(hash, rest ^ (shift << 56)), isPlain)
                }
                if byte == UInt8(ascii: "\\") {
                    isPlain = false
                    rest |= UInt64(byte) << shift
                    offset += 1
                    guard offset < count else { break }
                    shift = shift >= 56 ? 0 : shift + 8
                } else if byte < 0x20 || byte >= 0x80 {
                    isPlain = false
                }
                rest ^= UInt64(bytes[offset]) << shift
                shift += 8
                offset += 1
            }
            hash = SeenKeys.mix(hash, rest)
        }
    }

    /// Non-zero when a byte of the word is `"`, `\`, below 0x20 or above 0x7F.
    @inline(__always)
    private static func special(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        let quote = word ^ (ones &* 0x22)
        let slash = word ^ (ones &* 0x5C)
        return (((quote &- ones) & ~quote) | ((slash &- ones) & ~slash) | (word &- (ones &* 0x20)) | word) & highs
    }

    private mutating func numbers() throws(Problem) -> [FileNumber] {
        try expect(UInt8(ascii: "["))
        var out: [FileNumber] = []
        skipSpace()
        while peek != UInt8(ascii: "]") {
            var place = offset
            guard let number = digits(&place) else {
                throw Problem(id: .badNumber, detail: "expected a whole number below 10^18", offset: offset)
            }
            offset = place
            guard out.count < 64 else {
                throw Problem(id: .badDims, detail: "more than 64 dimensions", offset: offset)
            }
            out.append(number)
            skipSpace()
            if peek == UInt8(ascii: ",") {
                offset += 1
                skipSpace()
            } else if peek != UInt8(ascii: "]") {
                throw Problem(id: .badJSON, detail: "no comma between numbers", offset: offset)
            }
        }
        offset += 1
        return out
    }

    private mutating func skipValue(depth: Int) throws(Problem) {
        guard depth < Self.deepest else {
            throw Problem(id: .jsonDepth, detail: "nesting over \(Self.deepest)", offset: offset)
        }
        skipSpace()
        switch peek {
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            let closing: UInt8 = peek == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]")
            offset += 1
            skipSpace()
            while peek != closing {
                if closing == UInt8(ascii: "}") {
                    _ = try string()
                    skipSpace()
                    try expect(UInt8(ascii: ":"))
                }
                try skipValue(depth: depth + 1)
                skipSpace()
                if peek == UInt8(ascii: ",") {
                    offset += 1
                    skipSpace()
                } else if peek != closing {
                    throw Problem(id: .badJSON, detail: "not well formed", offset: offset)
                }
            }
            offset += 1
        default:
            let start = offset
            while offset < bytes.count, bytes[offset] != UInt8(ascii: ","), bytes[offset] != UInt8(ascii: "}"),
                bytes[offset] != UInt8(ascii: "]"), bytes[offset] > 0x20
            { offset += 1 }
            if offset == start { throw Problem(id: .badJSON, detail: "a value is missing", offset: offset) }
        }
    }
}
