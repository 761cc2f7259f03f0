import ArgumentParser
import Openness
#if canImport(Glibc)
import Glibc
#endif

@main
struct Openscan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openscan",
        abstract: "Says how open a model release really is, with evidence for every line.",
        discussion: """
            `openscan PATH` is short for `openscan scan PATH`.

            Exit codes: 0 scanned, 1 a --fail-on condition holds, 2 the call is wrong, 3 nothing could be read.
            """,
        version: Assessment.toolVersion,
        subcommands: [ScanCommand.self, LicenceCommand.self, BatchCommand.self, ExplainCommand.self, ListCommand.self, SchemaCommand.self],
        defaultSubcommand: ScanCommand.self)

    static func main() async {
        // Names in archives are UTF-8 whatever the caller's locale.
        setlocale(LC_CTYPE, "C.UTF-8")
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let stop as Stop {
            stop.report()
            Glibc.exit(stop.code)
        } catch {
            let code = exitCode(for: error)
            if code == .success || code.rawValue != EXIT_FAILURE && code != .validationFailure { Self.exit(withError: error) }
            // Wrong calls exit with 2, as the documentation says.
            Output.error(fullMessage(for: error))
            Glibc.exit(2)
        }
    }
}
