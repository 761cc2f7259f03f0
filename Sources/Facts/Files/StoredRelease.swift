import OpenscanBytes

/// The facts of a release as a store keeps them: what stands in bytes that other releases have as well is kept once, under its key.
public struct StoredRelease: Sendable, Codable {
    private var name: String
    private var kind: ReleaseFacts.Kind
    private var path: String
    private var revision: String?
    private var models: [String]
    private var gate: HubGate
    private var unlisted: Int
    private var problems: [ReleaseFacts.Problem]
    private var errors: [ReleaseFacts.ReadProblem]
    private var files: [File]

    private struct File: Sendable, Codable {
        var path: String
        var isArchive: Bool
        var link: String?
        var size: Int?
        var unseen: Unseen?
        /// Where what was read is kept apart.
        var content: ContentKey?
        /// What was read, where it is not kept apart.
        var read: ReadFacts?
    }

    /// The facts of a release that was scanned.
    public init(_ facts: ReleaseFacts) {
        name = facts.name
        kind = facts.kind
        path = facts.path
        revision = facts.revision
        models = facts.models
        gate = facts.gate
        unlisted = facts.unlisted
        problems = facts.problems
        errors = facts.errors
        files = facts.files.map { file in
            let entry = file.entry
            var stored = File(path: file.path, isArchive: entry.kind == .archive, size: entry.size)
            if case .link(let target) = entry.kind { stored.link = target }
            stored.content = file.content
            stored.unseen = file.unseen
            if file.content == nil, !file.read.isEmpty { stored.read = file.read }
            return stored
        }
    }

    /// Keys of what is kept apart.
    public var contents: [ContentKey] { files.compactMap(\.content) }

    /// The facts as they were when the release was scanned.
    /// - Parameters:
    ///   - place: what a path says.
    ///   - content: what is kept under a key.
    /// - Throws: `CompactProblem.damaged` where something is not there.
    public func facts(
        place: (FilePath) -> FilePlace, content: (ContentKey) throws -> ReadFacts
    ) throws -> ReleaseFacts {
        let paths = PathTable()
        var facts = ReleaseFacts(
            name: name, kind: kind, path: path, revision: revision,
            files: try files.map { stored in
                let kind: Entry.Kind = stored.isArchive ? .archive : stored.link.map { .link(target: $0) } ?? .file
                let entry = Entry(path: stored.path, kind: kind, size: stored.size)
                var file = FileFacts(entry: entry, place: place(paths.path(stored.path)))
                file.unseen = stored.unseen
                if let key = stored.content {
                    file.take(try content(key), content: key)
                } else if let read = stored.read {
                    file.take(read, content: nil)
                }
                return file
            }, problems: problems, errors: errors)
        facts.models = models
        facts.gate = gate
        facts.unlisted = unlisted
        return facts
    }

    /// The bytes that a store keeps.
    /// - Throws: the encoder's error.
    public func bytes() throws -> [UInt8] { try CompactEncoder.bytes(of: self) }

    /// What a store kept.
    /// - Throws: `CompactProblem`, or a type's own error, where the bytes are damaged.
    public init(bytes: [UInt8]) throws {
        self = try bytes.withUnsafeBytes { try CompactDecoder.value(Self.self, from: $0) }
    }
}
