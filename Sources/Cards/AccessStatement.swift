import Licensing
import Unpacking

/// A sentence on how a model can be reached other than by its weights.
public struct AccessStatement: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable { case closed, api, fineTuning }

    public var kind: Kind
    public var evidence: Evidence

    private static let vocabulary: [(kind: Kind, phrases: [String])] = {
        guard let bytes = LicenceIndex.embedded.document("claims"), let root = try? JSONValue.parse(bytes) else {
            return []
        }
        return [
            (.fineTuning, root["access"]?["fine-tuning"]?.strings ?? []),
            (.closed, root["access"]?["closed"]?.strings ?? []), (.api, root["access"]?["api"]?.strings ?? []),
        ]
    }()

    /// The strongest statement of a line, `nil` when there is none.
    static func read(_ line: Substring, number: Int, path: String) -> AccessStatement? {
        guard line.utf8.count < 4000 else { return nil }
        let lower = FoldedText(line)
        for (kind, phrases) in vocabulary where phrases.contains(where: lower.contains) {
            return AccessStatement(
                kind: kind, evidence: Evidence(path: path, lines: LineRange(number), quote: String(line)))
        }
        return nil
    }
}
