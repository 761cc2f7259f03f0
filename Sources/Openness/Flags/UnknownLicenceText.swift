import OpenscanFacts

/// A text that is there to license and that no known licence explains. A gap: no claim is needed.
struct UnknownLicenceText: FlagRule {
    let id: FlagID = "unknown-licence"

    func check(_ context: FlagContext) -> FlagFinding? {
        let unknown = context.terms.licences.filter { $0.id == .unknown && $0.method != .metadata }
        guard !unknown.isEmpty else { return nil }
        return FlagFinding(
            evidence: unknown.map(\.evidence),
            reasons: unknown.compactMap { licence in
                licence.nearest.map { Reason("nearest known text: \($0)", [licence.evidence]) }
            })
    }
}
