import OpenscanBytes
import Foundation
import OpenscanFacts
import OpenscanLicensing
import Yams

/// Licences of the pinned package of ScanCode.
extension Collection {
    /// - Parameter folder: its `licensedcode/data/licenses`.
    /// - Throws: `Mistakes` with keys that records name and the package has not.
    mutating func addScanCode(_ folder: String) throws {
        var keys: Set<String> = []
        for file in try FileManager.default.contentsOfDirectory(atPath: folder).filter({ $0.hasSuffix(".LICENSE") })
            .sorted()
        {
            let content = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
            guard let (head, body) = FrontMatter.split(content), let node = try Yams.compose(yaml: head, .basic),
                let key = node["key"]?.string
            else { continue }
            keys.insert(key)
            add(node, key: key, body: body)
        }
        let unknown = data.licences.flatMap(\.scancodeKeys).filter { !keys.contains($0.text) }.map {
            Mistake(
                place: $0.place, words: "the pinned package has no licence '\($0.text)'",
                meant: Nearest.to($0.text, among: keys))
        }
        if !unknown.isEmpty { throw Mistakes(unknown) }
    }

    private mutating func add(_ node: Node, key: String, body: String) {
        func says(_ name: String) -> Bool { node[name]?.string == "yes" }
        // A dedication to the public domain has no text of its own, and is a statement all the same.
        let isDedication = node["category"]?.string == "Public Domain"
        if says("is_generic") && !isDedication || says("is_unknown") { return }
        let spdx = node["spdx_license_key"]?.string
        let isSPDX = spdx.map { !$0.hasPrefix("LicenseRef-") } ?? false
        let isDeprecated = says("is_deprecated")
        if isDeprecated, !isSPDX { return }
        let id = idOfKey[key] ?? spdx.flatMap { isSPDX ? $0 : nil } ?? "LicenseRef-" + key
        idOfScanCodeKey[key] = id
        let isKnown = licences[id] != nil
        var licence =
            licences[id]
            ?? Licence(
                id: id, key: Source.scanCode.prefix + key, name: node["name"]?.string ?? key, category: .unclear)
        if !licence.isOwn {
            licence.isException = says("is_exception")
            licence.category = category(id, node["category"]?.string ?? "", licence.isException)
            licence.isOSIApproved = data.approved.contains(id)
            licence.isDeprecated = isDeprecated
        }
        if !isKnown || licence.isOwn {
            licence.names += [spdx, node["name"]?.string, node["short_name"]?.string, key].compactMap { $0 }
            licence.names += node["other_spdx_license_keys"]?.sequence?.compactMap(\.string) ?? []
        }
        licence.addresses +=
            (node["text_urls"]?.sequence?.compactMap(\.string) ?? []) + [node["osi_url"]?.string].compactMap { $0 }
        // What became an expression ("GPL WITH an exception") is found by its parts.
        let isComposite =
            isDeprecated && (node["replaced_by"]?.sequence?.contains { $0.string?.contains(" ") ?? false } ?? false)
        if !isComposite { addTexts(node, body, to: &licence) }
        licences[id] = licence
        if bodies[id] == nil { bodies[id] = body }
    }

    private func addTexts(_ node: Node, _ body: String, to licence: inout Licence) {
        // A record's own text outranks the copy, which may be another edition of it.
        if !licence.isOwn || licence.texts.isEmpty && !hasOwnText.contains(licence.id) {
            let text = TextPreparation.scanCodeText(body, id: licence.id, isException: licence.isException)
            if text.words.count >= 4 { licence.texts.append(text) }
        }
        if let notice = node["standard_notice"]?.string {
            let text = TextPreparation.text(notice, kind: .notice)
            if text.words.count >= 12 { licence.texts.append(text) }
        }
    }
}
