import OpenscanBytes
import OpenscanKit
import OpenscanMirror
import OpenscanUnpacking

/// Where the releases of a call come from: a folder that is searched, or lines of standard input.
struct ReleaseSource: Sendable {
    /// Searched; without links and from the root on where what is found is kept.
    let directory: String?
    let shard: Shard?
    /// Put before relative paths of standard input.
    var base = ""

    /// The same releases by paths that hold wherever a later run is started.
    /// - Throws: `Stop` where the folder is not there.
    func absolute() throws(Stop) -> ReleaseSource {
        do throws(ReadError) {
            guard let directory else {
                return ReleaseSource(directory: nil, shard: shard, base: try FileSystem.resolve("."))
            }
            return ReleaseSource(directory: try FileSystem.resolve(directory), shard: shard)
        } catch { throw .unreadable(ScanRefusal.unreadable(error).message) }
    }

    /// Releases one after the other.
    struct Releases: Sendable {
        fileprivate var paths: [String]
        fileprivate var place = 0

        /// How many there are.
        var count: Int { paths.count }

        mutating func next() -> String? {
            guard place < paths.count else { return nil }
            defer { place += 1 }
            return paths[place]
        }
    }

    /// - Throws: `Stop` where there are none or the folder cannot be searched.
    func releases() throws(Stop) -> Releases {
        var paths: [String]
        do throws(ReadError) {
            if let directory {
                paths = try Discovery().releases(under: directory)
            } else {
                paths = try StandardInputBytes.lines()
                if !base.isEmpty { paths = paths.map { $0.hasPrefix("/") ? $0 : "\(base)/\($0)" } }
            }
        } catch {
            throw Stop.unreadable(directory == nil ? error.message : ScanRefusal.unreadable(error).message)
        }
        guard !paths.isEmpty else { throw .unreadable("no release named or found") }
        if let shard {
            let folder = directory.map { $0.hasSuffix("/") ? $0 : $0 + "/" } ?? ""
            paths = paths.filter { path in
                shard.holds(path.hasPrefix(folder) ? path.utf8.dropFirst(folder.utf8.count) : path.utf8.dropFirst(0))
            }
        }
        return Releases(paths: paths)
    }
}
