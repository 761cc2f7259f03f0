/// Everything that was read of one file. A plain value: judging sees facts, never files.
///
/// A release may have a million files of which nothing was read, so these take a few words each: the path is held once, and
/// what readers found is kept apart, where they found something.
public struct FileFacts: Sendable, Hashable {
    private var ownPlace: FilePlace
    private var isArchive = false
    /// Size as announced; `unknownSize` when the container does not say.
    private var size = Self.unknownSize
    private var details: Boxed<FileDetails>?

    private static let unknownSize = Int.min

    /// A file of which nothing was read.
    public init(entry: Entry, place: FilePlace) {
        ownPlace = place
        self.entry = entry
    }

    /// The file in its container.
    public var entry: Entry {
        get {
            Entry(
                path: path, kind: isArchive ? .archive : details?.value.link.map { .link(target: $0) } ?? .file,
                size: size == Self.unknownSize ? nil : size)
        }
        set {
            isArchive = newValue.kind == .archive
            size = newValue.size ?? Self.unknownSize
            if case .link(let target) = newValue.kind { details[\.link] = target } else { details[\.link] = nil }
            keep(newValue.path)
        }
    }

    /// What its path says.
    public var place: FilePlace {
        get { ownPlace }
        set {
            let path = self.path
            ownPlace = newValue
            keep(path)
        }
    }

    /// Holds the path apart where the place is not the one of it.
    private mutating func keep(_ path: String) { details[\.path] = ownPlace.written.isWritten(path) ? nil : path }

    /// Path inside the release.
    public var path: String { details?.value.path ?? ownPlace.written.written }
    /// Its folder with a slash behind; empty for the release itself.
    public var folder: String { details?.value.path.map(Entry.folder) ?? ownPlace.written.folder.path }
    /// Size as announced, `nil` when the container does not say.
    public var byteCount: Int? { size == Self.unknownSize ? nil : size }
    /// Whether readers found anything in it, or something about it. Where not, all that is known is its name and size.
    public var isKnown: Bool {
        guard let details = details?.value else { return false }
        return !details.read.isEmpty || details.path != nil || details.link != nil || details.unseen != nil
    }
    /// Findings of the file and of its artefact.
    public var allFindings: [Finding] { (artefact?.findings ?? []) + findings }

    /// Whether the file comes first in the order of paths.
    public func precedes(_ other: FileFacts) -> Bool {
        guard details?.value.path == nil, other.details?.value.path == nil else {
            return path.utf8.lexicographicallyPrecedes(other.path.utf8)
        }
        return ownPlace.written < other.ownPlace.written
    }

    /// Bytes of the file that exist elsewhere and are not here: what was not fetched, and what a pointer stands for.
    public var unseenBytes: Int { details?.value.unseen?.bytes ?? artefact?.pointer?.size ?? 0 }
    /// Whether only some of its bytes were fetched.
    public var isPartial: Bool { details?.value.unseen.map { !$0.isListedOnly && $0.bytes > 0 } ?? false }
    /// Whether nothing of it is here: a list of files has its name.
    public var isListedOnly: Bool { details?.value.unseen?.isListedOnly ?? false }

    /// Notes that bytes of it were not fetched.
    public mutating func note(unseenBytes: Int, isListedOnly: Bool) {
        details[\.unseen] = Unseen(bytes: max(0, unseenBytes), isListedOnly: isListedOnly)
    }

    // MARK: What readers found

    /// Weights or data.
    public var artefact: ArtefactFacts? {
        get { details?.value.read.artefact?.value }
        set { details[read: \.artefact] = newValue.map(Boxed.init) }
    }

    /// The index of a sharded set.
    public var shardIndex: ShardIndex? {
        get { details?.value.read.shardIndex?.value }
        set { details[read: \.shardIndex] = newValue.map(Boxed.init) }
    }

    /// Licences in its text.
    public var licence: LicenceScan? {
        get { details?.value.read.licence?.value }
        set { details[read: \.licence] = newValue.map(Boxed.init) }
    }

    /// Licence fields of package metadata.
    public var declared: [DeclaredLicence] {
        get { details?.value.read.declared ?? [] }
        set { details[read: \.declared] = newValue.isEmpty ? nil : newValue }
    }

    /// The data that it describes.
    public var describedData: DescribedData? {
        get { details?.value.read.describedData }
        set { details[read: \.describedData] = newValue }
    }

    /// What it lists as a bill of materials.
    public var bill: DeclaredBill? {
        get { details?.value.read.bill?.value }
        set { details[read: \.bill] = newValue.map(Boxed.init) }
    }

    /// What it says of the licences of other files.
    public var annotations: [LicenceAnnotation] {
        get { details?.value.read.annotations ?? [] }
        set { details[read: \.annotations] = newValue.isEmpty ? nil : newValue }
    }

    /// Prose.
    public var card: CardFacts? {
        get { details?.value.read.card?.value }
        set { details[read: \.card] = newValue.map(Boxed.init) }
    }

    /// A config beside weights.
    public var config: ModelConfig? {
        get { details?.value.read.config?.value }
        set { details[read: \.config] = newValue.map(Boxed.init) }
    }

    /// A program.
    public var code: CodeFacts? {
        get { details?.value.read.code?.value }
        set { details[read: \.code] = newValue.map(Boxed.init) }
    }

    /// What a reader should know of the file, its artefact aside.
    public var findings: [Finding] {
        get { details?.value.read.findings ?? [] }
        set { details[read: \.findings] = newValue.isEmpty ? nil : newValue }
    }

    // MARK: What is known of its bytes

    /// All that readers found.
    public var read: ReadFacts { details?.value.read ?? ReadFacts() }

    /// What identifies its bytes, where `read` is what they alone say.
    public var content: ContentKey? { details?.value.content }

    /// Bytes of it that are not here.
    var unseen: Unseen? {
        get { details?.value.unseen }
        set { details[\.unseen] = newValue }
    }

    /// Takes what is known of bytes for what readers found in these.
    public mutating func take(_ read: ReadFacts, content: ContentKey?) {
        var details = self.details?.value ?? FileDetails()
        details.read = read
        details.content = content
        self.details = details == FileDetails() ? nil : Boxed(details)
    }
}
