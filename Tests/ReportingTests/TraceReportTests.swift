import OpenscanFacts
import OpenscanOpenness
import OpenscanTestSupport
import Testing

@testable import OpenscanReporting

@Suite struct TraceReportTests {
    private func lines(_ dossier: Dossier, _ language: Language = .en) -> [String] {
        let rules = TestRules.shared
        return TraceReport.text(dossier, rules: rules, words: Words(language, rules: rules)).split(separator: "\n").map(
            String.init)
    }

    private func line(_ id: String) -> String? { lines(Samples.full).first { $0.hasPrefix(id + " ") } }

    @Test func everyVerdictHasItsIdItsPlaceAndItsWords() {
        #expect(line("mau-threshold") == "mau-threshold            LICENSE:66  700 million monthly users")
        #expect(line("osd-5")?.contains("fail: mau-threshold (line 66)") == true)
        #expect(line("rule-13") == "rule-13                  model.safetensors  Weights available")
        #expect(line("ow-03")?.contains("LICENSE:2-126 LICENSE:66") == true)
        #expect(line("at-scale")?.contains("weights: conditions; LicenseRef-llama-2 permits it") == true)
        #expect(line("weights-final")?.hasSuffix("present") == true)
        #expect(line("read") == "read                     3 files, 201 kB")
    }

    /// From a line to its rule is one more step: every id in front of a verdict is known to `explain`.
    @Test func everyIdOfAVerdictIsExplained() {
        let explanation = Explanation(TestRules.shared)
        var count = 0
        for line in lines(Samples.full) {
            let id = String(line.prefix { $0 != " " })
            guard !["read", "Weights", "Code", "Data", "Documents"].contains(id) else { continue }
            count += 1
            #expect(explanation.of(id) != nil, "\(id)")
        }
        #expect(count > 10)
    }

    @Test func itSpeaksChinese() {
        #expect(lines(Samples.full, .zh).contains { $0.hasPrefix("osd-5") && $0.contains("不通过：") })
    }
}
