import OpenscanBytes

/// Something about one file that a reader should know.
public struct Finding: Sendable, Hashable, Codable {
    /// What kind of thing it is.
    public var id: FindingID
    /// How much it matters.
    public var severity: Severity
    /// What was found, in the program's words.
    public var detail: Wording
    /// Byte offset in the file, where there is one.
    public var offset: Int?

    /// A finding; what `detail` quotes of the input is cleaned of control characters and cut to 200 characters.
    public init(_ id: FindingID, _ severity: Severity, _ detail: Wording, offset: Int? = nil) {
        self.id = id
        self.severity = severity
        self.detail = detail.printable(limit: 200)
        self.offset = offset
    }
}
