import OpenscanFacts
import OpenscanRules
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

@Suite struct GradientTests {
    private static func inputs(
        weights: GradientInputs.Weights = .full, gate: GradientInputs.Gate = .none,
        api: GradientInputs.Access = .unknown, hosted: GradientInputs.Answer = .unknown,
        code: GradientInputs.Extent = .none,
        data: GradientInputs.Extent = .none, licence: LicenceClass = .osiOpen,
        parts: Set<LicenceClass> = [.osiOpen], isDerivative: Bool = false
    ) -> GradientInputs {
        var out = GradientInputs(
            weights: weights, trainingCode: code, inferenceCode: .full, trainingData: data, licenceClass: licence,
            classesOfAllParts: parts)
        out.gate = gate
        out.api = api
        out.hosted = hosted
        out.isDerivative = isDerivative
        return out
    }

    /// Every row of the table and the borders between rows.
    static let rows: [(inputs: GradientInputs, rule: Int, level: String)] = [
        (inputs(weights: .none, api: .none, hosted: .no), 1, "fully-closed"),
        (inputs(weights: .announced, api: .none, hosted: .no), 1, "fully-closed"),
        (inputs(weights: .none, hosted: .yes), 2, "hosted-access"),
        (inputs(weights: .none, api: .inference), 3, "api-access"),
        (inputs(weights: .none, api: .inference, hosted: .yes), 3, "api-access"),
        (inputs(weights: .none, api: .fineTuning), 4, "fine-tuning-access"),
        (inputs(weights: .none), 5, "undetermined"),
        (inputs(weights: .none, api: .none), 5, "undetermined"),
        (inputs(weights: .partial, code: .full, data: .full), 6, "weights-available"),
        (inputs(gate: .formManual, code: .full, data: .full), 7, "weights-available"),
        (inputs(gate: .contract), 7, "weights-available"),
        (
            inputs(code: .full, data: .full, licence: .useRestricted, parts: [.useRestricted, .osiOpen]), 8,
            "open-with-restrictions"
        ),
        (
            inputs(gate: .unknown, code: .full, data: .full, licence: .nonCommercial, parts: [.nonCommercial]), 8,
            "open-with-restrictions"
        ),
        (inputs(code: .full, data: .full), 9, "open-without-restrictions"),
        (
            inputs(weights: .linked, code: .full, data: .full, parts: [.osiOpen, .openDataOrContent]), 9,
            "open-without-restrictions"
        ),
        (inputs(code: .full, data: .full, licence: .none, parts: []), 12, "weights-available"),
        (inputs(code: .full, data: .full, licence: .customUnclear, parts: [.customUnclear]), 12, "weights-available"),
        (inputs(code: .full, data: .described), 10, "weights-available"),
        (
            inputs(code: .full, data: .partial, licence: .openDataOrContent, parts: [.openDataOrContent]), 10,
            "weights-available"
        ),
        (inputs(code: .partial, data: .full), 11, "weights-available"),
        (inputs(), 11, "weights-available"),
        (inputs(code: .full, data: .full, isDerivative: true), 11, "weights-available"),
        (inputs(licence: .none), 12, "weights-available"),
        (inputs(licence: .conflicting), 12, "weights-available"),
        (inputs(licence: .userRestricted, parts: [.userRestricted]), 13, "weights-available"),
        (inputs(weights: .pointerOnly, licence: .researchOnly, parts: [.researchOnly]), 13, "weights-available"),
        (inputs(weights: .adapter), 14, "weights-available"),
        (inputs(weights: .delta, code: .full, data: .full), 14, "weights-available"),
        (inputs(weights: .quantisedDerivative), 15, "weights-available"),
    ]

    @Test(arguments: rows.indices)
    func everyRowDecidesByItsRule(number: Int) {
        let row = Self.rows[number]
        let rule = TestRules.shared.gradient.rules.first { row.inputs.hold($0.conditions) }
        #expect(rule?.number == row.rule)
        #expect(rule?.level == row.level)
    }

    @Test func everyRuleCanFire() {
        #expect(Set(Self.rows.map(\.rule)) == Set(TestRules.shared.gradient.rules.map(\.number)))
    }

    @Test func everyLevelHasItsWords() {
        let gradient = TestRules.shared.gradient
        for rule in gradient.rules { #expect(gradient.level(rule.level) != nil, "\(rule.level)") }
        #expect(TestRules.shared.components.all.map(\.id) == ComponentID.allCases)
    }

    @Test(arguments: [
        (
            licence: LicenceClass.useRestricted, code: GradientInputs.Extent.none,
            label: "Weights Available AI" as String?
        ),
        (licence: .osiOpen, code: .none, label: "Open Weights AI"),
        (licence: .osiOpen, code: .full, label: "Open Source AI with Open Data"),
        (licence: .customUnclear, code: .full, label: nil),
    ])
    func labelsOfTheG7GoByLicenceThenCompleteness(
        licence: LicenceClass, code: GradientInputs.Extent, label: String?
    ) {
        let inputs = Self.inputs(code: code, data: code, licence: licence, parts: [licence])
        #expect(TestRules.shared.gradient.labels.first { inputs.hold($0.conditions) }?.name == label)
    }

    @Test func whatLacksOfAWholeReleaseIsToKnowItsTerms() {
        var weights = Component(id: .weightsFinal, status: .linked)
        weights.evidence = [Evidence(path: "README.md")]
        let terms = ReleaseBuilder().terms
        func next(_ licence: LicenceClass, data: GradientInputs.Extent = .full) -> [String] {
            let inputs = Self.inputs(weights: .linked, code: .full, data: data, licence: licence, parts: [licence])
            return GradientJudge(rules: TestRules.shared, components: [weights], terms: terms).judge(inputs).next
                .map(\.words.description)
        }
        #expect(next(.customUnclear) == ["the terms of the weights are not known"])
        #expect(next(.customUnclear, data: .none) == ["training data neither present nor linked"])
    }
}
