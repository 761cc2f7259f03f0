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

    /// One line for a person, the path first.
    public var message: String {
        switch self {
        case .system(let operation, let path, let code): "\(path): cannot \(operation): \(Self.words(code))"
        case .notAFile(let path): "\(path): neither a regular file nor a directory"
        case .badArchive(let path, let message): "\(path): not a readable archive: \(message)"
        case .limit(let path, let name, let value): "\(path): over the limit of \(value) \(name)"
        case .unsupported(let path, let what): "\(path): \(what)"
        }
    }

    /// The system's own words for an error number, without the locale.
    static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}
