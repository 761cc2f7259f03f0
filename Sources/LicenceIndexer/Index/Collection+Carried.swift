import OpenscanFacts
import OpenscanLicensing

/// What an earlier index holds of sources that are not at hand.
extension Collection {
    /// Takes over licences, texts, names and addresses, so that an index made from another alone is the same.
    mutating func carryOver(_ old: CarriedIndex, atHand: Set<Source>) {
        let texts = Dictionary(grouping: old.texts, by: \.record)
        carryTexts(old, texts)
        let names = Dictionary(grouping: old.aliases, by: \.record)
        let addresses = Dictionary(grouping: old.addresses, by: \.record)
        for (number, record) in old.records.enumerated() {
            guard let source = Source.allCases.first(where: { record.key.hasPrefix($0.prefix) }),
                !Self.saying(source).isSubset(of: atHand)
            else { continue }
            let id = record.licence.id.rawValue
            // What its own source has no more is gone; records of Licenses/ are always at hand.
            if licences[id] == nil, atHand.contains(source) || source == .own { continue }
            var licence = licences[id] ?? carried(record)
            licence.nameHashes = names[number, default: []].map(\.hash)
            licence.addressHashes = addresses[number, default: []].map(\.hash)
            // The text that Licenses/ names outranks the one of an earlier index.
            let isReplaced = source == .own && atHand.contains(.own) && !licence.texts.isEmpty
            let atHand = licence.texts.map(\.words)
            for text in texts[number, default: []] where !isReplaced || text.kind == .notice {
                if atHand.contains(text.words) { continue }
                licence.texts.append(Text(kind: text.kind, words: text.words, core: text.core))
            }
            licences[id] = licence
        }
    }

    /// Texts that were read in a repository and are not in the folder; their records are at hand.
    private mutating func carryTexts(_ old: CarriedIndex, _ texts: [Int: [CarriedIndex.Text]]) {
        for (number, record) in old.records.enumerated() {
            let id = record.licence.id.rawValue
            guard hasOrigin.contains(id), licences[id]?.texts.contains(where: { $0.kind != .notice }) == false else {
                continue
            }
            licences[id]?.texts += texts[number, default: []].map {
                Text(kind: $0.kind, words: $0.words, core: $0.core)
            }
        }
    }

    /// Sources that say something of licences which have this one first.
    private static func saying(_ source: Source) -> Set<Source> {
        switch source {
        case .own: [.own, .scanCode, .spdx]
        case .scanCode: [.scanCode, .spdx]
        case .spdx: [.spdx]
        }
    }

    private func carried(_ record: CarriedIndex.Record) -> Licence {
        let id = record.licence.id.rawValue
        return Licence(
            id: id, key: record.key, name: record.licence.name,
            category: data.overrides[id].flatMap(LicenceCategory.init(rawValue:)) ?? record.licence.category,
            isOSIApproved: data.approved.contains(id), isException: record.licence.isException,
            isDeprecated: record.licence.isDeprecated)
    }
}
