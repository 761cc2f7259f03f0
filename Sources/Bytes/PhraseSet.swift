/// Finds many phrases in one pass over a text, whatever the case of its letters: an automaton after Aho and Corasick (CACM 18, 1975).
public struct PhraseSet: Sendable {
    /// Column of each byte in `next`; bytes that no phrase has share column 0.
    private let columns: [UInt8]
    private let columnCount: Int
    /// State behind each state and column.
    private let next: [UInt16]
    /// Phrases that end in each state, as a range of `ends`.
    private let endRanges: [UInt16]
    private let ends: [UInt16]

    /// - Parameter phrases: in lower case; together fewer than 65,000 bytes.
    public init(_ phrases: [String]) {
        var columns = [UInt8](repeating: 0, count: 256)
        var used: UInt8 = 0
        for phrase in phrases {
            for byte in phrase.utf8 where columns[Int(byte)] == 0 && used < 250 {
                used += 1
                columns[Int(byte)] = used
            }
        }
        for upper in 0x41...0x5A { columns[upper] = columns[upper + 0x20] }
        let width = Int(used) + 1
        var next: [Int] = [Int](repeating: -1, count: width)
        var ending: [[UInt16]] = [[]]
        for (number, phrase) in phrases.enumerated() {
            var state = 0
            for byte in phrase.utf8 {
                let place = state * width + Int(columns[Int(byte)])
                if next[place] < 0 {
                    next[place] = ending.count
                    ending.append([])
                    next += [Int](repeating: -1, count: width)
                }
                state = next[place]
            }
            ending[state].append(UInt16(number))
        }
        // Breadth first, so that every fallback is complete before it is used.
        var fallback = [Int](repeating: 0, count: ending.count)
        var queue: [Int] = []
        for column in 0..<width {
            if next[column] > 0 { queue.append(next[column]) } else { next[column] = 0 }
        }
        var head = 0
        while head < queue.count {
            let state = queue[head]
            head += 1
            ending[state] += ending[fallback[state]]
            for column in 0..<width {
                let target = next[state * width + column]
                let other = next[fallback[state] * width + column]
                if target < 0 {
                    next[state * width + column] = other
                } else {
                    fallback[target] = other
                    queue.append(target)
                }
            }
        }
        self.columns = columns
        columnCount = width
        self.next = next.map { UInt16($0) }
        var ranges: [UInt16] = [0]
        var flat: [UInt16] = []
        for list in ending {
            flat += list
            ranges.append(UInt16(flat.count))
        }
        endRanges = ranges
        ends = flat
    }

    /// Calls `body` with the number of each phrase that is in `bytes` and the offset behind it.
    public func forEach(in bytes: UnsafeRawBufferPointer, _ body: (_ phrase: Int, _ end: Int) -> Void) {
        columns.withUnsafeBufferPointer { columns in
            next.withUnsafeBufferPointer { next in
                endRanges.withUnsafeBufferPointer { ranges in
                    var state = 0
                    for index in bytes.indices {
                        state = Int(next[state * columnCount + Int(columns[Int(bytes[index])])])
                        let first = Int(ranges[state])
                        let last = Int(ranges[state + 1])
                        if first < last { for place in first..<last { body(Int(ends[place]), index + 1) } }
                    }
                }
            }
        }
    }
}
