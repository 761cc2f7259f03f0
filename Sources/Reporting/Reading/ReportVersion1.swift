import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness

/// A report of schema 1, where it differs from today's: no verdict, no terms, links without places, the program's words
/// as quotes.
struct ReportVersion1: Decodable {
    struct Component: Decodable {
        let id: ComponentID
        let status: OpenscanOpenness.Component.Status
        let paths, links: [String]
        let licences: [LicenceID]
        let confidence: Confidence
        let evidence: [Evidence]

        var component: OpenscanOpenness.Component {
            var component = OpenscanOpenness.Component(id: id, status: status)
            component.paths = paths
            component.links = links.map { target in
                // Which of the places names the link was not written down; most quotes hold it.
                OpenscanOpenness.Component.Link(
                    target: target,
                    evidence: evidence.first { $0.quote?.contains(target) ?? false } ?? Evidence(path: ""))
            }
            component.licences = licences
            component.confidence = confidence
            component.evidence = evidence
            return component
        }
    }

    struct Model: Decodable {
        let architecture: String?
        let parameters: Int?
        let quantization: String?
        let trainingCompute: Double?
        let trainingTokens: Evidence?
        let baseModels: [ReportModel.Base]
        let hintedBases: [ReportModel.Base]?
        let datasets: [String]
        let datasetTerms: [ReportModel.DatasetTerms]?

        var modelDescription: ModelDescription {
            var model = ModelDescription()
            model.architecture = architecture
            model.parameters = parameters
            model.quantization = quantization
            model.trainingCompute = trainingCompute
            model.trainingTokens = trainingTokens
            model.baseModels = baseModels.map(\.base)
            model.hintedBases = (hintedBases ?? []).map(\.base)
            model.datasets = datasets
            model.datasetTerms = (datasetTerms ?? []).map(\.data)
            return model
        }
    }

    struct Gradient: Decodable {
        let subject: OpenscanOpenness.Gradient.Subject
        let level: String
        let rank: Int?
        let atMost, solaiman, g7: String?
        let licenceClass: LicenceClass
        let staged: Bool
        let confidence: Confidence
        let reasons: [Evidence]
        let rule: Int?

        var gradient: OpenscanOpenness.Gradient {
            // What the level rests on came first, what the next one lacks after it.
            let grounds = reasons.prefix(while: Self.isGround)
            return OpenscanOpenness.Gradient(
                subject: subject, level: level, rank: rank, atMost: atMost, solaiman: solaiman, g7: g7,
                licenceClass: licenceClass, isStaged: staged, confidence: confidence, rule: rule,
                reasons: grounds.map(ReportVersion1.reason),
                next: reasons.dropFirst(grounds.count).map(ReportVersion1.reason))
        }

        /// `weights-final present` or `licence of the weights: MIT, osi-open`.
        private static func isGround(_ reason: Evidence) -> Bool {
            guard let quote = reason.quote else { return false }
            return quote.hasPrefix("licence of the weights: ")
                || quote.prefix { $0 != " " }.description.isComponentOfWeights
        }
    }

    struct Part: Decodable {
        let path: String
        let components: [ComponentID: OpenscanOpenness.Component.Status]
        let gradient: Gradient
        let licenceOfWeights: String?
        let flags: [FlagID]

        var part: PartDossier {
            PartDossier(
                path: path, components: components, gradient: gradient.gradient, licenceOfWeights: licenceOfWeights,
                flags: flags)
        }
    }

    struct Flag: Decodable {
        let id: FlagID
        let severity: Severity
        let title: String
        let claim: Evidence?
        let evidence: [Evidence]
        let remedy: String

        var flag: OpenscanOpenness.Flag {
            // What was said of the whole release is the program's own words.
            OpenscanOpenness.Flag(
                id: id, severity: severity, title: title, claim: claim,
                evidence: evidence.filter { !ReportVersion1.isOfWhole($0) },
                reasons: evidence.filter(ReportVersion1.isOfWhole).map(ReportVersion1.reason), remedy: remedy)
        }
    }

    let release: ReportRelease
    let components: [Component]
    let licences: [ReportLicence]
    let otherLicences: [OtherLicence]
    let licenceExpression: ReportExpression
    let artefacts: [ReportArtefact]
    let model: Model
    let claims: [ReportClaim]
    let documents: [ReportDocument]
    let parts: [Part]
    let gradient: Gradient
    let flags: [Flag]
    let errors: [ReleaseFacts.ReadProblem]

    var dossier: Dossier {
        Dossier(
            release: release.identity,
            verdict: Verdict(answer: .notShown, ground: .unlicensed, sentence: Reason("not judged yet")),
            components: components.map(\.component), terms: [:], licences: licences.map(\.licence),
            otherLicences: otherLicences, expression: licenceExpression.licences, artefacts: artefacts.map(\.artefact),
            model: model.modelDescription, claims: claims.map(\.claim), documents: documents.map(\.document),
            parts: parts.map(\.part), gradient: gradient.gradient,
            yardsticks: Yardsticks(
                osd: OSDAssessment(),
                mof: MOFResult(
                    class: 0, className: "", normalisedClass: 0, inheritedClass: nil, classes: [:], missing: [:],
                    components: []), frameworks: [], differences: []),
            flags: flags.map(\.flag), errors: errors)
    }

    private static func isOfWhole(_ evidence: Evidence) -> Bool { evidence.path == ReportArtefact.wholeRelease }

    /// The program's words that schema 1 put in place of a quote.
    private static func reason(_ evidence: Evidence) -> Reason {
        Reason(
            Wording(evidence.quote ?? ""),
            isOfWhole(evidence) ? [] : [Evidence(path: evidence.path, lines: evidence.lines, offset: evidence.offset)])
    }
}

extension String {
    fileprivate var isComponentOfWeights: Bool {
        ComponentID(rawValue: self).map(ComponentID.weights.contains) ?? false
    }
}
