import Foundation
import Licensing
import Yams

/// All licences with their texts as word hashes, from every source.
struct Collection {
    struct Text {
        var kind: IndexFormat.TextKind
        var words: [UInt32]
        var core: Range<Int>
    }

    struct Licence {
        var id: String
        var key: String
        var name: String
        var category: LicenceCategory
        var isOSIApproved = false
        var isException = false
        var isDeprecated = false
        var isAI = false
        var texts: [Text] = []
        /// In order of precedence.
        var names: [String] = []
        var addresses: [String] = []

        /// The lower, the better known.
        var rank: Int { (isAI ? 0 : id.hasPrefix("LicenseRef-") ? 4 : 2) + (isDeprecated ? 1 : 0) }
    }

    let data: RecordFiles
    private(set) var licences: [String: Licence] = [:]
    /// ScanCode key -> id, for keys that an AI record names.
    private var idOfKey: [String: String] = [:]
    /// Every ScanCode key that is a licence here.
    private(set) var idOfScanCodeKey: [String: String] = [:]

    var textCount: Int { licences.values.reduce(0) { $0 + $1.texts.count } }

    init(_ data: RecordFiles) {
        self.data = data
        for record in data.aiLicences {
            let key = record.id.hasPrefix("LicenseRef-") ? String(record.id.dropFirst(11)) : record.id
            licences[record.id] = Licence(
                id: record.id, key: "ai:" + key, name: record.name,
                category: LicenceCategory(id: record.category) ?? .unclear, isAI: true,
                names: record.names + [record.name], addresses: record.addresses)
            for key in record.scancodeKeys { idOfKey[key] = record.id }
        }
    }

    mutating func addAITexts(_ folder: String) throws {
        for record in data.aiLicences {
            guard let file = record.text else { continue }
            guard let text = try? String(contentsOfFile: folder + "/" + file, encoding: .utf8) else { continue }
            licences[record.id]?.texts.append(TextPreparation.text(text, kind: .full))
        }
    }

    mutating func addScanCode(_ folder: String) throws {
        for file in try FileManager.default.contentsOfDirectory(atPath: folder).filter({ $0.hasSuffix(".LICENSE") })
            .sorted()
        {
            let content = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
            guard let (head, body) = FrontMatter.split(content), let node = try Yams.compose(yaml: head, .basic),
                let key = node["key"]?.string
            else { continue }
            // A dedication to the public domain has no text of its own, and is a statement all the same.
            let isDedication = node["category"]?.string == "Public Domain"
            if node["is_generic"]?.string == "yes" && !isDedication || node["is_unknown"]?.string == "yes" { continue }
            let spdx = node["spdx_license_key"]?.string
            let isSPDX = spdx.map { !$0.hasPrefix("LicenseRef-") } ?? false
            let isDeprecated = node["is_deprecated"]?.string == "yes"
            if isDeprecated, !isSPDX { continue }
            let id = idOfKey[key] ?? spdx.flatMap { isSPDX ? $0 : nil } ?? "LicenseRef-" + key
            idOfScanCodeKey[key] = id
            let isKnown = licences[id] != nil
            var licence =
                licences[id] ?? Licence(id: id, key: "sc:" + key, name: node["name"]?.string ?? key, category: .unclear)
            if !licence.isAI {
                licence.isException = node["is_exception"]?.string == "yes"
                licence.category = category(id, node["category"]?.string ?? "", licence.isException)
                licence.isOSIApproved = data.approved.contains(id)
                licence.isDeprecated = isDeprecated
            }
            if !isKnown || licence.isAI {
                licence.names += [spdx, node["name"]?.string, node["short_name"]?.string, key].compactMap { $0 }
                licence.names += node["other_spdx_license_keys"]?.sequence?.compactMap(\.string) ?? []
            }
            licence.addresses +=
                (node["text_urls"]?.sequence?.compactMap(\.string) ?? []) + [node["osi_url"]?.string].compactMap { $0 }
            // An AI record's own text outranks the copy, which may be another edition of it.
            // What became an expression ("GPL WITH an exception") is found by its parts.
            let isComposite =
                isDeprecated && (node["replaced_by"]?.sequence?.contains { $0.string?.contains(" ") ?? false } ?? false)
            if isComposite {
                licences[id] = licence
                continue
            }
            if licence.texts.isEmpty || !licence.isAI {
                let text = TextPreparation.scanCodeText(body, id: id, isException: licence.isException)
                if text.words.count >= 4 { licence.texts.append(text) }
            }
            if let notice = node["standard_notice"]?.string {
                let text = TextPreparation.text(notice, kind: .notice)
                if text.words.count >= 12 { licence.texts.append(text) }
            }
            licences[id] = licence
        }
    }

    mutating func addSPDX(_ file: String) throws {
        let object =
            try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: file)))
            as? [String: [String: [String: Any]]] ?? [:]
        for (isException, list) in [(false, object["licenses"] ?? [:]), (true, object["exceptions"] ?? [:])] {
            for id in list.keys.sorted() {
                guard let item = list[id], let metadata = item["metadata"] as? [String: Any] else { continue }
                let isDeprecated = metadata["isDeprecatedLicenseId"] as? Bool ?? false
                if isDeprecated, licences[id] == nil,
                    ["-only", "-or-later"].contains(where: { licences[Self.modern(id) + $0] != nil })
                {
                    continue
                }
                let isKnown = licences[id] != nil
                var licence =
                    licences[id]
                    ?? Licence(
                        id: id, key: "spdx:" + id, name: item["name"] as? String ?? id,
                        category: category(id, "", isException))
                if !isKnown {
                    licence.isException = isException
                    licence.isDeprecated = isDeprecated
                    licence.isOSIApproved = data.approved.contains(id)
                }
                licence.names = [id] + licence.names + [item["name"] as? String].compactMap { $0 }
                licence.addresses +=
                    ["spdx.org/licenses/" + id]
                    + (metadata["seeAlso"] as? [String] ?? []).filter {
                        $0.contains("opensource.org/licenses/") || $0.contains("creativecommons.org/licenses/")
                    }
                if isDeprecated, isKnown || id.contains("-with-") {
                    licences[id] = licence
                    continue
                }
                if licence.texts.isEmpty, let body = metadata["licenseText"] as? String {
                    licence.texts.append(TextPreparation.text(body, kind: isException ? .exception : .full))
                } else if !TextPreparation.isVariantOfNotice(id), let body = metadata["licenseText"] as? String {
                    // Another edition of the text: with an appendix, a preamble, other words.
                    let other = TextPreparation.text(body, kind: isException ? .exception : .full)
                    if let own = licence.texts.first(where: { $0.kind != .notice }), !licence.isAI,
                        Self.differ(own.words, other.words)
                    {
                        licence.texts.append(other)
                    }
                }
                if let header = metadata["standardLicenseHeader"] as? String {
                    let text = TextPreparation.text(header, kind: .notice)
                    if text.words.count >= 12, !licence.texts.contains(where: { $0.words == text.words }) {
                        licence.texts.append(text)
                    }
                }
                licences[id] = licence
            }
        }
    }

    /// Whether two texts differ by more than a few words.
    private static func differ(_ left: [UInt32], _ right: [UInt32]) -> Bool {
        var counts: [UInt32: Int] = [:]
        for word in left { counts[word, default: 0] += 1 }
        for word in right { counts[word, default: 0] -= 1 }
        let difference = counts.values.reduce(0) { $0 + abs($1) }
        return difference >= 8 && difference * 50 > left.count
    }

    private static func modern(_ id: String) -> String { id.hasSuffix("+") ? String(id.dropLast()) : id }

    private func category(_ id: String, _ scancode: String, _ isException: Bool) -> LicenceCategory {
        if let override = data.overrides[id], let category = LicenceCategory(id: override) { return category }
        if isException { return .exception }
        if id.hasPrefix("CC-BY-NC") { return .nonCommercial }
        if id.hasPrefix("CC-BY-ND") { return .noDerivatives }
        if id.hasPrefix("CC-BY") || id.hasPrefix("CC0") || id.hasPrefix("CDLA-") || id.hasPrefix("ODC-")
            || id.hasPrefix("ODbL") || id.hasPrefix("PDDL")
        {
            return .openData
        }
        switch scancode {
        case "Permissive": return .permissive
        case "Public Domain": return .publicDomain
        case "Copyleft": return .copyleft
        case "Copyleft Limited": return .copyleftLimited
        case "Source-available": return .sourceAvailable
        case "Free Restricted", "Proprietary Free", "Commercial", "CLA", "Patent License": return .proprietary
        default: return data.approved.contains(id) ? .permissive : .unclear
        }
    }

    /// Texts of sources that are not at hand, from the index they are in.
    mutating func carryOver(_ old: Data, hasTexts: Bool, hasScanCode: Bool, hasSPDX: Bool) {
        old.withUnsafeBytes { bytes in
            for carried in CarriedText.all(bytes) {
                var licence =
                    licences[carried.id]
                    ?? Licence(id: carried.id, key: carried.key, name: carried.name, category: carried.category)
                let isAtHand =
                    carried.key.hasPrefix("ai:")
                    ? hasTexts && hasScanCode : carried.key.hasPrefix("sc:") ? hasScanCode : hasSPDX
                guard !isAtHand, !licence.texts.contains(where: { $0.words == carried.words }) else { continue }
                licence.isOSIApproved = carried.isOSIApproved
                licence.isException = carried.isException
                licence.isDeprecated = carried.isDeprecated
                if licence.names.isEmpty { licence.names = [carried.id, carried.name] }
                licence.texts.append(Text(kind: carried.kind, words: carried.words, core: carried.core))
                licences[carried.id] = licence
            }
        }
    }
}
