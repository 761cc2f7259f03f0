import Testing

@testable import OpenscanLicensing

@Suite struct AlignerTests {
    /// Both ways of finding what two runs share find as much as the plain recursion does.
    @Test func bothWaysFindTheLongestCommonRun() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let first = (0..<Int.random(in: 1...60, using: &generator)).map { _ in
                UInt16.random(in: 1...9, using: &generator)
            }
            var second = first
            for _ in 0..<Int.random(in: 0...12, using: &generator) where !second.isEmpty {
                let place = Int.random(in: 0..<second.count, using: &generator)
                if Bool.random(using: &generator) {
                    second.remove(at: place)
                } else {
                    second.insert(UInt16.random(in: 1...9, using: &generator), at: place)
                }
            }
            let longest = longestCommon(first, second)
            #expect(Aligner.agreements(first, second, byDifferences: true) == longest, "\(first) / \(second)")
            #expect(Aligner.agreements(first, second, byDifferences: false) == longest, "\(first) / \(second)")
        }
    }

    private func longestCommon(_ first: [UInt16], _ second: [UInt16]) -> Int {
        var row = [Int](repeating: 0, count: second.count + 1)
        for word in first {
            let above = row
            for (column, other) in second.enumerated() {
                row[column + 1] = word == other ? above[column] + 1 : max(above[column + 1], row[column])
            }
        }
        return row[second.count]
    }
}
