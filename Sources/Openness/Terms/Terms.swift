import OpenscanFacts

/// Which licence covers what: the statements of all files, resolved.
struct Terms: Sendable {
    /// Licences that cover something, in order of strength and place.
    var licences: [JudgedLicence]
    /// Licences of single files or of other people's parts.
    var others: [OtherLicence]
    /// What metadata and cards declare, with their places.
    var declared: [DeclaredTerms]
    /// Licences of the weights, the most telling first.
    var ofWeights: [JudgedLicence]
    /// What covers each part that is there.
    var parts: [ReleasePart: PartTerms]

    /// Whether the weights have licences and each is on the Open Source Initiative's list as it stands.
    var areWeightsApproved: Bool { !ofWeights.isEmpty && ofWeights.allSatisfy(\.isOSIApproved) }

    /// The licence of the weights as evidence that a reader can look up.
    var weightsEvidence: Evidence? { ofWeights.first?.evidence }
}

/// A licence as some metadata names it.
struct DeclaredTerms: Sendable, Hashable {
    /// What kind of metadata.
    enum Source: Sendable, Hashable {
        /// The head of a model or data card.
        case card
        /// Package metadata, or a badge.
        case package
        /// Metadata inside weights.
        case artefact
    }

    let value: LicenceValue
    let evidence: Evidence
    let source: Source
    /// Whether it is the card's own field for its licence.
    var isLicenceField = false
    /// Whether it is an address of terms.
    var isAddress = false

    var ids: [LicenceID] { value.ids }

    /// Whether it names terms, though none that are known.
    var saysMore: Bool { value.ids.isEmpty && !value.isBlank && !value.isOpenEnded }
}
