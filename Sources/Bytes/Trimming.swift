extension StringProtocol {
    /// Without white space around.
    public var trimmed: String {
        var view = self[startIndex..<endIndex]
        view.dropSpaces()
        while let first = view.first, first.isWhitespace { view = view.dropFirst() }
        while let last = view.last, last.isWhitespace { view = view.dropLast() }
        return String(view)
    }
}

extension StringProtocol where SubSequence == Self {
    /// Takes ASCII's white space off both ends by its bytes: characters cost much more, and there may be megabytes of it.
    /// A space before what is not ASCII stays, as a mark may combine with it.
    fileprivate mutating func dropSpaces() {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 0x09 && byte <= 0x0D }
        let inner: Range<Int>? = utf8.withContiguousStorageIfAvailable { bytes in
            var (start, end) = (0, bytes.count)
            while start < end, isSpace(bytes[start]), start + 1 == end || bytes[start + 1] < 0x80 { start += 1 }
            while end > start, isSpace(bytes[end - 1]) { end -= 1 }
            return start..<end
        }
        guard let inner else { return }
        let first = utf8.index(utf8.startIndex, offsetBy: inner.lowerBound)
        self = self[first..<utf8.index(first, offsetBy: inner.count)]
    }
}

extension String {
    /// Lines by line feeds, without carriage returns: for Swift "\r\n" is one character, and no "\n".
    /// - Parameter limit: lines that are told apart; everything behind them comes as one more, line feeds and all.
    public func lines(limit: Int = .max) -> [Substring] {
        utf8.split(separator: 0x0A, maxSplits: limit, omittingEmptySubsequences: false).map { line in
            Substring(line.last == 0x0D ? line.dropLast() : line)
        }
    }
}
