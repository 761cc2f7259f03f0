import Unpacking

/// What a licence is against the ten criteria of the Open Source Definition.
public struct OSDAssessment: Sendable, Hashable {
    public enum Verdict: String, Sendable, Codable { case pass, fail, review }

    public struct Criterion: Sendable, Hashable, Codable {
        public var verdict: Verdict
        public var reason: String

        public init(verdict: Verdict, reason: String) {
            self.verdict = verdict
            self.reason = reason
        }
    }

    /// Criterion 1 first.
    public var criteria: [Criterion]

    public static let names = [
        "free redistribution", "source code", "derived works", "integrity of the author's source",
        "no discrimination against persons or groups",
        "no discrimination against fields of endeavour", "distribution of licence", "not specific to a product",
        "no restriction of other software", "technology neutral",
    ]

    public var failed: [Int] { criteria.indices.filter { criteria[$0].verdict == .fail }.map { $0 + 1 } }
    public var isOpen: Bool { criteria.allSatisfy { $0.verdict == .pass } }
    /// The whole: fail if any fails, else review if any needs it.
    public var verdict: Verdict { failed.isEmpty ? (isOpen ? .pass : .review) : .fail }

    /// - Parameters:
    ///   - record: the licence by identity, `nil` for an unknown text.
    ///   - isModified: the text is not the licence's as it stands.
    ///   - clauses: what its text says, where it was read.
    public static func of(_ record: LicenceIndex.Record?, isModified: Bool, clauses: [ClauseMatch]) -> OSDAssessment {
        if let record, record.isOSIApproved, !isModified {
            return OSDAssessment(
                criteria: Array(
                    repeating: Criterion(
                        verdict: .pass, reason: "approved by the Open Source Initiative, text as it stands"), count: 10)
            )
        }
        var failing = [[String]](repeating: [], count: 10)
        var concerning = failing
        for match in clauses {
            guard match.status == .present, let clause = Clause.byID[match.id] else { continue }
            let place = match.evidence.lines.map { " (line \($0.first))" } ?? ""
            // A duty to display above a size closes no field; a right that ends there does.
            let isDuty = match.id == "revenue-threshold" && match.parameters["effect"] == "display"
            for criterion in clause.fails where (1...10).contains(criterion) && !(isDuty && criterion == 6) {
                failing[criterion - 1].append(match.id + place)
            }
            if match.id == "export-control", match.parameters["level"] == "party-ban" {
                failing[4].append("export-control names people who get no licence" + place)
            }
            for criterion in clause.disputed where (1...10).contains(criterion) {
                concerning[criterion - 1].append(match.id + place)
            }
        }
        if isModified, let record, record.isOSIApproved || record.category == .permissive {
            return judged(
                failing, concerning, base: .review, baseReason: "a standard text with changes: read the additions")
        }
        // Where the text was read, its terms speak; of a name alone only the kind is known.
        let isRead = !clauses.isEmpty
        switch record?.category {
        case _ where isRead && record != nil && record?.category != .unclear && !failing.allSatisfy(\.isEmpty): break
        case .permissive, .publicDomain, .copyleft, .copyleftLimited, .openData, .exception:
            // Known by the pinned package as free; a clause view of its words alone would be weaker evidence.
            return judged(
                [[String]](repeating: [], count: 10), [[String]](repeating: [], count: 10), base: .pass,
                baseReason: "no restriction of use known (\(record?.category.id ?? "")); not reviewed by the OSI")
        case .openRAIL: failing[5].append("use restrictions by category (openrail)")
        case .llamaStyle:
            failing[4].append("limits on users or territory by category (llama-style)")
            failing[5].append("use policy or field limits by category (llama-style)")
        case .nonCommercial, .researchOnly:
            failing[0].append("\(record?.category.id ?? "") by category")
            failing[5].append("\(record?.category.id ?? "") by category")
        case .noDerivatives: failing[2].append("no derivatives by category")
        case .usePolicy: failing[5].append("a policy of prohibited uses")
        case .sourceAvailable where failing.allSatisfy(\.isEmpty): concerning[5].append("source-available by category")
        case .proprietary where failing.allSatisfy(\.isEmpty):
            concerning[0].append("proprietary or restricted by category")
        case .sourceAvailable, .proprietary, .unclear, nil: break
        }
        let base: Verdict = record == nil || record?.category == .unclear ? .review : .pass
        return judged(
            failing, concerning, base: base,
            baseReason: base == .pass ? "no clause against it" : "unknown text: no clause against it was recognised")
    }

    public static let freedoms = ["use", "study", "modify", "share"]

    /// Freedoms of the Open Source AI Definition 1.0 that a text limits: those that its terms against the Open Source Definition touch.
    public static func limitedFreedoms(_ record: LicenceIndex.Record?, isModified: Bool, clauses: [ClauseMatch])
        -> [String]
    {
        if let record, record.isOSIApproved, !isModified { return [] }
        var limits = Set<String>()
        for match in clauses where match.status == .present {
            guard let clause = Clause.byID[match.id] else { continue }
            let isBan = match.id == "export-control" && match.parameters["level"] == "party-ban"
            if !clause.fails.isEmpty || isBan { limits.formUnion(clause.freedoms) }
        }
        return freedoms.filter(limits.contains)
    }

    private static func judged(_ failing: [[String]], _ concerning: [[String]], base: Verdict, baseReason: String)
        -> OSDAssessment
    {
        OSDAssessment(
            criteria: (0..<10).map { number in
                if !failing[number].isEmpty {
                    return Criterion(verdict: .fail, reason: failing[number].prefix(6).joined(separator: ", "))
                }
                if !concerning[number].isEmpty {
                    return Criterion(verdict: .review, reason: concerning[number].prefix(6).joined(separator: ", "))
                }
                return Criterion(verdict: base, reason: baseReason)
            })
    }
}
