import Artefacts
import Cards
import Licensing
import SourceCode
import Unpacking

/// Everything that was read of one file. A plain value: judging sees facts, never files.
public struct FileFacts: Sendable {
    public var entry: Entry
    public var place: FilePlace
    public var artefact: ArtefactFacts?
    public var shardIndex: ShardIndex?
    public var licence: LicenceScan?
    public var declared: [DeclaredLicence] = []
    public var card: CardFacts?
    public var config: ModelConfig?
    public var code: CodeFacts?
    public var findings: [Finding] = []

    public init(entry: Entry) {
        self.entry = entry
        place = FilePlace(entry.path)
    }

    public var path: String { entry.path }
}

/// A release as read: its files in order of path, and what was said of entries that could not be read.
public struct ReleaseFacts: Sendable {
    public var name: String
    public var kind: String
    public var path: String
    public var revision: String?
    public var files: [FileFacts]
    /// Findings about entries without facts of their own, and about the whole (empty path).
    public var problems: [(path: String, finding: Finding)]
    public var errors: [ReportError]

    public init(
        name: String, kind: String, path: String, revision: String?, files: [FileFacts],
        problems: [(path: String, finding: Finding)], errors: [ReportError]
    ) {
        self.name = name
        self.kind = kind
        self.path = path
        self.revision = revision
        self.files = files
        self.problems = problems
        self.errors = errors
    }
}
