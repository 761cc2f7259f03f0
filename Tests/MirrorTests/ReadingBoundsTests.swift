import Testing

@testable import OpenscanMirror

@Suite struct ReadingBoundsTests {
    private func signature(_ limits: String = "--max-text 10", _ process: String = "--timeout 60") -> BoundedSignature {
        ReadingBounds(limits: [limits], process: [process]).signature([1, 2, 3])
    }

    /// Whether a release is left alone that was kept after an answer.
    private func isAsItWas(_ now: BoundedSignature, after answer: WorkerProcess.Answer) -> Bool {
        now.isOf(signature().after(answer))
    }

    @Test func whatWasReadIsReadAgainWithinOtherLimits() {
        #expect(isAsItWas(signature(), after: .answered([])))
        #expect(isAsItWas(signature("--max-text 10", "--timeout 900"), after: .answered([])), "it did not end early")
        #expect(!isAsItWas(signature("--max-text 20"), after: .answered([])))
    }

    @Test(arguments: [WorkerProcess.Ending.timeout(60), .exit(1), .signal(6), .signal(11)])
    func whatEndedItsProcessIsTriedAgainWithinOtherBounds(ending: WorkerProcess.Ending) {
        #expect(isAsItWas(signature(), after: .ended(ending)))
        #expect(!isAsItWas(signature("--max-text 10", "--timeout 900"), after: .ended(ending)))
        #expect(!isAsItWas(signature("--max-text 20"), after: .ended(ending)))
    }

    @Test(arguments: [WorkerProcess.Ending.signal(9), .signal(15), .signal(2), .start(11)])
    func whatSomebodyStoppedIsTriedAgain(ending: WorkerProcess.Ending) {
        #expect(!isAsItWas(signature(), after: .ended(ending)))
    }
}
