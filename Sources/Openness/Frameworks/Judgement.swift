import Licensing
import Unpacking

/// Every yardstick beside each other, for a release or a list of components. Nothing is averaged.
public struct Judgement: Sendable, Codable {
    public struct Level: Sendable, Codable, Hashable {
        public var level: String
        public var rank: Int?
        public var licenceClass: String
        public var rule: Int?
    }

    public var name: String
    public var gradient: Level
    public var frameworks: ReportFrameworks
    /// Where the yardsticks differ, and why.
    public var differences: [String]

    /// - Parameter level: the gradient as a scan found it; worked out from the components where there is none.
    public init(_ release: JudgedRelease, level: Level? = nil) {
        name = release.name
        frameworks = ReportFrameworks(release)
        gradient = level ?? Self.level(release)
        differences = Differences.of(frameworks, gradient)
    }

    public init(_ report: Report) {
        let gradient = report.gradient
        self.init(
            JudgedRelease(report),
            level: Level(
                level: gradient.level, rank: gradient.rank, licenceClass: gradient.licenceClass, rule: gradient.rule))
    }

    private static func level(_ release: JudgedRelease) -> Level {
        func isThere(_ id: String) -> Bool { [.present, .linked].contains(release.part(id).status) }
        func licenceClass(_ ids: [String]) -> GradientInputs.LicenceClass {
            GradientJudge.weakest(ids.map(GradientJudge.licenceClass(named:)))
        }
        let weights =
            release.part("weights-final").licences.isEmpty ? release.general : release.part("weights-final").licences
        let parts = ["weights-final", "training-code", "inference-code", "dataset"].filter(isThere).map {
            release.part($0).licences
        }.filter { !$0.isEmpty }
        let inputs = GradientInputs(
            weights: isThere("weights-final")
                ? release.part("weights-final").status == .linked ? .linked : .full
                : isThere("weights-adapter") ? .adapter : .none,
            gate: release.isGated ? .unknown : .none, api: isThere("hosted-api") ? .inference : .unknown,
            hasHostedInterface: isThere("demo") ? true : nil,
            trainingCode: isThere("training-code") ? .full : .none,
            inferenceCode: isThere("inference-code") ? .full : .none,
            trainingData: isThere("dataset") ? .full : isThere("data-card") ? .described : .none,
            licenceClass: licenceClass(weights), classesOfAllParts: Set(parts.map(licenceClass)))
        let rule = GradientRule.decide(inputs)
        let level = Catalogue.level(rule?.level ?? "undetermined")
        return Level(
            level: level?.id ?? "undetermined", rank: level.flatMap { $0.rank > 0 ? $0.rank : nil },
            licenceClass: inputs.licenceClass.rawValue, rule: rule?.number)
    }
}

extension GradientJudge {
    /// Class of a licence known by its id alone.
    static func licenceClass(named id: String) -> GradientInputs.LicenceClass {
        guard let record = LicenceIndex.embedded.record(id: id) else { return .customUnclear }
        if let plain = licenceClass(of: record.category) { return plain }
        switch record.category {
        case .llamaStyle: return .userRestricted
        case .openData: return .openDataOrContent
        default:
            return record.isOSIApproved
                || OSDAssessment.of(record, isModified: false, clauses: []).failed.isEmpty
                    && record.category != .unclear
                ? .osiOpen : .customUnclear
        }
    }
}

/// Sentences on where the yardsticks part for this release.
enum Differences {
    static func of(_ frameworks: ReportFrameworks, _ gradient: Judgement.Level) -> [String] {
        var out: [String] = []
        let failed = frameworks.osd.filter { $0.value.verdict == .fail }.compactMap { Int($0.key) }.sorted()
        let review = frameworks.osd.values.contains { $0.verdict == .review }
        let level = Catalogue.level(gradient.level)?.name ?? gradient.level
        func verdict(_ id: String) -> FrameworkResult? { frameworks.results.first { $0.id == id } }
        if !frameworks.osd.isEmpty, failed.isEmpty, !review, let osaid = verdict("osaid"),
            let first = osaid.criteria.first(where: { $0.required && $0.status == .notMet })
        {
            out.append(
                "The licence of the weights passes the Open Source Definition, the release fails the Open Source AI Definition: \(first.reason)."
            )
        }
        if !failed.isEmpty, let rank = gradient.rank, rank >= 6 {
            out.append(
                "Level \(rank) of the gradient (\(level)) counts what is published; the Open Source Definition looks at terms, and criteria \(failed.map(String.init).joined(separator: ", ")) fail."
            )
        }
        if let rank = gradient.rank, rank == 5, failed.isEmpty, !frameworks.osd.isEmpty, !review {
            out.append(
                "Level 5 of the gradient says nothing about the licence, which is open here; what holds the release there are missing parts."
            )
        }
        if frameworks.mof.class == 0, failed.isEmpty, !frameworks.osd.isEmpty,
            let missing = frameworks.mof.missing["3"], !missing.isEmpty
        {
            out.append(
                "The Model Openness Framework gives no class although the licence is open: \(missing.joined(separator: ", ")) not there under an open licence."
            )
        }
        if frameworks.mof.class != frameworks.mof.normalisedClass {
            out.append(
                "With licence names as written the Model Openness Framework gives class \(frameworks.mof.class), with SPDX ids class \(frameworks.mof.normalisedClass)."
            )
        }
        if let open = verdict("open-weights"), gradient.rank ?? 0 >= 5,
            open.criteria.contains(where: { $0.required && $0.status == .notMet })
        {
            out.append(
                "Weights can be had, yet the Open Weights Definition asks for more: \(open.criteria.filter { $0.required && $0.status == .notMet }.prefix(3).map(\.name).joined(separator: "; "))."
            )
        }
        if failed == [6] || failed == [5, 6], let act = verdict("eu-ai-act"),
            act.criteria.first(where: { $0.id == "eu-lic-use" })?.status == .met
        {
            out.append(
                "A use list fails the Open Source Definition; the EU guidelines may bear a narrow one (a person's reading)."
            )
        }
        return out
    }
}
