#if canImport(Glibc)
    import Glibc
#endif

/// Why bytes could not be had.
public enum ReadError: Error, Sendable, Hashable {
    /// The system refused; `operation` is a verb ("open"), `code` its error number.
    case system(operation: String, path: String, code: Int32)
    /// A device, pipe or socket, or a directory where a file was wanted.
    case notAFile(path: String)
    /// Not in the form of an archive or compressed file.
    case badArchive(path: String, message: String)
    /// More than is allowed; `name` says of what `value` counts.
    case limit(path: String, name: String, value: Int)
    /// Readable, but not by this program; `what` says why.
    case unsupported(path: String, what: String)
    /// Bytes of the file that nobody has fetched.
    case unseen(path: String, offset: Int)

    /// Whether the bytes exist and are not here.
    public var isUnseen: Bool { if case .unseen = self { true } else { false } }

    /// The system's own words for an error number, without the locale.
    public static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}
