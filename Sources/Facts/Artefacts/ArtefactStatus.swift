/// How far an artefact could be read; ids that reports use.
public enum ArtefactStatus: String, Sendable, Codable, CaseIterable {
    /// Read as its format.
    case ok
    /// Not in the form that its name or magic bytes claim; a finding says where.
    case malformed
    /// A Git LFS pointer stands for the file.
    case pointer
    /// Recognised, and no more.
    case unsupported
    /// Left unread because of a limit, or because it would take the whole file; a finding gives the reason.
    case notInspected = "not-inspected"
}
