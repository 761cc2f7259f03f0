import OpenscanFacts
import OpenscanRules

/// Policies that ship with the program: what openscan.yml may hold.
extension Schemas {
    static func policy(_ file: String) -> DocumentSchema {
        DocumentSchema(
            file,
            [
                .needed("version", .words(["1"], "version")), .needed("name", .text),
                .needed("about", .text), .optional("extends", .texts), .optional("open-source", .flag),
                .optional("level", .reference(.level)),
                .optional(
                    "licences",
                    .record((ReleasePart.allCases.map(\.rawValue) + ["every"]).map { .optional($0, termsOfPolicy) })),
                .optional("use", .table(keys: Leaf(rule: .any), values: .words(["yes", "conditions"], "answer"))),
                .optional("components", .components), .optional("files", .components),
                .optional(
                    "yardsticks", .table(keys: Leaf(rule: .any), values: .words(["met", "1", "2", "3"], "verdict"))),
                .optional("flags", .texts),
            ])
    }

    private static let termsOfPolicy = Shape.record([
        .optional("allow", .list(.reference(.licence), least: 1)),
        .optional("deny", .list(.reference(.licence), least: 1)), .optional("categories", .categories),
        .optional("deny-categories", .categories), .optional("deny-clauses", .clauses), .optional("basis", .texts),
        .optional("open", .flag), .optional("osi-approved", .flag),
    ])
}
