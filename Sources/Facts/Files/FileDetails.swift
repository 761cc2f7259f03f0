/// Bytes of a file that exist and are not here.
struct Unseen: Sendable, Hashable, Codable {
    var bytes: Int
    /// Whether nothing of the file is here but its name.
    var isListedOnly: Bool
}

/// What is not the same for every file: each part is there only where a reader found something.
struct FileDetails: Sendable, Hashable {
    /// The path, where the file's place is not the one of it.
    var path: String?
    /// What a link leads to.
    var link: String?
    /// Bytes that are not here.
    var unseen: Unseen?
    /// What identifies the bytes that were read, while nothing but they speaks of the file.
    var content: ContentKey?
    var read = ReadFacts()
}

/// What readers found in the bytes of a file.
public struct ReadFacts: Sendable, Hashable, Codable {
    var artefact: Boxed<ArtefactFacts>?
    var shardIndex: Boxed<ShardIndex>?
    var licence: Boxed<LicenceScan>?
    var declared: [DeclaredLicence]?
    var describedData: DescribedData?
    var bill: Boxed<DeclaredBill>?
    var annotations: [LicenceAnnotation]?
    var card: Boxed<CardFacts>?
    var config: Boxed<ModelConfig>?
    var code: Boxed<CodeFacts>?
    var findings: [Finding]?
    /// What it took of the text that all files of a release may have together, where somebody will ask for it again.
    public var textCost: Int?

    /// Of bytes in which nothing was found.
    public init() {}

    /// Whether nothing was found.
    public var isEmpty: Bool {
        var found = self
        found.textCost = nil
        return found == ReadFacts()
    }
}

/// A value behind one word: large ones that few files have.
final class Boxed<Value: Sendable & Hashable>: Sendable, Hashable {
    let value: Value

    init(_ value: Value) { self.value = value }

    static func == (left: Boxed, right: Boxed) -> Bool { left === right || left.value == right.value }

    func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

extension Boxed: Codable where Value: Codable {
    convenience init(from decoder: any Decoder) throws { self.init(try Value(from: decoder)) }
    func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}

extension Boxed<FileDetails>? {
    /// One part. Nothing is made to hold nothing.
    subscript<Part>(_ part: WritableKeyPath<FileDetails, Part?>) -> Part? {
        get { self?.value[keyPath: part] }
        set {
            guard self != nil || newValue != nil else { return }
            var details = self?.value ?? FileDetails()
            details[keyPath: part] = newValue
            self = newValue == nil && details == FileDetails() ? nil : .some(Boxed(details))
        }
    }

    /// One part of what was read. What is changed by the files beside it is no longer what its bytes alone say.
    subscript<Part>(read part: WritableKeyPath<ReadFacts, Part?>) -> Part? {
        get { self?.value.read[keyPath: part] }
        set {
            guard self != nil || newValue != nil else { return }
            var details = self?.value ?? FileDetails()
            details.read[keyPath: part] = newValue
            details.content = nil
            self = newValue == nil && details == FileDetails() ? nil : .some(Boxed(details))
        }
    }
}
