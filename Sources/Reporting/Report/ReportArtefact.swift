import OpenscanFacts
import OpenscanOpenness

/// A file of weights or data, or any file with findings.
public struct ReportArtefact: Sendable, Codable, Hashable {
    /// The path of what is said of the whole release.
    public static let wholeRelease = "."

    /// Its path.
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
    /// Bytes of it that were not fetched.
    public var unseenBytes: Int?

    init(_ artefact: JudgedArtefact) {
        path = artefact.path.isEmpty ? Self.wholeRelease : artefact.path
        component = artefact.component
        format = artefact.format
        status = artefact.status
        tensors = artefact.tensors
        parameters = artefact.parameters
        parametersByType = artefact.parametersByType
        metadata = artefact.metadata
        findings = artefact.findings
        pointer = artefact.pointer
        size = artefact.size
        unseenBytes = artefact.unseen
    }

    var artefact: JudgedArtefact {
        JudgedArtefact(
            path: path == Self.wholeRelease ? "" : path, component: component, format: format, status: status,
            tensors: tensors, parameters: parameters, parametersByType: parametersByType, metadata: metadata,
            findings: findings, pointer: pointer, size: size, unseen: unseenBytes)
    }
}
