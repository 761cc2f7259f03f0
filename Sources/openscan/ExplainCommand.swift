import ArgumentParser
import OpenscanArtefacts
import OpenscanKit

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract:
            "Explains a licence, clause, flag, finding, component, level, question on use, framework or criterion in plain words, with the place of its rule."
    )

    @Argument(help: "An id as reports use it, such as ow-01, mau-threshold, weights-available, osd-6 or MIT.") var id:
        String
    @Option(help: "Language: en or zh.") var language: Language = .en

    func run() throws {
        guard let text = try Explanation.of(Session.openscan().rules, language).of(id) else {
            throw Stop.usage(
                "\(id): no licence, clause, flag, finding, component, level, question on use or criterion has this id; see 'openscan list'"
            )
        }
        Output.line(text)
    }
}

extension Explanation.Kind: ExpressibleByArgument {}

extension Explanation {
    fileprivate static func of(_ rules: RuleSet, _ language: Language) -> Explanation {
        Explanation(rules, formats: FormatRecognition.catalogue, words: Words(language, rules: rules))
    }
}

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists what openscan knows: licences, clauses, flags, formats, components, levels, frameworks.")

    @Argument(help: "licences, clauses, flags, formats, components, levels or frameworks.") var kind: Explanation.Kind
    @Option(help: "Language: en or zh.") var language: Language = .en

    func run() throws {
        for line in try Explanation.of(Session.openscan().rules, language).list(kind) { Output.line(line) }
    }
}

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Prints the JSON Schema of the report.")

    func run() { Output.line(Schema.text) }
}
