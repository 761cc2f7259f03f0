import OpenscanBytes
import OpenscanKit

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

    private var lines: LineStream
    /// Why nothing more came, where the system refused it.
    public var failure: ReadError? { lines.failure }

    /// - Parameter descriptor: what is read, as far as it is asked for; standard input by default. It stays open.
    public init(descriptor: Int32 = 0) {
        lines = LineStream(StandardInput(descriptor: descriptor), longest: Self.longestLine)
    }

    /// The next line that is not empty; `nil` at the end.
    public mutating func next() -> Line? {
        guard let line = lines.next() else { return nil }
        let read = line.bytes.withUnsafeBytes { bytes in line.isWhole ? Self.read(bytes) : .problem(Self.tooLong) }
        switch read {
        case .request(let request): return .request(request)
        case .problem(let problem):
            let shown = line.bytes.withUnsafeBytes { Printable.path(SystemPath.text(.init(rebasing: $0.prefix(200)))) }
            return .bad(number: line.number, shown: shown, problem: problem)
        }
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
}
