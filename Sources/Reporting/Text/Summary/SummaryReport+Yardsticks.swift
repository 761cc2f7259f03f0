import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// Every yardstick in a line: its verdict, and the required criteria that decide it.
extension SummaryReport {
    mutating func yardsticks() {
        let yardsticks = dossier.yardsticks
        guard dossier.gradient.subject == .model, !yardsticks.frameworks.isEmpty else { return }
        out.title(words("YARDSTICKS"), style.paint(words("required items only; the rest: --detail"), .dim))
        yardstick(words("Model Openness Framework"), openness(yardsticks.mof))
        for result in yardsticks.frameworks { yardstick(words(result.name), decided(result)) }
    }

    private mutating func yardstick(_ name: String, _ text: String) {
        out.entry(Columns.padded(name, 33), column: 34, text, indent: 2, limit: 2)
    }

    private func decided(_ result: FrameworkResult) -> String {
        let required = result.criteria.filter(\.required)
        let failed = required.filter { $0.status == .notMet }
        let open = required.count { $0.status == .cannotTell || $0.status == .partly }
        let met = required.count { $0.status == .met }
        let head = words("{0} of {1} met", String(met), String(required.count))
        guard let first = failed.first else {
            return open == 0 ? head : head + words(", ") + words("{0} open", String(open))
        }
        let rest = failed.count - 1
        return head + words("; ") + failing(words(first.name), rest)
    }

    private func openness(_ mof: MOFResult) -> String {
        guard mof.class == 0, let state = mof.classes["3"] else { return words(mof.className) }
        let lacking = state.missing + state.unlicensed + state.invalid
        guard let first = lacking.first else { return words(mof.className) }
        return words("no class; {0} of {1} lack for class III", String(lacking.count), String(state.needed))
            + words("; ") + failing(words(first), lacking.count - 1)
    }

    /// The first of what is not met, and how many more there are.
    private func failing(_ name: String, _ rest: Int) -> String {
        words("not: {0}", Columns.clipped(name, 40)) + (rest > 0 ? " +\(rest)" : "")
    }
}
