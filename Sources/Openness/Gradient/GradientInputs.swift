import OpenscanFacts
import OpenscanRules

/// What the gradient's decision table looks at.
public struct GradientInputs: Sendable, Hashable {
    /// The weights.
    public enum Weights: String, Sendable, Hashable, CaseIterable {
        case none
        /// Promised, or said to be there.
        case announced
        case linked
        /// Shards are missing.
        case partial
        /// Nothing but an adapter that is linked.
        case delta
        /// An adapter without the weights below it.
        case adapter
        case full
        /// Git LFS pointers stand for all of them.
        case pointerOnly = "pointer-only"
        /// Another model's, quantised.
        case quantisedDerivative = "quantised-derivative"
    }

    /// What stands before the weights; `unknown` where something is asked for and nobody says who decides.
    public enum Gate: String, Sendable, Hashable, CaseIterable {
        case none, contract, unknown
        case clickThrough = "click-through"
        case formAutomatic = "form-automatic"
        case formManual = "form-manual"
    }

    /// What the texts say of a programming interface.
    public enum Access: String, Sendable, Hashable, CaseIterable {
        case none, inference, unknown
        case fineTuning = "fine-tuning"
    }

    /// How much of a part is there: a name, a recipe, some of it, all behind a gate, or all.
    public enum Extent: String, Sendable, Hashable, CaseIterable {
        case none, described, partial, gated, full
        case namedOnly = "named-only"
    }

    /// What is known of something that may be or not.
    public enum Answer: String, Sendable, Hashable, CaseIterable { case yes, no, unknown }

    /// The weights.
    public var weights: Weights
    /// What stands before them.
    public var gate: Gate = .none
    /// A programming interface.
    public var api: Access = .unknown
    /// A page where the model can be tried.
    public var hosted: Answer = .unknown
    /// The training code.
    public var trainingCode: Extent
    /// The inference code.
    public var inferenceCode: Extent
    /// The training data.
    public var trainingData: Extent
    /// Class of the weights' licence.
    public var licenceClass: LicenceClass
    /// Classes of weights, code and data together.
    public var classesOfAllParts: Set<LicenceClass>
    /// Whether of all the weights only some bytes were fetched.
    public var areWeightsPartial = false
    /// Whether the model was made from another's: the levels of its base cap it.
    public var isDerivative = false

    /// What is there.
    public init(
        weights: Weights, trainingCode: Extent, inferenceCode: Extent, trainingData: Extent,
        licenceClass: LicenceClass, classesOfAllParts: Set<LicenceClass>
    ) {
        self.weights = weights
        self.trainingCode = trainingCode
        self.inferenceCode = inferenceCode
        self.trainingData = trainingData
        self.licenceClass = licenceClass
        self.classesOfAllParts = classesOfAllParts
    }

    /// Whether the training code at hand tunes a finished model only.
    public var isTuneOnly: Bool { trainingCode == .partial || isDerivative }

    /// Whether all conditions hold.
    func hold(_ conditions: [GradientRules.Condition]) -> Bool { conditions.allSatisfy(holds) }

    private func holds(_ condition: GradientRules.Condition) -> Bool {
        let answers = condition.answers
        switch condition.question {
        case .weights: return answers.contains(weights.rawValue)
        case .gate: return answers.contains(gate.rawValue)
        case .api: return answers.contains(api.rawValue)
        case .hosted: return answers.contains(hosted.rawValue)
        case .derivative: return answers.contains((isDerivative ? Answer.yes : .no).rawValue)
        case .licence: return answers.contains(licenceClass.rawValue)
        case .trainingCode: return answers.contains(trainingCode.rawValue)
        case .inferenceCode: return answers.contains(inferenceCode.rawValue)
        case .trainingData: return answers.contains(trainingData.rawValue)
        case .anyPart: return classesOfAllParts.contains { answers.contains($0.rawValue) }
        case .allParts:
            return !classesOfAllParts.isEmpty && classesOfAllParts.allSatisfy { answers.contains($0.rawValue) }
        }
    }
}
