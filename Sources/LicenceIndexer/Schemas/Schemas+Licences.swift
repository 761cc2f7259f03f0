import OpenscanFacts
import OpenscanRules

/// Licences, their clauses and the models that come with them.
extension Schemas {
    static let clauses = DocumentSchema(
        "clauses",
        covers: [.init(kind: .clause, ids: AskedNames.clauses), .init(kind: .clauseGroup, ids: AskedNames.groups)],
        [
            .needed("groups", .list(.id(.clauseGroup), least: 1)),
            .needed(
                "moods",
                .record([
                    .needed(
                        "cues",
                        .records([
                            .needed("cue", .oneOf(MoodRules.Cue.self, "cue")), .needed("phrases", .patterns),
                        ])), .needed("purposes", .patterns), .needed("every-purpose", .patterns),
                    .needed("free-uses", .patterns), .needed("turns", .patterns), .needed("joins", .texts),
                    .needed("adjective-ends", .texts),
                ])),
            .needed(
                "clauses",
                .records([
                    .needed("id", .id(.clause)), .needed("group", .reference(.clauseGroup)),
                    .needed("meaning", .text),
                    .optional("roles", .list(.oneOf(ClauseRule.Role.self, "role of clauses"), least: 1)),
                    .optional("kept-by", .oneOf(ClauseRule.Proof.self, "proof")),
                    .optional("fails", .list(.criterion, least: 1)), .optional("fails-if", conditions),
                    .optional("spares", conditions), .optional("concern", .list(.criterion, least: 1)),
                    .optional("disputed", .list(.criterion, least: 1)),
                    .optional("freedoms", .list(.reference(.freedom), least: 1)), .optional("patterns", .patterns),
                    .optional("partial", .patterns), .optional("where", .words(["terms"], "place")),
                    .optional("whole", .words(["true"], "truth value")),
                    .optional("unless", .patterns), .optional("except", .patterns),
                ])),
        ])

    private static let conditions = Shape.table(
        keys: Leaf(rule: .word(Shape.criteria, noun: Kind.criterion.rawValue)),
        values: .table(keys: Leaf(rule: .word(AskedNames.parameters, noun: "parameter")), values: .text))

    static let licenceWords = DocumentSchema(
        "licence-words",
        AskedNames.licenceLists.map { .needed($0, .phrases) })

    static let languages = DocumentSchema(
        "languages",
        [
            .needed(
                "languages",
                .records(
                    [.needed("id", .text)] + LanguageRules.Group.allCases.map { .needed($0.rawValue, .phrases) }))
        ])

    static let models = DocumentSchema(
        "models",
        [
            .needed("reuploaders", .texts),
            .needed("licences", .records([.needed("id", .id(.licence)), .needed("name", .text)])),
            .needed(
                "models",
                .records(
                    [
                        .needed("id", .id(.model)), .needed("maker", .text), .needed("licence", .reference(.licence)),
                        .needed("passes_down", .list(.reference(.clause), least: 0)), .optional("name", .text),
                        .optional("notice", .text),
                    ] + entry)),
            .needed(
                "datasets",
                .records(
                    [
                        .needed("id", .id(.dataset)), .needed("licence", .reference(.licence, or: ["null"])),
                        .optional("terms", .text), .optional("generated_by", .text),
                        .needed("gated", .words(["yes", "no"], "answer")), .needed("withdrawn", .checked(withdrawn)),
                    ] + entry)),
        ])

    /// What models and data sets have in common.
    private static let entry: [Field] = [
        .needed("match", .texts),
        .needed("commercial", .words(["yes", "no", "conditional", "unclear"], "answer on commercial use")),
        .needed("verified", .flag),
        .needed(
            "source_kind", .words(["official-repo", "official-page", "hub-page", "survey", "none"], "kind of source")),
        .needed("sources", .list(.text, least: 0)),
    ]

    @Sendable private static func withdrawn(_ text: String) -> String? {
        ["yes", "no", "partly"].contains { text == $0 || text.hasPrefix($0 + ": ") }
            ? nil : "has to be yes, no or partly, with words behind a colon"
    }

    static let aliases = DocumentSchema(
        "aliases", carried: .keys(["families", "kinds"]),
        [
            .needed("aliases", .table(keys: Leaf(rule: .reference(.licence, besides: [])), values: .texts)),
            .needed("families", .texts), .needed("kinds", .phrases),
            .needed(
                "addresses",
                .table(keys: Leaf(rule: .reference(.licence, besides: [])), values: .list(.address, least: 1))),
        ])

    /// Records of licences: those made for models, and those of the SPDX list that the pinned packages lack.
    static let licenceRecords = [aiLicences, spdxLicences]

    static let aiLicences = DocumentSchema(
        "ai-licences", carried: .nothing, [.needed("licences", .records(licenceRecord))])

    static let spdxLicences = DocumentSchema(
        "spdx-licences", carried: .nothing, [.needed("licences", .list(.record(licenceRecord), least: 0))])

    private static let licenceRecord: [Field] = [
        .needed("id", .id(.aiLicence)), .needed("name", .text),
        .needed("category", .oneOf(LicenceCategory.self, "kind of licence")), .optional("maker", .text),
        .optional("text", .text),
        .optional(
            "origin",
            .record([
                .needed("repository", .text), .needed("commit", .text), .needed("path", .text),
                .needed("sha256", .checked { $0.utf8.count == 64 ? nil : "has to be 64 digits" }),
            ])), .optional("scancodeKeys", .texts), .needed("names", .list(.text, least: 0)),
        .optional("urls", .list(.address, least: 1)),
    ]

    static let categories = DocumentSchema(
        "categories", carried: .nothing,
        [
            .needed(
                "categories",
                .table(
                    keys: Leaf(rule: .word(LicenceCategory.allCases.map(\.rawValue), noun: "kind of licence")),
                    values: .list(.reference(.licence), least: 1)))
        ])

    static let approved = DocumentSchema(
        "osi-approved", carried: .nothing, [.needed("approved", .list(.reference(.licence), least: 1))])
}
