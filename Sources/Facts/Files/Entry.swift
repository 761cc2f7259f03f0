/// One thing that a release holds.
public struct Entry: Sendable, Hashable {
    /// What it is for its container.
    public enum Kind: Sendable, Hashable {
        case file
        /// A link to a file inside the release, read as that file.
        case link(target: String)
        /// An archive whose members follow under `path!/`.
        case archive
    }

    /// Path inside the release with unsafe characters spelled out.
    public var path: String
    /// What it is for its container.
    public var kind: Kind
    /// Size as announced, `nil` when the container does not say.
    public var size: Int?

    /// An entry as its container lists it.
    public init(path: String, kind: Kind, size: Int?) {
        self.path = path
        self.kind = kind
        self.size = size
    }

    /// Last name of the path.
    public var name: Substring { Self.name(of: path) }

    /// Last name of a path.
    public static func name(of path: String) -> Substring {
        let bytes = path.utf8
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return Substring(path) }
        return Substring(bytes[bytes.index(after: slash)...])
    }

    /// The folder of a path with a slash behind; empty for the release itself.
    public static func folder(of path: String) -> String { String(path.dropLast(name(of: path).count)) }

    /// Whether a folder, with a slash behind, is one of several or lies in one of them.
    public static func isFolder(_ folder: String, in folders: Set<String>) -> Bool {
        var folder = folder
        while !folder.isEmpty {
            if folders.contains(folder) { return true }
            folder = Self.folder(of: String(folder.dropLast()))
        }
        return false
    }
}
