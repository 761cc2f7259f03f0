import OpenscanBytes
import OpenscanUnpacking

#if canImport(Glibc)
    import Glibc
#endif

/// What a release looks like from outside: names, sizes, times and numbers of its files. While it stays, nobody has written to
/// the release, and nothing of it has to be opened. The order in which a folder lists its names does not count.
struct ReleaseSignature {
    private var first: UInt64 = 0
    private var second: UInt64 = 0
    private var entries: UInt64 = 0
    /// When anything was changed last, in nanoseconds since 1970, and whether the file system knows fractions of a second.
    private var newest = 0
    private var knowsFractions = false

    private static let deepest = 130
    /// What is looked at of a repository's own folder: where it stands, not what it holds.
    private static let ofRepository: [StaticString] = ["HEAD", "packed-refs", "index"]

    /// `nil` where it cannot be looked at, and where somebody wrote to it a moment ago: a further change in the same tick of the
    /// clock would look the same.
    static func of(_ path: String) -> [UInt8]? {
        var status = stat()
        guard SystemPath.withCString(path, { stat($0, &status) }) == 0 else { return nil }
        var signature = ReleaseSignature()
        signature.add(status, under: 1, name: UnsafeRawBufferPointer(start: nil, count: 0))
        if status.st_mode & S_IFMT == S_IFDIR {
            let folder = SystemPath.withCString(path) { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
            guard folder >= 0, signature.list(folder, under: 2, depth: 0) else { return nil }
        }
        guard !signature.isYoung else { return nil }
        return [signature.first, signature.second, signature.entries].flatMap { number in
            withUnsafeBytes(of: number.littleEndian) { Array($0) }
        }
    }

    private var isYoung: Bool {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let age = now.nanoseconds &- newest
        return age >= 0 && age < (knowsFractions ? 50_000_000 : 2_000_000_000)
    }

    /// - Parameter folder: is closed here.
    private mutating func list(_ folder: Int32, under parent: UInt64, depth: Int) -> Bool {
        guard let directory = fdopendir(folder) else {
            close(folder)
            return false
        }
        defer { closedir(directory) }
        while let item = readdir(directory) {
            let length = withUnsafePointer(to: &item.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 1) { strlen($0) }
            }
            let isListed = withUnsafePointer(to: &item.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: length + 1) { name in
                    add(name, length: length, in: folder, under: parent, depth: depth)
                }
            }
            if !isListed { return false }
        }
        return true
    }

    private mutating func add(
        _ name: UnsafePointer<CChar>, length: Int, in folder: Int32, under parent: UInt64, depth: Int
    ) -> Bool {
        if length <= 2, name[0] == 0x2E, length == 1 || name[1] == 0x2E { return true }
        var status = stat()
        guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return errno == ENOENT }
        let bytes = UnsafeRawBufferPointer(start: name, count: length)
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        let own = add(status, under: parent, name: bytes)
        guard isFolder else { return true }
        if length == 4, memcmp(name, ".git", 4) == 0 {
            for file in Self.ofRepository { addFile(".git/", file, in: folder, under: own) }
            return true
        }
        guard depth < Self.deepest else { return true }
        let inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        // One that cannot be listed is there all the same.
        guard inner >= 0 else { return errno == EACCES || errno == ENOENT || errno == ELOOP || errno == ENOTDIR }
        return list(inner, under: own, depth: depth + 1)
    }

    private mutating func addFile(_ prefix: String, _ name: StaticString, in folder: Int32, under parent: UInt64) {
        var status = stat()
        let path = prefix + String(describing: name)
        guard path.withCString({ fstatat(folder, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 else { return }
        path.utf8.withContiguousStorageIfAvailable {
            _ = add(status, under: parent, name: UnsafeRawBufferPointer($0))
        }
    }

    /// The entry's own number, for what lies in it.
    @discardableResult
    private mutating func add(_ status: stat, under parent: UInt64, name: UnsafeRawBufferPointer) -> UInt64 {
        var place = Self.mixed(parent, UInt64(name.count))
        var offset = 0
        while offset < name.count {
            var word: UInt64 = 0
            for index in offset..<min(offset + 8, name.count) { word = word << 8 | UInt64(name[index]) }
            place = Self.mixed(place, word)
            offset += 8
        }
        let identity = FileIdentity(status)
        newest = max(newest, identity.changed)
        if status.st_ctim.tv_nsec != 0 { knowsFractions = true }
        var whole = Self.mixed(place, UInt64(status.st_mode))
        // A folder's times change with the names in it, which are looked at themselves.
        if status.st_mode & S_IFMT != S_IFDIR {
            for number in [identity.size, identity.modified, identity.changed] {
                whole = Self.mixed(whole, UInt64(bitPattern: Int64(number)))
            }
            whole = Self.mixed(whole, identity.inode)
        }
        first &+= whole
        second &+= Self.mixed(whole, 0x9E37_79B9_7F4A_7C15)
        entries += 1
        return place
    }

    private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: word ^ 0xE703_7ED1_A0B4_28DB)
        return product.high ^ product.low &+ hash
    }
}
