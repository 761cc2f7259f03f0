import Testing

@testable import Openness

@Suite struct GradientTests {
    private static func inputs(
        weights: GradientInputs.Weights = .full, gate: GradientInputs.Gate = .none,
        api: GradientInputs.Access = .unknown, hosted: Bool? = nil, code: GradientInputs.Extent = .none,
        data: GradientInputs.Extent = .none, licence: GradientInputs.LicenceClass = .osiOpen,
        parts: Set<GradientInputs.LicenceClass> = [.osiOpen], isDerivative: Bool = false
    ) -> GradientInputs {
        GradientInputs(
            weights: weights, gate: gate, api: api, hasHostedInterface: hosted, trainingCode: code,
            inferenceCode: .full, trainingData: data, licenceClass: licence, classesOfAllParts: parts,
            isDerivative: isDerivative)
    }

    /// Every row of the table and the borders between rows.
    static let rows: [(inputs: GradientInputs, rule: Int, level: String)] = [
        (inputs(weights: .none, api: .none, hosted: false), 1, "fully-closed"),
        (inputs(weights: .announced, api: .none, hosted: false), 1, "fully-closed"),
        (inputs(weights: .none, hosted: true), 2, "hosted-access"),
        (inputs(weights: .none, api: .inference), 3, "api-access"),
        (inputs(weights: .none, api: .inference, hosted: true), 3, "api-access"),
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
        let rule = GradientRule.decide(row.inputs)
        #expect(rule?.number == row.rule)
        #expect(rule?.level == row.level)
    }

    @Test func everyRuleCanFire() {
        #expect(Set(Self.rows.map(\.rule)) == Set(GradientRule.table.map(\.number)))
    }

    @Test func everyLevelAndFlagHasItsWords() {
        for rule in GradientRule.table { #expect(Catalogue.level(rule.level) != nil, "\(rule.level)") }
        for rule in FlagRule.all { #expect(Catalogue.flag(rule.id) != nil, "\(rule.id)") }
        for flag in Catalogue.flags {
            #expect(FlagRule.all.contains { $0.id == flag.id }, "\(flag.id) has words and no rule")
        }
        #expect(Catalogue.components.count == 26)
    }
}
