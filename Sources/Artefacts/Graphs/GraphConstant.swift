import OpenscanBytes

/// Which constants of a graph are parameters of its model. Graphs keep weights and what steers the computation (shapes, axes, indices,
/// limits) in the same places; formats differ only in how they spell the types.
enum GraphConstant {
    /// What elements of a type can stand for.
    enum Elements {
        /// Numbers with a point.
        case real
        /// Whole numbers of up to 16 bits: quantised weights, hardly ever anything else.
        case small
        /// Whole numbers that can count and point.
        case large
        /// Truth values, texts, nothing known.
        case other
    }

    /// Whether a constant is a parameter.
    /// - Parameters:
    ///   - type: its element type, as the format spells it.
    ///   - count: how many there are; one number is a setting.
    ///   - isScaled: whether the format says by which scale the numbers are quantised: then large ones are biases.
    static func isParameter(_ type: String, count: FileNumber?, isScaled: Bool = false) -> Bool {
        guard let count, count > 1 else { return false }
        switch elements(type) {
        case .real, .small: return true
        case .large: return isScaled
        case .other: return false
        }
    }

    /// Types are words for a kind of number, then its bits: `FLOAT16`, `bf16`, `uint4`, `i64`, `Half`, `F8_E4M3`.
    static func elements(_ type: String) -> Elements {
        let word = type.lowercased()
        for kind in ["float", "bfloat", "half", "double", "complex", "cfloat", "cdouble", "bf", "nf", "f", "c"]
        where word.hasPrefix(kind) {
            let rest = word.dropFirst(kind.utf8.count)
            if rest.isEmpty || rest.first.map({ $0.isNumber || $0 == "_" }) ?? false { return .real }
        }
        for kind in ["quint", "qint", "uint", "int", "u", "i"] where word.hasPrefix(kind) {
            let rest = word.dropFirst(kind.utf8.count)
            guard !rest.isEmpty, rest.allSatisfy({ $0.isNumber || $0 == "x" }) else { continue }
            return (Int(rest.prefix { $0.isNumber }) ?? 64) <= 16 ? .small : .large
        }
        switch word {
        case "int", "long": return .large
        case "char", "byte", "short": return .small
        default: return .other
        }
    }
}
