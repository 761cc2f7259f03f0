import Licensing
import Unpacking

/// The Model Openness Framework as its tool decides it (White et al. 2024; Licenses/frameworks/mof.yml): class by components that are there under
/// an open licence, each class on top of the one below.
public struct MOFResult: Sendable, Codable, Hashable {
    /// State of the components that a class needs.
    public struct ClassState: Sendable, Codable, Hashable {
        public var met: Bool
        public var needed: Int
        public var included: [String]
        public var missing: [String]
        public var unlicensed: [String]
        public var invalid: [String]
    }

    public struct Part: Sendable, Codable, Hashable {
        public var name: String
        public var `class`: Int
        public var required: Bool
        /// missing, included, unlicensed or invalid.
        public var status: String
        public var licence: String?
        /// Open, though of a kind made for something else.
        public var notTypeAppropriate: Bool
    }

    public var framework = "mof"
    /// 3, 2, 1, or 0 for unclassified; licences compared as written.
    public var `class`: Int
    public var className: String
    /// The same with licence names brought to their SPDX ids first.
    public var normalisedClass: Int
    /// With the release's own licence for parts that carry none; `nil` where that was not asked.
    public var inheritedClass: Int?
    /// Class number -> what it needs.
    public var classes: [String: ClassState]
    /// Class number -> required components that are not there under an open licence.
    public var missing: [String: [String]]
    public var components: [Part]
}

/// Decides the class from a list of components.
public struct MOF: Sendable {
    /// A component that an inventory lists as there.
    public struct Entry: Sendable, Hashable {
        public var name: String
        /// As written; `nil` for none. Several with " AND ".
        public var licence: String?

        public init(name: String, licence: String?) {
            self.name = name
            self.licence = licence
        }
    }

    struct Definition: Sendable {
        let name: String
        let level: Int
        let isRequired: Bool
        let type: String
        let ids: [String]
    }

    public static let shared = MOF(FrameworkData.document("mof") ?? .null)

    let definitions: [Definition]
    private let aliases: [String: String]
    private let open: Set<String>
    private let appropriate: [String: Set<String>]
    private let names: [Int: String]

    init(_ root: JSONValue) {
        definitions = (root["components"]?.array ?? []).map { item in
            Definition(
                name: item["name"]?.string ?? "", level: Int(item["class"]?.string ?? "") ?? 0,
                isRequired: item["required"]?.string == "true", type: item["type"]?.string ?? "",
                ids: item["ids"]?.strings ?? [])
        }
        aliases = Dictionary(
            (root["aliases"]?.members ?? []).map { ($0.key.lowercased(), $0.value.string ?? "") },
            uniquingKeysWith: { first, _ in first })
        open = Set(["fsf_libre", "osi_deprecated", "open_data"].flatMap { root[$0]?.strings ?? [] })
        appropriate = Dictionary(
            (root["type_appropriate"]?.members ?? []).map { ($0.key, Set($0.value.strings)) },
            uniquingKeysWith: { first, _ in first })
        names = Dictionary(
            (root["classes"]?.array ?? []).map { (Int($0["class"]?.string ?? "") ?? 0, $0["name"]?.string ?? "") },
            uniquingKeysWith: { first, _ in first })
    }

    /// The tool's name of a component, however an inventory writes it.
    public func name(of text: String) -> String? {
        let lower = text.trimmed.lowercased()
        return definitions.first { $0.name.lowercased() == lower || $0.ids.contains(lower) }?.name ?? aliases[lower]
    }

    /// Type of content that decides which of the release's licences a part falls back to: code, data or document.
    public func type(of name: String) -> String? { definitions.first { $0.name == name }?.type }

    public func judge(_ entries: [Entry], inherited: [Entry]? = nil) -> MOFResult {
        let parts = parts(entries, normalised: false)
        let strict = decide(parts)
        let classes = Dictionary(
            [3, 2, 1].map { (String($0), state($0, parts, strict)) }, uniquingKeysWith: { first, _ in first })
        return MOFResult(
            class: strict, className: names[strict] ?? "",
            normalisedClass: decide(self.parts(entries, normalised: true)),
            inheritedClass: inherited.map { decide(self.parts($0, normalised: true)) },
            classes: classes, missing: classes.mapValues { $0.missing + $0.unlicensed + $0.invalid }, components: parts)
    }

    private func isOpen(_ licence: String) -> Bool {
        if open.contains(licence) { return true }
        if let record = LicenceIndex.embedded.record(id: licence), record.id == licence, record.isOSIApproved {
            return true
        }
        // A part under several licences is open where each is.
        guard licence.holds(" AND ") else { return false }
        return licence.split(separator: " ").allSatisfy { $0 == "AND" || isOpen(String($0)) }
    }

    private func parts(_ entries: [Entry], normalised: Bool) -> [MOFResult.Part] {
        definitions.map { definition in
            guard let entry = entries.first(where: { name(of: $0.name) == definition.name }) else {
                return MOFResult.Part(
                    name: definition.name, class: definition.level, required: definition.isRequired, status: "missing",
                    licence: nil, notTypeAppropriate: false)
            }
            var licence = entry.licence
            if normalised, let raw = licence, !isOpen(raw) {
                let value = LicenceIndex.embedded.value(raw)
                if !value.ids.isEmpty { licence = value.ids.joined(separator: " AND ") }
            }
            let status = licence.map { isOpen($0) ? "included" : "invalid" } ?? "unlicensed"
            let isAppropriate = licence.map { appropriate[definition.type]?.contains($0) ?? false } ?? false
            return MOFResult.Part(
                name: definition.name, class: definition.level, required: definition.isRequired, status: status,
                licence: licence, notTypeAppropriate: status == "included" && !isAppropriate)
        }
    }

    private static let report = "Technical report", paper = "Research paper"

    /// What a class needs: the paper stands in for a report that is not there under an open licence, in every class; classes III and II count one of both.
    private func needed(_ level: Int, _ parts: [MOFResult.Part]) -> [MOFResult.Part] {
        let paper = parts.first { $0.name == Self.paper }
        let replacesReport = parts.first { $0.name == Self.report }?.status != "included" && paper?.status != "missing"
        return parts.compactMap { part in
            guard part.required else { return nil }
            if part.name == Self.report, replacesReport { return level == 1 ? nil : paper }
            return part.class >= level ? part : nil
        }
    }

    private func decide(_ parts: [MOFResult.Part]) -> Int {
        var decided = 0
        for level in [3, 2, 1] {
            guard needed(level, parts).allSatisfy({ $0.status == "included" }) else { break }
            decided = level
        }
        return decided
    }

    private func state(_ level: Int, _ parts: [MOFResult.Part], _ decided: Int) -> MOFResult.ClassState {
        let needed = needed(level, parts)
        func names(_ status: String) -> [String] { needed.filter { $0.status == status }.map(\.name) }
        return MOFResult.ClassState(
            met: decided != 0 && decided <= level, needed: needed.count, included: names("included"),
            missing: names("missing"), unlicensed: names("unlicensed"), invalid: names("invalid"))
    }
}

/// The frameworks' documents in the index.
enum FrameworkData {
    static func document(_ id: String) -> JSONValue? {
        LicenceIndex.embedded.document("frameworks/" + id).flatMap { try? JSONValue.parse($0) }
    }
}
