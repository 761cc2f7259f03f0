import ArgumentParser
import OpenscanBytes
import OpenscanKit

struct LicenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "licence",
        abstract: "Identifies the licences in a text, lists their clauses, and says what they permit and ask.",
        aliases: ["license"])

    enum Format: String, ExpressibleByArgument, CaseIterable, Sendable { case text, json, jsonl }

    @Argument(help: "Files, or - for standard input.", completion: .file()) var files: [String]
    @Option(name: .shortAndLong, help: "text, json or jsonl.") var format: Format = .text
    @Option(help: "Language of text: en or zh.") var language: Language = .en
    @Option(help: "Colour: auto, always or never.") var color: ColourChoice = .auto

    /// Of standard input, which comes once.
    private static let largest = 64 << 20

    func run() throws {
        let openscan = try Session.openscan()
        var failures = 0
        for path in files {
            do throws(ReadError) {
                let report = LicenceReport(path: path, scan: try scan(path, openscan), rules: openscan.rules)
                switch format {
                case .text:
                    Output.write(
                        LicenceTextReport.text(
                            report, rules: openscan.rules, style: color.style,
                            words: Words(language, rules: openscan.rules)), to: 1)
                case .json: if let text = try? JSON.text(report, isPretty: true) { Output.line(text) }
                case .jsonl: if let text = try? JSON.text(report, isPretty: false) { Output.line(text) }
                }
            } catch {
                failures += 1
                Output.error("openscan: \(ScanRefusal.unreadable(error).message)")
            }
        }
        if failures > 0 { throw Stop(code: 3, message: nil) }
    }

    private func scan(_ path: String, _ openscan: Openscan) throws(ReadError) -> LicenceScan {
        guard path == "-" else { return try openscan.licences(inFile: path) }
        let content = EntryContent(StandardInput(), announcedSize: nil, buffer: PrefixBuffer())
        let scan = openscan.licences(in: try content.prefix(Self.largest), path: path)
        withExtendedLifetime(content) {}
        return scan
    }
}
