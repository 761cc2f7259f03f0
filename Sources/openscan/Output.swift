import OpenscanBytes

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
        // Paths and words of the call may hold what steers a terminal.
        let shown = Printable.lines(text)
        write(shown.hasSuffix("\n") ? shown : shown + "\n", to: 2)
    }

    static func line(_ text: String) { write(text + "\n", to: 1) }

    static func write(_ text: String, to descriptor: Int32) {
        let code = writeAll(text, to: descriptor)
        // Words that nobody gets cost no report.
        if code == 0 || descriptor == 2 { return }
        if code == EPIPE {
            // A reader that went away (a closed pipe) ends the run quietly, as it ends other programs.
            signal(SIGPIPE, SIG_DFL)
            raise(SIGPIPE)
            exit(0)
        }
        Stop(code: 3, message: "standard output: cannot write: \(String(cString: strerror(code)))").report()
        exit(3)
    }

    /// Writes everything; the system's error number where that fails, else 0.
    static func writeAll(_ text: String, to descriptor: Int32) -> Int32 {
        var copy = text
        return copy.withUTF8 { OpenDescriptor.write(UnsafeRawBufferPointer($0), to: descriptor) }
    }

    /// Makes the three standard descriptors somebody's and turns signals of writing into errors. Before any file is opened.
    static func prepare() {
        // The next file that is opened would stand for a closed one. Nothing can be written to 1 then, and that is said.
        for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", descriptor == 2 ? O_WRONLY : O_RDONLY)
        }
        signal(SIGXFSZ, SIG_IGN)
        signal(SIGPIPE, SIG_IGN)
    }

    static var isTerminal: Bool { isatty(1) == 1 }

    /// Columns of the terminal, 80 elsewhere.
    static var width: Int { width(of: 1) }

    static func width(of descriptor: Int32) -> Int {
        var size = winsize()
        guard isatty(descriptor) == 1, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return 80
        }
        return min(Int(size.ws_col), 120)
    }

    static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
