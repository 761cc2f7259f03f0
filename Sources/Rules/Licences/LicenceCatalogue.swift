import OpenscanFacts

/// Licences by id and by name.
public protocol LicenceCatalogue: Sendable {
    /// Digest of the licence data.
    var digest: String { get }
    /// Every licence, in order of id.
    var records: [LicenceRecord] { get }
    /// The licence with this id, without regard to case.
    func record(_ id: LicenceID) -> LicenceRecord?
    /// What a licence field says: an SPDX expression, a name in any spelling, a trove classifier, an address.
    func value(_ raw: String) -> LicenceValue
}
