import OpenscanBytes

/// The folder that others have as `.git` (git's gitrepository-layout): what a release is lies in its objects, and no file of it is here.
public enum BareRepository {
    /// Whether a folder is one: by its names, and by where HEAD points, since other folders have such names as well.
    public static func isAt(_ path: String) -> Bool {
        isFile(path + "/HEAD") && isFolder(path + "/objects") && isFolder(path + "/refs") && hasHead(path)
    }

    /// The same for a folder that was listed.
    public static func isAt(_ path: String, _ listing: FolderListing) -> Bool {
        listing["HEAD"] == .file && listing["objects"] == .directory && listing["refs"] == .directory && hasHead(path)
    }

    private static func isFile(_ path: String) -> Bool { (try? FileSystem.kind(path)) == .file }
    private static func isFolder(_ path: String) -> Bool { (try? FileSystem.kind(path)) == .directory }

    private static func hasHead(_ path: String) -> Bool {
        guard let bytes = try? FileBytes(path: path + "/HEAD").bytes(at: 0, count: 256) else { return false }
        let head = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        if head.first == "ref:" { return head.count > 1 && head[1].hasPrefix("refs/") }
        return head.count == 1 && [40, 64].contains(head[0].utf8.count) && head[0].allSatisfy(\.isHexDigit)
    }
}
