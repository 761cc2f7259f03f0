import OpenscanBytes
import OpenscanFacts

/// A Git LFS pointer (git-lfs docs/spec.md): a small text that stands for a large file.
enum LFSPointer {
    static func read(_ head: UnsafeRawBufferPointer, size: Int?) -> ArtefactFacts? {
        if head.starts(with: "# xet version "), (size ?? 0) <= 1024 { return xet(head) }
        guard
            head.starts(with: "version https://git-lfs.github.com/spec/")
                || head.starts(with: "version https://hawser.github.com/spec/"), (size ?? 0) <= 1024
        else { return nil }
        var facts = ArtefactFacts(format: "git-lfs-pointer", status: .pointer)
        var oid: String?
        var announced: Int?
        for line in head.repairedText.lines() {
            if line.hasPrefix("oid ") { oid = String(line.dropFirst(4)) }
            if line.hasPrefix("size ") { announced = Int(line.dropFirst(5).trimmed) }
        }
        if let oid, let announced, announced >= 0, oid.hasPrefix("sha256:"), oid.count == 71 {
            facts.pointer = ArtefactFacts.Pointer(oid: oid, size: announced)
        } else {
            facts.status = .malformed
            facts.findings.append(Finding(.badPointer, .medium, "Git LFS pointer without a well formed oid and size"))
        }
        return facts
    }

    /// A pointer of git-xet, which came before the hub's Xet storage: `filesize = 7` and `hash = '...'`.
    private static func xet(_ head: UnsafeRawBufferPointer) -> ArtefactFacts {
        var facts = ArtefactFacts(format: "xet-pointer", status: .pointer)
        var fields: [String: String] = [:]
        for line in head.repairedText.lines() {
            guard let sign = line.firstIndex(of: "=") else { continue }
            fields[line[..<sign].trimmed] = line[line.index(after: sign)...].trimmed.filter { $0 != "'" && $0 != "\"" }
        }
        let hash = fields["hash"] ?? fields["merklehash"] ?? ""
        if let size = fields["filesize"].flatMap({ Int($0) }), size >= 0, hash.utf8.count == 64,
            hash.allSatisfy(\.isHexDigit)
        {
            facts.pointer = ArtefactFacts.Pointer(oid: "xet:" + hash, size: size)
        } else {
            facts.status = .malformed
            facts.findings.append(
                Finding(.badPointer, .medium, "pointer of git-xet without a well formed hash and size"))
        }
        return facts
    }
}
