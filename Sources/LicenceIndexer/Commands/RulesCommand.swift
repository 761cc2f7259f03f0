import ArgumentParser

/// Compiles Licenses/ into the rules that the program carries.
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Compiles what people edit into the embedded rules; all that is wrong is listed and nothing written.")

    @Option(help: "Folder with records and rules.") var records = "Licenses"
    @Option(help: "Index whose licences rules may name; the one that is linked in where none is given.")
    var index: String?
    @OptionGroup var file: OutputFile

    func run() throws { try reportingMistakes(compile) }

    private func compile() throws {
        let folder = try EditedFolder.checked(records, licences: KnownLicences.ids(index))
        try file.put(RuleCompiler.compile(folder), command: "make rules")
        try file.put(RuleCompiler.places(folder), beside: "places.tsv", command: "make rules")
    }
}
