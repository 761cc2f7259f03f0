import OpenscanReporting
import OpenscanStore

/// Why a catalogue cannot be made.
public enum CatalogueProblem: Error, Sendable, Hashable {
    /// The store.
    case store(StoreProblem)
    /// A template.
    case page(PageProblem)
    /// There is something at the place of the site that is none.
    case notASite(path: String)
    /// A folder or file cannot be made there.
    case refused(path: String, reason: String)
    /// Writing broke off.
    case broken(path: String, reason: String)

    /// What happened and what to do.
    public var message: String {
        switch self {
        case .store(let problem): problem.message
        case .page(let problem): problem.message
        case .notASite(let path):
            "\(path): not empty, and no catalogue that this program wrote; name a new folder, as nothing is written over."
        case .refused(let path, let reason): "\(path): cannot write there: \(reason)"
        case .broken(let path, let reason): "\(path): cannot write: \(reason)"
        }
    }

    /// Whether the call is wrong, and not what happened on the way.
    public var isUsage: Bool {
        switch self {
        case .notASite, .refused: true
        case .store, .page, .broken: false
        }
    }
}
