import OpenscanBytes

/// The YAML head of a model or data card (huggingface/hub-docs, modelcard.md and datasetcard.md), as written.
public struct FrontMatter: Sendable, Hashable, Codable {
    /// A field with its values, scalars of lists and tables one after the other.
    public struct Field: Sendable, Hashable, Codable {
        /// The values as written.
        public var values: [String]
        /// Line of the field's name.
        public var line: Int
        /// Line of each value; empty where they are not known.
        public var valueLines: [Int]

        /// A field.
        public init(values: [String], line: Int, valueLines: [Int] = []) {
            self.values = values
            self.line = line
            self.valueLines = valueLines
        }
    }

    /// Top-level fields by name.
    public var fields: [String: Field] = [:]
    /// Lines from the first `---` to the second.
    public var lines: LineRange
    /// What is wrong with the head.
    public var findings: [Finding] = []

    /// The head's lines as written, from the first of the text.
    public var texts: [String]

    /// A head without fields.
    public init(lines: LineRange, texts: [String] = []) {
        self.lines = lines
        self.texts = texts
    }

    /// First value of a field.
    public func first(_ key: String) -> String? { fields[key]?.values.first }
    /// Values of a field.
    public func values(_ key: String) -> [String] { fields[key]?.values ?? [] }
    /// Line of a field's name.
    public func line(_ key: String) -> Int? { fields[key]?.line }

    /// A field as evidence: the line that names it, and those of its values.
    /// - Parameter value: one of several values; all of them without it.
    public func evidence(_ key: String, value: String? = nil, path: String) -> Evidence {
        guard let field = fields[key] else { return Evidence(path: path, lines: lines) }
        var range = LineRange(field.line)
        if let value, let place = field.values.firstIndex(of: value), place < field.valueLines.count {
            range = LineRange(field.valueLines[place])
        } else if let last = field.valueLines.max() {
            range = LineRange(field.line, max(field.line, last))
        }
        let words = texts.dropFirst(range.first - 1).prefix(range.last - range.first + 1).joined(separator: " ")
        return Evidence(path: path, lines: range, quote: words.isEmpty ? nil : words)
    }
}
