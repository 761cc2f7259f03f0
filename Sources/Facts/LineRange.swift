import OpenscanBytes

/// Lines from `first` to `last`, both included, counted from 1. Encoded as `[first, last]`.
public struct LineRange: Sendable, Hashable, Codable, Comparable {
    /// The first line.
    public var first: Int
    /// The last line.
    public var last: Int

    /// Lines `first` to `last`.
    public init(_ first: Int, _ last: Int) {
        self.first = first
        self.last = last
    }

    /// One line.
    public init(_ line: Int) { self.init(line, line) }

    /// The same lines in a text that has `lines` more before them.
    public func shifted(by lines: Int) -> LineRange { LineRange(first + lines, last + lines) }

    /// Whether the two have a line in common.
    public func overlaps(_ other: LineRange) -> Bool { first <= other.last && last >= other.first }

    /// Whether every line of `other` is one of these.
    public func holds(_ other: LineRange) -> Bool { first <= other.first && last >= other.last }

    /// Reads `[first, last]`.
    /// - Throws: the decoder's error where there are no two numbers.
    public init(from decoder: any Decoder) throws {
        if let compact = decoder as? CompactDecoder {
            self.init(try compact.integer(), try compact.integer())
            return
        }
        var container = try decoder.unkeyedContainer()
        self.init(try container.decode(Int.self), try container.decode(Int.self))
    }

    /// Writes `[first, last]`.
    /// - Throws: the encoder's error.
    public func encode(to encoder: any Encoder) throws {
        if let compact = encoder as? CompactEncoder {
            compact.add(first)
            compact.add(last)
            return
        }
        var container = encoder.unkeyedContainer()
        try container.encode(first)
        try container.encode(last)
    }

    /// By first line, then by last.
    public static func < (left: LineRange, right: LineRange) -> Bool {
        (left.first, left.last) < (right.first, right.last)
    }
}
