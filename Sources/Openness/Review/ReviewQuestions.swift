import OpenscanFacts
import OpenscanRules

/// Asks a person about every answer of a dossier.
public struct ReviewQuestions {
    private let dossier: Dossier
    private let rules: RuleSet
    private let words: (Evidence) -> String?
    private let artefacts: [String: String]
    private var out: [ReviewQuestion] = []
    private var found = Set<String>()

    /// What there is to decide, in the order of the dossier.
    /// - Parameters:
    ///   - dossier: the release, judged.
    ///   - rules: names of criteria.
    ///   - words: what stands at a place now, `nil` where nothing is at hand.
    public static func of(_ dossier: Dossier, rules: RuleSet, words: @escaping (Evidence) -> String?)
        -> [ReviewQuestion]
    {
        var questions = ReviewQuestions(dossier, rules, words)
        questions.ask()
        return questions.out
    }

    private init(_ dossier: Dossier, _ rules: RuleSet, _ words: @escaping (Evidence) -> String?) {
        self.dossier = dossier
        self.rules = rules
        self.words = words
        // Weights have no words: their form stands for them.
        artefacts = Dictionary(
            dossier.artefacts.map { artefact in
                let figures = [artefact.size, artefact.tensors, artefact.parameters].map { $0.map(String.init) ?? "" }
                return (
                    artefact.path,
                    "\(artefact.format) \(artefact.status.rawValue) \(figures) \(artefact.pointer?.oid ?? "")"
                )
            }, uniquingKeysWith: { first, _ in first })
    }

    private mutating func ask() {
        guard dossier.gradient.subject.isJudged else { return }
        verdict()
        for decision in dossier.use { use(decision) }
        definition()
        for result in dossier.yardsticks.frameworks { for criterion in result.criteria { self.criterion(criterion) } }
        for flag in dossier.flags { self.flag(flag) }
        for artefact in dossier.artefacts { for finding in artefact.findings { self.finding(finding, artefact.path) } }
    }

    private mutating func add(
        _ id: String, _ kind: ReviewQuestion.Kind, _ title: Wording, machine: String, reason: Wording,
        answers: [String], _ evidence: [Evidence], isOpen: Bool
    ) {
        let digest = EvidenceDigest.of(answer: evidence.isEmpty ? "\(machine): \(reason)" : machine, evidence) {
            place in
            words(place) ?? artefacts[place.path]
        }
        out.append(
            ReviewQuestion(
                id: id, kind: kind, title: title, machine: machine, reason: reason, answers: answers,
                evidence: evidence, isOpen: isOpen, digest: digest))
    }

    private mutating func verdict() {
        let verdict = dossier.verdict
        add(
            Review.ID.verdict, .verdict, "Is it open source?", machine: verdict.answer.rawValue,
            reason: verdict.sentence.words, answers: Verdict.Answer.allCases.map(\.rawValue), verdict.sentence.evidence,
            isOpen: verdict.answer == .notShown || verdict.needsPerson.contains(verdict.sentence))
        for (number, reason) in verdict.needsPerson.filter({ $0 != verdict.sentence }).enumerated() {
            add(
                Review.ID.person(number + 1), .person, reason.words, machine: UseAnswer.unclear.rawValue,
                reason: "left to a person", answers: [UseAnswer.yes.rawValue, UseAnswer.no.rawValue], reason.evidence,
                isOpen: true)
        }
    }

    private mutating func use(_ decision: UseDecision) {
        let name = rules.use.answer(decision.id)?.name ?? decision.id.rawValue
        add(
            Review.ID.use(decision.part, decision.id), .use, "\(Wording(decision.part.rawValue)): \(Wording(name))",
            machine: decision.answer.rawValue, reason: decision.reason.words,
            answers: UseAnswer.allCases.map(\.rawValue),
            decision.reason.evidence + decision.conditions.flatMap(\.evidence), isOpen: decision.answer == .unclear)
    }

    private mutating func definition() {
        let licences = dossier.licences.filter { $0.covers(.weightsFinal) || $0.covers(.inferenceCode) }
        for criterion in OSDCriterion.allCases {
            guard let judged = dossier.yardsticks.osd.criteria[criterion] else { continue }
            add(
                Review.ID.criterion(criterion), .criterion,
                "Open Source Definition \(criterion.rawValue): \(Wording(rules.definition.name(criterion)))",
                machine: judged.verdict.rawValue, reason: judged.reason,
                answers: OSDJudgement.Verdict.allCases.map(\.rawValue), licences.map(\.evidence),
                isOpen: judged.verdict == .review)
        }
    }

    private mutating func criterion(_ criterion: FrameworkResult.Criterion) {
        add(
            Review.ID.criterion(criterion.id), .criterion, Wording(criterion.name),
            machine: criterion.status.rawValue, reason: criterion.reason,
            answers: FrameworkResult.Status.allCases.map(\.rawValue), criterion.evidence,
            isOpen: criterion.status == .cannotTell)
    }

    private mutating func flag(_ flag: Flag) {
        add(
            Review.ID.flag(flag.id), .flag, Wording(flag.title), machine: flag.severity.rawValue,
            reason: Wording(flag.remedy), answers: Severity.allCases.map(\.rawValue),
            (flag.claim.map { [$0] } ?? []) + flag.evidence + flag.reasons.flatMap(\.evidence), isOpen: false)
    }

    private mutating func finding(_ finding: Finding, _ path: String) {
        let id = Review.ID.finding(finding.id, path)
        // One decision for what was found in a file again and again.
        guard found.insert(id).inserted else { return }
        let place: Wording = path.isEmpty ? "the whole release" : Wording(path)
        add(
            id, .finding, "\(place): \(finding.id.rawValue)", machine: finding.severity.rawValue,
            reason: finding.detail, answers: Severity.allCases.map(\.rawValue),
            [Evidence(path: path, quote: finding.detail.description)], isOpen: false)
    }
}
