import OpenscanLicensing

/// Numbers that stay: what an earlier index has keeps its number, what is new takes one that nothing uses any more,
/// else the next.
enum Numbering {
    /// Items by number.
    static func of<Item: Hashable>(_ used: Set<Item>, after old: [Item], by isBefore: (Item, Item) -> Bool) -> [Item] {
        var out = old
        var unused = old.indices.filter { !used.contains(old[$0]) }[...]
        for item in used.subtracting(old).sorted(by: isBefore) {
            if let number = unused.popFirst() { out[number] = item } else { out.append(item) }
        }
        return out
    }

    /// Licences by number: those of the earlier index in its order, then the new ones by id.
    static func licences(_ licences: [String: Collection.Licence], after old: CarriedIndex?) -> [Collection.Licence] {
        let known = old?.records.map(\.licence.id.rawValue) ?? []
        let new = Set(licences.keys).subtracting(known).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return (known + new).compactMap { licences[$0] }
    }

    /// A text of the collection, by the number of its licence.
    struct TextPlace {
        let licence: Int
        let text: Int
    }

    /// Which of a licence's texts of a kind it is: another edition of a text keeps its number.
    private struct TextKey: Hashable {
        let id: String
        let kind: IndexFormat.TextKind
        let place: Int
    }

    /// Texts by number: those of the earlier index in its order, then the new ones licence by licence.
    static func texts(_ licences: [Collection.Licence], after old: CarriedIndex?) -> [TextPlace] {
        var counts: [TextKey: Int] = [:]
        func key(_ id: String, _ kind: IndexFormat.TextKind) -> TextKey {
            let group = TextKey(id: id, kind: kind, place: -1)
            counts[group, default: -1] += 1
            return TextKey(id: id, kind: kind, place: counts[group, default: 0])
        }
        let known = old.map { old in
            old.texts.map { key(old.records[$0.record].licence.id.rawValue, $0.kind) }
        }
        counts = [:]
        var places: [TextKey: TextPlace] = [:]
        var order: [TextKey] = []
        for (number, licence) in licences.enumerated() {
            for (place, text) in licence.texts.enumerated() {
                let key = key(licence.id, text.kind)
                places[key] = TextPlace(licence: number, text: place)
                order.append(key)
            }
        }
        let isKnown = Set(known ?? [])
        return ((known ?? []) + order.filter { !isKnown.contains($0) }).compactMap { places[$0] }
    }
}
