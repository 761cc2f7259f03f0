import OpenscanBytes
import OpenscanFacts

extension LicenceScanner {
    private static let pieceSize = 4 << 20
    /// What begins near the end of a piece is found in the next one; no licence is longer.
    private static let overlap = 384 << 10

    /// Reads a text of any size, in pieces when it is large: time is linear in it, and memory does not grow with it.
    ///
    /// - Throws: what reading throws.
    public func scan(_ file: some SizedBytes, path: String, role: TextRole) throws(ReadError) -> LicenceScan {
        var out = LicenceScan()
        var start = 0
        var lines = 0
        let buffer = UnsafeMutableRawBufferPointer.allocate(
            byteCount: min(file.byteCount, Self.pieceSize + Self.overlap) + 1, alignment: 16)
        defer { buffer.deallocate() }
        while start < file.byteCount {
            let count = try file.read(
                at: start,
                into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(buffer.count, file.byteCount - start)]))
            guard count > 0 else { break }
            let piece = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            let isLast = start + count >= file.byteCount || count <= Self.overlap
            // The next piece begins at a line, or anywhere in a line without end.
            let limit =
                isLast
                ? count : piece[..<(count - Self.overlap)].lastIndex(of: 0x0A).map { $0 + 1 } ?? count - Self.overlap
            var part = scan(piece, path: path, role: role)
            if !isLast {
                part.matches.removeAll { $0.bytes.lowerBound >= limit }
                part.unknownText = Array(part.unknownText.prefix(8))
            }
            out.append(part, lines: lines, bytes: start)
            if isLast { break }
            lines += piece.slice(0..<limit).newlineCount
            start += limit
        }
        out.matches = Self.merged(out.matches)
        out.unknownText = Array(out.unknownText.prefix(8))
        return out
    }
}
