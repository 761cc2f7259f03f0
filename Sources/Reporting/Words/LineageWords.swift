import OpenscanFacts
import OpenscanOpenness

/// Terms of what a model was made from.
extension Words {
    /// A licence that was looked up by a name, and how sure that is.
    func licence(_ licence: LicenceID?, _ certainty: ModelDescription.Certainty?) -> String {
        guard let licence = licence?.rawValue else { return self("licence not known") }
        return certainty == .verified ? licence : self("probably ") + licence
    }

    /// What is known of a data set's terms.
    func terms(_ data: ModelDescription.DatasetTerms) -> String {
        let commercial: String? =
            switch data.commercial {
            case .yes: nil
            case .no: self("no commercial use")
            case .conditional: self("commercial use conditional")
            case .unclear: self("commercial use unclear")
            }
        let facts = [
            data.licence?.rawValue ?? self("no licence stated"), commercial,
            data.generatedBy.map { self("outputs of {0}", $0) }, data.isWithdrawn ? self("withdrawn") : nil,
        ]
        return (data.certainty == .verified ? "" : self("probably "))
            + facts.compactMap { $0 }.joined(separator: " · ")
    }
}
