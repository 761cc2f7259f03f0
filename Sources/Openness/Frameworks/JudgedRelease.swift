import Licensing
import Unpacking

/// What frameworks look at: components with their licences, the terms of the weights, and what documents say. Made from a report, or from a list
/// that somebody wrote by hand.
public struct JudgedRelease: Sendable {
    public struct Part: Sendable {
        public var status: Component.Status
        public var licences: [String]
        public var evidence: [Evidence]

        public init(status: Component.Status, licences: [String], evidence: [Evidence]) {
            self.status = status
            self.licences = licences
            self.evidence = evidence
        }
    }

    public var name: String
    public var parts: [String: Part] = [:]
    /// Licence of the release as a whole, for parts that have none of their own.
    public var general: [String] = []
    /// Clauses of the licences of the weights.
    public var clauses: Set<String> = []
    /// Criteria of the Open Source Definition for the licence of the weights.
    public var osd: [String: OSDAssessment.Criterion] = [:]
    /// Sections of model and data cards.
    public var sections: [String: Evidence] = [:]
    /// FLOP, where parameters and tokens are stated.
    public var trainingCompute: Double?
    public var trainingTokens: Evidence?
    /// Said by a list; a scan judges the gate itself.
    public var isGated = false
    /// Entries for the Model Openness Framework, where the source writes them itself.
    public var mofEntries: [MOF.Entry]?
    /// Whether files were seen; a list written by hand cannot show what it does not name.
    public var hasFiles = true

    public init(name: String) { self.name = name }

    /// From a report, new or saved.
    public init(_ report: Report) {
        name = report.release.name
        for component in report.components {
            parts[component.id] = Part(
                status: component.status, licences: component.licences, evidence: component.evidence)
        }
        let weights = report.licences.filter { licence in licence.appliesTo.contains { $0.hasPrefix("weights-") } }
        general = Set(report.licences.filter { $0.method == .text && !$0.appliesTo.isEmpty }.map(\.expressionID))
            .sorted()
        clauses = Set(weights.flatMap { $0.clauses.filter { $0.status == .present }.map(\.id) })
        osd = report.frameworks.osd
        for document in report.documents {
            for (id, line) in document.sections where sections[id] == nil {
                sections[id] = Evidence(path: document.path, lines: line)
            }
        }
        trainingCompute = report.model.trainingCompute
        trainingTokens = report.model.trainingTokens
    }

    func part(_ id: String) -> Part { parts[id] ?? Part(status: .absent, licences: [], evidence: []) }

    /// Components as the Model Openness Framework counts them: what is there, with the licence that it carries.
    public var mof: MOFResult {
        if let mofEntries { return MOF.shared.judge(mofEntries) }
        func entries(inheriting: Bool) -> [MOF.Entry] {
            MOF.shared.definitions.compactMap { definition in
                guard let part = definition.ids.lazy.map({ self.part($0) }).first(where: { $0.status == .present })
                else { return nil }
                let licences = part.licences.isEmpty && inheriting ? general : part.licences
                return MOF.Entry(
                    name: definition.name, licence: licences.isEmpty ? nil : licences.joined(separator: " AND "))
            }
        }
        return MOF.shared.judge(entries(inheriting: false), inherited: entries(inheriting: true))
    }
}
