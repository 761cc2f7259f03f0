import OpenscanFacts
import OpenscanOpenness
import OpenscanReporting

/// Names of everything that a release's own page may name, for the script that draws it.
struct ReleaseWordsData {
    let entries: Entries
    let names: CatalogueNames
    let words: Words

    func file() -> [UInt8] {
        let rules = names.rules
        var out = DataText("words")
        out.raw("[")
        var isFirst = true
        func table(_ name: String, _ pairs: [(String, String)]) {
            if !isFirst { out.raw(",") }
            isFirst = false
            out.raw("[")
            out.text(name)
            out.raw(",")
            out.list(pairs) { out, pair in
                out.raw("[")
                out.text(pair.0)
                out.raw(",")
                out.text(pair.1)
                out.raw("]")
            }
            out.raw("]")
        }
        table("level", rules.gradient.levels.map { ($0.id, words($0.name)) })
        table("flag", (rules.flags + rules.changeFlags).map { ($0.id.rawValue, words($0.title)) })
        table("remedy", rules.flags.map { ($0.id.rawValue, words($0.remedy)) })
        table("component", rules.components.all.map { ($0.id.rawValue, words($0.name)) })
        table("clause", rules.clauses.all.map { ($0.id.rawValue, words($0.meaning)) })
        table("basis", PartTerms.Basis.allCases.map { ($0.rawValue, names.basis($0)) })
        table("answer", UseAnswer.allCases.map { ($0.rawValue, names.answer($0)) })
        table("question", entries.uses.map { ($0.id, names.question($0.id)) })
        table("open-source", ["yes", "no", "not-shown"].map { ($0, names.openSource($0)) })
        table("gate", ["none", "prompt", "form", "unknown"].map { ($0, names.gate($0)) })
        table("word", plainWords.map { ($0, words($0)) })
        table("layout", [("language", words("yes") == "yes" ? "en" : "zh")])
        out.raw("]")
        return out.finished()
    }

    /// Words that stand in rows as ids.
    private var plainWords: [String] {
        var all: [String] = []
        all += LicenceCategory.allCases.map(\.rawValue) + LicenceClass.allCases.map(\.rawValue)
        all += Component.Status.allCases.map(\.rawValue) + Confidence.allCases.map(\.rawValue)
        all += Severity.allCases.map(\.rawValue) + ReleasePart.allCases.map(\.rawValue)
        all += ArtefactStatus.allCases.map(\.rawValue) + ReleaseFacts.Kind.allCases.map(\.rawValue)
        all += Gradient.Subject.allCases.map(\.rawValue) + OSDJudgement.Verdict.allCases.map(\.rawValue)
        all += Claim.Category.allCases.map(\.rawValue)
        all += ["other-model", "dependency", "claim", "negated", "promise", "mention"]
        var seen = Set<String>()
        return all.filter { seen.insert($0).inserted }
    }
}
