import OpenscanBytes
import OpenscanFacts

extension DirectoryWalker {
    /// A file to be read later, by any worker. A release may have a million: what a folder's files share is held once.
    public struct Item: Sendable {
        /// A folder that was listed.
        final class Folder: Sendable {
            /// In the release, as shown; empty for the release itself.
            let path: String
            /// From the folder that confines the release.
            let location: String

            init(path: String, location: String) {
                self.path = path
                self.location = location
            }
        }

        /// Where a link leads, from the folder that confines the release.
        final class Link: Sendable {
            let target: String
            /// Whether it is a package whose files are the release's own.
            let isPackage: Bool

            init(_ target: String, isPackage: Bool = false) {
                self.target = target
                self.isPackage = isPackage
            }
        }

        /// Few files have it: one word for all the others.
        private final class Partly: Sendable {
            let fetched: Fetched

            init(_ fetched: Fetched) { self.fetched = fetched }
        }

        private let folder: Folder
        private let name: String
        private let size: Int
        private let link: Link?
        private let partly: Partly?

        init(_ folder: Folder, _ name: String, size: Int, link: Link? = nil, fetched: Fetched? = nil) {
            self.folder = folder
            self.name = name
            self.size = size
            self.link = link
            partly = fetched.map(Partly.init)
        }

        /// What of it is here, where a manifest says that not all of it is.
        public var fetched: Fetched? { partly?.fetched }

        /// Its bytes; those that were not fetched are an error to who reads them.
        /// - Throws: `ReadError.system` where it cannot be opened.
        public func bytes(in root: RootFolder) throws(ReadError) -> any SizedBytes {
            let bytes = try root.file(location, shownAs: entry.path)
            guard let fetched else { return bytes }
            return PartialBytes(bytes, seen: fetched.ranges, path: entry.path)
        }

        /// What it is in the release.
        public var entry: Entry {
            Entry(path: path, kind: link.map { .link(target: Printable.path($0.target)) } ?? .file, size: size)
        }

        /// Whether it is a package whose files are the release's own.
        public var isPackage: Bool { link?.isPackage ?? false }

        /// Path in the release, as shown.
        var path: String { DirectoryWalker.joined(folder.path, Printable.path(name)) }

        /// Path from the folder that confines the release; for a link inside it, that of its target.
        public var location: String { link?.target ?? DirectoryWalker.joined(folder.location, name) }

        /// By the bytes of the paths.
        func precedes(_ other: Item) -> Bool {
            folder === other.folder
                ? name.utf8.lexicographicallyPrecedes(other.name.utf8)
                : path.utf8.lexicographicallyPrecedes(other.path.utf8)
        }

        /// The same for paths that differ by case only.
        var foldedHash: Int {
            var hasher = Hasher()
            for part in [folder.path, name] {
                if part.utf8.allSatisfy({ $0 < 0x80 }) {
                    for byte in part.utf8 { hasher.combine(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) }
                } else {
                    for byte in part.lowercased().utf8 { hasher.combine(byte) }
                }
                hasher.combine(UInt8(ascii: "/"))
            }
            return hasher.finalize()
        }
    }

    static func joined(_ folder: String, _ name: String) -> String {
        folder.isEmpty ? name : folder + "/" + name
    }
}
