import OpenscanFacts

/// A file of weights or data, or any file with findings.
public struct JudgedArtefact: Sendable, Hashable {
    /// Its path; empty for the whole release.
    public var path: String
    /// The component that it is.
    public var component: ComponentID?
    /// Its format.
    public var format: FormatID
    /// How far it could be read.
    public var status: ArtefactStatus
    /// Number of tensors.
    public var tensors: Int?
    /// Elements of all tensors.
    public var parameters: Int?
    /// Elements by element type.
    public var parametersByType: [String: Int]
    /// Metadata as the file carries it.
    public var metadata: [String: String]
    /// What a reader should know.
    public var findings: [Finding]
    /// What a pointer stands for.
    public var pointer: ArtefactFacts.Pointer?
    /// Bytes of the file.
    public var size: Int?
    /// Bytes of it that were not fetched; `nil` for a file that is here as it is.
    public var unseen: Int?

    /// A file of which nothing is known but its format.
    public init(
        path: String, component: ComponentID? = nil, format: FormatID, status: ArtefactStatus = .ok,
        tensors: Int? = nil, parameters: Int? = nil, parametersByType: [String: Int] = [:],
        metadata: [String: String] = [:], findings: [Finding] = [], pointer: ArtefactFacts.Pointer? = nil,
        size: Int? = nil, unseen: Int? = nil
    ) {
        self.unseen = unseen
        self.path = path
        self.component = component
        self.format = format
        self.status = status
        self.tensors = tensors
        self.parameters = parameters
        self.parametersByType = parametersByType
        self.metadata = metadata
        self.findings = findings
        self.pointer = pointer
        self.size = size
    }
}

/// A model or data card with the sections that it has.
public struct DocumentSections: Sendable, Hashable {
    /// Its path.
    public var path: String
    /// Model card or data card.
    public var kind: ComponentID
    /// Section id -> its line.
    public var sections: [String: LineRange]
    /// Sections that readers expect and that are not there.
    public var missing: [String]
    /// Words of running text.
    public var words: Int

    /// A card.
    public init(path: String, kind: ComponentID, sections: [String: LineRange], missing: [String], words: Int) {
        self.path = path
        self.kind = kind
        self.sections = sections
        self.missing = missing
        self.words = words
    }
}
