import OpenscanFacts
import OpenscanRules

/// What flag rules look at.
struct FlagContext: Sendable {
    let release: ReleaseFacts
    let rules: RuleSet
    let components: [Component]
    let terms: Terms
    let claims: [Claim]
    let gradient: Gradient
    let inputs: GradientInputs
    let model: ModelDescription
    /// How it can be had.
    var access = ReleaseAccess.unknown
    /// What its documents tell.
    var disclosures: [DisclosureID: [Evidence]] = [:]
    /// Class of the Model Openness Framework that its own files come to, 1 the most open, 0 none; `nil` where it was not judged.
    var opennessClass: Int?
    /// Reports whose text was read.
    var readReports: [Evidence] = []

    func component(_ id: ComponentID) -> Component { components.first { $0.id == id } ?? Component(id: id) }
    func isThere(_ id: ComponentID) -> Bool { component(id).isThereOrLinked }

    /// Whether a claim's own words hold one of a list of claims.yml.
    func says(_ claim: Claim, _ list: String) -> Bool {
        rules.claims.phrases(list).areIn((claim.evidence.quote ?? "").lowercased())
    }

    /// The first sentence that calls the model itself open source, in these words: "openly released" says less.
    var openClaim: Claim? {
        let own = claims.filter { $0.isOwn && $0.category == .openSource && says($0, "says-open-source") }
        return own.first { $0.subject == .model } ?? own.first { $0.subject != .code }
    }

    var anyOpenClaim: Claim? {
        openClaim ?? claims.first { $0.isOwn && $0.category == .openWeights && $0.subject == .model }
    }

    var hasWeights: Bool { ComponentID.weights.contains { component($0).status == .present } }
    var hasWeightsOrLink: Bool { hasWeights || isThere(.weightsFinal) || isThere(.weightsAdapter) }
}
