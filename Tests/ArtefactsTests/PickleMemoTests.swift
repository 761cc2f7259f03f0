import Testing

@testable import OpenscanArtefacts

@Suite struct PickleMemoTests {
    private func number(_ memo: PickleMemo, _ index: Int) -> Int? {
        if case .int(let number) = memo.get(index) { number } else { nil }
    }

    /// CPython's load_memoize takes the number of slots that are filled, not the one behind the highest.
    @Test func memoizePutsAtTheNumberOfFilledSlots() {
        var memo = PickleMemo()
        memo.put(1, .int(10))
        memo.memoize(.int(11))
        #expect(memo.get(0) == nil)
        #expect(number(memo, 1) == 11)
        #expect(memo.count == 1)
        memo.put(40_000, .int(12))
        memo.put(40_000, .int(13))
        memo.memoize(.int(14))
        #expect(number(memo, 2) == 14)
        #expect(number(memo, 40_000) == 13)
        #expect(memo.count == 3)
    }

    @Test(arguments: [100_000, 700_000, 5_000_000, Int.max])
    func aNumberFarFromTheOthersIsOneSlot(index: Int) {
        var memo = PickleMemo()
        memo.put(0, .none)
        for _ in 0..<2 { memo.put(index, .text(offset: 3, count: 4, form: .plain)) }
        #expect(memo.count == 2)
        if case .text(let offset, _, _) = memo.get(index) { #expect(offset == 3) } else { Issue.record("no text") }
        #expect(memo.get(index - 1) == nil)
        #expect(memo.isBeyondReason)
    }

    @Test(arguments: [100_000, 5_000_000])
    func aNumberFarFromTheOthersForgetsWhatItHad(index: Int) {
        var memo = PickleMemo()
        memo.put(index, .global(3))
        memo.put(index, .int(1))
        if case .global = memo.get(index) { Issue.record("the first value is still there") }
        #expect(memo.get(index) != nil)
        #expect(memo.count == 1)
    }

    @Test func slotsBehindTheDensePartAreCountedOnce() {
        var memo = PickleMemo()
        for index in 0..<700_010 { memo.put(index, .none) }
        memo.put(700_020, .none)
        memo.put(700_005, .none)
        #expect(memo.count == 700_011)
        #expect(memo.get(700_009) != nil)
        #expect(memo.get(700_015) == nil)
        memo.put(700_015, .none)
        #expect(memo.count == 700_012)
        #expect(memo.get(700_015) != nil)
        #expect(!memo.isBeyondReason)
    }

    @Test func moreNumbersApartThanAreKeptAreSaid() {
        var memo = PickleMemo()
        for index in 1...(1 << 16) { memo.put(index * 1_000_000, .none) }
        #expect(!memo.isUncountable)
        memo.put(1 << 50, .none)
        #expect(memo.isUncountable)
    }
}
