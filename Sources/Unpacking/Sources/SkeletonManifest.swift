import OpenscanBytes
import OpenscanFacts

/// What was fetched of a repository that nobody downloaded whole: files of full size in which only some ranges are filled, and a list
/// that says which (`Tools/hub-skeleton/README.md`). Everything in it is a claim; what it calls impossible counts as not fetched.
public struct SkeletonManifest: Sendable {
    /// The file in a folder that makes it a skeleton.
    public static let fileName = ".openscan-skeleton.json"

    /// How much of a file is here, by the manifest's word for it.
    enum State: String, Sendable {
        case whole, partial, gated, failed
        case leftOut = "left-out"
    }

    /// A file of the repository.
    struct File: Sendable {
        let state: State
        /// Bytes at the hub; `nil` where the hub did not say.
        let size: Int?
        /// Hash function and digest, as the hub has them.
        let digest: String?
        /// What is here, in order and apart; all of it for a whole file.
        let ranges: [Range<Int>]
        /// Why it is not here, in the words of who fetched.
        let reason: String?
        /// Whether something that the manifest says of it cannot be.
        let isDoubtful: Bool
    }

    /// `org/name`.
    let repository: String?
    /// Commit that was fetched.
    let revision: String?
    /// What the hub asks for before a download.
    let gate: HubGate
    /// By path from the manifest's folder.
    private(set) var files: [String: File] = [:]
    /// What is wrong with it, with paths as shown.
    private(set) var problems: [ReleaseFacts.Problem] = []

    private static let mostBytes = 64 << 20
    private static let mostFiles = 200_000
    private static let mostRanges = 4096
    private static let mostRangesOfAll = 1_000_000
    private static let mostProblems = 100
    /// Values of one file's entry.
    private static let mostValues = 20_000

    /// Reads a manifest; `nil` with a problem where the file is none.
    static func read(_ content: EntryContent, limits: Limits) -> (manifest: SkeletonManifest?, problem: Finding?) {
        func refused(_ words: Wording) -> (SkeletonManifest?, Finding?) {
            (nil, Finding(.badManifest, .high, "\(words); what was not fetched may read as zeros"))
        }
        let bytes: UnsafeRawBufferPointer
        do throws(ReadError) { bytes = try content.prefix(mostBytes + 1) } catch { return refused(error.words) }
        guard bytes.count <= mostBytes else { return refused("a manifest of more than \(mostBytes) bytes; not read") }
        var gathering = Gathering(limits: limits)
        let root: JSONValue
        do throws(JSONValue.Problem) {
            root = try JSONValue.parse(bytes, itemsOf: "files", itemLimit: mostValues) { gathering.add($0) }
        } catch { return refused("a manifest that is not well formed JSON") }
        withExtendedLifetime(content) {}
        guard root["format"]?.string == "openscan-skeleton", root["version"]?.int == 1 else {
            return refused("a manifest of a form that is not known")
        }
        var manifest = SkeletonManifest(
            repository: root["repository"]?.string.map { Printable.path($0) }.flatMap { $0.isEmpty ? nil : $0 },
            revision: root["revision"]?.string.map { Printable.text($0, limit: 100) }.flatMap { $0.isEmpty ? nil : $0 },
            gate: root["gate"]?.string.flatMap(HubGate.init) ?? .unknown)
        manifest.files = gathering.files
        manifest.problems = gathering.problems
        if gathering.unlistedProblems > 0 {
            let words: Wording = "\(gathering.unlistedProblems) more faults of the manifest are not listed"
            manifest.problems.append(.init(path: "", finding: Finding(.badManifest, .medium, words)))
        }
        return (manifest, nil)
    }

    private init(repository: String?, revision: String?, gate: HubGate) {
        self.repository = repository
        self.revision = revision
        self.gate = gate
    }

    /// Files as they come out of the list.
    private struct Gathering {
        let limits: Limits
        var files: [String: File] = [:]
        var problems: [ReleaseFacts.Problem] = []
        var unlistedProblems = 0
        private var ranges = 0

        init(limits: Limits) { self.limits = limits }

        private mutating func report(_ words: Wording, _ path: String, _ severity: Severity = .medium) {
            guard problems.count < mostProblems else {
                unlistedProblems += 1
                return
            }
            problems.append(.init(path: path, finding: Finding(.badManifest, severity, words)))
        }

        /// `false` when no more are taken.
        mutating func add(_ item: JSONValue) -> Bool {
            guard files.count < mostFiles else {
                report("the manifest names more than \(mostFiles) files; the rest counts for nothing", "")
                return false
            }
            guard var raw = item["path"]?.string else {
                report("the manifest has an entry without a path", "")
                return true
            }
            let path: String
            switch raw.withUTF8({ EntryName.check(UnsafeRawBufferPointer($0), limits: limits) }) {
            case .refused(let shown, let finding):
                report("the manifest names a file that it must not: \(finding.detail)", shown, .high)
                return true
            case .usable(let name): path = name
            }
            guard !path.isEmpty, path != SkeletonManifest.fileName else {
                report("the manifest has an entry without a path", "")
                return true
            }
            guard files[path] == nil else {
                report("the manifest names it twice", Printable.path(path))
                return true
            }
            files[path] = file(item, Printable.path(path))
            return true
        }

        private mutating func file(_ item: JSONValue, _ shown: String) -> File {
            var isDoubtful = false
            var size: FileNumber?
            if let given = item["size"], given != .null {
                size = Self.number(given)
                if size == nil {
                    isDoubtful = true
                    report("the manifest gives it a size that cannot be", shown)
                }
            }
            var state = item["state"]?.string.flatMap(State.init)
            if state == nil {
                isDoubtful = true
                report("the manifest does not say how much of it is here", shown)
                state = .partial
            }
            var found: [Range<Int>] = []
            switch state {
            case .whole: if let size { found = [0..<size.value] }
            case .partial: found = ranges(item["ranges"], of: size, shown, &isDoubtful)
            default: break
            }
            return File(
                state: state ?? .partial, size: size?.value,
                digest: item["digest"]?.string.map { Printable.text($0, limit: 140) }, ranges: found,
                reason: item["reason"]?.string.map { Printable.text($0, limit: 120) }, isDoubtful: isDoubtful)
        }

        /// Pairs of the first byte and the one behind the last.
        private mutating func ranges(
            _ value: JSONValue?, of size: FileNumber?, _ shown: String, _ isDoubtful: inout Bool
        ) -> [Range<Int>] {
            let list = value?.array ?? []
            var out: [Range<Int>] = []
            var isImpossible = value != nil && value?.array == nil
            if list.count > mostRanges || ranges > mostRangesOfAll - min(list.count, mostRanges) {
                isDoubtful = true
                report("the manifest gives it more ranges than are read", shown)
                return []
            }
            for item in list {
                guard let pair = item.array, pair.count == 2, let start = Self.number(pair[0]),
                    let end = Self.number(pair[1]), start <= end, size.map({ end <= $0 }) ?? false
                else {
                    isImpossible = true
                    continue
                }
                if start < end { out.append(start.value..<end.value) }
            }
            ranges += list.count
            if isImpossible {
                isDoubtful = true
                report("the manifest gives it a range of bytes that cannot be; it counts as not fetched", shown)
            }
            let ordered = out.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
            var merged: [Range<Int>] = []
            var isOverlapping = ordered != out
            for range in ordered {
                guard let last = merged.last, range.lowerBound <= last.upperBound else {
                    merged.append(range)
                    continue
                }
                if range.lowerBound < last.upperBound { isOverlapping = true }
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            }
            if isOverlapping {
                isDoubtful = true
                report("the manifest gives it ranges that overlap or are in no order", shown)
            }
            return merged
        }

        /// A number as JSON has it; a string is none.
        private static func number(_ value: JSONValue) -> FileNumber? {
            guard case .number(let text) = value, let number = Int(text) else { return nil }
            return FileNumber(exactly: number)
        }
    }
}
