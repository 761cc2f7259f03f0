import OpenscanBytes
import OpenscanFacts

/// NumPy arrays (NEP 1, numpy/lib/format.py): magic, version, a Python literal that describes the array, data.
enum NumPyFormats {
    static let npy = ArtefactFormat(
        id: "npy", kind: .weights,
        magic: { $0.bytes.count > 6 && $0.bytes[0] == 0x93 && $0.starts(with: "NUMPY", at: 1) },
        name: { $0.hasEnding(".npy") }, read: readArray)

    static func readArray(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let cursor = input.cursor()
        let start = try cursor.peek(upTo: 8)
        guard start.count == 8, start[0] == 0x93, start.starts(with: "NUMPY", at: 1) else {
            if PickleStart.isLikely(start) || start.first == 0x80 {
                // numpy.load falls back to pickle when the magic is not there.
                facts.find(.pickleDisguised, .high, "a pickle stream under the name of an array", at: 0)
                _ = PickleScan.scan(input.cursor(), context: .general, facts: &facts, limits: input.limits)
                return
            }
            facts.spoil(start.isEmpty ? .emptyFile : .badHeader, "no array of NumPy", at: 0)
            try PickleSearch.search(
                input, from: 0, context: .general, facts: &facts, what: "in a file that is no array")
            return
        }
        let major = start[6]
        try cursor.skip(8)
        guard (1...3).contains(major) else {
            throw .unsupported(Finding(.unsupportedVersion, .medium, "npy version \(major)", offset: 6))
        }
        let length = major == 1 ? try cursor.number(UInt16.self) : try cursor.number(UInt32.self)
        guard length <= 64 << 10, length <= cursor.remaining else {
            throw .malformed(.headerLength, "a header of \(length) bytes", at: 8)
        }
        let header = try cursor.take(length).repairedText
        guard let description = NumPyHeader(header) else {
            throw .malformed(.badHeader, "the description of the array is not well formed", at: 10)
        }
        let type = NumPyType(description.type == "void" ? "V" : description.type)
        let count = FileNumber(productOf: description.shape)
        facts.count(elements: count, type: type.name)
        facts.note("descr", description.type)
        facts.note("shape", description.shape.map(String.init).joined(separator: ", "))
        if type.isUnknown || description.hasUnknownField {
            facts.spoil(.badType, "\(description.type) is no element type of NumPy", at: 10)
        }
        guard let count else {
            facts.status = .malformed
            return
        }
        let dataStart = cursor.place
        if type.isObject || description.hasObjects {
            facts.find(.picklePresent, .info, "an array of objects is a pickle: it can run code when it is loaded")
            // The stream holds the array once more.
            var stream = ArtefactFacts(format: "npy", status: .ok)
            let outcome = PickleScan.scan(cursor, context: .arrays, facts: &stream, limits: input.limits)
            for finding in stream.findings { facts.find(finding) }
            if !outcome.isWhole { facts.status = .malformed }
            return
        }
        guard let size = type.bytes ?? description.recordSize else { return }
        guard let end = count.multiplied(by: size)?.adding(dataStart) else {
            return facts.spoil(.integerOverflow, "the size of the array overflows")
        }
        guard cursor.isEndKnown else { return }
        if end > cursor.end {
            facts.spoil(
                .truncated, "\(try end - dataStart) bytes of data are announced, \(cursor.remaining) are there",
                at: cursor.end)
        } else if end < cursor.end {
            try cursor.seek(to: end)
            facts.find(.trailingData, .low, "\(cursor.remaining) bytes after the array", at: end.value)
            try PickleSearch.search(
                input, from: end.value, context: .arrays, facts: &facts, what: "after the array")
        }
    }
}

/// `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }` without evaluating it.
struct NumPyHeader {
    let type: String
    let shape: [Int]
    let hasObjects: Bool
    /// Whether a field of a record is of a type that NumPy does not have.
    let hasUnknownField: Bool
    /// Bytes of a record of named fields.
    let recordSize: Int?

    init?(_ text: String) {
        guard let descr = Self.entry("'descr'", "\"descr\"", in: text),
            let shapeText = Self.entry("'shape'", "\"shape\"", in: text), shapeText.hasPrefix("("),
            let close = shapeText.firstIndex(of: ")")
        else { return nil }
        var shape: [Int] = []
        for part in shapeText[shapeText.index(after: shapeText.startIndex)..<close].split(separator: ",") {
            let digits = String(part).trimmed
            if digits.isEmpty { continue }
            guard let number = Int(digits.hasSuffix("L") ? String(digits.dropLast()) : digits), number >= 0,
                shape.count < 64
            else { return nil }
            shape.append(number)
        }
        self.shape = shape
        if let quote = descr.first, quote == "'" || quote == "\"" {
            type = String(descr.dropFirst().prefix { $0 != quote })
            (hasObjects, hasUnknownField, recordSize) = (false, false, nil)
        } else {
            // A list of fields: ('name', '<f4'), also with shapes and nested lists.
            type = "void"
            let types = descr.prefix { $0 != "]" }.split(separator: "'").filter {
                $0.first.map { "<>|=".contains($0) } ?? false
            }.map { NumPyType(String($0)) }
            hasObjects = types.contains { $0.isObject }
            let isPlain =
                !descr.dropFirst().prefix { $0 != "]" }.contains("[")
                && descr.prefix { $0 != "]" }.split(separator: "(").count == types.count + 1
            hasUnknownField = isPlain && types.contains { $0.isUnknown }
            recordSize = isPlain ? types.reduce(0) { $0.saturatingSum($1.bytes ?? 0) } : nil
        }
    }

    /// What follows a key in either kind of quotes.
    private static func entry(_ keys: StaticString..., in text: String) -> Substring? {
        let place = Array(text.utf8).withUnsafeBytes { bytes in
            keys.lazy.compactMap { key in bytes.offset(of: key).map { $0 + key.utf8CodeUnitCount } }.first
        }
        return place.map { text[text.utf8.index(text.startIndex, offsetBy: $0)...].drop { $0 == " " || $0 == ":" } }
    }
}
