import Foundation

/// What tests need and the repository does not hold: texts and samples that `make test` fetches or makes.
public enum AtHand {
    /// In continuous integration nothing may be missing: a test of what is not there fails.
    public static let isRequired = ProcessInfo.processInfo.environment["CI"] == "true"

    /// For `.enabled(if:)`: elsewhere a test of what is not there is reported as skipped.
    public static func runs(_ isThere: Bool) -> Bool { isThere || isRequired }
}
