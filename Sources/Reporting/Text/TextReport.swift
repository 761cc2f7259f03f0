import OpenscanOpenness
import OpenscanRules

/// The report for people. It prints a dossier and decides nothing.
public enum TextReport {
    /// The answers on one screen; with `isDetailed` everything instead, what is met with its evidence as well.
    public static func text(
        _ dossier: Dossier, rules: RuleSet, style: Style, words: Words, isDetailed: Bool = false
    ) -> String {
        isDetailed
            ? DetailReport.text(dossier, rules: rules, style: style, words: words)
            : SummaryReport.text(dossier, rules: rules, style: style, words: words)
    }
}
