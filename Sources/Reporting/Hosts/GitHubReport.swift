import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// Workflow commands of GitHub Actions, a line an issue: they stand beside the lines of a pull request.
public enum GitHubReport {
    /// Every issue that counts; what a baseline knows is a notice. Each line has its end.
    public static func text(_ dossier: Dossier, issues: [Issue], words: Words) -> String {
        let finder = HostPlace.Finder(dossier)
        return issues.filter { $0.rejection == nil }.map { line($0, finder, words) }.joined()
    }

    private static func line(_ issue: Issue, _ finder: HostPlace.Finder, _ words: Words) -> String {
        let place = finder.fromCall(issue.place)
        var properties = ["file=" + property(place.path)]
        if let lines = place.lines {
            properties.append("line=\(max(1, lines.first))")
            properties.append("endLine=\(max(1, lines.first, lines.last))")
        }
        properties.append("title=" + property("openscan " + issue.id))
        let message = message(issue.line(words, inside: place.inside))
        return "::\(command(issue)) \(properties.joined(separator: ","))::\(message)\n"
    }

    private static func command(_ issue: Issue) -> String {
        guard !issue.isKnown else { return "notice" }
        return switch issue.severity {
        case .high: "error"
        case .medium: "warning"
        case .low, .info: "notice"
        }
    }

    /// By scalars: in Swift a line end and a mark behind it are one character.
    private static func escaped(_ text: String, _ signs: Set<Unicode.Scalar>) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            if signs.contains(scalar) {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                out += "%" + (digits.count == 1 ? "0" : "") + digits
            } else {
                out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    private static func message(_ text: String) -> String { escaped(text, ["%", "\r", "\n"]) }
    private static func property(_ text: String) -> String { escaped(text, ["%", "\r", "\n", ":", ","]) }
}
