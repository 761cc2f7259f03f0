#if canImport(Glibc)
    import Glibc
#endif

/// A moment of the clock that nobody sets.
struct Deadline {
    private let end: Int

    /// - Parameter seconds: from now; a year at most.
    init(seconds: Int) { end = Self.now + min(seconds, 366 * 86_400) * 1000 }

    private static var now: Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }

    var millisecondsLeft: Int { max(0, end - Self.now) }
    var hasPassed: Bool { millisecondsLeft == 0 }
}

/// Bytes on a socket with their number in front, four bytes, the lowest first.
enum Frame {
    private static let most = 1 << 30

    /// `false` when the other side has gone.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        guard bytes.count <= most else { return false }
        let head = withUnsafeBytes(of: UInt32(bytes.count).littleEndian) { Array($0) }
        return transmit(head, to: descriptor) && transmit(bytes, to: descriptor)
    }

    private static func transmit(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count, let start = buffer.baseAddress {
                let sent = Glibc.send(descriptor, start + done, buffer.count - done, Int32(MSG_NOSIGNAL))
                if sent < 0, errno == EINTR { continue }
                guard sent > 0 else { return false }
                done += sent
            }
            return true
        }
    }

    /// `nil` when the other side has gone or the time is over.
    static func read(from descriptor: Int32, before deadline: Deadline? = nil) -> [UInt8]? {
        guard let head = receive(4, from: descriptor, before: deadline) else { return nil }
        let count = head.enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
        return count <= most ? receive(count, from: descriptor, before: deadline) : nil
    }

    private static func receive(_ count: Int, from descriptor: Int32, before deadline: Deadline?) -> [UInt8]? {
        var out: [UInt8] = []
        var block = [UInt8](repeating: 0, count: min(count, 64 << 10))
        while out.count < count {
            if let deadline, !isReadable(descriptor, before: deadline) { return nil }
            let wanted = min(block.count, count - out.count)
            let got = block.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, wanted) }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { return nil }
            out += block[..<got]
        }
        return out
    }

    private static func isReadable(_ descriptor: Int32, before deadline: Deadline) -> Bool {
        var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while true {
            let found = poll(&item, 1, Int32(clamping: deadline.millisecondsLeft))
            if found > 0 { return true }
            if found < 0, errno == EINTR { continue }
            return false
        }
    }
}
