import OpenscanBytes
import OpenscanFacts

/// Whether a configuration in JSON says one thing to everybody: readers disagree on keys that come twice, on what stands behind the end,
/// on zeros and on depth.
public struct ConfigForm {
    private let bytes: UnsafeRawBufferPointer
    private var place = 0
    private var findings: [Finding] = []
    /// For each open object the keys so far, by hash, with the line of each; `nil` for an array.
    private var open: [[UInt64: Int]?] = []
    private var line = 1
    private var lineStart = 0

    private static let mostFindings = 10
    private static let deepest = JSONValue.deepest

    /// Findings about a file that a loader reads as JSON, with their lines; none for other files.
    public static func findings(_ bytes: UnsafeRawBufferPointer, path: String) -> [Finding] {
        guard LoaderConfig.isRead(path) else { return [] }
        var form = ConfigForm(bytes)
        form.run()
        return form.findings
    }

    private init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        place = bytes.starts(with: "\u{FEFF}") ? 3 : 0
        lineStart = place
    }

    private mutating func note(_ id: FindingID, _ severity: Severity, _ words: Wording, at offset: Int) {
        guard findings.count < Self.mostFindings else { return }
        findings.append(Finding(id, severity, words, offset: offset))
    }

    /// Zeros are said once and passed over: some readers stop at them and some do not.
    private mutating func skipSpace() {
        while place < bytes.count {
            switch bytes[place] {
            case 0x0A:
                line += 1
                place += 1
            case 0x20, 0x09, 0x0D: place += 1
            case 0:
                if !findings.contains(where: { $0.id == .controlCharacters }) {
                    note(.controlCharacters, .medium, "a zero byte in line \(line)", at: place)
                }
                place += 1
            default: return
            }
        }
    }

    /// One token after the other, with a stack of what is open: no call inside a call.
    private mutating func run() {
        var isKeyNext = false
        var isDone = false
        while true {
            skipSpace()
            guard place < bytes.count else { break }
            if isDone {
                return note(.trailingData, .medium, "something stands behind the end, in line \(line)", at: place)
            }
            switch bytes[place] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                guard open.count < Self.deepest else {
                    return note(.jsonDepth, .medium, "nested deeper than \(Self.deepest), in line \(line)", at: place)
                }
                let isObject = bytes[place] == UInt8(ascii: "{")
                open.append(isObject ? [:] : nil)
                isKeyNext = isObject
                place += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard let closed = open.popLast(), (closed != nil) == (bytes[place] == UInt8(ascii: "}")) else {
                    return broken()
                }
                place += 1
                isKeyNext = false
                isDone = open.isEmpty
            case UInt8(ascii: ","):
                guard let last = open.last else { return broken() }
                isKeyNext = last != nil
                place += 1
            case UInt8(ascii: ":"):
                isKeyNext = false
                place += 1
            case UInt8(ascii: "\""):
                guard let text = string() else { return broken() }
                if isKeyNext { key(text) }
                isKeyNext = false
                isDone = open.isEmpty
            default:
                guard word() else { return broken() }
                isDone = open.isEmpty
            }
        }
        if !open.isEmpty || !isDone {
            note(.truncated, .medium, "ends inside a value, in line \(line)", at: bytes.count)
        }
    }

    private mutating func broken() { note(.badJSON, .medium, "no JSON in line \(line)", at: place) }

    /// A number or a word; what it says is the parser's business.
    private mutating func word() -> Bool {
        let start = place
        while place < bytes.count {
            switch bytes[place] {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E: place += 1
            default: return place > start
            }
        }
        return place > start
    }

    /// The bytes between the quotation marks.
    private mutating func string() -> Range<Int>? {
        let start = place + 1
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            if bytes[end] < 0x20, bytes[end] != 0x09, !findings.contains(where: { $0.id == .controlCharacters }) {
                note(.controlCharacters, .low, "a control character in a text of line \(line)", at: end)
            }
            if bytes[end] == 0x0A { line += 1 }
            end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard end < bytes.count else { return nil }
        place = end + 1
        return start..<end
    }

    private mutating func key(_ range: Range<Int>) {
        guard let last = open.indices.last, let keys = open[last] else { return }
        let hash = SeenKeys.hash(bytes.slice(range))
        if let first = keys[hash] {
            let name = Printable.text(bytes.slice(range).repairedText, limit: 60)
            note(
                .duplicateKey, .medium,
                "\(name) comes twice, in lines \(first) and \(line); readers disagree on which counts",
                at: range.lowerBound)
        } else {
            open[last]?[hash] = line
        }
    }
}
