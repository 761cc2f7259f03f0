import OpenscanBytes
import OpenscanKit

/// What is asked of many releases: the rows that a release has in the tables of a store. Made from its dossier; decides nothing.
public struct ReleaseRecord: Sendable, Codable, Hashable {
    var name: String
    var kind: String?
    var revision: String?
    var subject: String
    var level: String
    var rank: Int?
    var atMost: String?
    var confidence: String
    var licenceClass: String
    var isOpenSource: String
    var sentence: String
    var files: Int
    var bytes: Int
    var unseenBytes: Int?
    var parameters: Int?
    var architecture: String?
    var quantization: String?
    var gate: String?
    /// Formats of its weights, with commas.
    var formats: String?
    var errorCode: String?
    var error: String?
    var components: [Component] = []
    var terms: [Terms] = []
    var licences: [Licence] = []
    var clauses: [Clause] = []
    var uses: [Use] = []
    var flags: [Flag] = []
    var artefacts: [Artefact] = []
    var claims: [Claim] = []
    var bases: [Base] = []

    /// A row of `component`.
    struct Component: Sendable, Codable, Hashable {
        var id: String
        var status: String
        var confidence: String
        var licences: String?
    }

    /// A row of `term`.
    struct Terms: Sendable, Codable, Hashable {
        var part: String
        var expression: String?
        var basis: String
        var category: String?
        var osd: String?
        var isOpen: Bool
        var place: String?
    }

    /// A row of `licence`.
    struct Licence: Sendable, Codable, Hashable {
        var id: String
        var name: String
        var category: String
        var method: String
        var path: String
        var lines: LineRange?
        var coverage: Double
        var isModified: Bool
        var isOSIApproved: Bool
    }

    /// A row of `clause`.
    struct Clause: Sendable, Codable, Hashable {
        var id: String
        var licence: String
        var status: String
        var path: String
        var lines: LineRange?
        var parameters: String?
    }

    /// A row of `use_answer`.
    struct Use: Sendable, Codable, Hashable {
        var id: String
        var part: String
        var answer: String
        var reason: String
    }

    /// A row of `flag`.
    struct Flag: Sendable, Codable, Hashable {
        var id: String
        var severity: String
        var title: String
        var reason: String?
        var place: String?
    }

    /// A row of `artefact`.
    struct Artefact: Sendable, Codable, Hashable {
        var path: String
        var component: String?
        var format: String
        var status: String
        var tensors: Int?
        var parameters: Int?
        var size: Int?
        var findings: String?
    }

    /// A row of `claim`.
    struct Claim: Sendable, Codable, Hashable {
        var category: String
        var subject: String
        var polarity: String
        var path: String
        var line: Int?
        var quote: String?
    }

    /// A row of `base`.
    struct Base: Sendable, Codable, Hashable {
        var name: String
        var relation: String
        var licence: String?
    }
}

extension ReleaseRecord {
    /// Rows of one table that a release may have: what is beyond is in its report.
    private static let mostRows = 500

    /// The record of a judged release.
    public init(_ dossier: Dossier) {
        let release = dossier.release
        let model = dossier.model
        let error = dossier.gradient.subject == .unread ? dossier.errors.first : nil
        self.init(
            name: release.name, kind: release.kind?.rawValue, revision: release.revision,
            subject: dossier.gradient.subject.rawValue, level: dossier.gradient.level, rank: dossier.gradient.rank,
            atMost: dossier.gradient.atMost, confidence: dossier.gradient.confidence.rawValue,
            licenceClass: dossier.gradient.licenceClass.rawValue, isOpenSource: dossier.verdict.answer.rawValue,
            sentence: dossier.verdict.sentence.words.description, files: release.fileCount, bytes: release.byteCount,
            unseenBytes: release.unseenBytes == 0 ? nil : release.unseenBytes,
            parameters: model.parameters, architecture: model.architecture, quantization: model.quantization,
            gate: dossier.access.gate.value.rawValue, errorCode: error?.code, error: error?.message.description)
        addParts(dossier)
        addTerms(dossier)
    }

    private mutating func addParts(_ dossier: Dossier) {
        components = dossier.components.filter { $0.status != .absent }.map { component in
            Component(
                id: component.id.rawValue, status: component.status.rawValue,
                confidence: component.confidence.rawValue, licences: Self.list(component.licences.map(\.rawValue)))
        }
        let weights = dossier.artefacts.filter { $0.component.map(ComponentID.weights.contains) ?? false }
        formats = Self.list(Set(weights.map(\.format.rawValue)).sorted())
        artefacts = dossier.artefacts.prefix(Self.mostRows).map { artefact in
            Artefact(
                path: artefact.path, component: artefact.component?.rawValue, format: artefact.format.rawValue,
                status: artefact.status.rawValue, tensors: artefact.tensors, parameters: artefact.parameters,
                size: artefact.size, findings: Self.list(Set(artefact.findings.map(\.id.rawValue)).sorted()))
        }
        claims = dossier.claims.prefix(Self.mostRows).map { claim in
            Claim(
                category: claim.category.rawValue, subject: claim.subject.rawValue, polarity: claim.polarity.rawValue,
                path: claim.evidence.path, line: claim.evidence.lines?.first, quote: claim.evidence.quote)
        }
        bases = dossier.model.baseModels.prefix(Self.mostRows).map {
            Base(name: $0.name, relation: $0.relation.rawValue, licence: $0.licence?.rawValue)
        }
    }

    private mutating func addTerms(_ dossier: Dossier) {
        terms = dossier.terms.sorted { $0.key < $1.key }.map { part, terms in
            Terms(
                part: part.rawValue, expression: terms.expression, basis: terms.basis.rawValue,
                category: terms.category?.rawValue, osd: terms.osd.verdict?.rawValue, isOpen: terms.isOpen,
                place: terms.evidence.first?.place)
        }
        licences = dossier.licences.prefix(Self.mostRows).map { licence in
            Licence(
                id: licence.id.rawValue, name: licence.name, category: licence.category.rawValue,
                method: licence.method.rawValue, path: licence.path, lines: licence.lines, coverage: licence.coverage,
                isModified: licence.isModified, isOSIApproved: licence.isOSIApproved)
        }
        clauses = dossier.licences.flatMap { licence in
            licence.clauses.map { clause in
                Clause(
                    id: clause.id.rawValue, licence: licence.id.rawValue, status: clause.status.rawValue,
                    path: clause.evidence.path, lines: clause.evidence.lines,
                    parameters: Self.list(clause.parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }))
            }
        }
        clauses.removeLast(max(0, clauses.count - Self.mostRows))
        uses = dossier.use.map {
            Use(
                id: $0.id.rawValue, part: $0.part.rawValue, answer: $0.answer.rawValue,
                reason: $0.reason.words.description)
        }
        flags = dossier.flags.prefix(Self.mostRows).map { flag in
            Flag(
                id: flag.id.rawValue, severity: flag.severity.rawValue, title: flag.title,
                reason: flag.reasons.first?.words.description,
                place: (flag.claim ?? flag.evidence.first).map(\.place))
        }
    }

    private static func list(_ items: [String]) -> String? { items.isEmpty ? nil : items.joined(separator: ",") }

    /// What tells this record from every other: as long as it stays, no row changes.
    func digest() throws -> [UInt8] {
        Array(SHA256.digest(try CompactEncoder.bytes(of: self)).prefix(16))
    }
}
