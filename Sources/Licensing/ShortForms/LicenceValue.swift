import Unpacking

/// What a licence field of some metadata says.
public struct LicenceValue: Sendable, Hashable {
    /// The value as it stands.
    public var raw: String
    /// Licences it names; empty for a family ("gpl"), a placeholder ("other") or a name that nobody knows.
    public var ids: [String]
    /// The same as an SPDX expression, where it is one.
    public var expression: LicenceExpression?
    /// A family or placeholder, which says no text.
    public var isFamily: Bool

    public init(raw: String, ids: [String], expression: LicenceExpression?, isFamily: Bool) {
        self.raw = raw
        self.ids = ids
        self.expression = expression
        self.isFamily = isFamily
    }

    public var isUnknown: Bool { ids.isEmpty && !isFamily }
}

extension LicenceIndex {
    /// Families and placeholders from Licenses/aliases.yml, as name hashes.
    private static let families: Set<UInt32> = {
        guard let bytes = embedded.document("families"), case .array(let items)? = try? JSONValue.parse(bytes) else {
            return []
        }
        return Set(
            items.compactMap { $0.string.flatMap(NameKey.hash) } + items.compactMap { $0.string.map(NameKey.exactHash) }
        )
    }()

    /// Reads a licence field: an SPDX expression, a name in any spelling, a trove classifier, an address.
    public func value(_ raw: String) -> LicenceValue {
        var text = raw.unquoted
        if text.contains("::") { text = text.split(separator: ":").last.map { String($0).unquoted } ?? text }
        if text.utf8.count > 300 { text = String(text.prefix(300)) }
        if text.isEmpty || ["osi approved", "none", "null", "tbd", "n/a", "-"].contains(text.lowercased()) {
            return LicenceValue(raw: raw, ids: [], expression: nil, isFamily: true)
        }
        if Self.families.contains(NameKey.exactHash(text)) {
            return LicenceValue(raw: raw, ids: [], expression: nil, isFamily: true)
        }
        if let id = licence(named: text) {
            return LicenceValue(raw: raw, ids: [id], expression: .licence(id), isFamily: false)
        }
        if let hash = NameKey.hash(text), Self.families.contains(hash) {
            return LicenceValue(raw: raw, ids: [], expression: nil, isFamily: true)
        }
        if let expression = try? LicenceExpression.parse(text.replacingSlash) {
            let known = expression.ids.compactMap { licence(named: $0) }
            if known.count == expression.ids.count {
                let mapped = expression.mapped { licence(named: $0) ?? $0 }
                return LicenceValue(
                    raw: raw, ids: mapped.normalised.ids, expression: mapped.normalised, isFamily: false)
            }
        }
        if text.contains("."), text.contains("/"), let hash = AddressKey.hash(text), let number = address(hash) {
            let id = record(number).id
            return LicenceValue(raw: raw, ids: [id], expression: .licence(id), isFamily: false)
        }
        return LicenceValue(raw: raw, ids: [], expression: nil, isFamily: false)
    }

    /// The id of the licence that has this id or name.
    public func licence(named name: String) -> String? {
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
