extension StringProtocol {
    /// Without white space around.
    public var trimmed: String {
        var view = self[startIndex..<endIndex]
        while let first = view.first, first.isWhitespace { view = view.dropFirst() }
        while let last = view.last, last.isWhitespace { view = view.dropLast() }
        return String(view)
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
