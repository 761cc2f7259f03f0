import COpenscanRules
import OpenscanBytes

/// The compiled rules: a first line with version and digest, then documents of JSON, each behind a line `# name`.
///
///     openscan-rules 1 0123456789abcdef
///     # clauses
///     {"clauses":[
///     ...
public struct RuleDocuments: @unchecked Sendable {
    // Unchecked because it holds a pointer; what it points to is constant for the life of the process.

    /// Digest of all that follows the first line, in hexadecimal.
    public let digest: String
    private let bytes: UnsafeRawBufferPointer
    private let places: [String: Range<Int>]
    /// Where ids are defined.
    private let definitions: UnsafeRawBufferPointer

    /// First words of compiled rules of this edition.
    public static let magic = "openscan-rules 1 "

    /// The rules that are linked in.
    /// - Throws: `RuleProblem` where they are not what was compiled.
    public static func embedded() throws(RuleProblem) -> RuleDocuments {
        try RuleDocuments(
            UnsafeRawBufferPointer(start: openscan_rules(), count: openscan_rules_size()),
            definitions: UnsafeRawBufferPointer(start: openscan_rule_places(), count: openscan_rule_places_size()))
    }

    /// - Parameters:
    ///   - bytes: compiled rules, which have to outlive the value.
    ///   - definitions: where ids are defined, a line an id; has to outlive it too.
    /// - Throws: `RuleProblem` where they are not what was compiled.
    public init(
        _ bytes: UnsafeRawBufferPointer,
        definitions: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0)
    ) throws(RuleProblem) {
        self.definitions = definitions
        guard bytes.starts(with: "openscan-rules 1 ") else {
            throw .notRules("they do not begin with '\(Self.magic)'")
        }
        guard let end = bytes.offset(of: "\n") else { throw .notRules("they end in their first line") }
        let stated = bytes.slice(Self.magic.utf8.count..<end).repairedText
        let found = Self.digest(bytes.slice(end + 1..<bytes.count))
        guard stated == found else { throw .damaged(expected: stated, found: found) }
        digest = stated
        self.bytes = bytes
        var places: [String: Range<Int>] = [:]
        var name = ""
        var start = end
        while let mark = bytes.offset(of: "\n# ", from: start) {
            if !name.isEmpty { places[name] = start..<mark }
            let lineEnd = bytes.offset(of: "\n", from: mark + 1) ?? bytes.count
            name = bytes.slice(mark + 3..<lineEnd).repairedText
            start = lineEnd
        }
        if !name.isEmpty { places[name] = start..<bytes.count }
        self.places = places
    }

    /// Names of all documents, sorted.
    public var names: [String] { places.keys.sorted() }

    /// Digest of some documents, in hexadecimal.
    func digest(of names: [String]) -> String {
        Self.digest(names.compactMap { places[$0] }.map { Self.digest(bytes.slice($0)) }.joined())
    }

    private static func digest(_ text: String) -> String { Array(text.utf8).withUnsafeBytes(digest) }

    /// A document by the name of its file in Licenses/, without the ending.
    /// - Throws: `RuleProblem` where there is none or it is no JSON.
    public func document(_ name: String) throws(RuleProblem) -> JSONValue {
        guard let place = places[name] else { throw .badDocument(name: name, reason: "there is no such document") }
        do { return try JSONValue.parse(bytes.slice(place)) } catch {
            throw .badDocument(name: name, reason: "no well formed JSON")
        }
    }

    /// The text behind a key of a table, as the compiler writes them: an entry a line. The others are not read.
    func text(behind key: String, in name: String) -> String? {
        guard let place = places[name], !key.contains(where: { $0 == "\"" || $0 == "\\" || $0.isNewline }) else {
            return nil
        }
        let table = bytes.slice(place)
        let head = Array("\n\"\(key)\":".utf8)
        guard let start = head.withUnsafeBytes({ table.offset(of: $0) }) else { return nil }
        let end = table.offset(of: "\n", from: start + head.count) ?? table.count
        var value = start + head.count..<end
        if value.upperBound > value.lowerBound, table[value.upperBound - 1] == UInt8(ascii: ",") {
            value = value.lowerBound..<value.upperBound - 1
        }
        return (try? JSONValue.parse(table.slice(value)))?.string
    }

    /// The file and line in which an id is defined.
    /// - Parameter key: its kind and itself, as in `clause/mau-threshold`.
    func definition(_ key: String) -> String? {
        guard !key.contains(where: { $0 == "\t" || $0.isNewline }) else { return nil }
        let isFirst = definitions.starts(with: Array((key + "\t").utf8))
        let head = Array(((isFirst ? "" : "\n") + key + "\t").utf8)
        guard let start = head.withUnsafeBytes({ definitions.offset(of: $0) }) else { return nil }
        let from = start + head.count
        let end = definitions.offset(of: "\n", from: from) ?? definitions.count
        return definitions.slice(from..<end).repairedText
    }

    /// Fowler, Noll and Vo's hash, form 1a, 64 bits.
    public static func digest(_ bytes: UnsafeRawBufferPointer) -> String {
        let text = String(FowlerNollVo.hash(bytes), radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}
