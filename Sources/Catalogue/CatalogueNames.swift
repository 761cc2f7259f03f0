import OpenscanFacts
import OpenscanOpenness
import OpenscanReporting
import OpenscanRules

/// Ids in the words of the rules, and in the language of the site.
struct CatalogueNames {
    let rules: RuleSet
    let words: Words
    private let use: UseWords

    init(_ rules: RuleSet, words: Words) {
        self.rules = rules
        self.words = words
        use = UseWords(rules: rules.use, words: words)
    }

    /// A word of the program's own in the language; what is none stays as it is.
    func word(_ id: String) -> String { id == Values.other ? words("others") : id.isEmpty ? words("none") : words(id) }

    func level(_ id: String) -> String { rules.gradient.level(id).map { words($0.name) } ?? word(id) }
    func flag(_ id: String) -> String { rules.flag(FlagID(id)).map { words($0.title) } ?? word(id) }
    func question(_ id: String) -> String { use.name(UseID(id)) }
    func answer(_ answer: UseAnswer) -> String { use.name(answer) }
    func category(_ id: String) -> String { id.isEmpty ? words("no licence said here") : word(id) }

    func openSource(_ id: String) -> String {
        switch id {
        case "yes": words("yes")
        case "no": words("no")
        case "not-shown": words("not shown")
        default: word(id)
        }
    }

    func basis(_ id: String) -> String {
        if id.isEmpty { return words("no weights") }
        return PartTerms.Basis(rawValue: id).map(basis) ?? word(id)
    }

    func basis(_ basis: PartTerms.Basis) -> String {
        // Two of them have the same title where the expression beside it tells them apart.
        basis == .inherited ? words("not stated here, the repository's licence aside") : words(basis.title)
    }

    func gate(_ id: String) -> String {
        switch id {
        case "": words("not known")
        case "none": words("open to all")
        case "prompt": words("terms to agree to")
        case "form": words("a form to fill in")
        case "unknown": words("not known")
        default: word(id)
        }
    }

    /// The terms of a part in a few words; what the release does not say of the part itself never reads as its licence.
    func terms(_ expression: String?, _ basis: String?) -> String {
        guard let basis = basis.flatMap(PartTerms.Basis.init(rawValue:)) else { return "" }
        return words.terms(
            PartTerms(
                expression: expression, basis: basis, category: nil, osd: OSDAssessment(), isOpen: false, evidence: []))
    }
}
