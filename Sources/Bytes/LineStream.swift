/// Lines of a stream, one after the other, however long the whole is.
public struct LineStream {
    /// A line that is not empty.
    public struct Line {
        /// Counted from 1, empty ones too.
        public let number: Int
        /// Without its end; of a line that is too long the beginning.
        public let bytes: [UInt8]
        /// Whether it is no longer than a line may be.
        public let isWhole: Bool
    }

    private let stream: any ByteStream
    private let longest: Int
    private var block = [UInt8](repeating: 0, count: 64 << 10)
    private var buffer: [UInt8] = []
    /// Where in the buffer the next line begins.
    private var start = 0
    private var number = 0
    private var isAtEnd = false
    /// Why nothing more came, where reading broke off: what came before it is the last line.
    public private(set) var failure: ReadError?

    private static let shown = 1000

    /// - Parameters:
    ///   - stream: read as far as lines are asked for.
    ///   - longest: bytes of a line at most; of a longer one only the beginning is held.
    public init(_ stream: any ByteStream, longest: Int) {
        self.stream = stream
        self.longest = longest
    }

    /// The next line that is not empty; `nil` at the end.
    public mutating func next() -> Line? {
        while let (bytes, isWhole) = nextOfAny() {
            number += 1
            if !bytes.isEmpty { return Line(number: number, bytes: bytes, isWhole: isWhole) }
        }
        return nil
    }

    private mutating func nextOfAny() -> (bytes: [UInt8], isWhole: Bool)? {
        var searched = start
        var cut: [UInt8]?
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = cut ?? Array(buffer[start..<end])
                start = end + 1
                return (line, cut == nil)
            }
            if buffer.count - start > longest {
                if cut == nil { cut = Array(buffer[start..<start + min(Self.shown, longest)]) }
                start = buffer.count
            }
            if start > 0 {
                buffer.removeFirst(start)
                start = 0
            }
            searched = buffer.count
            guard !isAtEnd, fill() else {
                isAtEnd = true
                defer { buffer = [] }
                if let cut { return (cut, false) }
                return buffer.isEmpty ? nil : (buffer, true)
            }
        }
    }

    /// `false` at the end.
    private mutating func fill() -> Bool {
        let stream = self.stream
        let got: Result<Int, ReadError> = block.withUnsafeMutableBytes { block in
            Result { () throws(ReadError) in try stream.read(into: block) }
        }
        switch got {
        case .success(0): return false
        case .success(let count):
            buffer += block[..<count]
            return true
        case .failure(let error):
            failure = error
            return false
        }
    }
}
