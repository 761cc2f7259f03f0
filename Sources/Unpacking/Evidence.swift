/// A place in the release that a verdict rests on: a file, its lines, the words or the offset of the bytes.
public struct Evidence: Sendable, Hashable, Codable {
    /// Path inside the release; `outer.zip!/inner` for a member of an archive.
    public var path: String
    /// First and last line, counted from 1.
    public var lines: LineRange?
    /// The words themselves, cleaned of control characters and cut to `Evidence.quoteLimit`.
    public var quote: String?
    /// Byte offset, where lines mean nothing.
    public var offset: Int?

    public static let quoteLimit = 200

    public init(path: String, lines: LineRange? = nil, quote: String? = nil, offset: Int? = nil) {
        self.path = path
        self.lines = lines
        self.quote = quote.map { Printable.text($0, limit: Self.quoteLimit) }
        self.offset = offset
    }

    /// The same place in a text that this one is a part of.
    public func shifted(by lines: Int) -> Evidence {
        var copy = self
        copy.lines = self.lines?.shifted(by: lines)
        return copy
    }

    /// `path`, `path:3` or `path:3-9`.
    public var place: String {
        guard let lines else { return path }
        return lines.first == lines.last ? "\(path):\(lines.first)" : "\(path):\(lines.first)-\(lines.last)"
    }
}

/// Lines from `first` to `last`, both included, counted from 1. Encoded as `[first, last]`.
public struct LineRange: Sendable, Hashable, Codable, Comparable {
    public var first: Int
    public var last: Int

    public init(_ first: Int, _ last: Int) {
        self.first = first
        self.last = last
    }

    public init(_ line: Int) { self.init(line, line) }

    public func shifted(by lines: Int) -> LineRange { LineRange(first + lines, last + lines) }

    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        self.init(try container.decode(Int.self), try container.decode(Int.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(first)
        try container.encode(last)
    }

    public static func < (left: LineRange, right: LineRange) -> Bool {
        (left.first, left.last) < (right.first, right.last)
    }
}
