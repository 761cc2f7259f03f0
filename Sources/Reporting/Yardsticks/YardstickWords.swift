import OpenscanOpenness
import OpenscanRules

/// What yardsticks say in a sentence, whatever the output.
enum YardstickWords {
    /// "Weights available (level 5 of 7), licence class osi-open".
    static func level(_ gradient: Gradient, _ rules: RuleSet, _ words: Words) -> String {
        let name = words(rules.gradient.level(gradient.level)?.name ?? gradient.level)
        let licenceClass = words(gradient.licenceClass.rawValue)
        return gradient.rank.map {
            words("{0} (level {1} of 7), licence class {2}", name, String($0), licenceClass)
        } ?? words("{0}, licence class {1}", name, licenceClass)
    }

    /// The class, and the classes under other readings.
    static func openness(_ mof: MOFResult, _ words: Words) -> String {
        var parts = [words(mof.className)]
        if mof.normalisedClass != mof.class {
            parts.append(words("with SPDX ids class {0}", String(mof.normalisedClass)))
        }
        if let inherited = mof.inheritedClass, inherited != mof.class {
            parts.append(
                words("with the release's own licence for parts without one class {0}", String(inherited)))
        }
        return parts.joined(separator: words("; "))
    }

    /// What each class that is not reached lacks.
    static func lacks(_ mof: MOFResult, _ words: Words) -> [String] {
        ["3", "2", "1"].compactMap { level in
            guard let state = mof.classes[level], !state.met else { return nil }
            let lacks = [
                ("missing: {0}", state.missing), ("without a licence: {0}", state.unlicensed),
                ("not open: {0}", state.invalid),
            ].filter { !$0.1.isEmpty }.map { form, names in
                words(form, names.map { words($0) }.joined(separator: words(", ")))
            }
            return words("class {0} needs more; {1}", level, lacks.joined(separator: words("; ")))
        }
    }

    /// The verdict with the numbers of criteria.
    static func verdict(_ result: FrameworkResult, _ words: Words) -> String {
        words(
            "{0} (met {1}, partly {2}, not met {3}, cannot tell {4})", words(result.verdict), String(result.met),
            String(result.partly), String(result.notMet), String(result.cannotTell))
    }
}
