import OpenscanFacts
import OpenscanOpenness

/// What heads of reports say, whatever the output.
extension Words {
    /// Kind, revision and size of a release.
    func facts(_ release: ReleaseIdentity) -> [String] {
        guard let kind = release.kind else { return release.revision.map { ["@" + $0.prefix(12)] } ?? [] }
        let bytes = Amounts.bytes(release.byteCount)
        return [
            self(kind.rawValue), release.revision.map { "@" + $0.prefix(12) },
            release.fileCount == 1
                ? self("1 file, {0}", bytes) : self("{0} files, {1}", Amounts.whole(release.fileCount), bytes),
        ].compactMap { $0 }
    }

    /// What a person decided.
    func outcome(_ decision: ReviewDecision) -> String {
        switch decision.outcome {
        case .accept: self("accepted")
        case .reject: self("rejected")
        case .override: self("overridden: {0}", self(decision.answer ?? ""))
        case .open: self("open")
        }
    }
}
