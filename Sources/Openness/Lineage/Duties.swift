import Cards
import Licensing
import Unpacking

/// What a base model's licence asks of those who pass a derivative on, and whether this release does it.
struct Duties {
    private let licences: LicenceMap
    private let notice: FileFacts?
    private let attribution: Evidence?
    /// What the release calls itself.
    private let names: [String]

    init(release: ReleaseFacts, licences: LicenceMap) {
        self.licences = licences
        notice = release.files.first { $0.place.licenceName == .notice && $0.place.area == .main }
        attribution = release.files.lazy.compactMap { $0.card?.attributions.first }.first
        names =
            [release.name]
            + release.files.compactMap { $0.place.depth == 0 ? $0.card?.frontMatter?.first("model_name") : nil }
    }

    /// The bases with their duties judged; only where the base's licence is known.
    func judged(_ bases: [ReportModel.Base]) -> [ReportModel.Base] {
        bases.map { base in
            var base = base
            if let model = KnownModels.shared.models.first(where: { $0.id == base.known }) {
                base.duties = model.passesDown.compactMap { duty($0, model) }
            }
            return base
        }
    }

    private typealias Duty = ReportModel.Duty

    private func duty(_ clause: String, _ model: KnownModel) -> ReportModel.Duty? {
        switch clause {
        case "include-licence-copy":
            let text = licences.licences.first { $0.id == model.licence && $0.method == .text }
            return Duty(
                clause: clause, status: text == nil ? .missing : .kept,
                note: text.map { "text at \($0.place)" } ?? "no copy of \(model.licence) in the release")
        case "notice-file-text", "notice-file":
            return Duty(
                clause: clause, status: notice == nil ? .missing : .kept,
                note: notice?.path ?? model.notice ?? "no NOTICE file")
        case "attribution-display":
            return Duty(
                clause: clause, status: attribution == nil ? .missing : .kept,
                note: attribution?.place ?? "no \u{201C}Built with\u{201D} in the documents")
        case "model-naming":
            guard let word = model.name else { return nil }
            let isKept = names.contains { Self.folded($0).contains(Self.folded(word)) }
            return Duty(
                clause: clause, status: isKept ? .kept : .missing,
                note: "a derivative's name has to hold \u{201C}\(word)\u{201D}")
        case "use-restriction-list", "aup-by-reference", "pass-through-terms", "pass-through-use-restrictions",
            "non-commercial", "research-only", "share-alike", "mau-threshold", "revenue-threshold",
            "no-training-other-models":
            let own = licences.ofWeights
            guard !own.isEmpty else {
                return Duty(clause: clause, status: .unknown, note: "the release names no licence for its weights")
            }
            let isKept = own.contains { licence in
                licence.id == model.licence || licence.clauses.contains { $0.id == clause }
                    || (clause == "non-commercial" && licence.category == LicenceCategory.nonCommercial.id)
            }
            return Duty(
                clause: clause, status: isKept ? .kept : .missing,
                note: isKept ? nil : "not in \(own.map(\.expressionID).joined(separator: ", "))")
        default: return Duty(clause: clause, status: .unknown, note: nil)
        }
    }

    private static func folded(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
}
