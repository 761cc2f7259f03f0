/// Makes the paths of one worker's files, so that they share folders and blocks of names. Nothing of it is needed once they are made.
public final class PathTable {
    /// Folders met last, by their hash: files of a folder come together or nearly so, and one that is held twice costs only its bytes.
    private var recent: [Folder?]
    private var block: NameBlock?
    private let isForOne: Bool

    private static let remembered = 1024
    private static let blockSize = 64 << 10

    /// A table without paths.
    public convenience init() { self.init(isForOne: false) }

    init(isForOne: Bool) {
        self.isForOne = isForOne
        recent = Array(repeating: nil, count: isForOne ? 1 : Self.remembered)
    }

    /// The path as this table's files hold it.
    public func path(_ written: String) -> FilePath {
        let bytes = written.utf8
        let behind = bytes.lastIndex(of: UInt8(ascii: "/")).map { bytes.index(after: $0) } ?? bytes.startIndex
        let name = bytes[behind...]
        let folder = self.folder(written[..<behind])
        let block = room(for: name.count)
        return FilePath(folder: folder, block: block, start: block.append(name), count: name.count)
    }

    private func folder(_ path: Substring) -> Folder {
        // FNV-1a; which folders share a place is of no consequence.
        let hash = path.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let place = Int(truncatingIfNeeded: (hash ^ hash >> 32) % UInt64(recent.count))
        if let known = recent[place], known.path.utf8.elementsEqual(path.utf8) { return known }
        let new = Folder(String(path))
        recent[place] = new
        return new
    }

    /// The block that has so much room left.
    private func room(for count: Int) -> NameBlock {
        if let block, block.room >= count { return block }
        let new = NameBlock(capacity: isForOne ? count : max(count, Self.blockSize))
        block = new
        return new
    }
}

/// Names of files, one behind the other.
///
/// Sendable because only the table that made it writes, always behind the names that are there; who has a `FilePath` reads
/// what was written before it was made.
final class NameBlock: @unchecked Sendable {
    private let storage: UnsafeMutablePointer<UInt8>
    private let capacity: Int
    private var used = 0

    init(capacity: Int) {
        self.capacity = capacity
        storage = .allocate(capacity: capacity)
    }

    deinit { storage.deallocate() }

    /// Bytes that still fit.
    var room: Int { capacity - used }

    /// Where the name begins. The caller has asked for room.
    func append(_ name: Substring.UTF8View) -> Int {
        precondition(name.count <= room)
        let start = used
        for byte in name {
            storage[used] = byte
            used += 1
        }
        return start
    }

    func withBytes<Result>(_ range: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        body(UnsafeBufferPointer(start: storage + range.lowerBound, count: range.count))
    }
}
