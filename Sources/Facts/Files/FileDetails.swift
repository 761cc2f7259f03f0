/// What is not the same for every file: each part is there only where a reader found something.
struct FileDetails: Sendable, Hashable {
    /// The path, where the file's place is not the one of it.
    var path: String?
    /// What a link leads to.
    var link: String?
    var artefact: Boxed<ArtefactFacts>?
    var shardIndex: Boxed<ShardIndex>?
    var licence: Boxed<LicenceScan>?
    var declared: [DeclaredLicence]?
    var describedData: DescribedData?
    var annotations: [LicenceAnnotation]?
    var card: Boxed<CardFacts>?
    var config: Boxed<ModelConfig>?
    var code: Boxed<CodeFacts>?
    var findings: [Finding]?
}

/// A value behind one word: large ones that few files have.
final class Boxed<Value: Sendable & Hashable>: Sendable, Hashable {
    let value: Value

    init(_ value: Value) { self.value = value }

    static func == (left: Boxed, right: Boxed) -> Bool { left === right || left.value == right.value }

    func hash(into hasher: inout Hasher) { hasher.combine(value) }
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
}
