/// Fields of a card's head that rules look up by name (huggingface/hub-docs, modelcard.md).
enum CardFields {
    /// Where the text of a licence stands that the hub does not know: a path in the release or an address.
    static let licenceLink = "license_link"
    /// Data sets that the model was trained on.
    static let datasets = "datasets"
}
