import OpenscanBytes
import OpenscanKit

#if canImport(Glibc)
    import Glibc
#endif

/// The files of a commit as a tar file: blobs as they are in the object store, without filters or attributes of the
/// repository, which could leave files out or change them (`git archive` obeys those).
struct GitArchive {
    let path: String
    private let descriptor: Int32
    private static let block = 512

    init(_ repository: String, commit: String, limits: Limits) throws(GitProblem) {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        guard let template = strdup(folder + "/openscan-XXXXXX.tar") else { throw .notWritten(ENOMEM) }
        defer { free(template) }
        let opened = mkstemps(template, 4)
        guard opened >= 0 else { throw .notWritten(errno) }
        descriptor = opened
        path = String(cString: template)
        do throws(GitProblem) { try write(repository, commit, limits) } catch {
            remove()
            throw error
        }
    }

    func remove() {
        close(descriptor)
        unlink(path)
    }

    private struct Entry {
        let isLink: Bool
        let id: String
        let path: [UInt8]
    }

    private func write(_ repository: String, _ commit: String, _ limits: Limits) throws(GitProblem) {
        let blobs = try GitProcess(repository, ["cat-file", "--batch"])
        var room = limits.expandedBytes
        for entry in try Self.entries(repository, commit, limits) {
            guard blobs.ask(entry.id), let head = blobs.read(until: UInt8(ascii: "\n")) else { throw .garbled }
            let words = head.split(separator: UInt8(ascii: " "))
            guard words.count == 3, words[1].elementsEqual("blob".utf8),
                let size = Int(String(decoding: words[2], as: UTF8.self)), size >= 0
            else { throw .garbled }
            guard size <= room else { throw .tooMuch }
            room -= size
            var target: [UInt8] = []
            if entry.isLink {
                guard size <= limits.pathLength else { throw .tooMuch }
                guard try blobs.read(size, { piece throws(GitProblem) in target += piece }) else { throw .garbled }
                try header(entry.path, size: 0, link: target)
            } else {
                try header(entry.path, size: size, link: nil)
                guard try blobs.read(size, { piece throws(GitProblem) in try put(piece) }) else { throw .garbled }
                try pad(size)
            }
            // A line end stands behind each object.
            guard blobs.read(until: UInt8(ascii: "\n"), most: 1) != nil else { throw .garbled }
        }
        try put([UInt8](repeating: 0, count: 2 * Self.block)[...])
    }

    /// `100644 blob ID\tPATH`, each ended by a zero byte.
    private static func entries(_ repository: String, _ commit: String, _ limits: Limits) throws(GitProblem) -> [Entry]
    {
        let process = try GitProcess(repository, ["ls-tree", "-r", "-z", "--full-tree", commit])
        process.finishAsking()
        var out: [Entry] = []
        while let line = process.read(until: 0) {
            guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { throw .garbled }
            let words = line[..<tab].split(separator: UInt8(ascii: " "))
            guard words.count == 3 else { throw .garbled }
            // A module of its own is another repository's.
            guard words[1].elementsEqual("blob".utf8) else { continue }
            let path = Array(line[(tab + 1)...])
            guard path.count <= limits.pathLength else { continue }
            guard out.count < limits.entries else { throw .tooMuch }
            out.append(
                Entry(
                    isLink: words[0].elementsEqual("120000".utf8), id: String(decoding: words[2], as: UTF8.self),
                    path: path))
        }
        return out
    }

    // MARK: Tar

    /// A header of POSIX's ustar, behind records of pax for what does not fit into it.
    private func header(_ path: [UInt8], size: Int, link: [UInt8]?) throws(GitProblem) {
        var records: [UInt8] = []
        if path.count > 100 { records += Self.record("path", path) }
        if let link, link.count > 100 { records += Self.record("linkpath", link) }
        if size >= 1 << 33 { records += Self.record("size", Array(String(size).utf8)) }
        if !records.isEmpty {
            try put(Self.block(Array("pax".utf8), size: records.count, type: UInt8(ascii: "x"), link: [])[...])
            try put(records[...])
            try pad(records.count)
        }
        let type = UInt8(ascii: link == nil ? "0" : "2")
        try put(Self.block(Array(path.prefix(100)), size: size, type: type, link: Array((link ?? []).prefix(100)))[...])
    }

    private static func record(_ key: String, _ value: [UInt8]) -> [UInt8] {
        let body = Array(" \(key)=".utf8) + value + [UInt8(ascii: "\n")]
        // The length counts itself.
        var length = body.count + 1
        while String(length).utf8.count + body.count != length { length = String(length).utf8.count + body.count }
        return Array(String(length).utf8) + body
    }

    private static func block(_ name: [UInt8], size: Int, type: UInt8, link: [UInt8]) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: block)
        func set(_ bytes: some Collection<UInt8>, _ place: Int) {
            for (index, byte) in bytes.enumerated() { out[place + index] = byte }
        }
        func octal(_ number: Int, _ width: Int) -> [UInt8] {
            let digits = String(number, radix: 8)
            return Array((String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits).utf8)
        }
        set(name, 0)
        set(octal(0o644, 7), 100)
        set(octal(0, 7), 108)
        set(octal(0, 7), 116)
        set(octal(min(size, 1 << 33 - 1), 11), 124)
        set(octal(0, 11), 136)
        set([UInt8](repeating: UInt8(ascii: " "), count: 8), 148)
        out[156] = type
        set(link, 157)
        set("ustar\u{0}00".utf8, 257)
        set(octal(out.reduce(0) { $0 + Int($1) }, 6), 148)
        out[154] = 0
        return out
    }

    private func pad(_ size: Int) throws(GitProblem) {
        let rest = size % Self.block
        if rest > 0 { try put([UInt8](repeating: 0, count: Self.block - rest)[...]) }
    }

    private func put(_ bytes: ArraySlice<UInt8>) throws(GitProblem) {
        let code: Int32 = bytes.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count, let base = bytes.baseAddress {
                let written = Glibc.write(descriptor, base + done, bytes.count - done)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { return errno }
                done += written
            }
            return 0
        }
        guard code == 0 else { throw .notWritten(code) }
    }
}
