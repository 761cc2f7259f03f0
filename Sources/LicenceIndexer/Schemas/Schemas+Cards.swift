import OpenscanFacts
import OpenscanRules

/// What cards say, and what links and names lead to.
extension Schemas {
    static let links = DocumentSchema(
        "links",
        [
            group("nouns", Link.Noun.allCases.map(\.rawValue)), group("papers", ["parts", "words", "identifiers"]),
            .needed("forms", .phrases),
            group("others", ["endings", "parts", "hosts"]),
            group(
                "hubs",
                [
                    "hosts", "pages", "owner-pages", "licence-parts", "model-words", "stores", "store-data",
                    "store-demos",
                ]),
            group("code", ["hosts", "raw-hosts", "downloads", "weight-words", "licence-parts"]),
            group("demos", ["parts", "hosts"]),
            group("files", ["dois", "parts", "asks-for-weights", "model", "no-model", "data", "offers", "no-offer"]),
            group("data", ["path-parts", "words"]),
            group(
                "weights",
                [
                    "endings", "ambiguous-endings", "local-endings", "text-endings", "store-words", "store-hosts",
                    "telling-files",
                    "templates", "schemes",
                ]),
        ])

    static let cards = DocumentSchema(
        "cards",
        [
            group(
                "sentences",
                [
                    "promises", "gates", "gated", "placeholders", "attributions", "from-scratch", "training", "tokens",
                    "checkpoints", "checkpoint-kinds", "checkpoint-offers",
                ]), .needed("name-fields", .texts), .needed("licence-fields", .texts),
            .needed("licence-address-fields", .texts),
            .needed(
                "access",
                .records([
                    .needed("kind", .words(["closed", "api", "fine-tuning"], "way of access")),
                    .needed("words", .phrases),
                ])),
            .needed("gate-fields", .phrases), .needed("form-fields", .phrases), .needed("successor-fields", .texts),
            .needed("parent-sections", .phrases), .needed("annexes", .phrases),
            .needed(
                "dates",
                .record([
                    .needed("months", .list(.phrases, least: 12)), .needed("due-anywhere", .phrases),
                    .needed("due-behind", .phrases),
                ])),
            .needed("territory-fields", .table(keys: Leaf(rule: .any), values: .text)),
            .needed(
                "gate-kinds",
                .records([.needed("kind", .words(gates, "kind of gate")), .needed("words", .phrases)])),
            .needed("sections", .record([.needed("model-card", sections), .needed("data-card", sections)])),
        ])

    private static let sections = Shape.records([
        .needed("id", .id(.section)), .needed("words", .phrases), .optional("field", .text),
    ])

    private static let gates = ["click-through", "form-automatic", "form-manual", "contract", "unknown"]

    static let disclosures = DocumentSchema(
        "disclosures", covers: [.init(kind: .disclosure, ids: AskedNames.disclosures)],
        [
            .needed("withheld", .phrases), .needed("others", .phrases),
            .needed("report-parts", .list(.list(.reference(.disclosure), least: 1), least: 3)),
            .needed(
                "openness-classes",
                .records([.needed("class", .number(1...3)), .needed("told", .reference(.disclosure))])),
            .needed(
                "disclosures",
                .records(
                    [
                        .needed("id", .id(.disclosure)), .optional("files", .phrases), .optional("fields", .texts),
                        .optional("words", .phrases), .optional("beside", .phrases), .optional("also", .phrases),
                        .optional("under", .phrases), .optional("units", .phrases), .optional("number", .flag),
                        .optional("unless", .phrases), .optional("planned", .flag), .optional("refusal", .flag),
                        .optional("passing", .flag),
                    ], oneOf: ["words", "files", "fields"])),
        ])

    static let claims = DocumentSchema(
        "claims",
        [
            .needed("triggers", .phrases),
            .needed("categories", .lists(Claim.Category.allCases.map(\.rawValue), of: .phrase)),
            .needed("heads", .lists(ClaimVocabulary.Head.allCases.map(\.rawValue), of: .phrase)),
            .needed("words", .lists(AskedNames.claimLists, of: .phrase)),
        ])

    static let lineage = DocumentSchema(
        "lineage",
        [
            .needed(
                "phrases", .records([.needed("relation", .id(.relation)), .needed("words", .phrases)])),
            .needed(
                "sentences", .records([.needed("relation", .reference(.relation)), .needed("words", .phrases)])),
            .needed("parts", .phrases),
            .needed("tags", .records([.needed("relation", .reference(.relation)), .needed("words", .phrases)])),
            .needed("derivatives", .list(.reference(.relation), least: 1)),
            .needed(
                "metadata",
                .record(
                    ["bases", "bases-of-tunes", "bases-of-adapters", "kinds-of-adapters", "datasets", "licences"].map {
                        .needed($0, .texts)
                    } + [.needed("architectures", .texts)])),
            .needed("quantised-types", .record([.needed("parts", .texts), .needed("beginnings", .texts)])),
            .needed("address-parts", .phrases), .needed("hub-hosts", .phrases), .needed("formats", .phrases),
        ])

    private static func group(_ name: String, _ lists: [String]) -> Field {
        .needed(name, .record(lists.map { .needed($0, .phrases) }))
    }
}
