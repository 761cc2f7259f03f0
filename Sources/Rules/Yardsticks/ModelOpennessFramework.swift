import OpenscanBytes
import OpenscanFacts

/// Components and licences of the Model Openness Framework, as its tool knows them (Licenses/frameworks/mof.yml).
public struct ModelOpennessFramework: Sendable {
    /// A component as the tool names it.
    public struct Definition: Sendable, Hashable {
        /// The tool's name.
        public let name: String
        /// The lowest class that asks for it.
        public let level: Int
        /// Whether its class needs it.
        public let isRequired: Bool
        /// Type of content that decides which of the release's licences it falls back to: code, data or document.
        public let type: String
        /// Components of this program that stand for it.
        public let ids: [ComponentID]
    }

    /// Its version.
    public let version: String
    /// Where it was read.
    public let source: String
    /// Components in order.
    public let definitions: [Definition]
    /// The tool's names of a report and of the paper that stands in for one.
    public let report, paper: String
    /// The tool's names by every way to write them, lower case.
    private let written: [String: String]
    private let open: Set<String>
    private let appropriate: [String: Set<String>]
    private let names: [Int: String]
    private let licences: any LicenceCatalogue

    /// - Parameters:
    ///   - root: the document `frameworks/mof`.
    ///   - licences: which are approved by the Open Source Initiative.
    public init(_ root: JSONValue, licences: any LicenceCatalogue) {
        self.licences = licences
        version = root.text("version")
        source = root.text("source")
        definitions = root.items("components").map { item in
            Definition(
                name: item.text("name"), level: item.number("class") ?? 0, isRequired: item.flag("required"),
                type: item.text("type"), ids: item.cases("ids"))
        }
        report = root.text("report")
        paper = root.text("paper")
        let own = definitions.flatMap { definition in
            [(definition.name.lowercased(), definition.name)] + definition.ids.map { ($0.rawValue, definition.name) }
        }
        written = Dictionary(
            own + root.pairs("aliases").map { ($0.key.lowercased(), $0.value.string ?? "") },
            uniquingKeysWith: { first, _ in first })
        open = Set(["fsf_libre", "osi_deprecated", "open_data"].flatMap { root.list($0) })
        appropriate = Dictionary(
            root.pairs("type_appropriate").map { ($0.key, Set($0.value.strings)) },
            uniquingKeysWith: { first, _ in first })
        names = Dictionary(
            root.items("classes").map { ($0.number("class") ?? 0, $0.text("name")) },
            uniquingKeysWith: { first, _ in first })
    }

    /// A class in words.
    public func className(_ number: Int) -> String { names[number] ?? "" }

    /// The tool's name of a component, however an inventory writes it.
    public func name(of text: String) -> String? { written[text.trimmed.lowercased()] }

    /// The component of the tool's name.
    public func definition(_ name: String) -> Definition? { definitions.first { $0.name == name } }

    /// Whether the tool takes a licence as open, by its name as written.
    public func isOpen(_ licence: String) -> Bool {
        if open.contains(licence) { return true }
        if let record = licences.record(LicenceID(licence)), record.id.rawValue == licence, record.isOSIApproved {
            return true
        }
        // A part under several licences is open where each is.
        guard licence.holds(" AND ") else { return false }
        return licence.split(separator: " ").allSatisfy { $0 == "AND" || isOpen(String($0)) }
    }

    /// Whether a licence is of a kind made for the type of content.
    public func isAppropriate(_ licence: String, for type: String) -> Bool {
        appropriate[type]?.contains(licence) ?? false
    }
}
