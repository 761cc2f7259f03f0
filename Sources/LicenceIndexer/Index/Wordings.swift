import Foundation
import OpenscanBytes
import OpenscanFacts
import OpenscanLicensing
import Yams

/// Notices, tags and references that the pinned package knows word by word, as hashes.
struct Wordings {
    struct Wording {
        let anchor: UInt32
        let whole: UInt32
        /// Place of the first two words in the table of beginnings; `nil` where the words are not at hand.
        let start: UInt32?
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

        init(_ carried: CarriedIndex.Wording) {
            anchor = carried.anchor
            whole = carried.whole
            start = nil
            length = carried.length
            kind = carried.kind
            expression = carried.expression
        }
    }

    private(set) var all: [Wording] = []
    private var seen = Set<UInt64>()
    /// Beginnings of the wordings of an earlier index, whose words are not at hand.
    private(set) var carriedStarts: [UInt8] = []

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

    /// Those of an earlier index.
    mutating func carryOver(_ old: CarriedIndex) {
        all += old.wordings.filter { $0.kind != .licence }.map(Wording.init)
        carriedStarts = old.starts
    }
}
