import OpenscanBytes
import OpenscanKit

#if canImport(Glibc)
    import Glibc
#endif

/// A release that somebody asks for.
public struct BatchRequest: Sendable, Hashable {
    /// Where it is.
    public var path: String
    /// What reports are to call it; its own name where nobody says.
    public var name: String?
    /// What whoever asks knows it by.
    public var id: String?

    /// A place, and what it is called there.
    public init(path: String, name: String? = nil, id: String? = nil) {
        self.path = path
        self.name = name
        self.id = id
    }
}

extension BatchRequest {
    /// What a worker is sent.
    public var bytes: [UInt8] { Array((path + (name.map { "\0" + $0 } ?? "")).utf8) }

    /// What a worker was sent.
    public init(bytes: [UInt8]) {
        let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        self.init(
            path: String(decoding: parts.first ?? [], as: UTF8.self),
            name: parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : nil)
    }
}

/// Releases asked for line by line: a path as it is, or an object of JSON with `path` and, where wanted, `name` and `id`; other
/// keys are ignored. A line that is neither is given out as such, and those behind it are read.
///
/// A path that is no UTF-8, or that begins with a brace, is written as the one plainly and as the other in JSON.
public struct BatchInput: IteratorProtocol {
    /// What a line comes to.
    public enum Line: Sendable, Hashable {
        case request(BatchRequest)
        /// Its number from 1, its beginning as it may be shown, and what is wrong.
        case bad(number: Int, shown: String, problem: Wording)
    }

    private static let longestLine = 1 << 20
    private static let blockSize = 64 << 10

    private let descriptor: Int32
    private var buffer: [UInt8] = []
    /// Where in the buffer the next line begins.
    private var start = 0
    private var number = 0
    private var isAtEnd = false
    /// Why nothing more came, where the system refused it.
    public private(set) var failure: ReadError?

    /// - Parameter descriptor: what is read, as far as it is asked for; standard input by default. It stays open.
    public init(descriptor: Int32 = 0) { self.descriptor = descriptor }

    /// The next line that is not empty; `nil` at the end.
    public mutating func next() -> Line? {
        while let (line, isWhole) = nextLine() {
            number += 1
            if line.isEmpty { continue }
            let read = line.withUnsafeBytes { bytes in isWhole ? Self.read(bytes) : .problem(Self.tooLong) }
            switch read {
            case .request(let request): return .request(request)
            case .problem(let problem):
                let shown = line.withUnsafeBytes { Printable.path(SystemPath.text(.init(rebasing: $0.prefix(200)))) }
                return .bad(number: number, shown: shown, problem: problem)
            }
        }
        return nil
    }

    private static let tooLong: Wording = "a line of more than \(longestLine) bytes"

    private enum Reading {
        case request(BatchRequest)
        case problem(Wording)
    }

    private static func read(_ bytes: UnsafeRawBufferPointer) -> Reading {
        guard bytes.first == UInt8(ascii: "{") else {
            return bytes.contains(0)
                ? .problem("a path with a zero byte") : .request(BatchRequest(path: SystemPath.text(bytes)))
        }
        let object: JSONValue
        do throws(JSONValue.Problem) { object = try JSONValue.parse(bytes, itemLimit: 100_000) } catch {
            return .problem("begins as JSON and is not well formed")
        }
        guard let path = object["path"]?.string, !path.isEmpty else { return .problem("names no path") }
        guard !path.utf8.contains(0) else { return .problem("a path with a zero byte") }
        return .request(BatchRequest(path: path, name: text(object["name"]), id: text(object["id"])))
    }

    /// A text, or a number as it is written.
    private static func text(_ value: JSONValue?) -> String? {
        switch value {
        case .string(let text): text.isEmpty ? nil : text
        case .number(let text): text
        default: nil
        }
    }

    /// Bytes up to the next line feed; of a line that is too long the beginning.
    private mutating func nextLine() -> (line: [UInt8], isWhole: Bool)? {
        var searched = start
        var cut: [UInt8]?
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = cut ?? Array(buffer[start..<end])
                start = end + 1
                return (line, cut == nil)
            }
            if buffer.count - start > Self.longestLine {
                if cut == nil { cut = Array(buffer[start..<start + 1000]) }
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
        var block = [UInt8](repeating: 0, count: Self.blockSize)
        while true {
            let got = block.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if got < 0, errno == EINTR { continue }
            if got < 0 { failure = .system(operation: "read", path: "standard input", code: errno) }
            guard got > 0 else { return false }
            buffer += block[..<got]
            return true
        }
    }
}
