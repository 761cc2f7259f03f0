import OpenscanFacts

/// A part that a release can have, with what was found of it.
public struct Component: Sendable, Hashable {
    /// How far it is there.
    public typealias Status = ComponentStatus

    /// Where it can be had, and the place that says so.
    public struct Link: Sendable, Hashable, Codable {
        /// Address or hub name.
        public var target: String
        /// The place.
        public var evidence: Evidence

        /// A link with its place.
        public init(target: String, evidence: Evidence) {
            self.target = target
            self.evidence = evidence
        }
    }

    /// Which component.
    public var id: ComponentID
    /// How far it is there.
    public var status: Status
    /// Its files.
    public var paths: [String]
    /// Where it can be had.
    public var links: [Link]
    /// Licences that cover it.
    public var licences: [LicenceID]
    /// How sure the status is.
    public var confidence: Confidence
    /// Places that show it.
    public var evidence: [Evidence]
    /// What shows it where the places' own words do not say it.
    public var reasons: [Reason]

    /// A component of which nothing was found.
    public init(id: ComponentID, status: Status = .absent) {
        self.id = id
        self.status = status
        paths = []
        links = []
        licences = []
        confidence = .high
        evidence = []
        reasons = []
    }

    /// Whether it is in the release or can be had elsewhere.
    public var isThereOrLinked: Bool { status == .present || status == .linked }
}
