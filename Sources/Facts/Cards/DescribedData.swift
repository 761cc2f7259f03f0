/// Data that a file of metadata describes: where they lie in the release, and where they are kept otherwise.
public struct DescribedData: Sendable, Hashable, Codable {
    /// Names and paths from the file's own folder; empty where it speaks of all the tables beside and below it.
    public var paths: [String]
    /// Addresses, each with its line.
    public var addresses: [Evidence]

    /// A description as read.
    public init(paths: [String] = [], addresses: [Evidence] = []) {
        self.paths = paths
        self.addresses = addresses
    }
}
