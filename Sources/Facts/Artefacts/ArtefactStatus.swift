/// How far an artefact could be read; ids of the project's vocabulary.
public enum ArtefactStatus: String, Sendable, Codable, CaseIterable {
    case ok, malformed, pointer, unsupported
    case notInspected = "not-inspected"
}
