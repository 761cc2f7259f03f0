import Foundation
import Synchronization
import Testing

@testable import OpenscanMirror

/// Programs of the system stand for a worker that answers, dies, or never answers.
@Suite struct WorkerProcessTests {
    private func worker(_ program: String, _ arguments: [String] = [], seconds: Int? = 60) -> WorkerProcess {
        var command = WorkerProcess.Command(arguments: [program] + arguments, seconds: seconds)
        command.executable = program
        return WorkerProcess(command)
    }

    private func shell(_ script: String, seconds: Int? = 60) -> WorkerProcess {
        worker("/bin/sh", ["-c", script], seconds: seconds)
    }

    @Test(arguments: [0, 1, 4, 70_000, 1 << 20])
    func anAnswerComesBackWhole(count: Int) {
        let cat = worker("/bin/cat")
        let request = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        #expect(count > 60_000 || cat.ask(request) == .answered(request))
        // `cat` takes no more than a socket holds before somebody reads.
        if count > 60_000 {
            let answer = shell("head -c 4 >/dev/null; printf '\\000\\000\\020\\000'; head -c 1048576 /dev/zero").ask([])
            #expect(answer == .answered([UInt8](repeating: 0, count: 1 << 20)))
        }
    }

    @Test func oneProcessAnswersOneRequestAfterTheOther() {
        let cat = worker("/bin/cat")
        for number in UInt8(0)..<50 { #expect(cat.ask([number, number]) == .answered([number, number])) }
    }

    @Test(arguments: [Int32(11), 9, 6, 4])
    func aSignalIsNamedAndTheNextRequestFindsANewProcess(number: Int32) {
        let dying = shell("head -c 4 >/dev/null; kill -\(number) $$")
        for _ in 0..<3 { #expect(dying.ask([]) == .ended(.signal(number))) }
        #expect(WorkerProcess.Ending.signal(11).words.description.contains("signal 11 (Segmentation fault)"))
    }

    @Test func anEarlyExitIsSaid() {
        #expect(shell("exit 7").ask([1, 2, 3]) == .ended(.exit(7)))
        #expect(shell("head -c 4 >/dev/null; printf 'ab'; exit 3").ask([]) == .ended(.exit(3)))
    }

    @Test func whatTakesTooLongIsStopped() {
        let slow = shell("exec sleep 600", seconds: 1)
        #expect(slow.ask([]) == .ended(.timeout(1)))
        // Also one that keeps its answer trickling.
        let trickle = shell("printf '\\377\\000\\000\\000'; while :; do printf x; sleep 0.2; done", seconds: 1)
        #expect(trickle.ask([]) == .ended(.timeout(1)))
    }

    @Test func anAnswerOfAbsurdLengthIsNone() {
        #expect(shell("head -c 4 >/dev/null; printf '\\377\\377\\377\\377'; exit 0").ask([]) == .ended(.exit(0)))
    }

    @Test func aProgramThatIsNotThereIsAnAnswerToo() {
        #expect(worker("/no/such/program").ask([]) == .ended(.start(2)))
    }

    @Test func noDescriptorIsLeftOpen() throws {
        let before = try openDescriptors()
        for _ in 0..<20 { #expect(shell("exit 1").ask([]) == .ended(.exit(1))) }
        #expect(try openDescriptors() <= before + 2)
    }

    private func openDescriptors() throws -> Int {
        // Other tests run beside this one: the fewest of some looks.
        try (0..<5).map { _ in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }.min() ?? 0
    }

    @Test func everyPathOfARunHasItsAnswer() {
        var command = WorkerProcess.Command(arguments: ["cat"], seconds: 60)
        command.executable = "/bin/cat"
        let paths = (0..<200).map { "path \($0)" }
        let answers = Mutex<[String: WorkerProcess.Answer]>([:])
        let rest = Mutex(paths[...])
        BatchRun(command, workers: 4).run({ rest.withLock { $0.popFirst() }.map { BatchRequest(path: $0) } }) {
            request, answer in answers.withLock { $0[request.path] = answer }
        }
        let all = answers.withLock { $0 }
        #expect(all.count == 200 && all.allSatisfy { $0.value == .answered(Array($0.key.utf8)) })
    }
}
