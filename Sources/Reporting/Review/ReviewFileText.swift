import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness

/// A file of decisions to be filled in: what the program leaves to a person first.
public enum ReviewFileText {
    /// - Parameters:
    ///   - review: the questions, with decisions that are there already.
    ///   - release: its name.
    ///   - tool: the program.
    ///   - words: for what is asked.
    public static func text(_ review: Review, release: String, tool: ReportTool, words: Words) -> String {
        var out =
            "# "
            + words(
                "Decisions on what openscan answered. Fill in decision (accept, reject or override), reason, by and date."
            ) + "\n"
        out +=
            "# "
            + words(
                "With override, answer takes one of the answers. An evidence digest that no longer fits makes a decision stale."
            ) + "\n"
        let program = scalar("\(tool.name) \(tool.version)")
        let head = ["version: 1", "release: \(scalar(release))", "program: \(program)", "decisions:"]
        out += head.joined(separator: "\n") + "\n"
        let open = review.questions.filter { $0.question.isOpen || $0.decision != nil }
        if open.isEmpty { out += "  []\n" }
        for reviewed in open {
            let question = reviewed.question
            let decision = reviewed.state == .decided ? reviewed.decision : nil
            out += "  - id: \(scalar(question.id))\n"
            out += "    question: \(scalar(words(question.title)))\n"
            out += "    machine: \(scalar("\(question.machine): \(words(question.reason))"))\n"
            out += "    answers: \(scalar(question.answers.joined(separator: ", ")))\n"
            out += "    decision: \(decision?.outcome.rawValue ?? ReviewDecision.Outcome.open.rawValue)\n"
            out += "    answer: \(scalar(decision?.answer ?? ""))\n    reason: \(scalar(decision?.reason ?? ""))\n"
            out += "    by: \(scalar(decision?.by ?? ""))\n    date: \(scalar(decision?.date ?? ""))\n"
            out += "    evidence: \(scalar(question.digest))\n"
        }
        return out
    }

    /// A text in double quotes, as YAML and JSON both take it: nothing in it can end it.
    private static func scalar(_ text: String) -> String {
        var out = "\""
        for scalar in Printable.lines(text).unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
