import OpenscanBytes
import OpenscanFacts

/// What is known of files that were read before.
public protocol KnownContents: Sendable {
    /// The key of a file's bytes, where it was read before and nobody has written to it since.
    func key(of identity: FileIdentity, path: String) -> ContentKey?
    /// What readers found in the bytes of a key.
    func facts(of key: ContentKey) -> ReadFacts?
}

/// Known contents as one edition of the readers may use them: what another edition read is read again.
struct Recall: Sendable {
    let known: any KnownContents
    /// Rules, licence texts, limits and program by which files are read.
    let edition: String

    /// The key of a text as far as it is read. Readers go by the path too.
    func key(_ bytes: UnsafeRawBufferPointer, of file: FileFacts) -> ContentKey? {
        var sum = head("text", file.path)
        sum.update("\(file.byteCount ?? -1)\0".utf8)
        sum.update(bytes)
        return ContentKey(digest: sum.digest())
    }

    /// The key of a file that is not read whole, as long as nobody writes to it.
    func key(_ identity: FileIdentity, path: String) -> ContentKey? {
        var sum = head("file", path)
        let numbers = [
            identity.device, identity.inode, UInt64(bitPattern: Int64(identity.size)),
            UInt64(bitPattern: Int64(identity.modified)), UInt64(bitPattern: Int64(identity.changed)),
        ]
        sum.update(numbers.map { String($0) }.joined(separator: " ").utf8)
        return ContentKey(digest: sum.digest())
    }

    private func head(_ kind: String, _ path: String) -> SHA256 {
        var sum = SHA256()
        sum.update("\(kind)\0\(edition)\0\(path)\0".utf8)
        return sum
    }
}
