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
        /// Place of the first two words in the table of beginnings.
        let start: UInt32
        let length: Int
        let kind: IndexFormat.WordingKind
        let expression: String

        /// `nil` for what is too short or too long to be looked up.
        init?(_ words: some Swift.Collection<UInt32>, _ kind: IndexFormat.WordingKind, _ expression: String) {
            guard words.count >= 2, words.count < 65_536,
                let anchorLength = IndexFormat.anchorLengths.last(where: { $0 <= words.count })
            else { return nil }
            anchor = RunHash.anchor(RunHash.of(words.prefix(anchorLength)))
            whole = RunHash.whole(RunHash.of(words))
            start = RunHash.start(RunHash.of(words.prefix(2)))
            length = words.count
            self.kind = kind
            self.expression = expression
        }

        init(_ carried: CarriedWording) {
            anchor = carried.anchor
            whole = carried.whole
            start = 0
            length = carried.length
            kind = carried.kind
            expression = carried.expression
        }
    }

    private(set) var all: [Wording] = []
    private var seen = Set<UInt64>()
    /// Beginnings of the wordings of an earlier index, whose words are not at hand.
    private var carriedStarts: [UInt8] = []

    /// - Parameter id: the index's id for a key of the package; `nil` for keys that stand for no one licence.
    mutating func addRules(_ folder: String, id: (String) -> String?) throws {
        for file in try FileManager.default.contentsOfDirectory(atPath: folder).filter({ $0.hasSuffix(".RULE") })
            .sorted()
        {
            let content = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
            guard let (head, body) = FrontMatter.split(content), let node = try Yams.compose(yaml: head, .basic) else {
                continue
            }
            func says(_ key: String) -> Bool { node[key]?.string == "yes" }
            if says("is_deprecated") { continue }
            let kind: IndexFormat.WordingKind
            if says("is_false_positive") {
                kind = .other
            } else if says("is_license_notice") {
                kind = .notice
            } else if says("is_license_text") {
                kind = .text
            } else if says("is_license_tag") {
                kind = .tag
            } else if says("is_license_reference") {
                kind = .reference
            } else {
                continue
            }
            var expression = ""
            if kind != .other {
                guard let raw = node["license_expression"]?.string, let parsed = try? LicenceExpression.parse(raw)
                else { continue }
                guard parsed.ids.allSatisfy({ id($0) != nil }) else { continue }
                expression = parsed.mapped { id($0) ?? $0 }.text
            }
            let text = body.replacingOccurrences(of: "{{", with: " ").replacingOccurrences(of: "}}", with: " ")
            // Words alone do not tell "GPLv3+" from "GPLv3"; names with a plus are read by their own rule.
            if kind != .text, kind != .other, Self.hasPlus(text) { continue }
            add(Tokenizer.tokens(of: text).hashes, kind, expression)
        }
    }

    private static func hasPlus(_ text: String) -> Bool {
        zip(text.unicodeScalars, text.unicodeScalars.dropFirst()).contains {
            $1 == "+" && $0.properties.numericType != nil
        }
    }

    /// Single words say too little.
    mutating func add(_ words: [UInt32], _ kind: IndexFormat.WordingKind, _ expression: String) {
        guard let wording = Wording(words, kind, expression), seen.insert(RunHash.of(words)).inserted else { return }
        all.append(wording)
    }

    /// Those of an index that is there already.
    mutating func carryOver(_ old: Data) {
        old.withUnsafeBytes { bytes in
            all += CarriedWording.all(bytes).filter { $0.kind != .licence }.map(Wording.init)
            carriedStarts = CarriedWording.starts(bytes)
        }
    }

    struct Sections {
        var starts = [UInt8](repeating: 0, count: IndexFormat.startBits / 8)
        var anchors: [UInt32] = [], ranges: [UInt16] = [], hashes: [UInt32] = [], lengths: [UInt16] = [],
            values: [UInt16] = [], expressions: [String] = []
    }

    /// - Parameter cores: each text's core, in order of the texts' numbers, and how well known its licence is; of two that agree the better known stays.
    func sections(cores: [(words: ArraySlice<UInt32>, rank: Int)]) throws -> Sections {
        var cored = Set<UInt64>()
        let texts = cores.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.compactMap
        { number, core -> (Wording, Int)? in
            guard cored.insert(RunHash.of(core.words)).inserted, let wording = Wording(core.words, .licence, "") else {
                return nil
            }
            return (wording, number)
        }
        guard all.count + texts.count < 65_536 else { throw Problem.tooMany(all.count + texts.count) }
        guard cores.count <= IndexFormat.mostExpressions else { throw Problem.tooManyExpressions(cores.count) }
        var out = Sections()
        out.expressions = Set(all.map(\.expression)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        guard out.expressions.count <= IndexFormat.mostExpressions else {
            throw Problem.tooManyExpressions(out.expressions.count)
        }
        let numbers = Dictionary(uniqueKeysWithValues: out.expressions.enumerated().map { ($1, $0) })
        out.ranges = [UInt16](repeating: 0, count: IndexFormat.wordingBuckets + 1)
        let numbered = all.map { ($0, numbers[$0.expression] ?? 0) } + texts
        // A text goes before another wording of the same words.
        for (wording, number) in numbered.sorted(by: {
            ($0.0.anchor, -$0.0.length, $0.0.whole, -Int($0.0.kind.rawValue)) < (
                $1.0.anchor, -$1.0.length, $1.0.whole, -Int($1.0.kind.rawValue)
            )
        }) {
            out.starts.setBit(Int(wording.start))
            out.anchors.append(wording.anchor)
            out.hashes.append(wording.whole)
            out.lengths.append(UInt16(wording.length))
            out.values.append(IndexFormat.WordingValue(wording.kind, number).packed)
            out.ranges[IndexFormat.wordingBucket(wording.anchor) + 1] += 1
        }
        for (place, bits) in carriedStarts.enumerated() where place < out.starts.count { out.starts[place] |= bits }
        for place in 1..<out.ranges.count { out.ranges[place] += out.ranges[place - 1] }
        return out
    }
}
