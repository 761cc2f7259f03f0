extension Range<Int> {
    /// The parts that no span covers, in order.
    func gaps(without spans: some Sequence<Range<Int>>) -> [Range<Int>] {
        var out: [Range<Int>] = []
        var position = lowerBound
        for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if span.lowerBound > position { out.append(position..<span.lowerBound) }
            position = Swift.max(position, span.upperBound)
        }
        if position < upperBound { out.append(position..<upperBound) }
        return out
    }
}
