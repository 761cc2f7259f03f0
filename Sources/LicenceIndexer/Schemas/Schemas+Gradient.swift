import OpenscanFacts
import OpenscanRules

/// Levels of the gradient and the table that decides them.
extension Schemas {
    static let gradient = DocumentSchema(
        "gradient",
        covers: [
            .init(kind: .licenceClass, ids: LicenceClass.allCases.map(\.rawValue)),
            .init(
                kind: .level,
                ids: [
                    "fully-closed", "hosted-access", "api-access", "fine-tuning-access", "weights-available",
                    "open-with-restrictions", "open-without-restrictions", "undetermined",
                ]),
        ],
        [
            .needed(
                "levels",
                .records([
                    .needed("id", .id(.level)), .needed("rank", .number(0...7)), .needed("solaiman", .text),
                    .needed("name", .text), .needed("meaning", .text),
                ])),
            .needed(
                "classes",
                .records([
                    .needed("id", licenceClass.defining(.licenceClass)), .optional("open", .flag),
                    .optional("restricts", .flag), .optional("categories", .categories),
                    .optional("content", .categories), .optional("clauses", .clauses),
                ])),
            .needed(
                "kinds",
                .records([
                    .needed("category", .oneOf(LicenceCategory.self, "kind of licence")),
                    .needed("classes", .list(licenceClass, least: 1)),
                ])),
            .needed("otherwise", licenceClass),
            .needed(
                "rules",
                .records([
                    .needed("rule", .number(1...99).defining(.gradientRule)), .needed("level", .reference(.level)),
                    .optional("at-most", .reference(.level)), .optional("solaiman", .text),
                    .needed("confidence", .oneOf(Confidence.self, "confidence")), .needed("when", conditions),
                ])),
            .needed("g7", .records([.needed("label", .text), .needed("when", conditions)])),
        ])

    private static let licenceClass = Shape.oneOf(LicenceClass.self, Kind.licenceClass.rawValue)

    private static let conditions = Shape.record(
        GradientRules.Question.allCases.map {
            .optional($0.rawValue, .list(.words(answers($0), "answer to '\($0.rawValue)'"), least: 1))
        }, oneOf: GradientRules.Question.allCases.map(\.rawValue))

    /// What the judge can answer; an answer that it never gives would make a row that never holds.
    private static func answers(_ question: GradientRules.Question) -> [String] {
        switch question {
        case .weights:
            [
                "none", "announced", "linked", "pointer-only", "partial", "delta", "adapter", "quantised-derivative",
                "full",
            ]
        case .gate: ["none", "click-through", "form-automatic", "form-manual", "contract", "unknown"]
        case .api: ["none", "inference", "fine-tuning", "unknown"]
        case .hosted: ["yes", "no", "unknown"]
        case .derivative: ["yes", "no"]
        case .licence, .anyPart, .allParts: LicenceClass.allCases.map(\.rawValue) + ["open", "restricts"]
        case .trainingCode, .inferenceCode, .trainingData:
            ["none", "named-only", "described", "partial", "gated", "full"]
        }
    }
}
