import OpenscanFacts
import OpenscanOpenness

/// What a reviewer's page tells besides the dossier: the program, the files read again, how to make it anew.
public struct ReviewContext: Sendable {
    /// The program.
    public var tool: ReportTool
    /// Cited files.
    public var sources: SourceTexts
    /// Digest over paths and sizes of every file; `nil` where only a report was at hand.
    public var inventory: String?
    /// Options of the call that change what is read, as words of a command line.
    public var options: [String]

    /// Every answer with what a person decided of it; `nil` where nothing is asked.
    public var review: Review?

    /// A context.
    public init(
        tool: ReportTool, sources: SourceTexts = SourceTexts(), inventory: String? = nil, options: [String] = []
    ) {
        self.tool = tool
        self.sources = sources
        self.inventory = inventory
        self.options = options
    }
}
