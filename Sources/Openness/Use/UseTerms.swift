import OpenscanFacts
import OpenscanRules

/// The terms of one licence as far as they are known: what answers and duties are taken from.
struct UseTerms: Sendable {
    /// How they are known.
    enum Reading: Sendable, Hashable {
        /// From its own text, clause by clause.
        case text
        /// Its text is there as it was approved; its clauses are those of the record.
        case approved
        /// It is named; its clauses are those of the record.
        case named
        /// It is named, and only its kind is known.
        case kind
        /// From a text that nobody knows, or that was changed.
        case foreign
    }

    let id: LicenceID
    /// How it is called in reasons.
    let title: Wording
    /// Where it stands, or what names it.
    let place: Evidence
    let reading: Reading
    let clauses: [ClauseMatch]
    let category: LicenceCategory
    /// On the Open Source Initiative's list, and as it stands there.
    let isApproved: Bool
    /// Licensed without restriction of use.
    let isFree: Bool
    /// Made for models, or of a kind that says what is denied: a grant of use means use as such, but for that.
    let isPlain: Bool
    /// Looked up by a name that may be another's.
    let isProbable: Bool

    /// Whether its terms are known as a whole.
    var isKnown: Bool { reading == .text || reading == .approved || reading == .named }
    /// Whether a plain grant of use covers what people do with such works.
    var isTrusted: Bool { isKnown && (isApproved || isFree || isPlain) }

    func has(_ clause: ClauseID) -> Bool { clauses.contains { $0.id == clause && $0.status == .present } }
}

/// Finds the terms of licences: their text in the release, or their record.
struct UseTermsReader {
    let rules: RuleSet

    /// More than there are kinds of them: a saved report may hold any number.
    private static let mostClauses = 200

    /// A licence that covers a part of the release; `all` may hold its text in another place.
    func terms(of licence: JudgedLicence, among all: [JudgedLicence]) -> UseTerms {
        let text =
            licence.method == .text
            ? licence
            : all.first { $0.id == licence.id && $0.method == .text && !$0.isModified && !licence.isModified }
        let record = rules.licences.record(licence.id)
        let beside = licence.clauses.filter(\.isBeside)
        let read = (text ?? licence).clauses.filter { !$0.isBeside }
        let place = (text ?? licence).evidence
        let (reading, clauses): (UseTerms.Reading, [ClauseMatch]) =
            if licence.isModified || record == nil && text != nil {
                (.foreign, read)
            } else if text != nil, !read.isEmpty {
                (.text, read)
            } else if let known = rules.clauseRecords.clauses(of: licence.id, at: place) {
                (text == nil ? .named : .approved, known)
            } else {
                (read.isEmpty ? .kind : .foreign, read)
            }
        return made(
            licence.id, title: Wording(licence.expressionID.rawValue), place: place, reading, clauses + beside, record,
            isProbable: false)
    }

    /// The licence of a model that the release was made from; `nil` where it is not known.
    func terms(ofBase base: ModelDescription.Base) -> UseTerms? {
        guard let id = base.licence else { return nil }
        return named(
            id, title: "\(id) of the base model \(base.name)", known: base.known, at: base.evidence,
            isProbable: base.certainty != .verified)
    }

    /// The licence of a model that has to be got besides; `nil` where it is not known.
    func terms(ofNeed need: ModelDescription.Need) -> UseTerms? {
        guard let id = need.licence else { return nil }
        return named(
            id, title: "\(id) of \(need.name), which it needs", known: need.known, at: need.evidence,
            isProbable: need.certainty != .verified)
    }

    private func named(_ id: LicenceID, title: Wording, known: String?, at place: Evidence, isProbable: Bool)
        -> UseTerms
    {
        let record = rules.licences.record(id)
        let (reading, clauses): (UseTerms.Reading, [ClauseMatch]) =
            if let clauses = rules.clauseRecords.clauses(of: id, at: place) {
                (.named, clauses)
            } else {
                (
                    .kind,
                    (rules.models.model(id: known)?.passesDown ?? []).map {
                        ClauseMatch(id: $0, status: .present, evidence: place)
                    }
                )
            }
        return made(id, title: title, place: place, reading, clauses, record, isProbable: isProbable)
    }

    /// Terms of a policy that the licence refers to, by the record of it: of one in the release no more than its list is known.
    private func policy(of id: LicenceID, _ clauses: [ClauseMatch]) -> [ClauseMatch] {
        guard let policy = rules.use.policies[id],
            let reference = clauses.first(where: { rules.clauses.has($0.id, .refersToPolicy) })
        else { return [] }
        // What a policy asks for beside limits ("please report") is no duty of the licence.
        let duties = Set(rules.use.clauses.filter { $0.answers.isEmpty }.map(\.id))
        let known = Set(clauses.map(\.id)).union(duties)
        return (rules.clauseRecords.clauses(of: policy, at: reference.evidence) ?? []).filter { !known.contains($0.id) }
            .map { clause in
                var clause = clause
                clause.status = .partial
                return clause
            }
    }

    private func made(
        _ id: LicenceID, title: Wording, place: Evidence, _ reading: UseTerms.Reading, _ clauses: [ClauseMatch],
        _ record: LicenceRecord?, isProbable: Bool
    ) -> UseTerms {
        let isAsItStands = reading != .foreign
        let isApproved = isAsItStands && record?.isOSIApproved ?? false
        // An approved text passes the definition: words that would fail it were read wrong.
        let clauses = (clauses + (isAsItStands ? policy(of: id, clauses) : [])).filter { clause in
            !isApproved || clause.isBeside
                || rules.clauses[clause.id]?.failed(with: clause.parameters).isEmpty ?? true
        }
        return UseTerms(
            id: id, title: title, place: place, reading: reading, clauses: Array(clauses.prefix(Self.mostClauses)),
            category: record?.category ?? .unclear, isApproved: isApproved,
            isFree: isAsItStands && record.map { rules.definition.free.contains($0.category) } ?? false,
            isPlain: isAsItStands && record.map { $0.isAI || rules.use.kinds[$0.category] != nil } ?? false,
            isProbable: isProbable)
    }
}
