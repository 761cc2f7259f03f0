#if canImport(Glibc)
    import Glibc
#endif

/// What the file system says of a file's bytes: while all of it is the same, nobody has written to the file.
public struct FileIdentity: Sendable, Hashable, Codable {
    /// The device it is on.
    public var device: UInt64
    /// Its number there.
    public var inode: UInt64
    /// Bytes.
    public var size: Int
    /// When its bytes were written last, in nanoseconds since 1970.
    public var modified: Int
    /// When anything of it was changed last; nobody sets this one.
    public var changed: Int

    /// An identity as the file system has it.
    public init(device: UInt64, inode: UInt64, size: Int, modified: Int, changed: Int) {
        self.device = device
        self.inode = inode
        self.size = size
        self.modified = modified
        self.changed = changed
    }
}

extension FileIdentity {
    /// An identity from the system's answer.
    public init(_ status: stat) {
        self.init(
            device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(truncatingIfNeeded: status.st_ino),
            size: Int(status.st_size), modified: status.st_mtim.nanoseconds, changed: status.st_ctim.nanoseconds)
    }
}

extension timespec {
    /// The time in nanoseconds; of times that no clock shows, any number.
    public var nanoseconds: Int { tv_sec &* 1_000_000_000 &+ tv_nsec }
}
