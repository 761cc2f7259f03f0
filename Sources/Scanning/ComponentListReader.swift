import OpenscanBytes
import OpenscanFacts
import OpenscanRules
import Yams

/// Reads a list of components that somebody wrote by hand: this program's own form, or a model file of the Model Openness Tool.
public struct ComponentListReader: Sendable {
    /// What is wrong with a list.
    public struct Problem: Error, Sendable, Hashable {
        /// What is wrong, and what would be right.
        public var message: String
        /// Where, counted from 1.
        public var line: Int?
    }

    private let rules: RuleSet
    private static let sizeLimit = 4 << 20
    private static let mostEntries = 200

    /// - Parameter rules: names of components and licences.
    public init(_ rules: RuleSet) { self.rules = rules }

    /// - Parameters:
    ///   - text: the YAML.
    ///   - name: for a list that names no release.
    /// - Throws: `Problem` with the line where the YAML breaks, or what is missing in it.
    public func read(_ text: String, name: String) throws(Problem) -> ComponentList {
        guard text.utf8.count <= Self.sizeLimit else {
            throw Problem(message: "\(text.utf8.count) bytes; a component list has at most \(Self.sizeLimit)")
        }
        guard let root = try Self.compose(text) else { throw Problem(message: "empty") }
        if let list = root["release"]?["components"]?.sequence { return modelOpennessTool(root, list, name) }
        if let list = root["components"]?.sequence { return try own(root, list, name) }
        throw Problem(
            message: "neither 'components' nor 'release.components' is in it; a list looks like: "
                + "components: [{id: weights-final, status: present, licence: MIT}]")
    }

    private static func compose(_ text: String) throws(Problem) -> Node? {
        do { return try Yams.compose(yaml: text, .basic) } catch {
            let line: Int? =
                switch error as? YamlError {
                case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
                default: nil
                }
            let words = Printable.text(String(describing: error), limit: 200)
            throw Problem(message: "no well formed YAML: \(words)", line: line)
        }
    }

    /// A string of the list, fit to be shown: what is written there ends up in reports and on terminals.
    private static func text(_ node: Node?) -> String? { node?.string.map { Printable.text($0, limit: 200) } }

    // MARK: The Model Openness Tool's model files

    private func modelOpennessTool(_ root: Node, _ list: Node.Sequence, _ name: String) -> ComponentList {
        let release = root["release"]
        let licences = release?["license"]
        func general(_ type: String) -> String? { Self.value(licences?[type]) }
        var out = ComponentList(name: Self.text(release?["name"]) ?? name)
        var entries: [ComponentList.OpennessEntry] = []
        for item in list.prefix(Self.mostEntries) {
            guard let written = Self.text(item["name"]), let name = rules.openness.name(of: written),
                let definition = rules.openness.definition(name)
            else { continue }
            let own = item["license"] ?? item["license_name"] ?? item["licence"]
            if Self.text(own) == "Component not included" { continue }
            var licence: String?
            // An empty value or "unlicensed" means none; without the key the release's licence for its kind stands in, then that of all.
            if let own {
                licence = Self.value(own).flatMap { $0 == "unlicensed" ? nil : $0 }
            } else {
                licence =
                    general(definition.type) ?? general("distribution")
                    ?? Self.text(licences).flatMap { $0.isEmpty ? nil : $0 }
            }
            entries.append(ComponentList.OpennessEntry(name: name, licence: licence))
            for id in definition.ids { add(id, .present, licence.map { [$0] } ?? [], to: &out) }
        }
        out.openness = entries
        return out
    }

    /// A licence's name, plain or in a table.
    private static func value(_ node: Node?) -> String? {
        let text = text(node) ?? text(node?["name"]) ?? ""
        return text.isEmpty ? nil : text
    }

    // MARK: This program's form

    private func own(_ root: Node, _ list: Node.Sequence, _ name: String) throws(Problem) -> ComponentList {
        var out = ComponentList(name: Self.text(root["name"]) ?? Self.text(root["release"]?["name"]) ?? name)
        out.licences = known(Self.names(root["licence"] ?? root["license"]))
        out.isGated = Self.text(root["gating"]).map { !["false", "none", "no", ""].contains($0.lowercased()) } ?? false
        for item in list.prefix(Self.mostEntries) {
            let written = Self.text(item["id"]) ?? Self.text(item["name"]) ?? Self.text(item) ?? ""
            guard let id = component(written) else {
                throw Problem(
                    message: "'\(Printable.text(written, limit: 60))' is no component; "
                        + "see 'openscan list components'", line: item.mark?.line)
            }
            let word = Self.text(item["status"]) ?? ComponentStatus.present.rawValue
            guard let status = ComponentStatus(rawValue: word) else {
                let known = ComponentStatus.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(
                    message: "'\(Printable.text(word, limit: 60))' is no status: \(known)", line: item.mark?.line)
            }
            add(id, status, Self.names(item["licence"] ?? item["license"]), to: &out)
        }
        return out
    }

    private func component(_ written: String) -> ComponentID? {
        ComponentID(rawValue: written.lowercased())
            ?? rules.openness.name(of: written).flatMap(rules.openness.definition)?.ids.first
    }

    private static func names(_ node: Node?) -> [String] {
        if let list = node?.sequence { return list.compactMap(text) }
        return text(node).map { $0.isEmpty ? [] : [$0] } ?? []
    }

    private func add(_ id: ComponentID, _ status: ComponentStatus, _ licences: [String], to list: inout ComponentList) {
        list.entries.removeAll { $0.id == id }
        list.entries.append(ComponentList.Entry(id: id, status: status, licences: known(licences)))
    }

    /// Ids of licences where their names are known, else as written.
    private func known(_ names: [String]) -> [LicenceID] {
        names.flatMap { raw in
            let ids = rules.licences.value(raw).ids
            return ids.isEmpty ? [LicenceID(raw)] : ids
        }
    }
}
