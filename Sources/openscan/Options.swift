import ArgumentParser
import OpenscanKit

#if canImport(Glibc)
    import Glibc
#endif

enum ColourChoice: String, ExpressibleByArgument, CaseIterable, Sendable { case auto, always, never }

extension Language: ExpressibleByArgument {}

extension ReportFormat: ExpressibleByArgument {}

extension DocumentFormat: ExpressibleByArgument {}

extension ReportFormat {
    /// All of them, for help.
    static let help = ArgumentHelp(
        "text, json, jsonl, markdown or html; sarif, github, gitlab or junit for code hosts; csv; cyclonedx, cyclonedx-1.6 or spdx, bills of materials.",
        valueName: "format")
}

struct LimitOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Entries that are read at most, archives' members included.", valueName: "n"))
    var maxEntries = Limits().entries
    @Option(help: ArgumentHelp("Archives inside archives.", valueName: "n")) var maxDepth = Limits().depth
    @Option(help: ArgumentHelp("Bytes that may come out of decompression.", valueName: "bytes")) var maxExpanded =
        Limits().expandedBytes
    @Option(help: ArgumentHelp("Expanded to compressed size.", valueName: "n")) var maxRatio = Limits().ratio
    @Option(help: ArgumentHelp("Bytes of a path.", valueName: "bytes")) var maxPath = Limits().pathLength
    @Option(help: ArgumentHelp("Bytes of text that are read of one file.", valueName: "bytes")) var maxText = Limits()
        .textBytes
    @Option(
        help: ArgumentHelp("Bytes of text of all files together; prose counts sixfold.", valueName: "bytes"))
    var maxTotalText = Limits().totalTextBytes
    @Option(
        help: ArgumentHelp(
            "Seconds after which no further file is read; what is reached by then differs from run to run.",
            valueName: "n"))
    var maxSeconds: Int?

    /// Every option with its value, where it has one.
    private static func named(_ limits: Limits) -> [(name: String, value: Int?)] {
        [
            ("--max-entries", limits.entries), ("--max-depth", limits.depth), ("--max-expanded", limits.expandedBytes),
            ("--max-ratio", limits.ratio), ("--max-path", limits.pathLength), ("--max-text", limits.textBytes),
            ("--max-total-text", limits.totalTextBytes), ("--max-seconds", limits.seconds),
        ]
    }

    func validate() throws {
        for (name, value) in Self.named(limits) {
            if let value, value < 1 { throw ValidationError("\(name) takes a number from 1 up.") }
        }
    }

    /// These options as words of a command line.
    var arguments: [String] {
        Self.named(limits).flatMap { name, value in value.map { [name, String($0)] } ?? [] }
    }

    /// The same of those that were given another value than they have by themselves.
    var changed: [String] {
        zip(Self.named(limits), Self.named(Limits())).flatMap { given, usual in
            given.value == usual.value ? [] : [given.name] + (given.value.map { [String($0)] } ?? [])
        }
    }

    var limits: Limits {
        var limits = Limits()
        limits.entries = maxEntries
        limits.depth = maxDepth
        limits.expandedBytes = maxExpanded
        limits.ratio = maxRatio
        limits.pathLength = maxPath
        limits.textBytes = maxText
        limits.totalTextBytes = maxTotalText
        limits.seconds = maxSeconds
        return limits
    }
}

extension ColourChoice {
    var style: Style {
        let isWanted: Bool =
            switch self {
            case .always: true
            case .never: false
            case .auto:
                Output.isTerminal && getenv("NO_COLOR") == nil && getenv("TERM").map { String(cString: $0) } != "dumb"
            }
        return Style(isColoured: isWanted, width: Output.width)
    }
}
