import OpenscanBytes
import OpenscanKit

/// What `--fail-on` names: severities and ids of flags or findings.
struct FailCondition: Sendable {
    private var least: Severity?
    private var ids: Set<String> = []

    init(_ list: String, _ rules: RuleSet) throws {
        for word in list.split(separator: ",").map({ String($0).trimmed.lowercased() }) where !word.isEmpty {
            if let severity = Severity(rawValue: word) {
                least = min(least ?? severity, severity)
            } else if rules.flag(FlagID(word)) != nil || FindingID(rawValue: word) != nil {
                ids.insert(word)
            } else {
                throw Stop.usage(
                    "--fail-on \(word): neither a severity (info, low, medium, high) nor the id of a flag or finding; see 'openscan list flags'"
                )
            }
        }
        guard least != nil || !ids.isEmpty else {
            throw Stop.usage("--fail-on names nothing; it takes severities and ids, several with commas")
        }
    }

    /// What a person rejected does not count, nor what a baseline knows; what a person gave another severity counts by that.
    func holds(_ dossier: Dossier, _ review: Review? = nil, _ baseline: Baseline? = nil) -> Bool {
        Issues.of(dossier, review: review, baseline: baseline).contains { issue in
            issue.counts && (issue.kind == .flag || issue.kind == .finding)
                && (ids.contains(issue.id) || least.map { issue.severity >= $0 } ?? false)
        }
    }
}
