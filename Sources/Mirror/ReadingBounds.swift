import OpenscanBytes

/// What the reading of a release depends on besides its files: a release is read again where it differs.
public struct ReadingBounds: Sendable {
    private let ofAll: [UInt8]
    private let ofFailed: [UInt8]

    /// - Parameters:
    ///   - limits: options that bound what is read of any release.
    ///   - process: options that bound the process which reads it: they count where that process ended early, and the release
    ///     is not tried again before they change. A release that takes all the time there is must not do so in every run.
    public init(limits: [String], process: [String]) {
        ofAll = Self.digest(limits)
        ofFailed = Self.digest(process)
    }

    private static func digest(_ words: [String]) -> [UInt8] {
        Array(SHA256.digest(Array(words.joined(separator: " ").utf8)).prefix(8))
    }

    /// The signature of a release that looks so from outside.
    func signature(_ look: [UInt8]) -> BoundedSignature {
        BoundedSignature(whole: look + ofAll, ofFailed: look + ofAll + ofFailed)
    }
}

/// By what a release is told to be as it was when it was read.
struct BoundedSignature {
    /// Where it was read to its end.
    let whole: [UInt8]
    /// Where its reading ended early.
    let ofFailed: [UInt8]

    /// Whether what is known was read from the same files within the same bounds.
    func isOf(_ known: [UInt8]?) -> Bool { known == whole || known == ofFailed }

    /// What is kept after an answer; `nil` has the release read again by the next run.
    func after(_ answer: WorkerProcess.Answer) -> [UInt8]? {
        switch answer {
        case .answered: whole
        case .ended(let ending): ending.isOfTheRelease ? ofFailed : nil
        }
    }
}
