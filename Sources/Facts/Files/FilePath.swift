/// A path as files of a release hold it: a release may have a million, so the folder is shared with the files beside it and
/// the name lies in a block with other names. Compared and hashed by its bytes.
public struct FilePath: Sendable, Hashable {
    /// The folder.
    let folder: Folder
    private let block: NameBlock
    private let start: UInt32
    private let count: UInt32

    init(folder: Folder, block: NameBlock, start: Int, count: Int) {
        self.folder = folder
        self.block = block
        self.start = UInt32(truncatingIfNeeded: start)
        self.count = UInt32(truncatingIfNeeded: count)
    }

    /// A path that shares nothing; a `PathTable` makes those that do.
    public init(_ written: String) { self = PathTable(isForOne: true).path(written) }

    /// The whole path.
    public var written: String { folder.path.isEmpty ? name : folder.path + name }

    /// Last name.
    var name: String { withName { String(decoding: $0, as: UTF8.self) } }

    /// Whether the last name is ASCII without capitals, so that it is its own lower case.
    var isPlain: Bool { withName { $0.allSatisfy { $0 < 0x80 && !(0x41...0x5A).contains($0) } } }

    /// Whether this is how the path is written, byte for byte.
    func isWritten(_ other: String) -> Bool {
        let length = folder.path.utf8.count
        guard other.utf8.count == length + Int(count) else { return false }
        return other.utf8.starts(with: folder.path.utf8)
            && withName { other.utf8.dropFirst(length).elementsEqual($0) }
    }

    /// Order of the bytes of whole paths.
    public static func < (left: FilePath, right: FilePath) -> Bool {
        if left.folder === right.folder {
            return left.withName { left in right.withName { left.lexicographicallyPrecedes($0) } }
        }
        return left.withParts { left in right.withParts { Self.precedes(left, $0) } }
    }

    /// Whether the whole paths have the same bytes.
    public static func == (left: FilePath, right: FilePath) -> Bool {
        guard left.folder === right.folder || left.folder.path.utf8.elementsEqual(right.folder.path.utf8) else {
            return false
        }
        return left.withName { left in right.withName { left.elementsEqual($0) } }
    }

    /// Hashes the bytes of the whole path.
    public func hash(into hasher: inout Hasher) {
        withParts {
            hasher.combine(bytes: UnsafeRawBufferPointer($0.folder))
            hasher.combine(bytes: UnsafeRawBufferPointer($0.name))
        }
    }

    // MARK: Bytes

    private typealias Parts = (folder: UnsafeBufferPointer<UInt8>, name: UnsafeBufferPointer<UInt8>)

    private func withName<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        block.withBytes(Int(start)..<Int(start) + Int(count), body)
    }

    private func withParts<Result>(_ body: (Parts) -> Result) -> Result {
        folder.withBytes { folder in withName { body((folder, $0)) } }
    }

    private static func precedes(_ left: Parts, _ right: Parts) -> Bool {
        func byte(_ parts: Parts, _ place: Int) -> UInt8 {
            place < parts.folder.count ? parts.folder[place] : parts.name[place - parts.folder.count]
        }
        let (leftCount, rightCount) = (left.folder.count + left.name.count, right.folder.count + right.name.count)
        for place in 0..<min(leftCount, rightCount) {
            let (one, other) = (byte(left, place), byte(right, place))
            if one != other { return one < other }
        }
        return leftCount < rightCount
    }
}

/// A folder of a release, shared by the files in it.
final class Folder: Sendable {
    /// As written, with a slash behind; empty for the release itself.
    let path: String
    /// Folders from the release's own, which is 0.
    let depth: Int

    init(_ path: String) {
        var path = path
        path.makeContiguousUTF8()
        self.path = path
        depth = path.utf8.split(separator: UInt8(ascii: "/")).count
    }

    /// Its names, lower case. Not held: files are asked for their folders far less often than they are made.
    var names: [String] {
        path.lowercased().utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
    }

    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        path.utf8.withContiguousStorageIfAvailable(body) ?? Array(path.utf8).withUnsafeBufferPointer(body)
    }
}
