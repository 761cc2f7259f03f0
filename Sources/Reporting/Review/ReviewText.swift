import OpenscanFacts
import OpenscanOpenness

/// What a person decided, behind a report for people.
public enum ReviewText {
    /// As lines of text, or as a list of Markdown; empty where nobody decided anything.
    public static func text(_ review: Review, isMarkdown: Bool, words: Words) -> String {
        let decided = review.questions.filter { $0.decision != nil }
        guard !decided.isEmpty else { return "" }
        var out =
            isMarkdown ? "\n## " + words("What a person decided") + "\n\n" : "\n" + words("DECIDED BY A PERSON") + "\n"
        for reviewed in decided {
            guard let decision = reviewed.decision else { continue }
            let said = words.outcome(decision)
            let facts = [
                words(reviewed.question.title),
                words("the program says") + words(": ") + words(reviewed.question.machine),
                said + (reviewed.state == .stale ? ", " + words("stale: the evidence changed since") : ""),
                decision.reason, words("{0} on {1}", decision.by, decision.date),
            ]
            let line = facts.joined(separator: " · ")
            out += isMarkdown ? "- " + Markdown.escaped(line) + "\n" : "  " + line + "\n"
        }
        return out
    }
}
