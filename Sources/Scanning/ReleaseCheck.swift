import Openness
import Unpacking

/// Things that can be read and are no release.
public enum ReleaseCheck {
    /// Why this is nothing to judge, with what to do; `nil` for a release.
    public static func refusal(_ facts: ReleaseFacts, _ location: ReleaseLocation) -> String? {
        guard facts.files.isEmpty else { return nil }
        if FileSystem.names(location.root).contains(where: { $0.hasPrefix("models--") || $0.hasPrefix("datasets--") }) {
            return
                "\(facts.path): a hub cache with several repositories. Name one of its models--... folders, or run 'openscan batch \(facts.path)'."
        }
        if !facts.problems.isEmpty || !facts.errors.isEmpty {
            let first =
                facts.errors.first?.message ?? facts.problems.first.map { "\($0.path): \($0.finding.detail)" } ?? ""
            return "\(facts.path): nothing in it could be read (\(first)). Check that the download is complete."
        }
        return "\(facts.path): empty, nothing to scan. Name a folder, archive or file of a model release."
    }

    /// What to do about an error.
    public static func advice(_ error: ReadError) -> String {
        switch error {
        case .system(_, _, let code) where code == 2: "Check the spelling of the path."
        case .system(_, _, let code) where code == 13: "Check who may read it."
        case .notAFile: "Name a folder, archive or file of a model release."
        case .badArchive: "Check that the download is complete."
        case .system, .limit, .unsupported: "Nothing of it was scanned."
        }
    }
}
