#if canImport(Glibc)
    import Glibc
#endif

/// The few things that are done with what is open, wherever it was opened.
public enum OpenDescriptor {
    /// Writes everything; the system's error number where that fails, else 0.
    public static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
        var done = 0
        while done < bytes.count, let base = bytes.baseAddress {
            let written = Glibc.write(descriptor, base + done, bytes.count - done)
            if written < 0 {
                if errno == EINTR { continue }
                return errno
            }
            done += written
        }
        return 0
    }

    /// Whether an open folder has nothing in it; `false` where it cannot be listed.
    public static func isEmpty(folder: Int32) -> Bool {
        let copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let directory = fdopendir(copy) else { return false }
        defer { closedir(directory) }
        var count = 0
        // "." and ".." are always there.
        while count <= 2, readdir(directory) != nil { count += 1 }
        return count <= 2
    }
}
