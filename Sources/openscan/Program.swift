import ArgumentParser
import OpenscanBytes
import OpenscanKit

#if canImport(Glibc)
    import Glibc
#endif

@main
struct Program: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openscan",
        abstract: "Says how open a model release really is, with evidence for every line.",
        discussion: """
            `openscan PATH` is short for `openscan scan PATH`.

            Exit codes: 0 scanned, 1 a policy or --fail-on is not kept, 2 the call is wrong, 3 something could not be read or written, \
            4 'use' cannot tell.
            """,
        version: Openscan.version,
        subcommands: [
            ScanCommand.self, UseCommand.self, ReviewCommand.self, DiffCommand.self, HistoryCommand.self,
            PolicyCommand.self, LicenceCommand.self, BatchCommand.self, CatalogueCommand.self,
            JudgeCommand.self,
            ExplainCommand.self,
            ListCommand.self, SchemaCommand.self,
        ],
        defaultSubcommand: ScanCommand.self)

    static func main() {
        // Names in archives are UTF-8 whatever the caller's locale.
        setlocale(LC_CTYPE, "C.UTF-8")
        Output.prepare()
        let words = arguments
        var type: any ParsableCommand.Type = Program.self
        do {
            var command: any ParsableCommand
            // The usual call goes to its command at once: looking through all of them takes longer than a small scan.
            if let first = words.first, !first.hasPrefix("-"), first == "scan" || !Program.names.contains(first) {
                type = ScanCommand.self
                command = try ScanCommand.parse(first == "scan" ? Array(words.dropFirst()) : words)
            } else {
                command = try parseAsRoot(words)
            }
            try command.run()
        } catch let stop as Stop {
            stop.report()
            Glibc.exit(stop.code)
        } catch {
            let code = type.exitCode(for: error)
            if code == .success || code.rawValue != EXIT_FAILURE && code != .validationFailure {
                type.exit(withError: error)
            }
            // Wrong calls exit with 2, as the documentation says.
            Output.error(type.fullMessage(for: error))
            Glibc.exit(2)
        }
    }

    /// The words of the call; a path among them may be any bytes.
    private static var arguments: [String] {
        (1..<max(1, Int(CommandLine.argc))).compactMap { number in
            CommandLine.unsafeArgv[number].map { SystemPath.text(UnsafePointer($0)) }
        }
    }

    /// Words that are commands, not paths.
    private static let names = Set(
        configuration.subcommands.flatMap {
            [$0.configuration.commandName].compactMap { $0 } + $0.configuration.aliases
        } + ["help"])
}
