import OpenscanFacts
import OpenscanRules

/// A report lies in the release and tells nothing of data, training and evaluation.
///
/// Guard: only a report whose text was read; what an unread or linked one says is unknown. One of the three is enough.
struct ReportTellsLittle: FlagRule {
    let id: FlagID = "ow-23"

    func check(_ context: FlagContext) -> FlagFinding? {
        let report = context.component(.technicalReport)
        guard context.hasWeightsOrLink, report.status == .present,
            let place = context.readReports.first(where: { report.paths.contains($0.path) })
        else { return nil }
        let told = context.rules.disclosures.reportParts.contains { part in
            part.contains { context.disclosures[$0]?.contains { $0.path == place.path } ?? false }
        }
        return told
            ? nil
            : FlagFinding(
                claim: place, evidence: [place],
                reasons: [Reason("no sentence of it tells of data, training or evaluation", [place])])
    }
}
