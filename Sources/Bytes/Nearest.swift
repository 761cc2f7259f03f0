/// Finds what a misspelt word was meant to be.
public enum Nearest {
    /// The candidate with the fewest changes from `word`, else the shortest that begins with it or that it begins with;
    /// of equals the first in order, `nil` where none is near.
    public static func to(_ word: String, among candidates: some Sequence<String>) -> String? {
        let most = word.count < 4 ? 1 : max(2, word.count / 3)
        let near = candidates.map { (distance: distance(word, $0), text: $0) }.filter { $0.distance <= most }
        if let nearest = near.min(by: { ($0.distance, $0.text) < ($1.distance, $1.text) }) { return nearest.text }
        guard word.count >= leastBeginning else { return nil }
        return candidates.filter {
            $0.count >= leastBeginning && ($0.hasPrefix(word) || word.hasPrefix($0))
        }.min { ($0.count, $0) < ($1.count, $1) }
    }

    /// Letters that make a beginning tell something.
    private static let leastBeginning = 4

    /// Letters to be put in, taken out, changed or swapped with their neighbour until one word is the other.
    public static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left.lowercased()), Array(right.lowercased()))
        var (before, last) = ([Int](), Array(0...right.count))
        for row in left.indices {
            var next = [row + 1]
            for column in right.indices {
                let isSame = left[row] == right[column]
                var least = min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1, next[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    least = min(least, before[column - 1] + 1)
                }
                next.append(least)
            }
            (before, last) = (last, next)
        }
        return last[right.count]
    }
}
