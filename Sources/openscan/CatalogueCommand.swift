import ArgumentParser
import OpenscanCatalogue
import OpenscanKit
import OpenscanStore

struct CatalogueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalogue",
        abstract:
            "Writes the releases of a store as a site: a list that is searched in the browser, a page each, plots.",
        discussion: """
            The site is a folder of files for any file server; opened from a disk it works as well. It asks nothing of other \
            servers. A folder that holds another site of this command is written anew file by file; any other has to be new or \
            empty.

            Each release has a page of what the store says of it. --dossiers writes the reviewer's dossier besides, of some \
            hundred kilobytes each; as the files of the releases are not at hand, it quotes them and shows no whole texts.
            """)

    @Argument(help: "The store that batch keeps.", completion: .file()) var store: String
    @Option(
        name: .shortAndLong, help: ArgumentHelp("The folder of the site.", valueName: "folder"), completion: .directory)
    var output: String
    @Option(help: "Language of the site: en or zh.") var language: Language = .en
    @ArgumentParser.Flag(help: "Write the reviewer's dossier of each release besides.") var dossiers = false
    @Option(
        help: ArgumentHelp(
            "With --dossiers only those of releases with this text in organisation/name. May be given several times.",
            valueName: "text")) var only: [String] = []

    func validate() throws {
        if !only.isEmpty, !dossiers { throw ValidationError("--only says of which releases --dossiers are written.") }
    }

    func run() throws {
        let openscan = try Session.openscan()
        let opened: MirrorStore
        do throws(StoreProblem) { opened = try MirrorStore(store, for: .reading) } catch {
            throw Stop.unreadable(error.message)
        }
        let wanted: Catalogue.Dossiers = dossiers ? only.isEmpty ? .all : .named(only) : .none
        let outcome: Catalogue.Outcome
        do throws(CatalogueProblem) {
            outcome = try Catalogue(opened, openscan: openscan, language: language).write(to: output, dossiers: wanted)
        } catch { throw Stop(code: error.isUsage ? 2 : 3, message: error.message) }
        var words = "\(outcome.releases) releases"
        if dossiers { words += ", \(outcome.dossiers) dossiers" }
        if outcome.withoutFacts > 0 { words += "; of \(outcome.withoutFacts) the store has no facts to judge by" }
        Output.error("openscan: \(words)")
    }
}
