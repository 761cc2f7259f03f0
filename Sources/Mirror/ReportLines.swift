import OpenscanBytes
import OpenscanKit
import OpenscanUnpacking

/// Lines of a file that workers wrote, compressed or not; of standard input where it is called `-`.
public struct ReportLines {
    /// One line.
    public struct Line {
        /// Counted from 1.
        public let number: Int
        /// Without its end.
        public let bytes: [UInt8]
    }

    private let stream: any ByteStream
    private let path: String
    private var pending: [UInt8] = []
    private var place = 0
    private var number = 0
    private var block = [UInt8](repeating: 0, count: 256 << 10)

    /// Bytes of a line at most: what the largest report has.
    private static let longest = 256 << 20

    /// - Throws: `ReadError` where the file cannot be opened.
    public init(_ path: String) throws(ReadError) {
        self.path = Printable.path(path)
        guard path != "-" else {
            stream = StandardInputStream()
            return
        }
        let file = try FileBytes(path: path, followLinks: true)
        let head = try file.bytes(at: 0, count: 16)
        if let kind = head.withUnsafeBytes({ Compression.detect($0) }) {
            stream = try kind.expand(file, path: self.path, limits: Limits())
        } else {
            stream = SequentialBytes(file)
        }
    }

    /// The next line that is not empty; `nil` at the end.
    /// - Throws: `ReadError` where reading breaks off, or a line is longer than any report.
    public mutating func next() throws(ReadError) -> Line? {
        var searched = place
        while true {
            if let end = pending[searched...].firstIndex(of: 0x0A) {
                let line = Array(pending[place..<end])
                place = end + 1
                number += 1
                if !line.isEmpty { return Line(number: number, bytes: line) }
                searched = place
                continue
            }
            guard pending.count - place <= Self.longest else {
                throw .badArchive(path: path, message: "line \(number + 1) has more than \(Self.longest) bytes")
            }
            pending.removeFirst(place)
            place = 0
            searched = pending.count
            var failure: ReadError?
            let got = block.withUnsafeMutableBytes { buffer in
                do throws(ReadError) { return try stream.read(into: buffer) } catch {
                    failure = error
                    return 0
                }
            }
            if let failure { throw failure }
            if got == 0 { break }
            pending += block[..<got]
        }
        guard !pending.isEmpty else { return nil }
        defer { pending = [] }
        number += 1
        return Line(number: number, bytes: pending)
    }
}

private final class StandardInputStream: ByteStream {
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
        try StandardInputBytes.read(buffer)
    }
}
