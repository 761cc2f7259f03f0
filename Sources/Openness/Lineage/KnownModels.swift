import Licensing
import Unpacking

/// A base model whose licence is known, from Licenses/models.yml.
public struct KnownModel: Sendable, Hashable {
    public var id: String
    public var licence: String
    /// yes, no, conditional or unclear: what the licence says.
    public var commercial: String
    /// Clauses that a derivative has to honour or hand on.
    public var passesDown: [String]
    /// Word that a derivative's name has to hold.
    public var name: String?
    /// What has to travel with copies, in short.
    public var notice: String?
    /// Whether the licence was read in a source; what was not is shown as probable and makes no finding.
    public var isVerified: Bool
}

/// A data set whose terms are known.
public struct KnownDataset: Sendable, Hashable {
    public var id: String
    public var licence: String?
    public var commercial: String
    public var terms: String?
    /// Model whose outputs are inside.
    public var generatedBy: String?
    public var isWithdrawn: Bool
    public var isVerified: Bool
}

/// Looks names up among known models and data sets.
public struct KnownModels: Sendable {
    public let models: [KnownModel]
    public let datasets: [KnownDataset]
    /// Names of licences that no catalogued text has.
    public let licenceNames: [String: String]
    private let modelPatterns: [(pattern: Glob, place: Int)]
    private let datasetPatterns: [(pattern: Glob, place: Int)]
    private let reuploaders: Set<String>

    public struct Match<Entry: Sendable>: Sendable {
        public var entry: Entry
        /// The pattern that fits.
        public var pattern: String
        /// Found under another account's copy: the name says less.
        public var isCopy: Bool
    }

    public static let shared: KnownModels = {
        let root = LicenceIndex.embedded.document("models").flatMap { try? JSONValue.parse($0) }
        return KnownModels(root ?? .null)
    }()

    init(_ root: JSONValue) {
        func entries(_ key: String) -> [JSONValue] { root[key]?.array ?? [] }
        models = entries("models").map { item in
            KnownModel(
                id: item["id"]?.string ?? "", licence: item["licence"]?.string ?? "",
                commercial: item["commercial"]?.string ?? "unclear", passesDown: item["passes_down"]?.strings ?? [],
                name: item["name"]?.string, notice: item["notice"]?.string,
                isVerified: item["verified"]?.string == "true")
        }
        datasets = entries("datasets").map { item in
            let licence = item["licence"]?.string
            return KnownDataset(
                id: item["id"]?.string ?? "", licence: licence == "null" ? nil : licence,
                commercial: item["commercial"]?.string ?? "unclear", terms: item["terms"]?.string,
                generatedBy: item["generated_by"]?.string,
                isWithdrawn: item["withdrawn"]?.string?.hasPrefix("yes") ?? false,
                isVerified: item["verified"]?.string == "true")
        }
        func patterns(_ key: String) -> [(Glob, Int)] {
            entries(key).enumerated().flatMap { place, item in (item["match"]?.strings ?? []).map { (Glob($0), place) }
            }
        }
        modelPatterns = patterns("models").map { (pattern: $0.0, place: $0.1) }
        datasetPatterns = patterns("datasets").map { (pattern: $0.0, place: $0.1) }
        reuploaders = Set((root["reuploaders"]?.strings ?? []).map { $0.lowercased() })
        licenceNames = Dictionary(
            entries("licences").compactMap { item in item["id"]?.string.map { ($0, item["name"]?.string ?? "") } },
            uniquingKeysWith: { first, _ in first })
    }

    /// - Parameter name: ORG/NAME, a bare name, or a hub address.
    public func model(_ name: String) -> Match<KnownModel>? {
        find(name, modelPatterns).map { Match(entry: models[$0.place], pattern: $0.pattern, isCopy: $0.isCopy) }
    }

    public func dataset(_ name: String) -> Match<KnownDataset>? {
        find(name, datasetPatterns).map { Match(entry: datasets[$0.place], pattern: $0.pattern, isCopy: $0.isCopy) }
    }

    private func find(_ name: String, _ patterns: [(pattern: Glob, place: Int)]) -> (
        place: Int, pattern: String, isCopy: Bool
    )? {
        let name = Self.bare(name)
        guard !name.isEmpty, name.utf8.count <= 200 else { return nil }
        // A copy under another account keeps the name behind the slash, with a format at its end.
        guard let slash = name.firstIndex(of: "/"), reuploaders.contains(String(name[..<slash])) else {
            return best(name, patterns).map { ($0.place, $0.pattern.text, false) }
        }
        let own = Self.withoutFormat(String(name[name.index(after: slash)...]))
        guard let hit = best(own, patterns, ignoringOwner: true) else { return nil }
        return (hit.place, hit.pattern.text, true)
    }

    private func best(_ name: String, _ patterns: [(pattern: Glob, place: Int)], ignoringOwner: Bool = false) -> (
        pattern: Glob, place: Int
    )? {
        patterns.lazy.map { (pattern: ignoringOwner ? $0.pattern.withoutOwner : $0.pattern, place: $0.place) }.filter {
            $0.pattern.matches(name)
        }
        .max { ($0.pattern.literals, $1.place) < ($1.pattern.literals, $0.place) }
    }

    /// Without address, revision and case.
    static func bare(_ name: String) -> String {
        var text = name.trimmed.lowercased()
        for prefix in [
            "https://", "http://", "www.", "huggingface.co/", "hf.co/", "modelscope.cn/models/", "datasets/",
        ] where text.hasPrefix(prefix) { text.removeFirst(prefix.utf8.count) }
        let parts = text.split(separator: "/", maxSplits: 2)
        text = parts.prefix(2).joined(separator: "/")
        return String(text.prefix { $0 != "@" && $0 != "?" && $0 != "#" && $0 != " " })
    }

    private static let formats = [
        "gguf", "gptq", "awq", "exl2", "mlx", "onnx", "4bit", "8bit", "bnb-4bit", "fp8", "int4", "int8", "fp16", "bf16",
        "hf", "ggml", "w4a16", "w8a8", "imatrix", "i1",
    ]

    static func withoutFormat(_ name: String) -> String {
        var text = name
        while let format = formats.first(where: {
            text.hasSuffix("-" + $0) || text.hasSuffix("_" + $0) || text.hasSuffix("." + $0)
        }) { text.removeLast(format.utf8.count + 1) }
        return text
    }
}

/// A shell pattern with `*` and `?`, compared without regard to case in time proportional to both lengths.
struct Glob: Sendable {
    let text: String
    /// Characters that are no wildcards.
    let literals: Int
    private let bytes: [UInt8]

    init(_ text: String) {
        self.text = text
        bytes = Array(text.lowercased().utf8)
        literals = bytes.count { $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: "?") }
    }

    /// The part behind the account.
    var withoutOwner: Glob { text.firstIndex(of: "/").map { Glob(String(text[text.index(after: $0)...])) } ?? self }

    /// - Parameter name: lower case.
    func matches(_ name: String) -> Bool {
        let name = Array(name.utf8)
        var (place, index) = (0, 0)
        var star: (pattern: Int, name: Int)?
        while index < name.count {
            if place < bytes.count, bytes[place] == UInt8(ascii: "*") {
                star = (place, index)
                place += 1
            } else if place < bytes.count, bytes[place] == name[index] || bytes[place] == UInt8(ascii: "?") {
                place += 1
                index += 1
            } else if let last = star {
                star = (last.pattern, last.name + 1)
                place = last.pattern + 1
                index = last.name + 1
            } else {
                return false
            }
        }
        return bytes[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
