import Unpacking

/// The facts that the gradient's decision table looks at (Licenses/levels.yml names the levels).
struct GradientInputs: Sendable, Hashable {
    enum Weights: String, Sendable, Hashable {
        case none, announced, linked, pointerOnly, partial, delta, adapter, quantisedDerivative, full
    }
    enum Gate: String, Sendable, Hashable { case none, clickThrough, formAutomatic, formManual, contract, unknown }
    enum Access: String, Sendable, Hashable { case none, inference, fineTuning, unknown }
    enum Extent: String, Sendable, Hashable { case none, namedOnly, described, partial, gated, full }
    enum LicenceClass: String, Sendable, Hashable, CaseIterable {
        case osiOpen = "osi-open"
        case openDataOrContent = "open-data-or-content"
        case useRestricted = "use-restricted"
        case userRestricted = "user-restricted"
        case territoryRestricted = "territory-restricted"
        case outputRestricted = "output-restricted"
        case nonCommercial = "non-commercial"
        case researchOnly = "research-only"
        case noDerivatives = "no-derivatives"
        case noRedistribution = "no-redistribution"
        case customUnclear = "custom-unclear"
        case conflicting
        case none

        var restrictsUse: Bool {
            switch self {
            case .osiOpen, .openDataOrContent, .customUnclear, .conflicting, .none: false
            default: true
            }
        }

        var isOpen: Bool { self == .osiOpen || self == .openDataOrContent }
    }

    var weights: Weights
    var gate: Gate = .none
    var api: Access = .unknown
    var hasHostedInterface: Bool?
    var trainingCode: Extent
    var inferenceCode: Extent
    var trainingData: Extent
    var licenceClass: LicenceClass
    /// Classes of weights, code and data together.
    var classesOfAllParts: Set<LicenceClass>
    /// Levels of the base model cap those of deltas and copies; `nil` when unknown.
    var isDerivative = false
}

/// One row of the decision table: the first that holds decides.
struct GradientRule: Sendable {
    let number: Int
    let level: String
    let solaiman: String?
    let confidence: Component.Confidence
    let holds: @Sendable (GradientInputs) -> Bool

    /// The rules of the project's gradient sheet, in their order. `weights` linked or as pointers count as full, with medium confidence.
    static let table: [GradientRule] = [
        GradientRule(number: 1, level: "fully-closed", solaiman: "G0", confidence: .medium) {
            isAbsent($0) && $0.api == .none && $0.hasHostedInterface == false
        },
        GradientRule(number: 2, level: "hosted-access", solaiman: "G2", confidence: .medium) {
            isAbsent($0) && $0.hasHostedInterface == true && ($0.api == .none || $0.api == .unknown)
        },
        GradientRule(number: 3, level: "api-access", solaiman: "G3", confidence: .medium) {
            isAbsent($0) && $0.api == .inference
        },
        GradientRule(number: 4, level: "fine-tuning-access", solaiman: "G3", confidence: .medium) {
            isAbsent($0) && $0.api == .fineTuning
        },
        GradientRule(number: 5, level: "undetermined", solaiman: nil, confidence: .low) { isAbsent($0) },
        GradientRule(number: 6, level: "weights-available", solaiman: "G4", confidence: .low) {
            $0.weights == .partial
        },
        GradientRule(number: 7, level: "weights-available", solaiman: "G4", confidence: .low) {
            isWhole($0) && ($0.gate == .formManual || $0.gate == .contract)
        },
        GradientRule(number: 8, level: "open-with-restrictions", solaiman: "G5", confidence: .high) {
            isWhole($0) && hasAll($0) && $0.classesOfAllParts.contains { $0.restrictsUse }
        },
        GradientRule(number: 9, level: "open-without-restrictions", solaiman: "G5", confidence: .high) {
            isWhole($0) && hasAll($0) && !$0.classesOfAllParts.isEmpty && $0.classesOfAllParts.allSatisfy(\.isOpen)
        },
        GradientRule(number: 10, level: "weights-available", solaiman: "G4", confidence: .high) {
            isWhole($0) && $0.trainingCode == .full && [.described, .partial, .gated].contains($0.trainingData)
                && $0.classesOfAllParts.allSatisfy(\.isOpen)
        },
        GradientRule(number: 11, level: "weights-available", solaiman: "G4", confidence: .high) {
            isWhole($0) && $0.licenceClass.isOpen
        },
        GradientRule(number: 12, level: "weights-available", solaiman: "G4", confidence: .low) {
            isWhole($0) && [.none, .customUnclear, .conflicting].contains($0.licenceClass)
        },
        GradientRule(number: 13, level: "weights-available", solaiman: "G4", confidence: .high) { isWhole($0) },
        GradientRule(number: 14, level: "weights-available", solaiman: "G4", confidence: .medium) {
            $0.weights == .delta || $0.weights == .adapter
        },
        GradientRule(number: 15, level: "weights-available", solaiman: "G4", confidence: .medium) {
            $0.weights == .quantisedDerivative
        },
    ]

    private static func isAbsent(_ inputs: GradientInputs) -> Bool {
        inputs.weights == .none || inputs.weights == .announced
    }
    private static func isWhole(_ inputs: GradientInputs) -> Bool {
        [.full, .linked, .pointerOnly].contains(inputs.weights)
    }
    private static func hasAll(_ inputs: GradientInputs) -> Bool {
        inputs.trainingCode == .full && inputs.trainingData == .full && !inputs.isDerivative
    }

    static func decide(_ inputs: GradientInputs) -> GradientRule? { table.first { $0.holds(inputs) } }
}
