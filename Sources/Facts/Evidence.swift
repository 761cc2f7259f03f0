import OpenscanBytes

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

    /// Characters of a quote.
    public static let quoteLimit = 200

    /// A place with the release's own words; what the program says of it is a `Reason`.
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
