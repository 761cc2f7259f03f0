import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// Licences by id and by name: the index's records, with the families that data name.
public struct LicenceNames: LicenceCatalogue {
    private let index: LicenceIndex
    /// Families and placeholders, as name hashes.
    private let families: Set<UInt32>

    /// - Parameters:
    ///   - index: the records.
    ///   - documents: compiled rules; `aliases` names the families.
    /// - Throws: `RuleProblem` where that document is missing.
    public init(_ index: LicenceIndex, _ documents: RuleDocuments) throws(RuleProblem) {
        self.index = index
        let names = try documents.document("aliases")["families"]?.strings ?? []
        families = Set(names.compactMap(NameKey.hash) + names.map(NameKey.exactHash))
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
        if text.utf8.count > 300 { text = String(text.prefix(300)) }
        if text.isEmpty || ["osi approved", "none", "null", "tbd", "n/a", "-"].contains(text.lowercased()) {
            return LicenceValue(raw: raw, ids: [], expression: nil, isFamily: true)
        }
        if families.contains(NameKey.exactHash(text)) {
            return LicenceValue(raw: raw, ids: [], expression: nil, isFamily: true)
        }
        if let id = index.licence(named: text) {
            return LicenceValue(raw: raw, ids: [id], expression: .licence(id.rawValue), isFamily: false)
        }
        if let hash = NameKey.hash(text), families.contains(hash) {
            return LicenceValue(raw: raw, ids: [], expression: nil, isFamily: true)
        }
        if let expression = try? LicenceExpression.parse(text.replacingSlash) {
            let known = expression.ids.compactMap { index.licence(named: $0) }
            if known.count == expression.ids.count {
                let mapped = expression.mapped { index.licence(named: $0)?.rawValue ?? $0 }
                return LicenceValue(
                    raw: raw, ids: mapped.normalised.ids.map { LicenceID($0) }, expression: mapped.normalised,
                    isFamily: false)
            }
        }
        if text.contains("."), text.contains("/"), let hash = AddressKey.hash(text), let number = index.address(hash) {
            let id = index.record(number).id
            return LicenceValue(raw: raw, ids: [id], expression: .licence(id.rawValue), isFamily: false)
        }
        return LicenceValue(raw: raw, ids: [], expression: nil, isFamily: false)
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

    /// "MIT/Apache-2.0", as Cargo.toml used to write it, is a choice.
    fileprivate var replacingSlash: String {
        contains("://") ? self : split(separator: "/", omittingEmptySubsequences: false).joined(separator: " OR ")
    }
}
