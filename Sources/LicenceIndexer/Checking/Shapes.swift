import OpenscanFacts

/// Shapes that documents are put together of.
extension Shape {
    /// A word or sentence.
    static let text = Shape.text(Leaf(rule: .any))
    /// `true` or `false`.
    static let flag = words(["true", "false"], "truth value")
    /// A word or sentence that is compared in lower case.
    static let phrase = checked { $0.isEmpty ? "is empty" : isLowerCase($0) }
    /// A phrase that may be empty.
    static let phraseOrNothing = checked(isLowerCase)
    /// Words with gaps, as clauses have them.
    static let pattern = checked(PatternCheck.mistake)
    /// A number with a point or a power of ten.
    static let decimal = checked { Double($0) == nil ? "is no number" : nil }
    /// An address without scheme.
    static let address = checked { $0.contains("://") ? "has to be without scheme" : $0.isEmpty ? "is empty" : nil }

    static let texts = list(text, least: 1)
    static let phrases = list(phrase, least: 1)
    static let patterns = list(pattern, least: 1)
    static let components = list(oneOf(ComponentID.self, "component"), least: 1)
    static let categories = list(oneOf(LicenceCategory.self, "kind of licence"), least: 1)
    static let criterion = words(criteria, Kind.criterion.rawValue)
    static let clauses = list(reference(.clause), least: 1)

    /// Numbers of the Open Source Definition's criteria.
    static let criteria = OSDCriterion.allCases.map { String($0.rawValue) }

    static func number(_ range: ClosedRange<Int>) -> Shape { .text(Leaf(rule: .number(range))) }

    static func checked(_ mistake: @escaping @Sendable (String) -> String?) -> Shape {
        .text(Leaf(rule: .checked(mistake)))
    }

    static func words(_ words: [String], _ noun: String) -> Shape { .text(Leaf(rule: .word(words, noun: noun))) }

    /// A case of an enumeration of the program.
    static func oneOf<Value: RawRepresentable<String> & CaseIterable>(_ type: Value.Type, _ noun: String) -> Shape {
        words(Value.allCases.map(\.rawValue), noun)
    }

    static func reference(_ kind: Kind, or besides: [String] = []) -> Shape {
        .text(Leaf(rule: .reference(kind, besides: besides)))
    }

    /// An id that stands for this entry from now on.
    static func id(_ kind: Kind) -> Shape { .text(Leaf(rule: .any, defines: kind)) }

    /// This text, which is also the id of its entry.
    func defining(_ kind: Kind) -> Shape {
        guard case .text(let leaf) = self else { return self }
        return .text(Leaf(rule: leaf.rule, defines: kind))
    }

    static func record(_ fields: [Field], oneOf: [String] = []) -> Shape {
        .record(Record(fields: fields, oneOf: oneOf))
    }

    /// Some entries with these keys.
    static func records(_ fields: [Field], oneOf: [String] = []) -> Shape {
        .list(.record(fields, oneOf: oneOf), least: 1)
    }

    /// A list behind each of these keys.
    static func lists(_ names: [String], of shape: Shape) -> Shape {
        .record(names.map { .needed($0, .list(shape, least: 0)) })
    }

    private static func isLowerCase(_ text: String) -> String? {
        text == text.lowercased() ? nil : "has to be in lower case, as it is compared so"
    }
}
