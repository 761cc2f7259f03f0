import OpenscanFacts

/// Counts files without bytes. A release has a few; hundreds of thousands cost nothing to make and memory to list.
public struct EmptyFiles: Sendable {
    private let most: Int
    private var count = 0

    /// Begins a count.
    /// - Parameter most: how many are listed.
    public init(most: Int = 20_000) { self.most = most }

    /// Counts one more; `false` when it is not to be listed.
    public mutating func take() -> Bool {
        count += 1
        return count <= most
    }

    /// How many are counted and not listed.
    public var unlisted: Int { max(0, count - most) }

    /// What to say about those that are not listed.
    public var finding: Finding? {
        guard unlisted > 0 else { return nil }
        return Finding(.manyEntries, .medium, "\(count) empty files; the last \(unlisted) are counted, not listed")
    }
}

extension DirectoryWalker {
    /// Files that are counted and not among the items.
    public var unlistedFiles: Int { emptyFiles.unlisted }
}
