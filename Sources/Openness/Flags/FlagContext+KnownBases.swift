import OpenscanRules

extension FlagContext {
    /// The entry of Licenses/models.yml for a base, where its licence was read in a source.
    func known(_ base: ModelDescription.Base) -> KnownModel? {
        base.certainty == .verified ? rules.models.model(id: base.known) : nil
    }
}
