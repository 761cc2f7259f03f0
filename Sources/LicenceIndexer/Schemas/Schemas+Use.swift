import OpenscanFacts
import OpenscanRules

/// What may be done with a release, and what has to be done.
extension Schemas {
    static let clauseRecords = DocumentSchema(
        "clause-records",
        [.needed("records", .table(keys: Leaf(rule: .reference(.licence, besides: [])), values: .text))])

    static let use = DocumentSchema(
        "use",
        covers: [.init(kind: .useAnswer, ids: UseID.ofEveryPart.map(\.rawValue))],
        [
            .needed(
                "answers",
                .records([
                    .needed("id", .id(.useAnswer)), .needed("name", .text), .needed("short", .text),
                    .optional("given-by", .clauses),
                    .optional("expressly", .clauses), .optional("rests-on", .clauses),
                    .needed("silence", .oneOf(UseRules.Silence.self, "what silence means")),
                ])),
            .needed(
                "clauses",
                .records(
                    [
                        .needed("clause", .reference(.clause)), .needed("says", .text),
                        .optional("reads", .oneOf(UseRules.Reading.self, "reading")),
                        .optional(
                            "when",
                            .table(keys: Leaf(rule: .word(AskedNames.parameters, noun: "parameter")), values: .text)),
                        .optional(
                            "answers",
                            .table(
                                keys: Leaf(rule: .reference(.useAnswer, besides: [])),
                                values: .words(
                                    [UseAnswer.no, .conditions, .unclear].map(\.rawValue), "answer"))),
                        .optional("duty", .oneOf(DutyID.self, "duty")),
                        .optional("worded", .oneOf(DutyID.self, "duty")),
                        .optional("moments", .list(.oneOf(DutyMoment.self, "moment"), least: 1)),
                    ], oneOf: ["answers", "duty"])),
            .needed(
                "kinds",
                .records([
                    .needed("category", .oneOf(LicenceCategory.self, "kind of licence")), .needed("says", .text),
                    .needed(
                        "answers",
                        .table(
                            keys: Leaf(rule: .reference(.useAnswer, besides: [])),
                            values: .words([UseAnswer.no.rawValue], "answer"))),
                ])),
            .needed("by-default", .list(.reference(.useAnswer), least: 1)),
            .needed(
                "covers",
                .records([
                    .needed("part", .oneOf(ReleasePart.self, "part of a release")),
                    .needed("clause", .reference(.clause)),
                ])),
            .needed(
                "conflicts",
                .records([
                    .needed("asks", .clauses), .needed("against", .clauses), .needed("says", .text),
                    .needed("answers", .list(.reference(.useAnswer), least: 1)),
                ])),
            .needed("generated", .clauses),
            .needed(
                "trained-on-output",
                .record([
                    .needed("relations", .list(.reference(.relation), least: 1)),
                    .needed("answers", .list(.reference(.useAnswer), least: 1)),
                ])), .needed("of-needs", .list(.reference(.useAnswer), least: 1)),
            .needed(
                "policies",
                .records([
                    .needed("licence", .reference(.licence)), .needed("policy", .reference(.licence)),
                ])),
            .needed(
                "fields", .records([.needed("name", .text), .needed("clauses", .clauses)])),
            .needed(
                "cases",
                .records([
                    .needed("case", .oneOf(UseRules.Case.self, "case")),
                    .needed("answers", .list(.reference(.useAnswer), least: 1)),
                    .needed("moments", .list(.oneOf(DutyMoment.self, "moment"), least: 1)),
                ])),
            .needed(
                "territories",
                .records([
                    .needed("id", .text), .needed("name", .text), .needed("called", .texts),
                    .needed("codes", .texts),
                ])),
        ])
}
