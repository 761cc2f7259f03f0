import ArgumentParser
import Licensing
import Reporting
import Scanning
import Unpacking

struct LicenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "licence", abstract: "Identifies the licences in a text and lists their clauses.",
        aliases: ["license"])

    enum Format: String, ExpressibleByArgument, CaseIterable, Sendable { case text, json, jsonl }

    @Argument(help: "Files, or - for standard input.", completion: .file()) var files: [String]
    @Option(name: .shortAndLong, help: "text, json or jsonl.") var format: Format = .text
    @Option(help: "Colour: auto, always or never.") var color: ColourChoice = .auto

    /// Of standard input, which comes once.
    private static let largest = 64 << 20

    func run() throws {
        let scanner = LicenceScanner(readsEveryClause: true)
        var failures = 0
        for path in files {
            do throws(ReadError) {
                let scan = try Self.scan(path, scanner)
                let report = LicenceReport(path: path, scan: scan)
                switch format {
                case .text: Output.write(LicenceTextReport.text(report, style: color.style), to: 1)
                case .json: if let text = try? JSON.text(report, isPretty: true) { Output.line(text) }
                case .jsonl: if let text = try? JSON.text(report, isPretty: false) { Output.line(text) }
                }
            } catch {
                failures += 1
                Output.error("openscan: \(error.message). \(ReleaseCheck.advice(error))")
            }
        }
        if failures > 0 { throw Stop(code: 3, message: nil) }
    }

    private static func scan(_ path: String, _ scanner: LicenceScanner) throws(ReadError) -> LicenceScan {
        guard path == "-" else {
            return try scanner.scan(FileBytes(path: path, followLinks: true), path: path, role: role(path))
        }
        let content = EntryContent(StandardInput(), announcedSize: nil, buffer: PrefixBuffer())
        let scan = scanner.scan(try content.prefix(largest), path: path, role: role(path))
        withExtendedLifetime(content) {}
        return scan
    }

    /// The person asks for licences: only program text is read as such.
    private static func role(_ path: String) -> TextRole {
        let name = Entry.name(of: path).lowercased()
        let isProgram = [
            ".py", ".c", ".h", ".cc", ".cpp", ".cu", ".rs", ".go", ".js", ".ts", ".java", ".swift", ".sh", ".rb", ".pl",
            ".kt",
        ].contains { name.hasSuffix($0) }
        let isProse = name.hasPrefix("readme") || name.hasSuffix(".ipynb")
        return isProgram ? .source : isProse ? .document : .licence
    }
}

/// Standard input as a stream.
private final class StandardInput: ByteStream {
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
        try StandardInputBytes.read(buffer)
    }
}
