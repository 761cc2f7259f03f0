import OpenscanKit

/// Something under a folder that counts as one release.
public struct Discovered: Sendable, Hashable {
    /// Why it does.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case checkout
        case bareRepository = "bare-repository"
        case hubRepository = "hub-repository"
        case modelScopeRepository = "modelscope-repository"
        case kaggleVersion = "kaggle-version"
        case storeManifest = "store-manifest"
        case skeleton, archive, folder, file
        /// Nothing below it is a release.
        case remainder
        /// Too deep, or with more names than are looked through: whatever lies in it is taken as one.
        case beyond
        case unreadable

        /// The reason, for whoever asks.
        public var why: Wording {
            switch self {
            case .checkout: "a checkout of git: .git is in it"
            case .bareRepository: "a bare repository of git: HEAD, objects and refs are in it"
            case .hubRepository: "a repository in a hub's cache: its snapshots are in it"
            case .modelScopeRepository: "a repository in ModelScope's cache: its lists are in it"
            case .kaggleVersion: "a version in Kaggle's cache: a mark beside it says that it is whole"
            case .storeManifest: "a model of a store: its manifest names its layers"
            case .skeleton: "a skeleton: a manifest in it says what was fetched"
            case .archive: "an archive by its name"
            case .folder: "a folder with files of its own"
            case .file: "a file"
            case .remainder: "a folder in which nothing is a release of its own"
            case .beyond: "too deep or too full to be looked through; taken as one"
            case .unreadable: "cannot be looked into"
            }
        }
    }

    /// Its path, as it is named to a scan.
    public var path: String
    /// Why it counts.
    public var kind: Kind

    /// A place and why it counts.
    public init(path: String, kind: Kind) {
        self.path = path
        self.kind = kind
    }
}
