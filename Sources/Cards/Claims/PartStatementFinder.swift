import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// Reads lines, list items and table rows that say which licence is for which part, as licence fields are read: every word of them has to be
/// the name of a part or of a licence, or a word that says nothing of its own. What has any other word is left to sentences.
struct PartStatementFinder {
    let finder: ClaimFinder
    let licences: any LicenceCatalogue

    private static let longestLine = 300
    /// Rows of tables hold addresses.
    private static let longestRow = 1200
    private static let longestLabel = 6
    private static let mostTries = 600
    private static let mostCells = 12
    /// Lines behind an introduction that it may speak of.
    private static let leadReach = 3

    private let hints: [String]
    private var tries = 0
    private var out: [PartStatement] = []

    init(finder: ClaimFinder, licences: any LicenceCatalogue) {
        hints = ["licence-nouns", "licence-names"].flatMap(finder.words)
        self.finder = finder
        self.licences = licences
    }

    /// - Parameter lines: running text, without code and front matter.
    mutating func statements(_ lines: [CardLine]) -> [PartStatement] {
        var header: CardLine?
        var lead: (parts: [ReleasePart], line: Int)?
        for line in lines where tries < Self.mostTries {
            if line.text.withoutSpaces.first == UInt8(ascii: "|") {
                guard let names = header else {
                    header = line
                    continue
                }
                if line.namesPart || names.namesPart { read(row: line, names) }
                if names.namesTerms || names.namesPart { read(modelRow: line, names) }
                continue
            }
            header = nil
            let isBehindLead = lead.map { line.number - $0.line <= Self.leadReach } ?? false
            guard line.namesPart || isBehindLead, line.text.utf8.count <= Self.longestLine, !isQuiet(line.headings)
            else { continue }
            let text = Self.plain(line.text)
            if text.isEmpty { continue }
            if let parts = introduction(text) {
                lead = (parts, line.number)
            } else if isBehindLead, let known = lead, let value = named(text), value.parts.isEmpty {
                add(value, known.parts, line)
                lead = nil
            } else if line.namesPart {
                for sentence in Self.sentences(text) { read(sentence, line) }
            }
        }
        return out
    }

    private func words(_ list: String) -> [String] { finder.words(list) }

    /// Reading words as a licence field takes far longer than looking whether a sentence without a label could be about one.
    private func speaksOfLicence(_ sentence: String) -> Bool {
        let text = FoldedText(lower: Array(sentence.lowercased().utf8))
        return hints.contains(where: text.contains)
    }

    private func isQuiet(_ headings: [String]) -> Bool {
        headings.contains { heading in words("quiet-sections").contains(where: heading.holds) }
            && !headings.contains { heading in words("licence-headings").contains(where: heading.holds) }
    }

    // MARK: Units

    private mutating func read(_ sentence: String, _ line: CardLine) {
        if sentence.hasSuffix("?") || sentence.hasSuffix("？") { return }
        if let (parts, value) = labelled(sentence) {
            add(value, parts, line, sentence)
        } else if speaksOfLicence(sentence), !parts(in: sentence).isEmpty, let value = named(sentence),
            !value.parts.isEmpty
        {
            for (id, parts) in value.parts.sorted(by: { $0.key < $1.key }) {
                let one = LicenceValue(
                    raw: value.raw, ids: [id], expression: .licence(id.rawValue), isFamily: false)
                add(one, parts.sorted(), line, sentence)
            }
        }
    }

    /// "Model weights: CC BY-NC 4.0": a label of a part's words alone, and a licence behind it.
    private mutating func labelled(_ sentence: String) -> (parts: [ReleasePart], value: LicenceValue)? {
        guard let colon = sentence.firstIndex(where: { $0 == ":" || $0 == "：" }),
            let parts = label(String(sentence[..<colon])), !sentence[colon...].hasPrefix("://"),
            let value = named(String(sentence[sentence.index(after: colon)...])), value.parts.isEmpty
        else { return nil }
        return (parts, value)
    }

    /// Each cell with a licence is for the part that its row's or, where the row names none, its column's label names.
    private mutating func read(row line: CardLine, _ names: CardLine) {
        guard line.text.utf8.count <= Self.longestLine, !isQuiet(line.headings) else { return }
        let (header, row) = (Self.cells(names.text), Self.cells(line.text))
        let isOfLicences = (header + row.prefix(1) + line.headings.suffix(1)).contains { text in
            let text = text.lowercased()
            return words("licence-headings").contains(where: text.holds) || words("licence-terms").contains(text)
        }
        guard isOfLicences else { return }
        let labels = row.map(label)
        for (place, cell) in row.enumerated() where place > 0 && labels[place] == nil {
            let ofRow = labels[..<place].compactMap { $0 }.last
            guard let parts = ofRow ?? (place < header.count ? label(header[place]) : nil), let value = named(cell)
            else { continue }
            add(value, parts, line)
        }
    }

    /// "| Model | Licence |": a row a model, with its licence in a column of its own.
    private mutating func read(modelRow line: CardLine, _ names: CardLine) {
        guard line.text.utf8.count <= Self.longestRow, !isQuiet(line.headings) else { return }
        let (header, row) = (Self.cells(names.text), Self.cells(line.text))
        guard let place = header.firstIndex(where: { words("licence-terms").contains($0.lowercased()) }),
            place < row.count, let name = row.first, place > 0, !name.isEmpty, label(name) == nil,
            isOfModels(header[0]),
            finder.names.match(name.lowercased()) == true, let value = named(row[place]), value.parts.isEmpty
        else { return }
        add(value, [.weights], line, model: name)
    }

    /// Whether a column's label is a word for models.
    private func isOfModels(_ label: String) -> Bool {
        let found = parts(in: label)
        return found == [.weights] || words("model-columns").contains(label.lowercased())
    }

    private static func cells(_ line: Substring) -> [String] {
        let parts = line.prefix(longestRow).split(
            separator: "|", maxSplits: mostCells, omittingEmptySubsequences: false)
        return parts.dropFirst().map { plain($0) }
    }

    private mutating func add(
        _ value: LicenceValue, _ parts: [ReleasePart], _ line: CardLine, _ sentence: String? = nil,
        model: String? = nil
    ) {
        // A sentence as it is written, where no marks were left out of it.
        let quote = sentence.flatMap { String(line.text).holds($0) ? $0 : nil } ?? line.text.trimmed
        let evidence = Evidence(path: finder.path, lines: LineRange(line.number), quote: quote)
        let statement = PartStatement(value: value, parts: parts, model: model, evidence: evidence)
        if !out.contains(statement) { out.append(statement) }
    }

    // MARK: Words

    private mutating func named(_ text: String) -> LicenceValue? {
        tries += 1
        let value = licences.value(text)
        return value.ids.isEmpty ? nil : value
    }

    /// The parts that a label names, where it has no other words than theirs.
    private func label(_ text: String) -> [ReleasePart]? {
        let all = text.lowercased().split { !$0.isLetter && $0 != "'" }.map(String.init)
        guard (1...Self.longestLabel).contains(all.count) else { return nil }
        let found = parts(in: text)
        let attributes = words("label-attributes") + words("part-attributes")
        guard !found.isEmpty,
            all.allSatisfy({ word in attributes.contains(word) || !parts(in: word).isEmpty || word == "and" })
        else { return nil }
        return found
    }

    /// "The following licence applies to the weights:": the part that a sentence says something of which comes behind it.
    private func introduction(_ text: String) -> [ReleasePart]? {
        guard text.hasSuffix(":") || text.hasSuffix("："), label(String(text.dropLast())) == nil else { return nil }
        let lower = text.lowercased()
        guard words("licence-nouns").contains(where: lower.holds) else { return nil }
        let found = parts(in: text)
        return found.count == 1 ? found : nil
    }

    /// Weights before the rest: "model code" is code, and "model" alone the weights.
    private func parts(in text: String) -> [ReleasePart] {
        let text = " " + text.lowercased() + " "
        func has(_ list: String) -> Bool { words(list).contains(where: text.holds) }
        var out: [ReleasePart] = []
        let isCode = has("subject-code")
        let isData = has("subject-data")
        if words("weights-nouns").contains(where: text.holds)
            || !isCode && !isData && words("subject-model").contains(where: text.holds)
        {
            out.append(.weights)
        }
        if isCode { out.append(.code) }
        if isData { out.append(.data) }
        return out
    }

    /// Without marks of lists, emphasis and links.
    private static func plain(_ line: Substring) -> String {
        var out = ""
        var rest = line.trimmed[...]
        while let first = rest.first, "-*+>•".contains(first) || first == " " { rest.removeFirst() }
        var inTarget = false
        var last: Character = " "
        for character in rest {
            if inTarget {
                if character == ")" { inTarget = false }
                continue
            }
            switch character {
            case "*", "`",
                "_" where last == " " || last == "*":
                break
            case "[", "]": break
            case "(" where last == "]": inTarget = true
            default: out.append(character)
            }
            last = character
        }
        return out.trimmed
    }

    /// Sentences of a line; a point inside a version ends none.
    private static func sentences(_ text: String) -> [String] {
        text.split(separator: ". ", omittingEmptySubsequences: true).map { sentence in
            var sentence = String(sentence).trimmed
            if sentence.hasSuffix("."), !sentence.dropLast().hasSuffix(".") { sentence.removeLast() }
            return sentence
        }
    }
}

extension Substring {
    /// Bytes behind the white space before.
    fileprivate var withoutSpaces: Substring.UTF8View.SubSequence { utf8.drop { $0 == 0x20 || $0 == 0x09 } }
}
