import OpenscanFacts
import OpenscanOpenness

/// A model or data card with the sections that it has.
public struct ReportDocument: Sendable, Codable, Hashable {
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

    init(_ document: DocumentSections) {
        path = document.path
        kind = document.kind
        sections = document.sections
        missing = document.missing
        words = document.words
    }

    var document: DocumentSections {
        DocumentSections(path: path, kind: kind, sections: sections, missing: missing, words: words)
    }
}
