import OpenscanFacts

/// What changed between two versions of a release, as far as both dossiers tell.
public struct ReleaseDifference: Sendable, Hashable {
    /// A value before and after; `nil` where there was none.
    public struct Change<Value: Sendable & Hashable>: Sendable, Hashable {
        /// Before.
        public var old: Value
        /// After.
        public var new: Value

        /// Before and after.
        public init(_ old: Value, _ new: Value) {
            self.old = old
            self.new = new
        }
    }

    /// Whether there is more or less of it.
    public enum Direction: String, Sendable, Codable, CaseIterable { case gained, lost, changed }

    /// A component that came, went or is there in another way.
    public struct ComponentChange: Sendable, Hashable {
        /// Which component.
        public var id: ComponentID
        /// How far it is there.
        public var status: Change<ComponentStatus>
        /// Places of the version that has it.
        public var evidence: [Evidence]
    }

    /// Terms of a part that changed.
    public struct TermsChange: Sendable, Hashable {
        /// The part.
        public var part: ReleasePart
        /// Expressions.
        public var expression: Change<String?>
        /// How they are known.
        public var basis: Change<PartTerms.Basis?>
        /// Whether the part may be called open.
        public var isOpen: Change<Bool>
        /// Places of the newer version.
        public var evidence: [Evidence]
        /// Clauses that came, went or have other figures.
        public var clauses: [ClauseChange]
    }

    /// A clause of a part's terms.
    public struct ClauseChange: Sendable, Hashable {
        /// Which clause.
        public var id: ClauseID
        /// What it means.
        public var meaning: Wording
        /// Whether it came, went or has other figures.
        public var direction: Direction
        /// Its figures.
        public var figures: Change<[String: String]>
        /// Whether terms with it fail the Open Source Definition, or limit use in another way.
        public var limits: Bool
        /// Where it stands, in the version that has it.
        public var evidence: Evidence
    }

    /// An answer on use that changed.
    public struct UseChange: Sendable, Hashable {
        /// The question.
        public var id: UseID
        /// The part.
        public var part: ReleasePart
        /// The answers; `nil` where one version does not ask.
        public var answer: Change<UseAnswer?>
        /// Why the newer answer is what it is, of the older one where there is no newer.
        public var reason: Reason

        /// Whether less is allowed, and that is said rather than unclear.
        public var isTighter: Bool {
            guard let old = answer.old, let new = answer.new else { return false }
            return new > old && new != .unclear && old != .unclear
        }
    }

    /// A file of weights or data.
    public struct ArtefactChange: Sendable, Hashable {
        /// Its path; before, where it was renamed.
        public var path: String
        /// Its new path, where the same bytes have another.
        public var renamed: String?
        /// Whether it came, went or is another.
        public var direction: Direction
        /// What of it changed, by name.
        public var figures: [String: Change<String>]
    }

    /// The names of both, with revisions.
    public var release: Change<ReleaseIdentity>
    /// "Is this open source?"
    public var verdict: Change<Verdict.Answer>?
    /// Levels of the gradient.
    public var level: Change<String>?
    /// Their ranks.
    public var rank: Change<Int?>
    /// Components that came, went or are there in another way.
    public var components: [ComponentChange]
    /// Terms by part.
    public var terms: [TermsChange]
    /// Answers on use.
    public var use: [UseChange]
    /// Flags that came.
    public var flagsGained: [Flag]
    /// Flags that went.
    public var flagsLost: [Flag]
    /// Claims of its own openness that came.
    public var claimsGained: [Claim]
    /// Claims that went.
    public var claimsLost: [Claim]
    /// Files of weights and data.
    public var artefacts: [ArtefactChange]
    /// What the change itself gives reason to say.
    public var flags: [Flag]
    /// What one side does not tell, so that nothing is said of it.
    public var untold: [Wording]

    /// Whether nothing changed that is told.
    public var isEmpty: Bool {
        verdict == nil && level == nil && components.isEmpty && terms.isEmpty && use.isEmpty && flagsGained.isEmpty
            && flagsLost.isEmpty && claimsGained.isEmpty && claimsLost.isEmpty && artefacts.isEmpty
    }
}
