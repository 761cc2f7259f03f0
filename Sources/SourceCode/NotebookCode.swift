import OpenscanBytes
import OpenscanFacts

/// The code cells of a notebook, one after the other, with where each line stands in the notebook's own file.
struct NotebookCode {
    /// The program text.
    private(set) var code: [UInt8] = []
    /// Line of the file for each line of the program text.
    private var lines: [Int] = []
    /// Line of the string that was added last.
    private var last = 1

    /// `nil` for what is no notebook.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard let root = try? JSONValue.parse(bytes), root["cells"]?.array != nil else { return nil }
        // The parser keeps no places; but the strings of the text come in the order of the tree's.
        var places = StringPlaces(bytes)
        guard case .object(let members) = root else { return nil }
        for member in members {
            places.skip(1)
            guard member.key == "cells", case .array(let cells) = member.value else {
                places.skip(Self.strings(in: member.value))
                continue
            }
            for cell in cells { add(cell, &places) }
        }
    }

    private mutating func add(_ cell: JSONValue, _ places: inout StringPlaces) {
        guard case .object(let members) = cell else { return places.skip(Self.strings(in: cell)) }
        let isCode = cell["cell_type"]?.string == "code"
        for member in members {
            places.skip(1)
            guard isCode, member.key == "source" else {
                places.skip(Self.strings(in: member.value))
                continue
            }
            let parts: [JSONValue] = member.value.array ?? [member.value]
            for part in parts {
                guard let text = part.string else {
                    places.skip(Self.strings(in: part))
                    continue
                }
                add(text, line: places.next())
            }
        }
        code.append(0x0A)
        lines.append(last)
    }

    /// A string of several lines stands on one line of the file.
    private mutating func add(_ text: String, line: Int) {
        code += Array(text.utf8)
        lines += Array(repeating: line, count: text.utf8.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) })
        last = line
    }

    /// The notebook's line for a line of the program text, both counted from 1.
    func line(_ number: Int) -> Int { lines.indices.contains(number - 1) ? lines[number - 1] : lines.last ?? 1 }

    /// Keys and values of a tree that are strings.
    private static func strings(in value: JSONValue) -> Int {
        switch value {
        case .string: 1
        case .array(let items): items.reduce(0) { $0 + strings(in: $1) }
        case .object(let members): members.reduce(0) { $0 + 1 + strings(in: $1.value) }
        default: 0
        }
    }
}

/// The lines on which the strings of a JSON text begin, in order.
private struct StringPlaces {
    private let bytes: UnsafeRawBufferPointer
    private var offset = 0
    private var line = 1

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The line of the next string.
    mutating func next() -> Int {
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
            if bytes[offset] == 0x0A { line += 1 }
            offset += 1
        }
        let found = line
        offset += 1
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
            if bytes[offset] == 0x0A { line += 1 }
            offset += bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
        }
        offset += 1
        return found
    }

    mutating func skip(_ count: Int) {
        for _ in 0..<count { _ = next() }
    }
}
