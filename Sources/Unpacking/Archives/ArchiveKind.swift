import OpenscanBytes
import OpenscanFacts

/// Containers that are unpacked as part of a release, told by magic bytes.
public enum ArchiveKind: Sendable, Hashable {
    /// Read by its directory; by libarchive where there is none to reach, or a member needs it.
    case zip
    /// Read through libarchive; `isCompressedStream` when the magic is that of a compressor, which may hold a tar or one file.
    case other(isCompressedStream: Bool)

    /// - Parameter head: the first bytes, 300 at best.
    public static func detect(_ head: UnsafeRawBufferPointer) -> ArchiveKind? {
        if head.starts(with: "PK\u{3}\u{4}") || head.starts(with: "PK\u{5}\u{6}")
            || head.starts(with: "PK00PK\u{3}\u{4}")
        {
            return .zip
        }
        if head.starts(with: "ustar", at: 257) { return .other(isCompressedStream: false) }
        if head.count > 6, head[0] == 0x37, head[1] == 0x7A, head[2] == 0xBC, head[3] == 0xAF, head[4] == 0x27,
            head[5] == 0x1C
        {
            return .other(isCompressedStream: false)
        }
        if head.starts(with: "Rar!\u{1A}\u{7}") || head.starts(with: "MSCF\0\0\0\0") || head.starts(with: "!<arch>\n")
            || head.starts(with: "070701") || head.starts(with: "070707")
        {
            return .other(isCompressedStream: false)
        }
        if isCompressed(head) { return .other(isCompressedStream: true) }
        return nil
    }

    private static func isCompressed(_ head: UnsafeRawBufferPointer) -> Bool {
        guard head.count >= 6 else { return false }
        switch Compression.detect(head) {
        case .gzip, .bzip2, .xz, .zstd, .lz4: return true
        // Bytes that many things begin with.
        case .zlib, .lzma, nil: break
        }
        // A damaged first block is still a file of bzip2; the last two are archives' compressors alone.
        return head.starts(with: "BZh") && head[3] >= 0x31 && head[3] <= 0x39 || head.starts(with: "LZIP")
            || head[0] == 0x1F && head[1] == 0x9D
    }

    /// Whether a member or file of this name is a package to open, not an artefact that happens to be a zip.
    public static func hasPackageName(_ path: String) -> Bool {
        let name = Entry.name(of: path).lowercased()
        let endings = [
            ".zip", ".whl", ".egg", ".tar", ".tgz", ".tbz", ".tbz2", ".txz", ".tzst", ".tar.gz", ".tar.bz2", ".tar.xz",
            ".tar.zst", ".tar.lz4", ".tar.lz", ".7z", ".rar", ".cab", ".cpio", ".conda", ".crate",
        ]
        // torch.save's old habit: a checkpoint called .pth.tar.
        if name.hasSuffix(".pth.tar") || name.hasSuffix(".pt.tar") || name.hasSuffix(".ckpt.tar") { return false }
        return endings.contains { name.hasSuffix($0) }
    }
}
