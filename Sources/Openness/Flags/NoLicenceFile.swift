import OpenscanFacts

/// No file carries a licence's text or notice. A gap: no claim is needed.
///
/// Guard: a plain program is not judged.
struct NoLicenceFile: FlagRule {
    let id: FlagID = "no-licence-file"

    func check(_ context: FlagContext) -> FlagFinding? {
        guard context.gradient.subject != .notAModel, context.component(.licenceFile).status != .present else {
            return nil
        }
        let count = context.release.fileCount
        return FlagFinding(reasons: [Reason("no file with a licence's text or notice among \(count) files")])
    }
}
