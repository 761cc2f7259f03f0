import OpenscanBytes

/// What tells the bytes of a file from all others, under its path in the release: half of a SHA-256 digest.
public struct ContentKey: Sendable, Hashable, Codable {
    /// The first eight bytes of the digest.
    public var high: UInt64
    /// The next eight.
    public var low: UInt64

    /// The key of a digest of 16 bytes or more.
    public init?(digest: some Sequence<UInt8>) {
        var bytes = digest.makeIterator()
        func number() -> UInt64? {
            var number: UInt64 = 0
            for _ in 0..<8 {
                guard let byte = bytes.next() else { return nil }
                number = number << 8 | UInt64(byte)
            }
            return number
        }
        guard let high = number(), let low = number() else { return nil }
        self.high = high
        self.low = low
    }

    /// The 16 bytes.
    public var bytes: [UInt8] {
        [high, low].flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(56 - 8 * $0)) } }
    }
}

/// A file of a release as the file system lists it.
public struct ListedFile: Sendable, Hashable, Codable {
    /// Path in the release, as shown.
    public var path: String
    /// What the file system says of it.
    public var identity: FileIdentity
    /// What identifies its bytes, where they were read.
    public var content: ContentKey?

    /// A file as listed.
    public init(path: String, identity: FileIdentity, content: ContentKey?) {
        self.path = path
        self.identity = identity
        self.content = content
    }
}
