import Foundation
import OpenscanBytes
import OpenscanTestSupport
import Testing

@testable import OpenscanArtefacts

/// Random programs, and what CPython's readers do with them by a reading in Python that is held against those readers
/// (Tests/PickleReference). With OPENSCAN_PICKLE_PROGRAMS=N and OPENSCAN_PICKLE_SEED=N others and more of them.
@Suite struct PickleReferenceTests {
    private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap(Int.init) }
    private static let hasPython = (try? run(["-c", ""]))?.isEmpty == true

    /// What a command of python3 writes, piece by piece: four bytes of length and as many bytes.
    private static func run(_ arguments: [String]) throws -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        try run(arguments) { pieces.append($0) }
        return pieces
    }

    private static func run(_ arguments: [String], _ take: ([UInt8]) throws -> Void) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let file = pipe.fileHandleForReading
        while let head = try file.read(upToCount: 4), head.count == 4 {
            let count = head.reversed().reduce(0) { $0 << 8 | Int($1) }
            var piece = [UInt8]()
            while piece.count < count, let more = try file.read(upToCount: count - piece.count), !more.isEmpty {
                piece += more
            }
            try take(piece)
        }
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "python3 failed")
    }

    private static func script(_ arguments: [String]) -> [String] {
        [Repository.root.appendingPathComponent("Tests/PickleReference/run.py").path] + arguments
    }

    @Test(.enabled(if: AtHand.runs(hasPython), "no python3"))
    func theMachineSeesWhatCPythonWouldDo() throws {
        let seed = String(Self.number("OPENSCAN_PICKLE_SEED") ?? 0)
        let count = Self.number("OPENSCAN_PICKLE_PROGRAMS") ?? 4000
        var comparison = ReadingComparison()
        var pieces: [[UInt8]] = []
        try Self.run(Self.script([seed, String(count)])) { piece in
            pieces.append(piece)
            if pieces.count == 4 {
                comparison.compare(pieces[0], pieces[1...].map { String(decoding: $0, as: UTF8.self) })
                pieces = []
            }
        }
        #expect(comparison.programs == count)
        // Programs that all break off at once, or do nothing, would show nothing.
        #expect(comparison.stopped > count / 4)
        #expect(comparison.events > count)
        #expect(
            comparison.differences.isEmpty, "\(comparison.differences)\n\(comparison.examples.joined(separator: "\n"))")
        if count > 4000 {
            print(
                "\(count) programs, \(comparison.stopped) readings to STOP, \(comparison.events) events, differences: \(comparison.differences)"
            )
        }
    }

    @Test(.enabled(if: AtHand.runs(hasPython), "no python3"))
    func theReferenceReadsAsThisPythonDoes() throws {
        let process = try Process.run(
            URL(fileURLWithPath: "/usr/bin/env"), arguments: ["python3"] + Self.script(["--check", "0", "500"]))
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}

/// Holds the machine against readings, program by program.
private struct ReadingComparison {
    private(set) var programs = 0
    private(set) var stopped = 0
    private(set) var events = 0
    private(set) var differences: [String: Int] = [:]
    private(set) var examples: [String] = []
    /// In the order of run.py; what a file does may differ from what its bytes do.
    private static let flavours = ["python", "file", "loads"]

    mutating func compare(_ program: [UInt8], _ readings: [String]) {
        programs += 1
        var machines = [Ran(program, .arrays)]
        if machines[0].machine.otherReadings.contains(.dropping) { machines.append(Ran(program, .dropping)) }
        let seen = machines.reduce(into: Set<[Substring]>()) { $0.formUnion($1.events) }
        for (flavour, text) in zip(Self.flavours, readings) {
            let lines = text.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
            let (result, happened) = (lines.filter { ["result", "memo"].contains($0[0]) }, Set(lines.dropFirst()))
            let events = happened.subtracting(result)
            self.events += events.count
            for event in events where !seen.contains(event) && !(event.contains("?") || event.contains("")) {
                differ(flavour + " " + event[0], program, event)
            }
            guard lines.first == ["stopped"] else { continue }
            stopped += 1
            let index = flavour == "file" ? machines.count - 1 : 0
            guard machines[index].isStopped else {
                differ(flavour + " stop", program, [])
                continue
            }
            machines[index].compare(result) { differ(flavour + " " + $0, program, $1) }
            guard flavour == "loads" else { continue }
            for event in machines[0].events where event[0] == "name" && !event.contains("?") && !events.contains(event)
            {
                differ("beyond " + event[0], program, event)
            }
        }
    }

    private mutating func differ(_ kind: String, _ program: [UInt8], _ what: [Substring]) {
        differences[kind, default: 0] += 1
        guard examples.count < 10, differences[kind] == 1 else { return }
        examples.append("\(kind): \(what) in \(program.map { String($0, radix: 16) }.joined(separator: " "))")
    }

    /// One run of the machine.
    private struct Ran {
        var machine: PickleMachine
        let isStopped: Bool
        let events: Set<[Substring]>

        init(_ program: [UInt8], _ reading: PickleReading) {
            machine = PickleMachine(ByteCursor(MemoryBytes(program), window: 4096), reading: reading)
            if case .stopped = machine.run() { isStopped = true } else { isStopped = false }
            var events: Set<[Substring]> = []
            for global in machine.globals {
                let path = [Substring(PickleMachine.plain(global.module)), Substring(PickleMachine.plain(global.name))]
                events.insert(["name"] + path)
                if global.isCalled { events.insert(["call"] + path) }
            }
            if machine.computedCall != nil {
                events.insert(["computed"])
                events.insert(["reference"])
            }
            if machine.acts { events.insert(["state"]) }
            // Of the names that a stream changes the machine keeps the first: one is enough.
            if machine.isMutatingGlobal != nil {
                for name in events where name[0] == "name" { events.insert(["changes"] + name.dropFirst()) }
            }
            self.events = events
        }

        mutating func compare(_ lines: [[Substring]], _ differ: (String, [Substring]) -> Void) {
            let count = lines.filter { $0[0] == "memo" }.count
            if machine.memoCount != count { differ("memo count", ["\(machine.memoCount)"]) }
            for line in lines {
                let value: PickleValue?
                if line[0] == "result" {
                    value = machine.result
                } else {
                    guard let index = Int(line[1]) else { continue }
                    value = machine.remembered(at: index)
                }
                let shown = value.map { machine.description(of: $0) } ?? "nothing"
                // What the machine has not kept it says.
                if shown != line[line.count - 1], !shown.contains("?") {
                    differ(String(line[0]), line + [Substring(shown)])
                }
            }
        }
    }
}
