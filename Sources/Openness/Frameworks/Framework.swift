import Licensing
import Unpacking

/// A yardstick that others published, as data: criteria, each with tests, and how they come to a verdict (Licenses/frameworks/).
public struct Framework: Sendable {
    struct Criterion: Sendable {
        let id: String
        let name: String
        let chinese: String
        /// Components of which each, or any, has to be there.
        let all, any: [String]
        /// Whether those have to be under a licence of this kind: `osi` or `open`; empty for none.
        let licence: String
        /// Clauses that the licence of the weights must not have.
        let freeOf: [String]
        /// Sections that cards have to have; any of them is a part.
        let sections: [String]
        let osd: Int?
        /// FLOP of training compute that must not be passed.
        let computeLimit: Double?
        /// Why files cannot tell.
        let unknown: String?
        let isRequired: Bool
        let change: String
    }

    public let id: String
    public let name: String
    public let chinese: String
    public let version: String
    public let source: String
    /// What a reader should know beside the criteria, such as how drafts differed; empty for nothing.
    public let notes: String
    let criteria: [Criterion]
    /// Words for: all required met, one not met, neither.
    let verdicts: (met: String, failed: String, open: String)

    init(_ root: JSONValue) {
        func text(_ key: String) -> String { root[key]?.string ?? "" }
        id = text("id")
        name = text("name")
        chinese = text("zh")
        version = text("version")
        source = text("source")
        notes = text("notes")
        verdicts = (
            root["verdicts"]?["met"]?.string ?? "met as far as shown", root["verdicts"]?["failed"]?.string ?? "not met",
            root["verdicts"]?["open"]?.string ?? "unclear"
        )
        criteria = (root["criteria"]?.array ?? []).map { item in
            Criterion(
                id: item["id"]?.string ?? "", name: item["name"]?.string ?? "", chinese: item["zh"]?.string ?? "",
                all: item["all"]?.strings ?? [], any: item["any"]?.strings ?? [],
                licence: item["licence"]?.string ?? "",
                freeOf: item["free_of"]?.strings ?? [], sections: item["sections"]?.strings ?? [],
                osd: item["osd"]?.string.flatMap { Int($0) },
                computeLimit: item["compute_limit"]?.string.flatMap { Double($0) }, unknown: item["unknown"]?.string,
                isRequired: item["required"]?.string != "false", change: item["change"]?.string ?? "")
        }
    }

    /// Names of frameworks and criteria: English -> Chinese.
    public static var chineseNames: [String: String] {
        var names: [String: String] = [:]
        for framework in all {
            names[framework.name] = framework.chinese
            for criterion in framework.criteria where !criterion.chinese.isEmpty {
                names[criterion.name] = criterion.chinese
            }
        }
        return names
    }

    public var criterionIDs: [String] { criteria.map(\.id) }

    /// A criterion in plain words; `nil` when the framework has none of this id.
    public func explanation(of id: String) -> String? {
        guard let criterion = criteria.first(where: { $0.id == id }) else { return nil }
        var tests: [String] = []
        if !criterion.all.isEmpty { tests.append("each of " + criterion.all.joined(separator: ", ")) }
        if !criterion.any.isEmpty { tests.append("one of " + criterion.any.joined(separator: ", ")) }
        if !criterion.licence.isEmpty {
            tests.append(criterion.licence == "osi" ? "under an OSI-approved licence" : "under open terms")
        }
        if !criterion.freeOf.isEmpty { tests.append("no clause of " + criterion.freeOf.joined(separator: ", ")) }
        if !criterion.sections.isEmpty { tests.append("sections " + criterion.sections.joined(separator: ", ")) }
        if let limit = criterion.computeLimit {
            tests.append("at most \(Self.scientific(limit)) FLOP of training compute")
        }
        if let unknown = criterion.unknown { tests.append("not decided by files: " + unknown) }
        return
            "\(id) (criterion of the \(name)): \(criterion.name).\nLooks for: \(tests.joined(separator: "; ")).\nWhat would change it: \(criterion.change)"
    }

    /// Frameworks whose criteria are data; the Open Source Definition and the Model Openness Framework have rules of their own.
    public static let all: [Framework] = [
        "osaid", "open-weights", "european-index", "eu-ai-act", "responsible-release", "transparency",
    ].compactMap { FrameworkData.document($0).map { Framework($0) } }
}

public struct FrameworkResult: Sendable, Codable, Hashable {
    public enum Status: String, Sendable, Codable, Comparable {
        case met, partly
        case cannotTell = "cannot-tell"
        case notMet = "not-met"

        private var rank: Int { [.met: 0, .partly: 1, .cannotTell: 2, .notMet: 3][self] ?? 0 }
        public static func < (left: Status, right: Status) -> Bool { left.rank < right.rank }
    }

    public struct Criterion: Sendable, Codable, Hashable {
        public var id: String
        public var name: String
        public var status: Status
        public var required: Bool
        public var reason: String
        public var evidence: [Evidence]
        /// What would change the status; `nil` where it is met.
        public var change: String?
    }

    public var id: String
    public var name: String
    public var version: String
    public var verdict: String
    public var met: Int
    public var partly: Int
    public var notMet: Int
    public var cannotTell: Int
    public var criteria: [Criterion]
}

extension Framework {
    /// Judges by facts alone, the same way for every framework.
    public func judge(_ release: JudgedRelease) -> FrameworkResult {
        let results = criteria.map { result($0, release) }
        func count(_ status: FrameworkResult.Status) -> Int { results.count { $0.status == status } }
        let required = results.filter(\.required)
        let verdict =
            required.contains { $0.status == .notMet }
            ? verdicts.failed
            : required.allSatisfy { $0.status == .met } && !required.isEmpty ? verdicts.met : verdicts.open
        return FrameworkResult(
            id: id, name: name, version: version, verdict: verdict, met: count(.met), partly: count(.partly),
            notMet: count(.notMet), cannotTell: count(.cannotTell), criteria: results)
    }

    private typealias Outcome = (status: FrameworkResult.Status, reason: String, evidence: [Evidence])

    /// The worst outcome of a criterion's tests.
    private func result(_ criterion: Criterion, _ release: JudgedRelease) -> FrameworkResult.Criterion {
        var outcomes: [Outcome] = []
        if !criterion.all.isEmpty {
            outcomes.append(components(criterion.all, criterion.licence, release, isAny: false))
        }
        if !criterion.any.isEmpty {
            outcomes.append(components(criterion.any, criterion.licence, release, isAny: true))
        }
        if !criterion.freeOf.isEmpty { outcomes.append(terms(criterion.freeOf, release)) }
        if !criterion.sections.isEmpty { outcomes.append(sections(criterion.sections, release)) }
        if let number = criterion.osd { outcomes.append(osd(number, release)) }
        if let limit = criterion.computeLimit { outcomes.append(compute(limit, release)) }
        if let unknown = criterion.unknown { outcomes.append((.cannotTell, unknown, [])) }
        let worst = outcomes.max { $0.status < $1.status } ?? (.cannotTell, "no test", [])
        return FrameworkResult.Criterion(
            id: criterion.id, name: criterion.name, status: worst.status, required: criterion.isRequired,
            reason: worst.reason, evidence: Array(worst.evidence.prefix(3)),
            change: worst.status == .met ? nil : criterion.change.isEmpty ? nil : criterion.change)
    }

    private func components(_ ids: [String], _ licence: String, _ release: JudgedRelease, isAny: Bool) -> Outcome {
        let outcomes = ids.map { id -> Outcome in
            let part = release.part(id)
            switch part.status {
            case .present: return licensed(id, part, licence, release)
            case .linked: return (.partly, "\(id) is linked, not in the release", part.evidence)
            case .unknown: return (.cannotTell, "\(id) is not known", [])
            case .promised: return (.notMet, "\(id) is promised", part.evidence)
            case .claimed: return (.notMet, "\(id) is only claimed", part.evidence)
            case .absent: return (.notMet, "no \(id) found", [])
            }
        }
        if isAny { return outcomes.min { $0.status < $1.status } ?? (.notMet, "", []) }
        let worst = outcomes.max { $0.status < $1.status } ?? (.notMet, "", [])
        // Some there and some not is a part.
        let isSplit = worst.status == .notMet && outcomes.contains { $0.status < .cannotTell }
        return (
            isSplit ? .partly : worst.status,
            outcomes.filter { $0.status != .met }.map(\.reason).joined(separator: "; ").isEmpty
                ? ids.joined(separator: ", ") + " there"
                : outcomes.filter { $0.status != .met }.map(\.reason).joined(separator: "; "), worst.evidence
        )
    }

    private func licensed(_ id: String, _ part: JudgedRelease.Part, _ licence: String, _ release: JudgedRelease)
        -> Outcome
    {
        guard !licence.isEmpty else { return (.met, "\(id) is there", part.evidence) }
        let ids = part.licences.isEmpty ? release.general : part.licences
        guard !ids.isEmpty else { return (.notMet, "\(id) has no licence", part.evidence) }
        for name in ids {
            let record = LicenceIndex.embedded.record(id: name)
            let isFine =
                licence == "osi"
                ? record?.isOSIApproved == true
                : record.map { OSDAssessment.of($0, isModified: false, clauses: []).failed.isEmpty } ?? false
            if !isFine {
                return (
                    record == nil ? .cannotTell : .notMet,
                    "\(id) is under \(name), which is " + (licence == "osi" ? "not approved by the OSI" : "not open"),
                    part.evidence
                )
            }
        }
        return (.met, "\(id) under \(ids.joined(separator: ", "))", part.evidence)
    }

    private func terms(_ clauses: [String], _ release: JudgedRelease) -> Outcome {
        let found = clauses.filter(release.clauses.contains)
        if !found.isEmpty { return (.notMet, "the licence of the weights has " + found.joined(separator: ", "), []) }
        let failed = release.osd.filter { $0.value.verdict == .fail }
        if release.osd.isEmpty { return (.cannotTell, "no licence of the weights is known", []) }
        // A licence known by name alone shows no clauses of its own: its kind does.
        if release.clauses.isEmpty, !failed.isEmpty {
            return (
                .cannotTell,
                "the licence's terms limit use (Open Source Definition \(failed.keys.compactMap { Int($0) }.sorted().map(String.init).joined(separator: ", ")))",
                []
            )
        }
        return (.met, "none of these terms in the licence of the weights", [])
    }

    private func sections(_ ids: [String], _ release: JudgedRelease) -> Outcome {
        let found = ids.filter { release.sections[$0] != nil }
        let evidence = found.compactMap { release.sections[$0] }
        if found.count == ids.count { return (.met, "the card has " + ids.joined(separator: ", "), evidence) }
        if !found.isEmpty {
            return (
                .partly, "the card lacks " + ids.filter { release.sections[$0] == nil }.joined(separator: ", "),
                evidence
            )
        }
        return release.hasFiles
            ? (.notMet, "no card has a section on " + ids.joined(separator: ", "), [])
            : (.cannotTell, "the list does not say", [])
    }

    private func compute(_ limit: Double, _ release: JudgedRelease) -> Outcome {
        guard let compute = release.trainingCompute else {
            return (.cannotTell, "parameters and training tokens are not both stated", [])
        }
        let words = "about \(Self.scientific(compute)) FLOP by 6 x parameters x tokens"
        let evidence = release.trainingTokens.map { [$0] } ?? []
        // The guidelines allow an error of 30 %.
        if compute > limit * 1.3 { return (.notMet, words + ", over \(Self.scientific(limit))", evidence) }
        return (compute > limit * 0.7 ? .cannotTell : .met, words + ", limit \(Self.scientific(limit))", evidence)
    }

    private static func scientific(_ value: Double) -> String {
        var (mantissa, exponent) = (value, 0)
        while mantissa >= 10 {
            mantissa /= 10
            exponent += 1
        }
        let tenths = Int((mantissa * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)e\(exponent)"
    }

    private func osd(_ number: Int, _ release: JudgedRelease) -> Outcome {
        guard let criterion = release.osd[String(number)] else {
            return (.cannotTell, "no licence of the weights is known", [])
        }
        return (
            criterion.verdict == .pass ? .met : criterion.verdict == .fail ? .notMet : .cannotTell, criterion.reason, []
        )
    }
}
