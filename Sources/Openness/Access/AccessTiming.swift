import OpenscanFacts

/// Since when a release can be had, and what of it is announced.
///
/// A report has no clock: a date has passed where the release itself speaks of a later one, in its dated news.
struct AccessTiming {
    let components: [Component]
    let documents: AccessDocuments

    private static let most = 20

    /// What is announced and not there, one entry a sentence.
    var promises: [ReleaseAccess.Promise] {
        var parts: [(place: Evidence, ids: [ComponentID])] = []
        for component in components where component.status == .promised {
            guard let place = component.evidence.first else { continue }
            if let known = parts.firstIndex(where: { $0.place == place }) {
                parts[known].ids.append(component.id)
            } else {
                parts.append((place, [component.id]))
            }
        }
        let news = documents.latestNews
        return parts.prefix(Self.most).map { place, ids in
            let names = Wording.joined(ids.map { Wording($0.rawValue) }, by: ", ")
            guard let due = documents.due(place) else {
                return ReleaseAccess.Promise(
                    parts: ids, due: nil, isOverdue: false,
                    reason: Reason("\(names): announced without a date", [place]))
            }
            if let news, due < news.date {
                return ReleaseAccess.Promise(
                    parts: ids, due: due, isOverdue: true,
                    reason: Reason(
                        "\(names): announced for \(due), and the release has news of \(news.date)",
                        [place, news.evidence]))
            }
            return ReleaseAccess.Promise(
                parts: ids, due: due, isOverdue: false, reason: Reason("\(names): announced for \(due)", [place]))
        }
    }

    func answer(_ direct: [ReleaseAccess.Offer]) -> ReleaseAccess.Answer<ReleaseAccess.Timing> {
        let promises = promises
        let there = direct.first { $0.status == .present || $0.status == .linked }
        if let overdue = promises.first(where: \.isOverdue) { return ReleaseAccess.Answer(.overdue, overdue.reason) }
        if let promise = promises.first {
            return ReleaseAccess.Answer(there == nil ? .promised : .staged, promise.reason)
        }
        if let staged = documents.first(.stagedRelease) {
            return ReleaseAccess.Answer(.staged, Reason("a sentence says that it comes in steps", [staged]))
        }
        guard let there else { return ReleaseAccess.Answer(.unknown, Reason("nothing says since when it can be had")) }
        return ReleaseAccess.Answer(.released, Reason("nothing is announced that is not there", there.reason.evidence))
    }
}
