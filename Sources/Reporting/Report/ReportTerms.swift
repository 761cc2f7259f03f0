import OpenscanFacts
import OpenscanOpenness

/// What covers a part of the release, and how that is known.
public struct ReportTerms: Sendable, Codable, Hashable {
    /// SPDX expression.
    public var expression: String?
    /// How it is known.
    public var basis: PartTerms.Basis
    /// The weakest kind of the licences.
    public var category: LicenceCategory?
    /// The Open Source Definition.
    public var osd: OSDTable
    /// Whether the part may be called open.
    public var open: Bool
    /// Places that say it.
    public var evidence: [Evidence]
    /// A row a model, where models of the release are under different licences.
    public var models: [ModelTerms]?

    init(_ terms: PartTerms) {
        expression = terms.expression
        basis = terms.basis
        category = terms.category
        osd = OSDTable(terms.osd)
        open = terms.isOpen
        evidence = terms.evidence
        models = terms.models.isEmpty ? nil : terms.models
    }

    var terms: PartTerms {
        PartTerms(
            expression: expression, basis: basis, category: category, osd: osd.assessment, isOpen: open,
            evidence: evidence, models: models ?? [])
    }
}

/// The licences of a release as SPDX expressions.
public struct ReportExpression: Sendable, Codable, Hashable {
    /// What the card and the metadata say, as written.
    public var declared: String?
    /// What the texts and notices come to.
    public var concluded: String?
    /// What covers each component.
    public var byComponent: [ComponentID: String]

    init(_ licences: ConcludedLicences) {
        declared = licences.declared
        concluded = licences.concluded
        byComponent = licences.byComponent
    }

    var licences: ConcludedLicences {
        ConcludedLicences(
            declared: declared, concluded: concluded, byComponent: byComponent)
    }
}
