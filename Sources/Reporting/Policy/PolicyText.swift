import OpenscanFacts
import OpenscanOpenness

/// What a policy says of a release, behind a report for people: each rule that is not kept with its evidence, and what is waived by whom.
public enum PolicyText {
    private static let mostPlaces = 3

    /// As lines of text, or as a list of Markdown.
    public static func text(_ result: PolicyResult, isMarkdown: Bool, words: Words) -> String {
        let head = words("POLICY")
        let summary = summary(result, words)
        var out = isMarkdown ? "\n## " + words("Policy") + "\n\n" : "\n" + head + "  "
        out += (isMarkdown ? Markdown.escaped(summary) : summary) + "\n"
        if isMarkdown, !(result.failures.isEmpty && result.waivers.isEmpty) { out += "\n" }
        for failure in result.failures { out += line(failure, nil, isMarkdown, words) }
        for waiver in result.waivers { out += line(waiver.failure, waiver, isMarkdown, words) }
        return out
    }

    static func summary(_ result: PolicyResult, _ words: Words) -> String {
        let rules = String(result.rules.count)
        if result.failures.isEmpty {
            return result.waivers.isEmpty
                ? words("{0}: kept, {1} rules", words(result.name), rules)
                : words(
                    "{0}: kept, {1} rules, {2} by exception", words(result.name), rules, String(result.waivers.count))
        }
        return words(
            "{0}: not kept, {1} failures under {2} rules", words(result.name), String(result.failures.count), rules)
    }

    private static func line(
        _ failure: PolicyResult.Failure, _ waiver: PolicyResult.Waiver?, _ isMarkdown: Bool, _ words: Words
    ) -> String {
        var parts = [words(failure.reason.words)]
        if let waiver {
            parts.append(
                words("waived until {0} by {1}: {2}", waiver.expires.description, waiver.owner, waiver.reason))
        }
        if let expired = failure.expired { parts.append(words("an exception ended on {0}", expired)) }
        var seen = Set<String>()
        let places = failure.reason.evidence.filter { !$0.path.isEmpty && seen.insert($0.place).inserted }.prefix(
            mostPlaces)
        let said = parts.joined(separator: words("; "))
        guard isMarkdown else {
            let shown = places.map(\.place).joined(separator: " ")
            return "  " + (waiver == nil ? "- " : "~ ") + failure.rule + ": " + said
                + (shown.isEmpty ? "" : "  " + shown) + "\n"
        }
        let shown = places.map { Markdown.code($0.place) }.joined(separator: " ")
        return "- " + Markdown.code(failure.rule) + ": " + Markdown.escaped(said) + (shown.isEmpty ? "" : " " + shown)
            + "\n"
    }
}
