import OpenscanFacts
import OpenscanRules

/// What tells the parts of a release.
extension Schemas {
    static let places = DocumentSchema(
        "places",
        [
            .needed(
                "areas",
                .records(
                    [
                        .needed("area", .oneOf(FilePlace.Area.self, "area")), .optional("folders", .phrases),
                        .optional("names", .phrases),
                    ], oneOf: ["folders", "names"])),
            .needed("readmes", .phrases), .needed("policies", .phrases), .needed("community-files", .phrases),
            .needed("package-descriptions", .phrases), .needed("package-folders", .phrases),
            .needed(
                "licence-files",
                .record([
                    .needed("endings", .list(.phraseOrNothing, least: 1)), .needed("other-endings", .phrases),
                    .needed("words", .phrases),
                    .needed("stems", .phrases), .needed("names", .phrases), .needed("folders", .phrases),
                    .needed("folder-endings", .list(.phraseOrNothing, least: 1)), .needed("notices", .phrases),
                    .needed(
                        "covers",
                        .records(
                            [
                                .needed("what", .oneOf(FilePlace.LicenceName.self, "kind of licence file")),
                                .optional("words", .phrases), .optional("endings", .phrases),
                                .optional("names", .phrases),
                            ], oneOf: ["words", "endings", "names"])),
                ])),
        ])

    static let components = DocumentSchema(
        "components",
        covers: [.init(kind: .component, ids: ComponentID.allCases.map(\.rawValue))],
        [
            .needed(
                "components",
                .records([
                    .needed("id", .oneOf(ComponentID.self, "component").defining(.component)),
                    .needed(
                        "group", .words(["weights", "code", "data", "documents", "access"], "group of components")),
                    .needed("name", .text), .needed("meaning", .text), .optional("files", .phrases),
                    .optional("folders", .phrases), .optional("paths", .phrases), .optional("headings", .phrases),
                    .optional("fields", .texts), .optional("linked", .phrases), .optional("promised", .phrases),
                    .optional("linked-subject", .phrases), .optional("linked-object", .phrases),
                    .optional("trees", .phrases), .optional("sought", .words(["true"], "answer")),
                ])),
            .needed(
                "weights",
                .record([
                    .needed("training-state", .phrases), .needed("beside", .phrases),
                    .needed("beside-values", .table(keys: Leaf(rule: .any), values: .texts)),
                    .needed("ambiguous-formats", .texts), .needed("telling-words", .phrases),
                    .needed("least-parameters", .number(0 ... .max)), .needed("array-formats", .texts),
                    .needed("least-of-folder", .number(0 ... .max)),
                    .needed("model-formats", .texts), .needed("settings-formats", .texts),
                    .needed("document-formats", .texts),
                    .needed("adapter-keys", .texts),
                    .needed("adapter-values", .table(keys: Leaf(rule: .any), values: .phrase)),
                    .needed("copies", .records([.needed("formats", .texts), .optional("names", .phrases)])),
                    .needed("log-addresses", .phrases), .needed("intermediate-subject", .phrases),
                ])),
            .needed("others", .phrases), .needed("giving", .phrases), .needed("data", .record(data)),
            .needed("programs", programs),
            .needed(
                "documents",
                .record([
                    .needed("no-paper", .phrases),
                    .needed("sample-endings", .phrases),
                ])),
        ])

    private static let data: [Field] =
        [
            "names", "sample-words", "result-words", "evaluation-words", "aside-words", "example-words",
            "training-words",
            "training-names",
            "benchmarks", "measuring", "making", "made-whole", "tuning", "showing", "trying", "subject", "listed",
            "training",
            "making-paths", "other-paths",
        ].map { .needed($0, .phrases) } + [
            .needed("document-names", .phrases), .needed("table-formats", .texts),
            .needed(
                "table-sizes",
                .record(["least", "named", "telling"].map { .needed($0, .number(0 ... .max)) })),
        ]

    private static let programs = Shape.record([
        .needed("least-lines", .number(0...1_000)),
        .needed(
            "roles",
            .records([
                .needed("role", .oneOf(CodeRole.self, "role of programs")),
                .needed("component", .oneOf(ComponentID.self, "component")), .optional("names", .phrases),
                .optional("paths", .phrases), .optional("whole", .phrases), .optional("folders", .phrases),
                .needed("adds", .number(0...100)), .needed("least", .number(0...100)),
                .needed("signs", .number(0...100)),
                .optional("over", .list(.oneOf(CodeRole.self, "role"), least: 1)),
                .optional("lines", .number(0...100_000)),
                .optional("needs-name", .flag), .optional("not-in", .oneOf(FilePlace.Area.self, "area")),
                .optional("confidence", .oneOf(Confidence.self, "confidence")),
            ])),
        .needed("tuning", .record([.needed("signs", .number(0...100)), .needed("paths", .phrases)])),
        .needed("pretraining-paths", .phrases),
    ])

    static let roles = DocumentSchema(
        "roles",
        [
            .needed("owners", .table(keys: Leaf(rule: .any, defines: .owners), values: .texts)),
            .needed(
                "signs",
                .records([
                    .needed("role", .oneOf(CodeRole.self, "role of programs")),
                    .needed(
                        "use",
                        .words(["call", "method", "method-of", "name", "imported", "defined", "base"], "use of names")),
                    .only("owners", where: "use", is: "method-of", .reference(.owners)),
                    .needed("weight", .number(1...9)), .needed("names", .texts),
                ])),
            .needed(
                "words", .record(CodeRoleRules.Word.allCases.map { .needed($0.rawValue, .texts) })),
            .needed("other-owners", .texts),
            .needed(
                "shell",
                .record([
                    .needed("launchers", .texts), .needed("downloaders", .texts),
                    .needed(
                        "launched",
                        .records([
                            .needed("role", .oneOf(CodeRole.self, "role of programs")),
                            .needed("weight", .number(1...9)),
                            .needed("words", .phrases),
                        ])), .needed("weights", .phrases),
                ])),
            .needed(
                "languages",
                .records([
                    .needed("language", .oneOf(CodeRoleRules.Language.self, "language")),
                    .needed("endings", .phrases),
                ])),
        ])
}
