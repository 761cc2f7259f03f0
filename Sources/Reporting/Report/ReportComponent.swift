import OpenscanFacts
import OpenscanOpenness

/// A part that a release can have, with what was found of it.
public struct ReportComponent: Sendable, Codable, Hashable {
    /// Which component.
    public var id: ComponentID
    /// How far it is there.
    public var status: Component.Status
    /// Its files.
    public var paths: [String]
    /// Where it can be had.
    public var links: [Component.Link]
    /// Licences that cover it.
    public var licences: [LicenceID]
    /// How sure the status is.
    public var confidence: Confidence
    /// Places that show it.
    public var evidence: [Evidence]
    /// What shows it where the places' own words do not say it.
    public var reasons: [Reason]

    init(_ component: Component) {
        id = component.id
        status = component.status
        paths = component.paths
        links = component.links
        licences = component.licences
        confidence = component.confidence
        evidence = component.evidence
        reasons = component.reasons
    }

    var component: Component {
        var component = Component(id: id, status: status)
        component.paths = paths
        component.links = links
        component.licences = licences
        component.confidence = confidence
        component.evidence = evidence
        component.reasons = reasons
        return component
    }
}
