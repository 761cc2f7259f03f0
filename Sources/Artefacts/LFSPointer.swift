import OpenscanBytes
import OpenscanFacts

/// A Git LFS pointer (git-lfs docs/spec.md): a small text that stands for a large file.
enum LFSPointer {
    static func read(_ head: UnsafeRawBufferPointer, size: Int?) -> ArtefactFacts? {
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
}
