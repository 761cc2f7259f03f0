import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness

/// Lines of the release's own files, read again for a page that shows what it cites.
public struct SourceTexts: Sendable {
    /// Lines by path, without line ends.
    public private(set) var lines: [String: [Substring]] = [:]
    /// Files that are there and are no text.
    public private(set) var binary: Set<String> = []

    /// None.
    public init() {}

    /// Takes a file as UTF-8; bytes that are no text are noted, and no more.
    public mutating func add(_ path: String, utf8 bytes: UnsafeRawBufferPointer) {
        guard !bytes.contains(0) else {
            binary.insert(path)
            return
        }
        let text = String(decoding: bytes, as: UTF8.self)
        lines[path] = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    }

    /// Paths that a dossier cites, without members of archives inside it that a scan alone opens.
    public static func cited(_ dossier: Dossier) -> Set<String> {
        Set(DossierEvidence.all(dossier).map(\.path)).subtracting([""])
    }

    /// The words at a place with white space evened out; `nil` where no lines are meant or at hand.
    public func words(at evidence: Evidence) -> String? {
        guard let range = evidence.lines, let lines = lines[evidence.path], range.first >= 1,
            range.first <= lines.count, range.last >= range.first
        else { return nil }
        let last = min(range.last, lines.count)
        return lines[range.first - 1..<last].joined(separator: " ").split { $0.isWhitespace }.joined(separator: " ")
    }
}

/// Every place that a dossier cites.
enum DossierEvidence {
    static func all(_ dossier: Dossier) -> [Evidence] {
        func of(_ reasons: [Reason]) -> [Evidence] { reasons.flatMap(\.evidence) }
        var out = of([dossier.verdict.sentence] + dossier.verdict.needsPerson)
        out += dossier.use.flatMap { of([$0.reason] + $0.conditions) } + dossier.duties.flatMap(\.evidence)
        out += dossier.components.flatMap { component in
            component.evidence + component.links.map(\.evidence) + of(component.reasons)
        }
        out += dossier.terms.values.flatMap(\.evidence)
        out += dossier.licences.flatMap { licence in
            [licence.evidence] + licence.additions + licence.clauses.map(\.evidence)
        }
        let model = dossier.model
        out += (model.baseModels + model.hintedBases).flatMap { base in
            [base.evidence] + base.duties.flatMap { $0.note?.evidence ?? [] }
        }
        out += model.needs.map(\.evidence) + (model.trainingTokens.map { [$0] } ?? [])
        out += dossier.claims.map(\.evidence)
        out += of(dossier.gradient.reasons + dossier.gradient.next)
        out += dossier.yardsticks.frameworks.flatMap { $0.criteria.flatMap(\.evidence) }
        let access = dossier.access
        out += of((access.direct + access.indirect).map(\.reason) + access.promises.map(\.reason))
        out += of(
            [access.who.reason, access.gate.reason, access.when.reason, access.summary] + access.how.map(\.reason))
        out += dossier.flags.flatMap { ($0.claim.map { [$0] } ?? []) + $0.evidence + of($0.reasons) }
        return out
    }
}
