import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Whether the run was asked to end. What is in flight is finished; who asks twice does not wait for it.
enum Interrupt {
    private static let flag = Atomic(false)

    static var isRequested: Bool { flag.load(ordering: .relaxed) }

    /// From now on the first interrupt is a request.
    static func watch() {
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                Interrupt.flag.store(true, ordering: .relaxed)
                signal(number, SIG_DFL)
            }
        }
    }
}
