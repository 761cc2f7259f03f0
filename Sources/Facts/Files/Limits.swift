/// Bounds on what a scan will read. Reaching one is a finding in the report, never a crash or a silent gap.
public struct Limits: Sendable, Hashable, Codable {
    /// Entries of the release, archives' members included.
    public var entries = 1_000_000
    /// Archives inside archives.
    public var depth = 3
    /// Bytes that may come out of decompression in all.
    public var expandedBytes = 256 << 30
    /// Expanded to compressed size, looked at once `ratioFloor` bytes have come out.
    public var ratio = 400
    /// Bytes that may expand before the ratio counts.
    public var ratioFloor = 64 << 20
    /// Bytes of a path.
    public var pathLength = 4096
    /// Bytes of text that are read of one file; a longer text is judged by its beginning.
    public var textBytes = 2 << 20
    /// Bytes of text that are read of all files together, prose counted sixfold: what it is read for costs that much more.
    /// The largest release known has less than a third of this.
    public var totalTextBytes = 192 << 20
    /// Seconds after which no further file is read; `nil` reads to the end. What a run reaches in a time is no other run's
    /// answer, so nothing sets this but the one who asks.
    public var seconds: Int?
    /// Bytes of a tensor header. The safetensors library reads up to 100 MB; half a million tensors fit in this, and a reader stays within 64 MB of memory.
    public var headerBytes = 32_000_000

    /// Bytes of other formats, of junk and behind ends in which streams of code are looked for.
    public var searchedBytes = 1 << 20

    /// The limits as they stand above.
    public init() {}

    /// Whether so much has come out of so little that nobody packed it in earnest.
    public func isBomb(produced: Int, consumed: Int) -> Bool {
        produced > ratioFloor && produced / max(consumed, 1) > ratio
    }
}
