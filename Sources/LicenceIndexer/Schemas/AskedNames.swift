/// Names in data that the program asks for: each has to be there, and a word list of another name would never be read.
enum AskedNames {
    /// Lists of claims.yml.
    static let claimLists = [
        "boundaries", "ownership", "generic-subjects", "base-words", "negations", "negations-close", "promises",
        "promises-behind", "fixed-mentions", "comparisons", "mention-lead", "thanks", "mentions", "other-doers",
        "auxiliaries", "determiners", "doers", "definite", "tool-nouns", "own-nouns", "copulas", "prepositions",
        "collections", "releases", "part-joints", "subject-model",
        "subject-data", "subject-code", "made-from", "evaluation",
        "permissions", "permissions-behind", "conditions", "reproduction-of", "transparency-of", "quiet-sections",
        "former-times", "limit-binds", "limit-headings", "limit-wishes", "limit-others", "limit-denials",
        "licence-nouns",
        "licence-headings", "licence-labels", "label-attributes", "placeholders", "grants",
        "grants-of-licence", "grants-by-name", "licence-names", "licence-mentions", "zh-tools", "zh-models",
        "zh-negations", "zh-promises", "zh-promises-behind", "zh-comparisons", "zh-comparisons-close",
        "zh-comparisons-behind", "zh-definitions", "zh-nouns", "zh-open-predicates", "zh-done", "zh-done-before",
        "zh-copulas", "zh-own", "says-open-source", "says-fully-open", "says-open-to-some",
        "says-commercial-condition", "says-data-in-general", "says-own-licence", "says-badge",
        "generic-names", "names-everywhere", "limit-modals", "limit-turns", "limit-nobody", "contrasts",
        "licence-terms",
        "part-attributes", "model-columns", "licence-references", "firsts", "others-own", "weights-nouns",
        "elsewhere-sends",
        "elsewhere-owners", "elsewhere-places",
        "elsewhere-here",
        "elsewhere-parts",
    ]

    /// Lists of licence-words.yml.
    static let licenceLists = [
        "lead-ins", "too-common", "grants", "leading", "mentions", "weights", "model", "model-card", "code", "data",
        "documents", "borders", "joints", "alternatives", "offers", "operative", "family", "turning", "remarks",
        "altered", "altered-behind", "joined-to-names", "going-on",
        "own-subjects", "copyright", "denials", "exceptions",
        "going-with", "subject-filler",
        "field-and", "field-filler", "field-pointers", "field-blank", "field-files", "field-choice", "field-later",
        "field-weights", "field-model", "field-code", "field-data", "field-documents", "title-nouns", "title-sentences",
        "title-generic", "own-text", "open-names", "id-endings",
        "id-variants",
    ]

    /// Clauses of which numbers and names are read.
    static let clauses = [
        "mau-threshold", "revenue-threshold", "governing-law", "venue", "cure-period", "delayed-conversion",
        "aup-by-reference", "attribution-display", "notice-file-text", "model-naming", "territorial-exclusion",
        "export-control", "output-ownership",
    ]

    /// What is read of them.
    static let parameters = [
        "amount", "currency", "days", "effect", "into", "law", "level", "mau", "name", "owner", "period", "position",
        "territories", "text", "url", "venue", "years",
    ]

    /// What is asked of how a release can be had.
    static let disclosures = [
        "audience-insiders", "audience-applicants", "no-gate", "compute-offered", "staged-release", "versioning",
        "feedback", "retirement", "data-withheld",
    ]

    /// The group of clauses that say what a text covers.
    static let groups = ["scope"]
}
