import OpenscanBytes
import OpenscanFacts
import OpenscanUnpacking

/// Pickles that stand in texts as base64: a program or a config carries them past those who look at files of weights.
public enum EncodedPickle {
    /// Letters that a stream of protocol 2 to 5 begins with in base64.
    private static let beginnings: [StaticString] = ["gAI", "gAJ", "gAM", "gAN", "gAQ", "gAR", "gAS", "gAU", "gAV"]
    private static let shortest = 24
    private static let longest = 1 << 20
    private static let mostRuns = 1000
    private static let mostBytes = 8 << 20

    /// What streams in a text would do; nothing for those that do no harm.
    public static func findings(_ text: UnsafeRawBufferPointer, limits: Limits) -> [Finding] {
        guard beginnings.contains(where: { text.contains($0) }) else { return [] }
        var out: [Finding] = []
        var place = 0
        var runs = 0
        var left = mostBytes
        while place < text.count, runs < mostRuns, left > 0, out.count < 10 {
            guard Base64.value(text[place]) != nil else {
                place += 1
                continue
            }
            let start = place
            while place < text.count, Base64.value(text[place]) != nil { place += 1 }
            guard place - start >= shortest, text[start] == UInt8(ascii: "g"),
                let finding = inspect(text.slice(start..<place), at: start, limits, &runs, &left)
            else { continue }
            out.append(finding)
        }
        return out
    }

    private static func inspect(
        _ run: UnsafeRawBufferPointer, at offset: Int, _ limits: Limits, _ runs: inout Int, _ left: inout Int
    ) -> Finding? {
        guard beginnings.contains(where: { run.starts(with: $0) }) else { return nil }
        runs += 1
        // What is left over at the end is less than a byte.
        let whole = run.slice(0..<(run.count % 4 == 1 ? run.count - 1 : run.count))
        guard let bytes = Base64.decode(whole, limit: min(longest, left)),
            bytes.withUnsafeBytes({ PickleStart.hasMarker($0) })
        else { return nil }
        left -= bytes.count
        var facts = ArtefactFacts(format: "pickle", status: .ok)
        let outcome = PickleScan.scan(
            ByteCursor(MemoryBytes(bytes), window: 4096), context: .general, facts: &facts, limits: limits, depth: 3)
        guard outcome.isConvincing else { return nil }
        let worst = facts.findings.filter(\.id.isGlobal).max { $0.severity < $1.severity }
        return Finding(
            .pickleDisguised, .high, "a pickle as base64 in a text: \(worst?.detail ?? "it runs code")", offset: offset)
    }
}
