/// A release as read: its files in order of path, and what was said of entries that could not be read.
public struct ReleaseFacts: Sendable {
    /// What a source is.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case directory, file, archive
        case gitCheckout = "git-checkout"
        case hubCache = "hub-cache"
        /// Layers and manifests as ollama keeps them.
        case ollamaStore = "ollama-store"
        /// Layers and manifests as docker's model runner keeps them.
        case dockerStore = "docker-store"
        /// A layout of the Open Container Initiative.
        case ociLayout = "oci-layout"
        case modelScopeCache = "modelscope-cache"
        case kaggleCache = "kaggle-cache"
        /// Headers and small files of a repository of a hub, with a manifest of what was fetched.
        case skeleton
    }

    /// A finding about an entry without facts of its own, or about the whole.
    public struct Problem: Sendable, Hashable, Codable {
        /// The entry's path; empty for the whole.
        public var path: String
        /// What is wrong.
        public var finding: Finding

        /// A finding and where it belongs.
        public init(path: String, finding: Finding) {
            self.path = path
            self.finding = finding
        }
    }

    /// Something that could not be read.
    public struct ReadProblem: Sendable, Hashable, Codable {
        /// Path in the release, or of the release.
        public var path: String
        /// A word for programs: `unreadable`, `internal`.
        public var code: String
        /// What happened.
        public var message: Wording

        /// A problem with its place.
        public init(path: String, code: String, message: Wording) {
            self.path = path
            self.code = code
            self.message = message
        }
    }

    /// The release's own name.
    public var name: String
    /// What it was read from.
    public var kind: Kind
    /// Path as reports show it.
    public var path: String
    /// Commit or snapshot.
    public var revision: String?
    /// Files in order of path.
    public var files: [FileFacts]
    /// Folders of the models, where the place keeps several of which each is a release; with a slash behind.
    public var models: [String] = []
    /// What a hub asks for before a download, where a manifest says so.
    public var gate: HubGate = .unknown
    /// Files that are there and not among `files`: a release may have more without a byte than anybody reads of.
    public var unlisted = 0
    /// Findings about entries without facts of their own, and about the whole.
    public var problems: [Problem]
    /// What could not be read.
    public var errors: [ReadProblem]
    /// Its files as the file system lists them, where that was asked for.
    public var listed: [ListedFile] = []

    /// Files in all.
    public var fileCount: Int { files.count + unlisted }

    /// A release as read.
    public init(
        name: String, kind: Kind, path: String, revision: String? = nil, files: [FileFacts],
        problems: [Problem] = [], errors: [ReadProblem] = []
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
