import OpenscanFacts
import OpenscanRules

/// Yardsticks, flags and the words of reports.
extension Schemas {
    static let flags = DocumentSchema(
        "flags",
        [
            .needed(
                "flags",
                .records([
                    .needed("id", .id(.flag)), .needed("severity", .oneOf(Severity.self, "severity")),
                    .needed("title", .text), .needed("remedy", .text), .optional("guard", .text),
                ])),
            .optional(
                "changes",
                .records([
                    .needed("id", .id(.flag)), .needed("severity", .oneOf(Severity.self, "severity")),
                    .needed("title", .text), .needed("remedy", .text), .optional("guard", .text),
                ])),
        ])

    static let findings = DocumentSchema(
        "findings",
        [
            .needed(
                "findings",
                .records([
                    .needed("id", Shape.oneOf(FindingID.self, "finding").defining(.finding)), .needed("meaning", .text),
                ]))
        ])

    static let bills = DocumentSchema(
        "bills",
        [
            .needed(
                "g7",
                .records([
                    .needed("id", .id(.billElement)), .needed("cluster", .text), .needed("name", .text),
                    .optional("facts", .list(.oneOf(BillRules.Fact.self, "fact of a bill"), least: 1)),
                    .optional("components", .components),
                    .optional("tells", .list(.reference(.disclosure), least: 1)),
                    .optional("sections", .list(.reference(.section), least: 1)),
                ])),
            .needed("cyclonedx-lacks", .list(.reference(.licence), least: 0)),
        ])

    static let definition = DocumentSchema(
        "osd",
        covers: [.init(kind: .criterion, ids: Shape.criteria)],
        [
            .needed(
                "criteria", .records([.needed("id", .criterion.defining(.criterion)), .needed("name", .text)])),
            .needed("free", .categories),
            .needed(
                "kinds",
                .records(
                    [
                        .needed("category", .oneOf(LicenceCategory.self, "kind of licence")),
                        .optional("fails", reasons), .optional("review", reasons),
                    ], oneOf: ["fails", "review"])),
            .needed("freedoms", .list(.id(.freedom), least: 1)),
        ])

    private static let reasons = Shape.table(
        keys: Leaf(rule: .word(Shape.criteria, noun: Kind.criterion.rawValue)), values: .text)

    static let words = DocumentSchema(
        "words", [.needed("zh", .table(keys: Leaf(rule: .any), values: .text, pair: lostPlace))])

    /// What is put into the English words has to come out in the others.
    @Sendable private static func lostPlace(_ english: String, _ other: String) -> String? {
        for number in 0..<9 {
            let place = "{\(number)}"
            if english.contains(place) != other.contains(place) {
                return english.contains(place) ? "have no \(place)" : "have a \(place) that there is nothing for"
            }
        }
        return nil
    }

    static func framework(_ file: String) -> DocumentSchema {
        let own = String(file.split(separator: "/").last ?? "")
        return DocumentSchema(
            file,
            [
                .needed("id", .words([own], "framework of this file").defining(.framework)),
                .needed("order", .number(1...99).defining(.frameworkOrder)), .needed("name", .text),
                .needed("zh", .text), .needed("version", .text), .needed("source", .text), .optional("notes", .text),
                .needed("verdicts", .record(["met", "failed", "open"].map { .needed($0, .text) })),
                .needed("criteria", .records(criterion, oneOf: tests)),
            ])
    }

    private static let tests = [
        "all", "any", "free_of", "sections", "osd", "compute_limit", "unknown", "says", "says_all", "has_terms",
        "unclear_with",
        "keeps_duties",
    ]

    private static let told = Shape.list(.reference(.disclosure), least: 1)

    private static let criterion: [Field] = [
        .needed("id", .id(.frameworkCriterion)), .needed("name", .text), .needed("zh", .text),
        .optional("all", .components), .optional("any", .components),
        .optional("licence", .oneOf(Framework.Criterion.Licence.self, "kind of licence")),
        .optional("free_of", .clauses), .optional("sections", .list(.reference(.section), least: 1)),
        .optional("osd", .criterion), .optional("compute_limit", .decimal), .optional("unknown", .text),
        .optional("says", told), .optional("says_all", told), .optional("has_terms", .clauses),
        .optional("unclear_with", .clauses), .optional("keeps_duties", .flag), .optional("either", .flag),
        .optional("required", .flag), .needed("change", .text),
    ]

    static let openness = DocumentSchema(
        "frameworks/mof",
        [
            .needed("id", .words(["mof"], "framework of this file").defining(.framework)), .needed("name", .text),
            .needed("version", .text), .needed("source", .text),
            .needed(
                "classes",
                .records([.needed("class", .number(0...3).defining(.opennessClass)), .needed("name", .text)])),
            .needed("report", .reference(.openness)), .needed("paper", .reference(.openness)),
            .needed(
                "components",
                .records([
                    .needed("name", .id(.openness)), .needed("class", .reference(.opennessClass)),
                    .needed("required", .flag), .needed("type", .words(contents, "type of content")),
                    .needed("ids", .components),
                ])),
            .needed("aliases", .table(keys: Leaf(rule: .any), values: .reference(.openness))),
            // As the tool has them: names that SPDX does not know are among them.
            .needed("fsf_libre", .texts), .needed("osi_deprecated", .texts), .needed("open_data", .texts),
            .needed("type_appropriate", .record(contents.map { .needed($0, .texts) })),
        ])

    private static let contents = ["code", "data", "document"]
}
