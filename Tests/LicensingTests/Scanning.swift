import Unpacking

@testable import Licensing

func scan(_ text: String, role: TextRole = .licence) -> LicenceScan {
    Array(text.utf8).withUnsafeBytes { LicenceScanner().scan($0, path: "LICENSE", role: role) }
}

/// What is there, by id and in order, without what is only mentioned.
func ids(_ text: String, role: TextRole = .licence) -> [String] {
    scan(text, role: role).matches.filter { $0.method != .mentioned }.map {
        $0.isModified ? "modified " + $0.id : $0.id
    }
}

/// The expression that all of a text comes to.
func expression(_ text: String, role: TextRole = .document) -> String? {
    ConcludedExpression.of(scan(text, role: role).matches, hasUnknownText: false)
}
