import ArgumentParser
import OpenscanArtefacts
import OpenscanKit

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explains a licence, clause, flag, component, level, framework or criterion in plain words.")

    @Argument(help: "An id as reports use it, such as ow-01, mau-threshold, weights-available, osd-6 or MIT.") var id:
        String

    func run() throws {
        guard let text = Explanation(try Session.openscan().rules, formats: FormatRecognition.catalogue).of(id) else {
            throw Stop.usage(
                "\(id): no licence, clause, flag, component, level or criterion has this id; see 'openscan list'")
        }
        Output.line(text)
    }
}

extension Explanation.Kind: ExpressibleByArgument {}

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists what openscan knows: licences, clauses, flags, formats, components, levels, frameworks.")

    @Argument(help: "licences, clauses, flags, formats, components, levels or frameworks.") var kind: Explanation.Kind

    func run() throws {
        let explanation = Explanation(try Session.openscan().rules, formats: FormatRecognition.catalogue)
        for line in explanation.list(kind) { Output.line(line) }
    }
}

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Prints the JSON Schema of the report.")

    func run() { Output.line(Schema.text) }
}
