import Licensing
import Unpacking
import Yams

/// A list of components that somebody wrote by hand: this program's own form, or a model file of the Model Openness Tool.
public enum Inventory {
    public struct Problem: Error, Sendable {
        public var message: String
        public var line: Int?
    }

    private static let sizeLimit = 4 << 20

    /// - Throws: `Problem` with the line where the YAML breaks, or what is missing in it.
    public static func read(_ text: String, name: String) throws(Problem) -> JudgedRelease {
        guard text.utf8.count <= sizeLimit else {
            throw Problem(message: "\(text.utf8.count) bytes; a component list has at most \(sizeLimit)")
        }
        let root: Node?
        do { root = try Yams.compose(yaml: text, .basic) } catch let error as YamlError {
            throw Problem(
                message: "no well formed YAML: \(Printable.text(String(describing: error), limit: 200))",
                line: line(error))
        } catch {
            throw Problem(message: "no well formed YAML: \(Printable.text(String(describing: error), limit: 200))")
        }
        guard let root else { throw Problem(message: "empty") }
        if let list = root["release"]?["components"]?.sequence { return modelOpennessTool(root, list, name) }
        if let list = root["components"]?.sequence { return try own(root, list, name) }
        throw Problem(
            message:
                "neither 'components' nor 'release.components' is in it; a list looks like: components: [{id: weights-final, status: present, licence: MIT}]"
        )
    }

    private static func line(_ error: YamlError) -> Int? {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        default: nil
        }
    }

    // MARK: The Model Openness Tool's model files

    private static func modelOpennessTool(_ root: Node, _ list: Node.Sequence, _ name: String) -> JudgedRelease {
        let release = root["release"]
        let licences = release?["license"]
        func general(_ type: String) -> String? { value(licences?[type]) }
        var out = JudgedRelease(name: release?["name"]?.string ?? name)
        var entries: [MOF.Entry] = []
        for item in list.prefix(200) {
            guard let written = item["name"]?.string, let name = MOF.shared.name(of: written) else { continue }
            let own = item["license"] ?? item["license_name"] ?? item["licence"]
            if own?.string == "Component not included" { continue }
            var licence: String?
            // An empty value or "unlicensed" means none; without the key the release's licence for its kind stands in, then that of all.
            if let own {
                licence = value(own).flatMap { $0 == "unlicensed" ? nil : $0 }
            } else {
                licence =
                    MOF.shared.type(of: name).flatMap(general) ?? general("distribution")
                    ?? licences?.string.flatMap { $0.isEmpty ? nil : $0 }
            }
            entries.append(MOF.Entry(name: name, licence: licence))
            for id in MOF.shared.definitions.first(where: { $0.name == name })?.ids ?? [] {
                add(id, .present, licence.map { [$0] } ?? [], to: &out)
            }
        }
        out.mofEntries = entries
        finish(&out)
        return out
    }

    /// A licence's name, plain or in a table.
    private static func value(_ node: Node?) -> String? {
        let text = node?.string ?? node?["name"]?.string ?? ""
        return text.isEmpty ? nil : text
    }

    // MARK: This program's form

    private static func own(_ root: Node, _ list: Node.Sequence, _ name: String) throws(Problem) -> JudgedRelease {
        var out = JudgedRelease(name: root["name"]?.string ?? root["release"]?["name"]?.string ?? name)
        out.general = names(root["licence"] ?? root["license"])
        out.isGated = root["gating"]?.string.map { !["false", "none", "no", ""].contains($0.lowercased()) } ?? false
        for item in list.prefix(200) {
            let written = item["id"]?.string ?? item["name"]?.string ?? item.string ?? ""
            let id =
                Catalogue.component(written.lowercased())?.id
                ?? MOF.shared.name(of: written).flatMap { name in
                    MOF.shared.definitions.first { $0.name == name }?.ids.first
                }
            guard let id else {
                throw Problem(
                    message: "'\(Printable.text(written, limit: 60))' is no component; see 'openscan list components'",
                    line: item.mark?.line)
            }
            let word = item["status"]?.string ?? "present"
            guard let status = Component.Status(rawValue: word) else {
                throw Problem(
                    message:
                        "'\(Printable.text(word, limit: 60))' is no status: present, linked, promised, claimed, absent or unknown",
                    line: item.mark?.line)
            }
            add(id, status, names(item["licence"] ?? item["license"]), to: &out)
        }
        finish(&out)
        return out
    }

    private static func names(_ node: Node?) -> [String] {
        if let list = node?.sequence { return list.compactMap(\.string) }
        return node?.string.map { $0.isEmpty ? [] : [$0] } ?? []
    }

    private static func add(
        _ id: String, _ status: Component.Status, _ licences: [String], to release: inout JudgedRelease
    ) {
        let known = licences.flatMap { raw in
            let value = LicenceIndex.embedded.value(raw)
            return value.ids.isEmpty ? [raw] : value.ids
        }
        release.parts[id] = JudgedRelease.Part(status: status, licences: known, evidence: [])
    }

    /// The terms of the weights by name alone: the weakest licence counts.
    private static func finish(_ release: inout JudgedRelease) {
        release.hasFiles = false
        let own = release.part("weights-final").licences
        for name in own.isEmpty ? release.general : own {
            // What a base model's licence passes down is known by its id.
            if let model = KnownModels.shared.models.first(where: { $0.licence == name }) {
                release.clauses.formUnion(model.passesDown)
            }
            guard
                let record = LicenceIndex.embedded.record(id: name)
                    ?? LicenceIndex.embedded.value(name).ids.first.flatMap({ LicenceIndex.embedded.record(id: $0) })
            else { continue }
            for (number, criterion) in OSDAssessment.of(record, isModified: false, clauses: []).criteria.enumerated() {
                let key = String(number + 1)
                if release.osd[key].map({ $0.verdict == .pass }) ?? true { release.osd[key] = criterion }
            }
        }
    }
}
