import OpenscanFacts
import OpenscanOpenness
import OpenscanReporting

/// The page that says how all of it is to be read: from the rules, not from memory.
struct AboutPage {
    let entries: Entries
    let names: CatalogueNames
    let words: Words

    func view() -> PageView {
        let rules = names.rules
        let flags = Dictionary(zip(entries.flags.ids, entries.flags.counts), uniquingKeysWith: { first, _ in first })
        let levels = Dictionary(zip(entries.levels.ids, entries.levels.counts), uniquingKeysWith: { first, _ in first })
        return [
            "paragraphs": paragraphs(), "unknown": unknown(),
            "levels": rules.gradient.levels.sorted { $0.rank > $1.rank }.map { level -> PageView in
                [
                    "id": level.id, "rank": level.rank > 0 ? String(level.rank) : "–", "name": words(level.name),
                    "meaning": words(level.meaning), "count": Plots.number(levels[level.id] ?? 0),
                ]
            },
            "bases": PartTerms.Basis.allCases.map { basis -> PageView in
                ["id": basis.rawValue, "name": names.basis(basis), "meaning": meaning(basis)]
            },
            "answers": UseAnswer.allCases.map { answer -> PageView in
                ["name": names.answer(answer), "meaning": meaning(answer)]
            },
            "questions": entries.uses.map { names.question($0.id) },
            "flags": rules.flags.map { flag -> PageView in
                [
                    "id": flag.id.rawValue, "title": words(flag.title), "severity": words(flag.severity.rawValue),
                    "remedy": words(flag.remedy),
                    "guard": flag.guardWords.map { [text($0)] } ?? [],
                    "count": Plots.number(flags[flag.id.rawValue] ?? 0),
                ]
            },
            "titles": [
                "levels": words("Levels"), "bases": words("How terms are known"), "answers": words("Answers on use"),
                "flags": words("Flags"), "unknown": words("What is not known"), "questions": words("Questions:"),
            ],
        ]
    }

    /// A text that may be there in English only says so to whoever reads aloud.
    private func text(_ english: String) -> PageView {
        let text = words(english)
        return ["text": text, "language": text == english && words("yes") != "yes" ? ["en"] : []]
    }

    private func paragraphs() -> [String] {
        var out = [
            words(
                "Each row is a release of a mirror: a folder, archive, checkout or cache entry as it lay on disk. Files were read, weights never loaded, code never run, nothing fetched."
            ),
            words(
                "Every verdict rests on places in the release's files. A release's own page names them with path and lines; the reviewer's dossier that openscan review makes shows the lines themselves."
            ),
            words(
                "What a card says of its licence is a claim; a licence text in the release outranks it, and where the two disagree a flag says so."
            ),
        ]
        if let origin = entries.origin {
            out.append(
                words(
                    "This catalogue shows {0} releases as they stood after the run of {1}, judged by openscan {2} with rules {3}.",
                    Plots.number(entries.all.count), String(origin.at.prefix(10)), origin.tool,
                    String(origin.rules.prefix(12))))
        }
        return out
    }

    private func unknown() -> [String] {
        [
            words(
                "Not stated is no permission: where the release does not say what covers its weights, no filter for a licence finds it, and what its repository's licence would let one guess is only shown."
            ),
            words(
                "Unclear is neither yes nor no: the terms read do not settle it, or could not be read. A filter for yes leaves unclear out."
            ),
            words(
                "Undetermined releases have no level: what would decide lies outside their files. What could not be read is listed all the same, with the reason."
            ),
            words(
                "Only what lies in the files is judged: what a website says, what was agreed elsewhere and what a gate shows to those who are let in is not known."
            ),
            words("Dates are those of files in the mirror, not of publication."),
            words("This informs; it is no legal advice. A person has to decide, with the terms themselves at hand."),
        ]
    }

    private func meaning(_ basis: PartTerms.Basis) -> String {
        switch basis {
        case .text: words("A licence text in the release covers this part expressly.")
        case .stated: words("A sentence, table row or card field names the licence for this part.")
        case .metadata: words("Only a field of a package, a file header or an artefact says it.")
        case .inherited:
            words("The part is only linked, or nothing but the repository's general licence could be meant.")
        case .elsewhere: words("The release says that the terms stand in another place.")
        case .notStated: words("Nothing says it at all.")
        }
    }

    private func meaning(_ answer: UseAnswer) -> String {
        switch answer {
        case .yes: words("Words of the terms grant it.")
        case .conditions: words("Granted within limits that the release's page lists.")
        case .unclear: words("What was read does not settle it.")
        case .no: words("Words forbid it, or nothing permits it.")
        }
    }
}
