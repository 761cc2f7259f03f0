import Foundation
import OpenscanTestSupport
import Testing

/// Texts that `make test` takes from the pinned packages; none is in the repository but the project's own.
struct LicenceTexts: Sendable {
    /// Common licences and their near twins.
    static let common = LicenceTexts("")
    /// Licences of models, by the id of their record.
    static let models = LicenceTexts("/ai")
    /// What the Open Source Initiative approved.
    static let approved = LicenceTexts("/osi")

    static let absence: Comment = "the texts of the pinned packages are not at hand: run make test"

    let ids: [String]
    private let folder: String

    private init(_ name: String) {
        folder = ".build/licence-texts" + name
        ids = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".txt") }
            .map { String($0.dropLast(4)) }.sorted()
    }

    /// Whether tests of these texts run.
    var areReady: Bool { AtHand.runs(!ids.isEmpty) }

    func text(_ id: String) throws -> String {
        try String(contentsOfFile: folder + "/" + id + ".txt", encoding: .utf8)
    }
}
