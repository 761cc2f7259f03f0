import Testing

@testable import Licensing

@Suite struct AlignerTests {
    /// Both ways of finding what two runs share find as much.
    @Test func differencesFindAsMuchAsTheTable() {
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
            #expect(
                Aligner.agreements(first, second, byDifferences: true)
                    == Aligner.agreements(first, second, byDifferences: false), "\(first) / \(second)")
        }
    }
}
