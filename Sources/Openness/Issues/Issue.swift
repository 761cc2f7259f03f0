import OpenscanFacts

/// One thing that a reader is told to look at, whatever raised it: what code hosts and spreadsheets list, and what a baseline knows.
public struct Issue: Sendable, Hashable {
    /// What raised it.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// A rule of a policy that the release does not keep.
        case policy
        /// A disagreement between a claim and the evidence, or a gap.
        case flag
        /// Something about one file.
        case finding
        /// Something that could not be read.
        case unread
    }

    /// What raised it.
    public var kind: Kind
    /// Id of the flag, the kind of finding, the policy's rule, or the code of what could not be read.
    public var id: String
    /// How much it matters; a person's word where one was given.
    public var severity: Severity
    /// What it says.
    public var title: Wording
    /// What the program says of it besides.
    public var details: [Wording]
    /// Where to look first; `nil` where nothing of the release shows it.
    public var place: Evidence?
    /// Further places.
    public var related: [Evidence]
    /// What clears it.
    public var remedy: Wording?
    /// A digest that stays where lines only move, and tells it from every other of the release.
    public var fingerprint: String
    /// Whether a baseline has it.
    public var isKnown = false
    /// Why a person rejected it; `nil` where nobody did.
    public var rejection: String?

    /// An issue; its fingerprint is of the kind, the id and the words at its place.
    public init(
        kind: Kind, id: String, severity: Severity, title: Wording, details: [Wording] = [], place: Evidence? = nil,
        related: [Evidence] = [], remedy: Wording? = nil
    ) {
        self.kind = kind
        self.id = id
        self.severity = severity
        self.title = title
        self.details = details
        self.place = place
        self.related = related
        self.remedy = remedy
        // A finding is told apart by what was found, everything else by the words that it points to.
        let words = kind == .finding || kind == .unread ? title.description : place?.quote
        fingerprint = Self.digest(
            "\(kind.rawValue)/\(id)", Evidence(path: place?.path ?? "", quote: words))
    }

    static func digest(_ answer: String, _ place: Evidence) -> String {
        let digest = EvidenceDigest.of(answer: answer, [place]) { _ in nil }
        return digest.split(separator: ":").last.map(String.init) ?? digest
    }

    /// Whether it counts: not rejected, and not known before.
    public var counts: Bool { rejection == nil && !isKnown }
}

/// What a release had when it was looked at before.
public struct Baseline: Sendable, Hashable {
    /// Fingerprints of its issues.
    public let fingerprints: Set<String>

    /// Every issue of a dossier, as of a saved report.
    public init(_ dossier: Dossier) { fingerprints = Set(Issues.of(dossier).map(\.fingerprint)) }
}

/// Every issue of a dossier.
public enum Issues {
    /// In the order of weight: the gravest first, then by id and place.
    /// - Parameters:
    ///   - dossier: the release, judged.
    ///   - review: what a person decided; a rejected issue stays and says so.
    ///   - baseline: what is known from before.
    ///   - policy: what a policy says of the release.
    public static func of(
        _ dossier: Dossier, review: Review? = nil, baseline: Baseline? = nil, policy: PolicyResult? = nil
    ) -> [Issue] {
        var all = (policy?.failures ?? []).map(issue)
        all += dossier.flags.map { decided(issue($0), Review.ID.flag($0.id), review) }
        for artefact in dossier.artefacts {
            for finding in artefact.findings {
                all.append(
                    decided(issue(finding, artefact), Review.ID.finding(finding.id, artefact.path), review))
            }
        }
        all += dossier.errors.map(issue)
        all.sort {
            ($1.severity, $0.kind.rawValue, $0.id, $0.place?.path ?? "", $0.place?.lines?.first ?? 0)
                < ($0.severity, $1.kind.rawValue, $1.id, $1.place?.path ?? "", $1.place?.lines?.first ?? 0)
        }
        // Two that read alike are told apart by their order.
        var seen: [String: Int] = [:]
        for place in all.indices {
            let fingerprint = all[place].fingerprint
            let count = seen[fingerprint, default: 0]
            seen[fingerprint] = count + 1
            if count > 0 { all[place].fingerprint = Issue.digest("\(fingerprint)/\(count)", Evidence(path: "")) }
            all[place].isKnown = baseline?.fingerprints.contains(all[place].fingerprint) ?? false
        }
        return all
    }

    private static func decided(_ issue: Issue, _ id: String, _ review: Review?) -> Issue {
        guard let review, let reviewed = review[id], reviewed.isPersons else { return issue }
        var issue = issue
        if let severity = review.severity(id, issue.severity) {
            issue.severity = severity
        } else {
            issue.rejection = reviewed.decision?.reason ?? ""
        }
        return issue
    }

    private static func issue(_ flag: Flag) -> Issue {
        let places = flag.evidence + [flag.claim].compactMap { $0 } + flag.reasons.flatMap(\.evidence)
        let all = places.filter { !$0.path.isEmpty }
        let place = all.first
        var seen = Set(place.map { [$0] } ?? [])
        return Issue(
            kind: .flag, id: flag.id.rawValue, severity: flag.severity, title: Wording(flag.title),
            details: flag.reasons.map(\.words), place: place, related: all.filter { seen.insert($0).inserted },
            remedy: Wording(flag.remedy))
    }

    private static func issue(_ finding: Finding, _ artefact: JudgedArtefact) -> Issue {
        Issue(
            kind: .finding, id: finding.id.rawValue, severity: finding.severity, title: finding.detail,
            place: artefact.path.isEmpty ? nil : Evidence(path: artefact.path, offset: finding.offset))
    }

    private static func issue(_ problem: ReleaseFacts.ReadProblem) -> Issue {
        Issue(
            kind: .unread, id: problem.code, severity: .medium, title: problem.message,
            place: problem.path.isEmpty ? nil : Evidence(path: problem.path))
    }

    private static func issue(_ failure: PolicyResult.Failure) -> Issue {
        Issue(
            kind: .policy, id: failure.rule, severity: .high, title: failure.reason.words,
            place: failure.reason.evidence.first, related: Array(failure.reason.evidence.dropFirst()))
    }
}
