import OpenscanBytes

/// Protocol buffers on the wire (protobuf.dev, "Encoding"): fields one after another, without a schema.
enum Protobuf {
    enum Value {
        case varint(UInt64)
        case fixed64(UInt64)
        case fixed32(UInt32)
        /// A string, a message or packed numbers, by place in the file.
        case bytes(Range<Int>)
    }

    static let deepest = 40

    /// Visits the fields of a message that takes `range` of the file; nested ones are visited by calling this again from inside.
    static func fields(
        _ cursor: ByteCursor, _ range: Range<Int>, depth: Int = 0, _ visit: (Int, Value) throws(ArtefactStop) -> Void
    ) throws(ArtefactStop) {
        guard depth < deepest else {
            throw .malformed(.nestingDepth, "messages deeper than \(deepest)", at: range.lowerBound)
        }
        try cursor.seek(to: range.lowerBound)
        let isOpen = !cursor.isEndKnown && range.upperBound >= cursor.end
        while cursor.offset < range.upperBound {
            // A stream whose length nobody knew ends here.
            if isOpen, try cursor.isAtEnd { return }
            let place = cursor.offset
            let tag = try cursor.varint()
            let number = tag >> 3
            guard number > 0, number < 1 << 29 else {
                throw .malformed(.badHeader, "no field of a message", at: place)
            }
            let value: Value
            switch tag & 7 {
            case 0: value = .varint(try cursor.varint())
            case 1: value = .fixed64(try cursor.uint64())
            case 5: value = .fixed32(try cursor.uint32())
            case 2:
                value = .bytes(try cursor.span(try cursor.varnumber(), within: range.upperBound))
            case 3, 4: throw .malformed(.badHeader, "a group, which no model format uses", at: place)
            default: throw .malformed(.badHeader, "wire type \(tag & 7)", at: place)
            }
            let next: Int
            if case .bytes(let inside) = value { next = inside.upperBound } else { next = cursor.offset }
            try visit(Int(number), value)
            try cursor.seek(to: next)
        }
        if cursor.offset > range.upperBound {
            throw .malformed(.truncated, "a field goes past its message", at: range.upperBound)
        }
    }

    /// Text of a field, its beginning when it is long.
    static func text(_ cursor: ByteCursor, _ value: Value, limit: Int = 1000) throws(ArtefactStop) -> String {
        guard case .bytes(let range) = value else { return "" }
        try cursor.seek(to: range.lowerBound)
        return try cursor.text(range.count, limit: limit)
    }

    static func number(_ value: Value) -> Int {
        switch value {
        case .varint(let number): Int(truncatingIfNeeded: number)
        case .fixed64(let number): Int(truncatingIfNeeded: number)
        case .fixed32(let number): Int(number)
        case .bytes: 0
        }
    }

    /// One number, or the numbers of a packed field, added to `out` up to `limit`.
    static func numbers(_ cursor: ByteCursor, _ value: Value, into out: inout [Int], limit: Int = 64)
        throws(ArtefactStop)
    {
        guard case .bytes(let range) = value else {
            if out.count < limit { out.append(number(value)) }
            return
        }
        try cursor.seek(to: range.lowerBound)
        while cursor.offset < range.upperBound {
            guard out.count < limit else {
                throw .malformed(.badDims, "more than \(limit) dimensions", at: range.lowerBound)
            }
            out.append(Int(truncatingIfNeeded: try cursor.varint()))
        }
    }

    /// Key and value of a map's entry.
    static func entry(_ cursor: ByteCursor, _ range: Range<Int>, depth: Int) throws(ArtefactStop) -> (
        key: String, value: Value?
    ) {
        var key = ""
        var found: Value?
        try fields(cursor, range, depth: depth) { number, value throws(ArtefactStop) in
            if number == 1 { key = try text(cursor, value, limit: 200) }
            if number == 2 { found = value }
        }
        return (key, found)
    }

    static func range(_ value: Value) -> Range<Int>? {
        if case .bytes(let range) = value { range } else { nil }
    }
}
