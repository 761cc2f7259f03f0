/// One thing that a release holds.
public struct Entry: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        case file
        /// A link to a file inside the release, read as that file.
        case link(target: String)
        /// An archive whose members follow under `path!/`.
        case archive
    }

    /// Path inside the release with unsafe characters spelled out.
    public var path: String
    public var kind: Kind
    /// Size as announced, `nil` when the container does not say.
    public var size: Int?

    public init(path: String, kind: Kind, size: Int?) {
        self.path = path
        self.kind = kind
        self.size = size
    }

    /// Last name of the path.
    public var name: Substring { Self.name(of: path) }

    public static func name(of path: String) -> Substring {
        let bytes = path.utf8
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return Substring(path) }
        return Substring(bytes[bytes.index(after: slash)...])
    }
}

/// Who looks at the entries. One visitor serves one worker; calls come one at a time.
public protocol EntryVisitor: AnyObject {
    func visit(_ entry: Entry, content: EntryContent)
    /// Something about an entry (or, with an empty path, the whole) that is reported whether or not it can be read.
    func report(_ finding: Finding, path: String)
}

/// Checks on names that come from the input.
enum EntryName {
    enum Verdict {
        case usable(String)
        case refused(shown: String, Finding)
    }

    /// `raw` as it stands in the container; what comes back is relative, without `.` parts and safe to print.
    static func check(_ raw: UnsafeRawBufferPointer, limits: Limits) -> Verdict {
        let shown = Printable.path(String(decoding: raw.prefix(limits.pathLength), as: UTF8.self))
        if raw.count > limits.pathLength {
            return .refused(
                shown: String(shown.prefix(120)) + "…",
                Finding(
                    "string-length", .medium, "path of \(raw.count) bytes is over the limit of \(limits.pathLength)"))
        }
        guard let name = String(validating: raw, as: UTF8.self) else {
            return .refused(shown: shown, Finding("non-utf8", .medium, "name is not UTF-8; not opened"))
        }
        if name.utf8.first == UInt8(ascii: "/") || name.utf8.first == UInt8(ascii: "\\") || isDrivePath(name) {
            return .refused(shown: shown, Finding("path-traversal", .high, "absolute path; not opened"))
        }
        var parts: [Substring] = []
        for part in name.split(omittingEmptySubsequences: true, whereSeparator: { $0 == "/" || $0 == "\\" }) {
            if part == "." { continue }
            if part == ".." {
                return .refused(
                    shown: shown, Finding("path-traversal", .high, "path leads out of the release; not opened"))
            }
            parts.append(part)
        }
        let clean = parts.joined(separator: "/")
        if clean.unicodeScalars.contains(where: Printable.isUnsafe) {
            let isBidirectional = clean.unicodeScalars.contains(where: Printable.isBidirectionalControl)
            return .refused(
                shown: Printable.path(clean),
                Finding(
                    isBidirectional ? "bidi-control" : "control-characters", .medium,
                    "name carries control or invisible characters; not opened"))
        }
        return .usable(clean)
    }

    private static func isDrivePath(_ name: String) -> Bool {
        let bytes = Array(name.utf8.prefix(3))
        guard bytes.count == 3, bytes[1] == UInt8(ascii: ":") else { return false }
        return bytes[2] == UInt8(ascii: "\\") || bytes[2] == UInt8(ascii: "/")
    }
}
