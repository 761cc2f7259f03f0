import ArgumentParser

/// Compiles Licenses/ and the collected texts into the data that openscan carries.
@main
struct Tool: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "licence-indexer", abstract: "Makes and tries the licence data that openscan carries.",
        subcommands: [IndexCommand.self, RulesCommand.self, ClausesCommand.self, RecordsCommand.self],
        defaultSubcommand: IndexCommand.self)
}
