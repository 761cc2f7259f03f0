import OpenscanOpenness

/// Every yardstick in a line; `--detail` opens them.
extension TextReport {
    mutating func yardsticks() {
        let yardsticks = dossier.yardsticks
        guard dossier.gradient.subject == .model, !yardsticks.frameworks.isEmpty else { return }
        out.title(words("YARDSTICKS"))
        row(words("Model Openness Framework"), openness(yardsticks.mof))
        for result in yardsticks.frameworks {
            row(
                words(result.name),
                words(
                    "{0} met, {1} partly, {2} not, {3} open", String(result.met), String(result.partly),
                    String(result.notMet), String(result.cannotTell)))
        }
    }

    private mutating func row(_ name: String, _ result: String) {
        out.line("  " + Columns.padded(Columns.clipped(name, 31), 32) + Columns.clipped(result, style.width - 35))
    }

    private func openness(_ mof: MOFResult) -> String {
        guard mof.class == 0, let state = mof.classes["3"] else { return words(mof.className) }
        let lacking = state.missing.count + state.unlicensed.count + state.invalid.count
        return words("no class; {0} of {1} lack for class III", String(lacking), String(state.needed))
    }
}
