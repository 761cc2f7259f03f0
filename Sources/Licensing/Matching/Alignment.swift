/// How one text of the index lies in a scanned text: which words agree, which are missing, which stand between.
struct Alignment {
    let text: LicenceIndex.Text
    /// Words of the scanned text from the first to the last that agree.
    var span: Range<Int>
    /// Runs of the scanned text inside `span` that the licence does not have.
    var inserted: [Range<Int>] = []
    /// Runs of the licence's core that the scanned text does not have.
    var missing: [Range<Int>] = []
    /// Words of the core that agree.
    var matchedCore = 0
    /// All words that agree.
    var matched = 0

    var missingCount: Int { missing.reduce(0) { $0 + $1.count } }

    /// Cost of what is missing in words, a holder's name being cheap.
    func missingWeight(_ weights: UnsafeBufferPointer<UInt8>) -> Double {
        Double(missing.reduce(0) { sum, run in sum + run.reduce(0) { $0 + Int(weights[Int(text.words[$1])]) } })
            / Double(IndexFormat.fullWeight)
    }

    /// The same of what is inserted.
    func insertedWeight(_ weights: UnsafeBufferPointer<UInt8>, _ words: UnsafeBufferPointer<UInt16>) -> Double {
        Double(inserted.reduce(0) { sum, run in sum + run.reduce(0) { $0 + Int(weights[Int(words[$1])]) } })
            / Double(IndexFormat.fullWeight)
    }

    private static let smallestForeign = 8

    /// The span without longer runs of words that the licence does not have: those may carry something of their own.
    var covered: [Range<Int>] { span.gaps(without: inserted.filter { $0.count >= Self.smallestForeign }) }

    /// Part of the licence's core that is there, 0...1.
    var coverage: Double { Double(matchedCore) / Double(max(text.core.count, 1)) }
}

/// Places a text of the index in a scanned one: a chain of seeds that keeps both orders, then word by word between them.
struct Aligner {
    let words: UnsafeBufferPointer<UInt16>

    private static let lookBack = 40
    private static let largestJump = 600

    /// The best chain of `hits` (in order of position).
    func chain(_ all: [SeedSearch.Hit]) -> [SeedSearch.Hit] {
        let hits = telling(all)
        guard hits.count > 1 else { return hits }
        var score = [Int32](repeating: 1, count: hits.count)
        var previous = [Int32](repeating: -1, count: hits.count)
        var best = 0
        for current in hits.indices {
            let hit = hits[current]
            for candidate in stride(from: current - 1, through: max(0, current - Self.lookBack), by: -1) {
                let other = hits[candidate]
                let step = Int(hit.position - other.position)
                let textStep = Int(hit.textPosition) - Int(other.textPosition)
                guard step > 0, textStep > 0, step - textStep < Self.largestJump else { continue }
                // Steps of the same length weigh more than jumps.
                let gain: Int32 = step == textStep ? 4 : 3
                if score[candidate] + gain > score[current] {
                    score[current] = score[candidate] + gain
                    previous[current] = Int32(candidate)
                }
            }
            if score[current] > score[best] { best = current }
        }
        var out: [SeedSearch.Hit] = []
        var place = best
        while place >= 0 {
            out.append(hits[place])
            place = Int(previous[place])
        }
        return out.reversed()
    }

    /// Without the runs that the licence has more than once, where enough others are left: they would crowd the chain's look back.
    private func telling(_ hits: [SeedSearch.Hit]) -> [SeedSearch.Hit] {
        var out: [SeedSearch.Hit] = []
        out.reserveCapacity(hits.count)
        var index = 0
        var places = 0
        while index < hits.count {
            var end = index + 1
            while end < hits.count, hits[end].position == hits[index].position { end += 1 }
            if end == index + 1 { out.append(hits[index]) }
            places += 1
            index = end
        }
        return out.count * 2 >= places ? out : hits
    }

    /// - Parameter bounds: the part of the scanned text that may be used.
    func align(_ text: LicenceIndex.Text, _ hits: [SeedSearch.Hit], in bounds: Range<Int>) -> Alignment? {
        let chain = chain(hits)
        guard let first = chain.first else { return nil }
        var state = State(text: text)
        // Before the first seed: backwards, as far as the licence goes.
        let headStart = max(
            bounds.lowerBound, Int(first.position) - Int(first.textPosition) - Int(first.textPosition) / 4 - 20)
        fill(
            &state, text: 0..<Int(first.textPosition), words: headStart..<Int(first.position), openStart: true,
            openEnd: false)
        var position = Int(first.position)
        var textPosition = Int(first.textPosition)
        for hit in chain {
            if Int(hit.position) + IndexFormat.seedLength <= position { continue }
            if Int(hit.textPosition) < textPosition || Int(hit.position) < position {
                // Overlaps the last one: only what is new.
                let step = max(position - Int(hit.position), textPosition - Int(hit.textPosition))
                guard Int(hit.position) + step == position, Int(hit.textPosition) + step == textPosition else {
                    continue
                }
                state.match(position: position, textPosition: textPosition, count: IndexFormat.seedLength - step)
                position += IndexFormat.seedLength - step
                textPosition += IndexFormat.seedLength - step
                continue
            }
            fill(
                &state, text: textPosition..<Int(hit.textPosition), words: position..<Int(hit.position),
                openStart: false, openEnd: false)
            state.match(position: Int(hit.position), textPosition: Int(hit.textPosition), count: IndexFormat.seedLength)
            position = Int(hit.position) + IndexFormat.seedLength
            textPosition = Int(hit.textPosition) + IndexFormat.seedLength
        }
        let left = text.words.count - textPosition
        fill(
            &state, text: textPosition..<text.words.count,
            words: position..<min(bounds.upperBound, position + left + left / 4 + 20), openStart: false, openEnd: true)
        return state.finished
    }

    /// The same when the text's core stands at `position` word for word: only what is before and behind it is aligned.
    func align(_ text: LicenceIndex.Text, coreAt position: Int, in bounds: Range<Int>) -> Alignment? {
        var state = State(text: text)
        let before = text.core.lowerBound
        fill(
            &state, text: 0..<before, words: max(bounds.lowerBound, position - before - before / 4 - 20)..<position,
            openStart: true, openEnd: false)
        state.match(position: position, textPosition: before, count: text.core.count)
        let end = position + text.core.count
        let left = text.words.count - text.core.upperBound
        if left > 0 {
            fill(
                &state, text: text.core.upperBound..<text.words.count,
                words: end..<min(bounds.upperBound, end + left + left / 4 + 20), openStart: false, openEnd: true)
        }
        return state.finished
    }

    /// Aligns a part of the licence with a part of the scanned text. At an open end, words of the scanned text beyond the last agreement are not the licence's.
    private func fill(_ state: inout State, text: Range<Int>, words range: Range<Int>, openStart: Bool, openEnd: Bool) {
        guard !text.isEmpty || !range.isEmpty else { return }
        let licence = state.text.words
        var (textStart, textEnd) = (text.lowerBound, text.upperBound)
        var (start, end) = (range.lowerBound, max(range.lowerBound, range.upperBound))
        if !openStart {
            while textStart < textEnd, start < end, licence[textStart] == words[start] {
                state.match(position: start, textPosition: textStart, count: 1)
                textStart += 1
                start += 1
            }
        }
        var tail: [(Int, Int)] = []
        if !openEnd {
            while textStart < textEnd, start < end, licence[textEnd - 1] == words[end - 1] {
                textEnd -= 1
                end -= 1
                tail.append((end, textEnd))
            }
        }
        if textStart < textEnd, start < end { commonRuns(&state, textStart..<textEnd, start..<end) }
        for (position, textPosition) in tail.reversed() {
            state.match(position: position, textPosition: textPosition, count: 1)
        }
    }

    /// Runs of so few pairs are compared in full.
    private static let tableLimit = 6_000
    /// Differences after which two longer runs count as foreign to each other.
    private static let mostDifferences = 80

    /// Words that two runs have in common, in order.
    private func commonRuns(_ state: inout State, _ text: Range<Int>, _ range: Range<Int>) {
        if text.count * range.count <= Self.tableLimit { return commonByTable(&state, text, range) }
        commonByDifferences(&state, text, range)
    }

    /// Number of words that two sequences share in order, either way; for tests.
    static func agreements(_ licence: [UInt16], _ scanned: [UInt16], byDifferences: Bool) -> Int {
        licence.withUnsafeBufferPointer { licence in
            scanned.withUnsafeBufferPointer { scanned in
                var state = State(
                    text: LicenceIndex.Text(
                        number: 0, record: 0, kind: .full, words: licence, core: 0..<licence.count, seedCount: 0))
                let aligner = Aligner(words: scanned)
                if byDifferences {
                    aligner.commonByDifferences(&state, 0..<licence.count, 0..<scanned.count)
                } else {
                    aligner.commonByTable(&state, 0..<licence.count, 0..<scanned.count)
                }
                return state.count
            }
        }
    }

    /// Longest common subsequence by the table of all pairs.
    private func commonByTable(_ state: inout State, _ text: Range<Int>, _ range: Range<Int>) {
        let licence = state.text.words
        let width = range.count + 1
        withUnsafeTemporaryAllocation(of: UInt16.self, capacity: (text.count + 1) * width) { table in
            table.initialize(repeating: 0)
            for row in stride(from: text.count - 1, through: 0, by: -1) {
                for column in stride(from: range.count - 1, through: 0, by: -1) {
                    let same =
                        licence[text.lowerBound + row] == words[range.lowerBound + column]
                        && words[range.lowerBound + column] != 0
                    table[row * width + column] =
                        same
                        ? table[(row + 1) * width + column + 1] + 1
                        : max(table[(row + 1) * width + column], table[row * width + column + 1])
                }
            }
            var (row, column) = (0, 0)
            while row < text.count, column < range.count {
                if licence[text.lowerBound + row] == words[range.lowerBound + column],
                    words[range.lowerBound + column] != 0
                {
                    state.match(position: range.lowerBound + column, textPosition: text.lowerBound + row, count: 1)
                    row += 1
                    column += 1
                } else if table[(row + 1) * width + column] >= table[row * width + column + 1] {
                    row += 1
                } else {
                    column += 1
                }
            }
        }
    }

    /// Shortest script of insertions and deletions (Myers, Algorithmica 1, 1986); where it gets too long, the path that holds the most agreements.
    private func commonByDifferences(_ state: inout State, _ text: Range<Int>, _ range: Range<Int>) {
        let licence = state.text.words
        let (rows, columns) = (text.count, range.count)
        let most = min(Self.mostDifferences, rows + columns)
        let width = 2 * most + 3
        let base = most + 1
        func agree(_ row: Int, _ column: Int) -> Bool {
            licence[text.lowerBound + row] == words[range.lowerBound + column] && words[range.lowerBound + column] != 0
        }
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: width * (most + 2)) { reach in
            // Row reached on each diagonal (row - column) after each number of differences.
            reach.initialize(repeating: -1)
            var found: (differences: Int, diagonal: Int)?
            var fullest = (agreed: -1, differences: 0, diagonal: 0)
            search: for differences in 0...most {
                for diagonal in stride(from: -differences, through: differences, by: 2) {
                    var row: Int
                    if differences == 0 {
                        row = 0
                    } else {
                        let before = (differences - 1) * width + base
                        let down = Int(reach[before + diagonal - 1])
                        let right = Int(reach[before + diagonal + 1])
                        row = diagonal == -differences || (diagonal != differences && down < right) ? right : down + 1
                    }
                    var column = row - diagonal
                    guard row >= 0, row <= rows, column >= 0, column <= columns else { continue }
                    while row < rows, column < columns, agree(row, column) {
                        row += 1
                        column += 1
                    }
                    reach[differences * width + base + diagonal] = Int32(row)
                    let agreed = (row + column - differences) / 2
                    if agreed > fullest.agreed { fullest = (agreed, differences, diagonal) }
                    if row >= rows, column >= columns {
                        found = (differences, diagonal)
                        break search
                    }
                }
            }
            var (differences, diagonal) = found ?? (fullest.differences, fullest.diagonal)
            var agreements: [(row: Int, column: Int)] = []
            while true {
                var row = Int(reach[differences * width + base + diagonal])
                var column = row - diagonal
                var startRow = 0
                var next = diagonal
                if differences > 0 {
                    let before = (differences - 1) * width + base
                    let down = Int(reach[before + diagonal - 1])
                    let right = Int(reach[before + diagonal + 1])
                    let isRight = diagonal == -differences || (diagonal != differences && down < right)
                    startRow = isRight ? right : down + 1
                    next = isRight ? diagonal + 1 : diagonal - 1
                }
                while row > startRow {
                    row -= 1
                    column -= 1
                    agreements.append((row, column))
                }
                if differences == 0 { break }
                differences -= 1
                diagonal = next
            }
            for pair in agreements.reversed() {
                state.match(
                    position: range.lowerBound + pair.column, textPosition: text.lowerBound + pair.row, count: 1)
            }
        }
    }

    /// Collects agreements in order and turns them into runs.
    private struct State {
        let text: LicenceIndex.Text
        private var runs: [(position: Int, textPosition: Int, count: Int)] = []

        init(text: LicenceIndex.Text) { self.text = text }

        var count: Int { runs.reduce(0) { $0 + $1.count } }

        mutating func match(position: Int, textPosition: Int, count: Int) {
            if let last = runs.last, last.position + last.count == position,
                last.textPosition + last.count == textPosition
            {
                runs[runs.count - 1].count += count
            } else {
                runs.append((position, textPosition, count))
            }
        }

        /// A word or two that agree far from the rest are chance: they are cut from both ends.
        private mutating func trimEnds() {
            while runs.count > 1, runs[0].count < 3, runs[1].position - runs[0].position - runs[0].count > 3 {
                runs.removeFirst()
            }
            while runs.count > 1, runs[runs.count - 1].count < 3 {
                let (before, last) = (runs[runs.count - 2], runs[runs.count - 1])
                guard last.position - before.position - before.count > 3 else { break }
                runs.removeLast()
            }
        }

        var finished: Alignment? {
            var copy = self
            copy.trimEnds()
            guard let first = copy.runs.first, let last = copy.runs.last else { return nil }
            var out = Alignment(text: text, span: first.position..<last.position + last.count)
            var textPosition = text.core.lowerBound
            var position = first.position
            for run in copy.runs {
                if run.position > position { out.inserted.append(position..<run.position) }
                let gap = textPosition..<max(textPosition, run.textPosition)
                let core = gap.clamped(to: text.core)
                if !core.isEmpty { out.missing.append(core) }
                let matched = run.textPosition..<run.textPosition + run.count
                out.matched += run.count
                out.matchedCore += matched.clamped(to: text.core).count
                position = run.position + run.count
                textPosition = max(textPosition, matched.upperBound)
            }
            if textPosition < text.core.upperBound { out.missing.append(textPosition..<text.core.upperBound) }
            return out
        }
    }
}
