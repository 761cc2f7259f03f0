import OpenscanBytes

/// Something about one file that a reader should know.
public struct Finding: Sendable, Hashable, Codable {
    /// What kind of thing it is.
    public var id: FindingID
    /// How much it matters.
    public var severity: Severity
    /// What was found, in the program's words.
    public var detail: String
    /// Byte offset in the file, where there is one.
    public var offset: Int?

    /// A finding; `detail` is cleaned of control characters and cut to 400 characters.
    public init(_ id: FindingID, _ severity: Severity, _ detail: String, offset: Int? = nil) {
        self.id = id
        self.severity = severity
        self.detail = Printable.text(detail, limit: 400)
        self.offset = offset
    }
}
