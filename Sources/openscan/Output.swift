#if canImport(Glibc)
    import Glibc
#endif

/// Why a command ends before its work is done.
struct Stop: Error {
    let code: Int32
    let message: String?

    static func unreadable(_ message: String) -> Stop { Stop(code: 3, message: message) }
    static func usage(_ message: String) -> Stop { Stop(code: 2, message: message) }
    /// A `--fail-on` condition holds; the report says which.
    static let policy = Stop(code: 1, message: nil)

    func report() {
        if let message { Output.error("openscan: " + message) }
    }
}

/// Where words go: results to standard output, everything else to standard error.
enum Output {
    static func error(_ text: String) {
        write(text.hasSuffix("\n") ? text : text + "\n", to: 2)
    }

    static func line(_ text: String) { write(text + "\n", to: 1) }

    static func write(_ text: String, to descriptor: Int32) {
        var copy = text
        copy.withUTF8 { bytes in
            var done = 0
            while done < bytes.count {
                guard let base = bytes.baseAddress else { return }
                let written = Glibc.write(descriptor, base + done, bytes.count - done)
                if written < 0 {
                    if errno == EINTR { continue }
                    // A reader that went away (a closed pipe) ends the run quietly.
                    exit(errno == EPIPE ? 0 : 3)
                }
                done += written
            }
        }
    }

    /// Writes a whole file or leaves what was there.
    static func save(_ text: String, to path: String) throws {
        let temporary = path + ".openscan-\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw Stop.usage("\(path): cannot write there: \(String(cString: strerror(errno)))")
        }
        var copy = text
        let isWritten = copy.withUTF8 { bytes -> Bool in
            var done = 0
            while done < bytes.count {
                guard let base = bytes.baseAddress else { return false }
                let written = Glibc.write(descriptor, base + done, bytes.count - done)
                if written < 0 { return false }
                done += written
            }
            return true
        }
        let code = errno
        close(descriptor)
        guard isWritten, rename(temporary, path) == 0 else {
            unlink(temporary)
            throw Stop.usage("\(path): cannot write: \(String(cString: strerror(code)))")
        }
    }

    static var isTerminal: Bool { isatty(1) == 1 }

    /// Columns of the terminal, 80 elsewhere.
    static var width: Int {
        var size = winsize()
        guard isTerminal, ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return min(Int(size.ws_col), 120)
    }

    static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
