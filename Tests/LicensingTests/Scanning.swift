import OpenscanFacts
import OpenscanLicensing
import OpenscanOpenness
import OpenscanTestSupport

private let scanner = LicenceScanner(TestRules.index, rules: TestRules.shared)

func scan(_ text: String, role: TextRole = .licence) -> LicenceScan {
    Array(text.utf8).withUnsafeBytes { scanner.scan($0, path: "LICENSE", role: role) }
}

/// What is there, by id and in order, without what is only mentioned.
func ids(_ text: String, role: TextRole = .licence) -> [String] {
    scan(text, role: role).matches.filter { $0.method != .mentioned }.map {
        $0.isModified ? "modified " + $0.id.rawValue : $0.id.rawValue
    }
}

/// The expression that all of a text comes to.
func expression(_ text: String, role: TextRole = .document) -> String? {
    ConcludedExpression.of(scan(text, role: role).matches, hasUnknownText: false, licences: TestRules.shared.licences)
}
