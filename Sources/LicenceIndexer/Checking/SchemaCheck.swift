import OpenscanBytes
import Yams

/// Holds documents against their schemas: first all ids are gathered, then everything is looked at.
struct SchemaCheck {
    /// Ids that are defined elsewhere, by kind.
    private let outside: [Kind: Set<String>]
    /// Kinds whose ids are not at hand, so that references to them cannot be followed.
    private let missing: Set<Kind>
    private var inside: [Kind: [String: SourcePlace]] = [:]
    private var mistakes: [Mistake] = []

    /// - Parameters:
    ///   - documents: files with their schemas.
    ///   - outside: ids that are defined elsewhere, by kind.
    ///   - missing: kinds whose ids are not at hand.
    /// - Returns: where each id is defined, by kind.
    /// - Throws: `Mistakes` with everything that is wrong.
    @discardableResult static func run(
        _ documents: [(file: EditedFile, schema: DocumentSchema)], outside: [Kind: Set<String>] = [:],
        missing: Set<Kind> = []
    ) throws(Mistakes) -> [Kind: [String: SourcePlace]] {
        var check = SchemaCheck(outside: outside, missing: missing)
        for (file, schema) in documents { check.gather(file.root, .record(schema.root), file) }
        for (file, schema) in documents {
            check.look(at: file.root, .record(schema.root), "the document", file)
            for coverage in schema.covers {
                for id in coverage.ids where check.inside[coverage.kind]?[id] == nil {
                    check.mistakes.append(
                        Mistake(
                            place: SourcePlace(file: file.path),
                            words: "there is no entry for the \(coverage.kind.rawValue) '\(id)'"))
                }
            }
        }
        if !check.mistakes.isEmpty { throw Mistakes(check.mistakes) }
        return check.inside
    }

    private init(outside: [Kind: Set<String>], missing: Set<Kind>) {
        self.outside = outside
        self.missing = missing
    }

    // MARK: Ids

    private mutating func gather(_ node: Node, _ shape: Shape, _ file: EditedFile) {
        switch (shape, node) {
        case (.text(let leaf), .scalar(let scalar)): define(scalar.string, leaf, node, file)
        case (.list(let shape, _), .sequence(let items)): for item in items { gather(item, shape, file) }
        case (.record(let record), .mapping(let mapping)):
            for field in record.fields { mapping[field.name].map { gather($0, field.shape, file) } }
        case (.table(let keys, let values, _), .mapping(let mapping)):
            for (key, value) in mapping {
                define(key.scalar?.string ?? "", keys, key, file)
                gather(value, values, file)
            }
        default: break
        }
    }

    private mutating func define(_ id: String, _ leaf: Leaf, _ node: Node, _ file: EditedFile) {
        guard let kind = leaf.defines else { return }
        let place = file.place(node)
        if let first = inside[kind]?[id] {
            let there = first.file == place.file ? "in line \(first.line)" : "in \(first.file), line \(first.line)"
            mistakes.append(
                Mistake(place: place, words: "the \(kind.rawValue) '\(id)' is there twice; it stands \(there)"))
        } else {
            inside[kind, default: [:]][id] = place
        }
    }

    // MARK: Shapes

    private mutating func look(at node: Node, _ shape: Shape, _ name: String, _ file: EditedFile) {
        func mistake(_ words: String, meant: String? = nil) {
            mistakes.append(Mistake(place: file.place(node), words: words, meant: meant))
        }
        switch (shape, node) {
        case (.text(let leaf), .scalar(let scalar)): look(at: scalar.string, leaf, name, file.place(node))
        case (.list(let shape, let least), .sequence(let items)):
            if items.count < least { mistake("\(name) is empty") }
            for item in items { look(at: item, shape, "an entry of \(name)", file) }
        case (.record(let record), .mapping(let mapping)): look(at: mapping, record, name, file, file.place(node))
        case (.table(let keys, let values, let pair), .mapping(let mapping)):
            for (key, value) in mapping {
                guard let text = key.scalar?.string else {
                    mistake("a key of \(name) is no text")
                    continue
                }
                look(at: text, keys, "a key of \(name)", file.place(key))
                look(at: value, values, "'\(text)'", file)
                if let pair, let wrong = value.scalar.flatMap({ pair(text, $0.string) }) {
                    mistakes.append(Mistake(place: file.place(value), words: "the words for '\(text)' \(wrong)"))
                }
            }
        default: mistake("\(name) has to be \(Self.noun(shape)), not \(Self.noun(node))")
        }
    }

    private mutating func look(
        at mapping: Node.Mapping, _ record: Record, _ name: String, _ file: EditedFile, _ place: SourcePlace
    ) {
        func mistake(_ words: String, at place: SourcePlace, meant: String? = nil) {
            mistakes.append(Mistake(place: place, words: words, meant: meant))
        }
        var isThere: Set<String> = []
        for (key, value) in mapping {
            let text = key.scalar?.string ?? ""
            isThere.insert(text)
            guard let field = record.fields.first(where: { $0.name == text }) else {
                let others = record.fields.map(\.name).filter { mapping[$0] == nil }
                mistake("unknown key '\(text)'", at: file.place(key), meant: Nearest.to(text, among: others))
                continue
            }
            if case .only(let other, let wanted) = field.presence, mapping[other]?.scalar?.string != wanted {
                mistake("key '\(text)' goes only with '\(other): \(wanted)'", at: file.place(key))
            }
            look(at: value, field.shape, "'\(text)'", file)
        }
        for field in record.fields where !isThere.contains(field.name) {
            let isNeeded =
                switch field.presence {
                case .needed: true
                case .optional: false
                case .only(let other, let wanted): mapping[other]?.scalar?.string == wanted
                }
            if isNeeded { mistake("key '\(field.name)' is missing", at: place) }
        }
        if !record.oneOf.isEmpty, isThere.isDisjoint(with: record.oneOf) {
            mistake("one of the keys \(Self.listed(record.oneOf)) is missing", at: place)
        }
    }

    // MARK: Texts

    private mutating func look(at text: String, _ leaf: Leaf, _ name: String, _ place: SourcePlace) {
        func mistake(_ words: String, meant: String? = nil) {
            mistakes.append(Mistake(place: place, words: words, meant: meant))
        }
        switch leaf.rule {
        case .any: if text.isEmpty { mistake("\(name) is empty") }
        case .word(let words, let noun): if !words.contains(text) { unknown(text, noun, words, name, place) }
        case .number(let range):
            if Int(text).map(range.contains) != true {
                let bounds =
                    range.upperBound == .max ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
                mistake("\(name) has to be a whole number from \(bounds), not '\(text)'")
            }
        case .reference(let kind, let besides):
            guard !missing.contains(kind), !besides.contains(text) else { return }
            if inside[kind]?[text] == nil, outside[kind]?.contains(text) != true {
                let ids = Set((inside[kind] ?? [:]).keys).union(outside[kind] ?? []).union(besides)
                unknown(text, kind.rawValue, ids.sorted(), name, place)
            }
        case .checked(let check):
            if let wrong = check(text) { mistake(text.isEmpty ? "\(name) \(wrong)" : "\(name) '\(text)' \(wrong)") }
        }
    }

    /// So many are named where none is near.
    private static let mostNamed = 12

    private mutating func unknown(
        _ text: String, _ noun: String, _ known: [String], _ name: String, _ place: SourcePlace
    ) {
        let nearest = Nearest.to(text, among: known)
        var words = text.isEmpty ? "\(name) is empty" : "\(name) names no \(noun): '\(text)'"
        if nearest == nil || text.isEmpty, known.count <= Self.mostNamed {
            words += "; known are \(Self.listed(known))"
        }
        mistakes.append(Mistake(place: place, words: words, meant: text.isEmpty ? nil : nearest))
    }

    private static func listed(_ words: [String]) -> String { words.map { "'\($0)'" }.joined(separator: ", ") }

    private static func noun(_ shape: Shape) -> String {
        switch shape {
        case .text: "text"
        case .list: "a list"
        case .record, .table: "a table of keys"
        }
    }

    private static func noun(_ node: Node) -> String {
        switch node {
        case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "text"
        case .sequence: "a list"
        case .mapping: "a table of keys"
        case .alias: "an alias"
        }
    }
}
