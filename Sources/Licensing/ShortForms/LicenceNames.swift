import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// Licences by id and by name: the index's records, with the families that data name.
public struct LicenceNames: LicenceCatalogue {
    private let index: LicenceIndex
    /// Families and placeholders, as name hashes.
    private let families: Set<UInt32>
    private let words: FieldWords
    /// Words that say what kind of thing a licence is.
    private let kinds: WordSet

    /// - Parameters:
    ///   - index: the records.
    ///   - documents: compiled rules; `aliases` names the families.
    /// - Throws: `RuleProblem` where that document is missing.
    public init(_ index: LicenceIndex, _ documents: RuleDocuments) throws(RuleProblem) {
        self.index = index
        let document = try documents.document("aliases")
        let names = document["families"]?.strings ?? []
        kinds = WordSet(document["kinds"]?.strings ?? [])
        families = Set(names.compactMap(NameKey.hash) + names.map(NameKey.exactHash))
        words = FieldWords(LicenceWords(try documents.document("licence-words")), families: families)
    }

    /// Digest of the licence data.
    public var digest: String { index.digest }

    /// Every licence, in order of id.
    public var records: [LicenceRecord] { (0..<index.recordCount).map(index.record).sorted { $0.id < $1.id } }

    /// The licence with this id, without regard to case.
    public func record(_ id: LicenceID) -> LicenceRecord? { index.record(id) }

    /// Reads a licence field: an SPDX expression, a name in any spelling, a trove classifier, an address.
    public func value(_ raw: String) -> LicenceValue {
        var text = raw.unquoted
        if text.contains("::") { text = text.split(separator: ":").last.map { String($0).unquoted } ?? text }
        let isWhole = text.utf8.count <= 300
        if !isWhole { text = String(text.prefix(300)) }
        if text.isEmpty || words.blanks.contains(text.lowercased()) {
            var value = LicenceValue(raw: raw, ids: [], expression: nil, isFamily: true)
            value.isBlank = true
            return value
        }
        if families.contains(NameKey.exactHash(text)) {
            var value = LicenceValue(raw: raw, ids: [], expression: nil, isFamily: true)
            value.isOpenEnded = words.openEnded.contains(text.lowercased())
            return value
        }
        // "AGPL (>= 3)" is more than the name without its sign.
        let isConstrained = text.contains { "<>≥".contains($0) }
        if !isConstrained, let id = index.licence(named: text) {
            return LicenceValue(raw: raw, ids: [id], expression: .licence(id.rawValue), isFamily: false)
        }
        if let hash = NameKey.hash(text), families.contains(hash) {
            return LicenceValue(raw: raw, ids: [], expression: nil, isFamily: true)
        }
        if let expression = try? LicenceExpression.parse(text) {
            let known = expression.ids.compactMap { index.licence(named: $0) }
            if known.count == expression.ids.count {
                let mapped = expression.mapped { index.licence(named: $0)?.rawValue ?? $0 }
                return LicenceValue(raw: raw, mapped.normalised)
            }
        }
        if let id = licence(at: text) {
            return LicenceValue(raw: raw, ids: [id], expression: .licence(id.rawValue), isFamily: false)
        }
        if isWhole,
            let reading = FreeExpression.read(text, words, licence: known),
            let expression = reading.expression
        {
            var value = LicenceValue(raw: raw, expression)
            value.parts = reading.parts
            return value
        }
        if isWhole, !isConstrained, let id = licence(ofCore: text) {
            return LicenceValue(raw: raw, ids: [id], expression: .licence(id.rawValue), isFamily: false)
        }
        let isReference = FreeExpression.isReference(text, words)
        return LicenceValue(raw: raw, ids: [], expression: nil, isFamily: isReference)
    }

    /// The licence of a name or an address; a family is none.
    private func known(_ name: String) -> LicenceID? {
        words.isFamily(name) ? nil : index.licence(named: name) ?? licence(at: name)
    }

    /// The licence whose text is at an address.
    private func licence(at address: String) -> LicenceID? {
        guard address.contains("."), address.contains("/") else { return nil }
        return AddressKey.hashes(address).lazy.compactMap(index.address).first.map { index.record($0).id }
    }

    /// The one licence of a product and version, whatever the name says of its kind ("X Community License" as "X Model License").
    private func licence(ofCore name: String) -> LicenceID? {
        NameKey.coreHash(name, without: kinds).flatMap(index.alias).map { index.record($0).id }
    }
}

extension LicenceIndex {
    /// The id of the licence that has this id or name.
    public func licence(named name: String) -> LicenceID? {
        if let number = alias(NameKey.exactHash(name)) { return record(number).id }
        guard let hash = NameKey.hash(name), let number = alias(hash) else { return nil }
        return record(number).id
    }
}

extension String {
    /// Without white space, quotes and commas around.
    var unquoted: String {
        var view = self[...]
        while let first = view.first, first.isWhitespace || first == "\"" || first == "'" { view.removeFirst() }
        while let last = view.last, last.isWhitespace || last == "\"" || last == "'" || last == "," {
            view.removeLast()
        }
        return String(view)
    }
}

extension LicenceValue {
    /// What an expression names.
    fileprivate init(raw: String, _ expression: LicenceExpression) {
        var seen: Set<String> = []
        self.init(
            raw: raw, ids: expression.ids.filter { seen.insert($0).inserted }.map { LicenceID($0) },
            expression: expression, isFamily: false)
    }
}
