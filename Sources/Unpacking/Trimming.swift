extension StringProtocol {
    /// Without white space around.
    public var trimmed: String {
        var view = self[startIndex..<endIndex]
        while let first = view.first, first.isWhitespace { view = view.dropFirst() }
        while let last = view.last, last.isWhitespace { view = view.dropLast() }
        return String(view)
    }
}
