import Licensing
import Openness
import Unpacking

/// The yardsticks for people: each with its verdict, and what is not met.
public enum FrameworkReport {
    public static let ids = ["osd", "mof"] + Framework.all.map(\.id)

    /// The whole judgement, or one framework's part of it, as JSON.
    public struct Value: Encodable {
        private let judgement: Judgement
        private let framework: String?

        public init(_ judgement: Judgement, _ framework: String?) {
            self.judgement = judgement
            self.framework = framework
        }

        public func encode(to encoder: any Encoder) throws {
            switch framework {
            case nil: try judgement.encode(to: encoder)
            case "mof": try judgement.frameworks.mof.encode(to: encoder)
            case "osd": try judgement.frameworks.osd.encode(to: encoder)
            default: try judgement.frameworks.results.first { $0.id == framework }?.encode(to: encoder)
            }
        }
    }

    public static func text(_ judgement: Judgement, only: String?, isMarkdown: Bool, words: Words = Words(.en))
        -> String
    {
        var out = isMarkdown ? "# \(escaped(judgement.name))\n" : judgement.name + "\n"
        func wants(_ id: String) -> Bool { only == nil || only == id }
        func title(_ text: String) {
            out += isMarkdown ? "\n## \(words(text))\n\n" : "\n" + words(text).uppercased() + "\n"
        }
        func row(_ cells: [String]) {
            out += isMarkdown ? "| " + cells.map(escaped).joined(separator: " | ") + " |\n" : ""
        }
        func wrapped(_ text: String) {
            if isMarkdown {
                out += "- " + escaped(text) + "\n"
            } else {
                for (number, part) in Style.wrapped(text, 76).enumerated() {
                    out += (number == 0 ? "  " : "    ") + part + "\n"
                }
            }
        }
        if only == nil {
            title("Gradient")
            let level = Catalogue.level(judgement.gradient.level)
            wrapped(
                words(level?.name ?? judgement.gradient.level)
                    + (judgement.gradient.rank.map { " (level \($0) of 7)" } ?? "")
                    + ", licence class \(judgement.gradient.licenceClass)")
        }
        if wants("osd"), !judgement.frameworks.osd.isEmpty {
            title("Open Source Definition")
            if isMarkdown { out += "| criterion | verdict | reason |\n|---|---|---|\n" }
            for number in 1...10 {
                guard let criterion = judgement.frameworks.osd[String(number)] else { continue }
                if isMarkdown {
                    row([
                        "\(number) \(words(OSDAssessment.names[number - 1]))", words(criterion.verdict.rawValue),
                        criterion.reason,
                    ])
                } else {
                    wrapped(
                        Style.padded("\(number)", 3) + Style.padded(words(criterion.verdict.rawValue), 8)
                            + words(OSDAssessment.names[number - 1]))
                }
            }
        }
        if wants("mof") {
            let mof = judgement.frameworks.mof
            title("Model Openness Framework")
            wrapped(
                words(mof.className)
                    + (mof.normalisedClass != mof.class ? "; with SPDX ids class \(mof.normalisedClass)" : "")
                    + (mof.inheritedClass.map {
                        $0 != mof.class ? "; with the release's own licence for parts without one class \($0)" : ""
                    } ?? ""))
            for level in ["3", "2", "1"] {
                guard let state = mof.classes[level], !state.met else { continue }
                let lacks = [
                    ("missing", state.missing), ("without a licence", state.unlicensed), ("not open", state.invalid),
                ].filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1.joined(separator: ", "))" }
                wrapped("class \(level) needs more; " + lacks.joined(separator: "; "))
            }
        }
        for result in judgement.frameworks.results where wants(result.id) {
            title(words(result.name) + " " + result.version)
            wrapped(
                "\(result.verdict) (met \(result.met), partly \(result.partly), not met \(result.notMet), cannot tell \(result.cannotTell))"
            )
            if isMarkdown { out += "\n| criterion | status | reason | what would change it |\n|---|---|---|---|\n" }
            for criterion in result.criteria {
                if isMarkdown {
                    row([
                        words(criterion.name), words(criterion.status.rawValue),
                        criterion.reason + (criterion.evidence.first.map { " (\($0.place))" } ?? ""),
                        criterion.change ?? "",
                    ])
                } else if criterion.status != .met || only != nil {
                    wrapped(
                        Style.padded(words(criterion.status.rawValue), 12) + words(criterion.name) + ": "
                            + criterion.reason)
                }
            }
        }
        if only == nil, !judgement.differences.isEmpty {
            title("Where the yardsticks differ")
            for difference in judgement.differences { wrapped(difference) }
        }
        return out
    }

    /// Text that Markdown takes as it stands.
    static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "|", "*", "_", "`", "<", ">", "[", "]", "\\", "#": out += "\\\(character)"
            case "\n", "\r": out += " "
            default: out.append(character)
            }
        }
        return out
    }
}
