/// Everything that was read of one file. A plain value: judging sees facts, never files.
public struct FileFacts: Sendable, Hashable {
    /// The file in its container.
    public var entry: Entry
    /// What its path says.
    public var place: FilePlace
    /// Weights or data.
    public var artefact: ArtefactFacts?
    /// The index of a sharded set.
    public var shardIndex: ShardIndex?
    /// Licences in its text.
    public var licence: LicenceScan?
    /// Licence fields of package metadata.
    public var declared: [DeclaredLicence] = []
    /// Prose.
    public var card: CardFacts?
    /// A config beside weights.
    public var config: ModelConfig?
    /// A program.
    public var code: CodeFacts?
    /// What a reader should know of the file, its artefact aside.
    public var findings: [Finding] = []

    /// A file of which nothing was read.
    public init(entry: Entry, place: FilePlace) {
        self.entry = entry
        self.place = place
    }

    /// Path inside the release.
    public var path: String { entry.path }
    /// Its folder with a slash behind; empty for the release itself.
    public var folder: String { Entry.folder(of: path) }
    /// Findings of the file and of its artefact.
    public var allFindings: [Finding] { (artefact?.findings ?? []) + findings }
}
