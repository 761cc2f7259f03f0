import OpenscanLicensing
import OpenscanRules

/// The rules that are linked in, for tests of readers and judges.
public enum TestRules {
    /// The licence texts that are linked in.
    public static let index: LicenceIndex = {
        do { return try LicenceIndex.embedded() } catch { fatalError("\(error)") }
    }()

    /// Everything of Licenses/.
    public static let shared: RuleSet = {
        do {
            let documents = try RuleDocuments.embedded()
            return try RuleSet(documents, licences: LicenceNames(index, documents))
        } catch { fatalError("\(error)") }
    }()
}
