import OpenscanBytes
import OpenscanKit

/// What `--fail-on` names, as a small policy: severities and ids of flags or findings.
enum FailCondition {
    static func policy(_ list: String, _ rules: RuleSet) throws(Stop) -> Policy {
        var flags = Policy.Flags()
        for word in list.split(separator: ",").map({ String($0).trimmed.lowercased() }) where !word.isEmpty {
            if let severity = Severity(rawValue: word) {
                flags.least = min(flags.least ?? severity, severity)
            } else if rules.flag(FlagID(word)) != nil || FindingID(rawValue: word) != nil {
                flags.ids.append(word)
            } else {
                throw Stop.usage(
                    "--fail-on \(word): neither a severity (info, low, medium, high) nor the id of a flag or finding; see 'openscan list flags'"
                )
            }
        }
        guard flags != Policy.Flags() else {
            throw Stop.usage("--fail-on names nothing; it takes severities and ids, several with commas")
        }
        return Policy(failingOn: flags)
    }
}
