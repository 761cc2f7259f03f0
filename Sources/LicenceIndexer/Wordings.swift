import Foundation
import Licensing
import Unpacking
import Yams

/// Notices, tags and references that the pinned package knows word by word, as hashes.
struct Wordings {
    enum Problem: Error, CustomStringConvertible {
        case tooManyExpressions(Int)
        case tooMany(Int)

        var description: String {
            switch self {
            case .tooManyExpressions(let count): "\(count) expressions, more than 12 bits number"
            case .tooMany(let count): "\(count) wordings, more than 16 bits number"
            }
        }
    }

    struct Wording {
        let anchor: UInt32
        let whole: UInt32
        let length: Int
        let kind: IndexFormat.WordingKind
        let expression: String
    }

    private(set) var all: [Wording] = []
    private var seen = Set<UInt64>()

    /// - Parameter id: the index's id for a key of the package; `nil` for keys that stand for no one licence.
    mutating func addRules(_ folder: String, id: (String) -> String?) throws {
        for file in try FileManager.default.contentsOfDirectory(atPath: folder).filter({ $0.hasSuffix(".RULE") }).sorted() {
            let content = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
            guard let (head, body) = FrontMatter.split(content), let node = try Yams.compose(yaml: head, .basic) else { continue }
            func says(_ key: String) -> Bool { node[key]?.string == "yes" }
            if says("is_deprecated") { continue }
            let kind: IndexFormat.WordingKind
            if says("is_false_positive") { kind = .other }
            else if says("is_license_notice") { kind = .notice }
            else if says("is_license_text") { kind = .text }
            else if says("is_license_tag") { kind = .tag }
            else if says("is_license_reference") { kind = .reference }
            else { continue }
            var expression = ""
            if kind != .other {
                guard let raw = node["license_expression"]?.string, let parsed = try? LicenceExpression.parse(raw) else { continue }
                guard parsed.ids.allSatisfy({ id($0) != nil }) else { continue }
                expression = parsed.mapped { id($0) ?? $0 }.text
            }
            let text = body.replacingOccurrences(of: "{{", with: " ").replacingOccurrences(of: "}}", with: " ")
            add(Tokenizer.tokens(of: text).hashes, kind, expression)
        }
    }

    /// Single words say too little.
    mutating func add(_ words: [UInt32], _ kind: IndexFormat.WordingKind, _ expression: String) {
        guard words.count >= 2, words.count < 65_536, let anchorLength = IndexFormat.anchorLengths.last(where: { $0 <= words.count }) else { return }
        let hash = RunHash.of(words)
        guard seen.insert(hash).inserted else { return }
        all.append(Wording(anchor: RunHash.anchor(RunHash.of(words.prefix(anchorLength))), whole: RunHash.whole(hash), length: words.count, kind: kind, expression: expression))
    }

    /// Those of an index that is there already.
    mutating func carryOver(_ old: Data) {
        old.withUnsafeBytes { bytes in
            for carried in CarriedWording.all(bytes) {
                all.append(Wording(anchor: carried.anchor, whole: carried.whole, length: carried.length, kind: carried.kind, expression: carried.expression))
            }
        }
    }

    struct Sections {
        var anchors: [UInt32] = [], ranges: [UInt16] = [], hashes: [UInt32] = [], lengths: [UInt16] = [], values: [UInt16] = [], expressions: [String] = []
    }

    func sections() throws -> Sections {
        guard all.count < 65_536 else { throw Problem.tooMany(all.count) }
        var out = Sections()
        out.expressions = Set(all.map(\.expression)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        guard out.expressions.count <= IndexFormat.mostExpressions else { throw Problem.tooManyExpressions(out.expressions.count) }
        let numbers = Dictionary(uniqueKeysWithValues: out.expressions.enumerated().map { ($1, UInt16($0)) })
        out.ranges = [UInt16](repeating: 0, count: IndexFormat.wordingBuckets + 1)
        for wording in all.sorted(by: { ($0.anchor, -$0.length, $0.whole) < ($1.anchor, -$1.length, $1.whole) }) {
            out.anchors.append(wording.anchor)
            out.hashes.append(wording.whole)
            out.lengths.append(UInt16(wording.length))
            out.values.append(UInt16(wording.kind.rawValue) << 12 | (numbers[wording.expression] ?? 0))
            out.ranges[Int(wording.anchor >> 19) + 1] += 1
        }
        for place in 1..<out.ranges.count { out.ranges[place] += out.ranges[place - 1] }
        return out
    }
}
