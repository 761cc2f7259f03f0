extension StringProtocol {
    /// Plain search, without Foundation.
    public func range(of needle: String) -> Range<String.Index>? {
        let text = Array(utf8)
        let wanted = Array(needle.utf8)
        guard !wanted.isEmpty, text.count >= wanted.count else { return nil }
        for offset in 0...(text.count - wanted.count)
        where text[offset] == wanted[0] && text[offset..<offset + wanted.count].elementsEqual(wanted) {
            let start = utf8.index(utf8.startIndex, offsetBy: offset)
            return start..<utf8.index(start, offsetBy: wanted.count)
        }
        return nil
    }
}
