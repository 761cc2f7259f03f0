import Foundation
import OpenscanBytes
import OpenscanFacts
import Testing

@testable import OpenscanUnpacking

/// Collects what a walk reports.
final class Recorder: EntryVisitor {
    var entries: [String: [UInt8]] = [:]
    var findings: [(String, FindingID)] = []

    func visit(_ entry: Entry, content: EntryContent) {
        entries[entry.path] = (try? content.prefix(1 << 20)).map(Array.init) ?? []
    }

    func report(_ finding: Finding, path: String) { findings.append((path, finding.id)) }

    func has(_ id: FindingID) -> Bool { findings.contains { $0.1 == id } }
}

func walk(_ bytes: [UInt8], limits: Limits = Limits()) throws -> Recorder {
    let recorder = Recorder()
    let content = EntryContent(MemoryBytes(bytes), buffer: PrefixBuffer())
    let kind = try #require(try ArchiveKind.detect(content.prefix(300)))
    try ArchiveWalker(budget: ScanBudget(limits), visitor: recorder, buffer: PrefixBuffer()).walk(
        content, kind: kind, path: "", depth: 0)
    return recorder
}

/// Bytes of an archive made by Python's own modules: `code` gets an open `a` (zip) or `t` (tar).
func archive(_ code: String) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", "import sys,io,zipfile,tarfile,gzip\n" + code]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "python3 could not make the archive")
    return [UInt8](data)
}
