import OpenscanBytes
import OpenscanFacts

/// Why there is no release to judge.
public enum ScanRefusal: Error, Sendable, Hashable {
    /// The system or the form of the file refused it.
    case unreadable(ReadError)
    /// A hub cache with several repositories.
    case severalRepositories(path: String)
    /// A bare repository of git, of which no file is checked out.
    case bareRepository(path: String)
    /// Nothing in it could be read.
    case nothingReadable(path: String, reason: Wording)
    /// Nothing in it.
    case empty(path: String)

    /// What happened, where, and what to do.
    public var words: Wording {
        switch self {
        case .unreadable(let error): "\(error.words). \(Self.advice(error))"
        case .severalRepositories(let path):
            "\(path): a hub cache with several repositories. Name one of its models--... folders, or run 'openscan batch \(path)'."
        case .bareRepository(let path):
            "\(path): a bare repository: its files are in git's objects, which are not opened here. Check a commit out, or run 'openscan \(path)', which asks git for them."
        case .nothingReadable(let path, let reason):
            "\(path): nothing in it could be read (\(reason)). Check that the download is complete."
        case .empty(let path): "\(path): empty, nothing to scan. Name a folder, archive or file of a model release."
        }
    }

    /// The same in English.
    public var message: String { words.description }

    /// Whether nothing is at the path.
    public var isMissing: Bool {
        if case .unreadable(.system(_, _, let code)) = self { code == 2 } else { false }
    }

    private static func advice(_ error: ReadError) -> Wording {
        switch error {
        case .system(_, _, let code) where code == 2: "Check the spelling of the path."
        case .system(_, _, let code) where code == 13: "Check who may read it."
        case .notAFile: "Name a folder, archive or file of a model release."
        case .badArchive: "Check that the download is complete."
        case .system, .limit, .unsupported, .unseen: "Nothing of it was scanned."
        }
    }
}
