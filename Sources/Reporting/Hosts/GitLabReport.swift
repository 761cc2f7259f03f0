import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// The code quality report of GitLab (a subset of the Code Climate form): a list of issues with file, line and fingerprint.
public enum GitLabReport {
    /// Every issue that counts, without a line end.
    /// - Throws: the encoder's error.
    public static func text(_ dossier: Dossier, issues: [Issue], words: Words) throws -> String {
        let finder = HostPlace.Finder(dossier)
        let items = issues.filter { $0.rejection == nil }.map { issue -> JSONTree in
            let place = finder.fromCall(issue.place)
            // A line is asked for where there is none.
            let lines = place.lines ?? LineRange(1)
            return [
                "type": "issue", "check_name": .string(issue.id), "categories": ["Compatibility"],
                "description": .string(issue.line(words, inside: place.inside)),
                "fingerprint": .string(issue.fingerprint), "severity": .string(severity(issue.severity)),
                "location": [
                    "path": .string(place.path),
                    "lines": [
                        "begin": .number(max(1, lines.first)), "end": .number(max(1, lines.first, lines.last)),
                    ],
                ],
            ]
        }
        return try JSON.text(JSONTree.array(items), isPretty: true)
    }

    private static func severity(_ severity: Severity) -> String {
        switch severity {
        case .high: "critical"
        case .medium: "major"
        case .low: "minor"
        case .info: "info"
        }
    }
}
