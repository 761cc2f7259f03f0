import OpenscanBytes
import OpenscanFacts

/// Bare pickle streams, and joblib's, which have arrays between their opcodes (joblib/numpy_pickle.py).
enum PickleFormats {
    static let pickle = ArtefactFormat(
        id: "pickle", kind: .weights, runsCode: true, isPickle: true,
        magic: { PickleStart.hasMarker($0.bytes) || PickleStart.runsAsOldStyle($0.bytes) },
        name: {
            $0.hasEnding(".pkl", ".pickle", ".dill", ".pck", ".distcp", ".p") && !($0.isText && $0.hasEnding(".p"))
        },
        read: read)

    static let joblib = ArtefactFormat(
        id: "joblib", kind: .weights, runsCode: true, isPickle: true,
        magic: { $0.hasEnding(".joblib") && PickleStart.hasMarker($0.bytes) },
        name: { $0.hasEnding(".joblib") },
        read: read)

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let cursor = input.cursor()
        let outcome = PickleScan.scan(cursor, context: .general, facts: &facts, limits: input.limits)
        if !outcome.isWhole, !outcome.hasDanger {
            try PickleSearch.search(input, from: 0, context: .general, facts: &facts, what: "behind other bytes")
        } else if outcome.isWhole, let rest = try? cursor.peek(upTo: 1), !rest.isEmpty {
            facts.find(.trailingData, .low, "bytes after the last stream", at: outcome.end)
            try PickleSearch.search(
                input, from: outcome.end, context: .general, facts: &facts, what: "after the last stream")
        }
    }
}
