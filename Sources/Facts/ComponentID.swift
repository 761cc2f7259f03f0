/// A part that a release can have, as `Licenses/components.yml` lists and explains them.
public enum ComponentID: String, Sendable, Codable, CodingKeyRepresentable, CaseIterable, Hashable {
    case weightsFinal = "weights-final"
    case weightsIntermediate = "weights-intermediate"
    case weightsAdapter = "weights-adapter"
    case tokenizer
    case inferenceCode = "inference-code"
    case trainingCode = "training-code"
    case evaluationCode = "evaluation-code"
    case dataProcessingCode = "data-processing-code"
    case architecture
    case supportingTools = "supporting-tools"
    case dataset
    case evaluationData = "evaluation-data"
    case sampleOutputs = "sample-outputs"
    case modelCard = "model-card"
    case dataCard = "data-card"
    case technicalReport = "technical-report"
    case researchPaper = "research-paper"
    case evaluationResults = "evaluation-results"
    case modelMetadata = "model-metadata"
    case licenceFile = "licence-file"
    case usagePolicy = "usage-policy"
    case responsibleUseGuide = "responsible-use-guide"
    case securityPolicy = "security-policy"
    case changelog
    case demo
    case hostedAPI = "hosted-api"

    /// Weights of the model, whole, on the way or on top of another's.
    public static let weights: [ComponentID] = [.weightsFinal, .weightsAdapter, .weightsIntermediate]
}

/// The parts of a release that terms are told apart for.
public enum ReleasePart: String, Sendable, Codable, CodingKeyRepresentable, CaseIterable, Hashable, Comparable {
    case weights, code, data, documents

    /// Components that belong to the part.
    public var components: [ComponentID] {
        switch self {
        case .code:
            [.inferenceCode, .trainingCode, .evaluationCode, .dataProcessingCode, .architecture, .supportingTools]
        case .weights: [.weightsFinal, .weightsIntermediate, .weightsAdapter, .tokenizer]
        case .data: [.dataset, .evaluationData]
        case .documents:
            [.modelCard, .dataCard, .technicalReport, .evaluationResults, .modelMetadata, .sampleOutputs]
        }
    }

    /// In the order that reports have.
    public static func < (left: ReleasePart, right: ReleasePart) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}
