import OpenscanBytes
import OpenscanKit
import OpenscanUnpacking

/// Lines of a file that workers wrote, compressed or not; of standard input where it is called `-`.
public struct ReportLines {
    private var lines: LineStream
    private let path: String

    /// Bytes of a line at most: what the largest report has.
    private static let longest = 256 << 20

    /// - Throws: `ReadError` where the file cannot be opened.
    public init(_ path: String) throws(ReadError) {
        self.path = Printable.path(path)
        lines = LineStream(try Self.stream(path, shown: self.path), longest: Self.longest)
    }

    private static func stream(_ path: String, shown: String) throws(ReadError) -> any ByteStream {
        guard path != "-" else { return StandardInput() }
        let file = try FileBytes(path: path, followLinks: true)
        let head = try file.bytes(at: 0, count: 16)
        guard let kind = head.withUnsafeBytes({ Compression.detect($0) }) else { return SequentialBytes(file) }
        return try kind.expand(file, path: shown, limits: Limits())
    }

    /// The next line that is not empty; `nil` at the end.
    /// - Throws: `ReadError` where reading breaks off, or a line is longer than any report.
    public mutating func next() throws(ReadError) -> LineStream.Line? {
        let line = lines.next()
        if let failure = lines.failure { throw failure }
        if let line, !line.isWhole {
            throw .badArchive(path: path, message: "line \(line.number) has more than \(Self.longest) bytes")
        }
        return line
    }
}
