import OpenscanFacts
import OpenscanRules

/// Languages that reports are written in, by their ISO 639-1 codes.
public enum Language: String, Sendable, CaseIterable { case en, zh }

/// What the program writes in English, in the language of a report (Licenses/words.yml, and the frameworks' own names).
public struct Words: Sendable {
    private let translations: Translations?
    private let names: [String: String]

    /// The words as the program writes them.
    public static let english = Words(nil, names: [:])

    /// Whether they are those that the program is written in.
    var isEnglish: Bool { translations == nil }

    private init(_ translations: Translations?, names: [String: String]) {
        self.translations = translations
        self.names = names
    }

    /// The words of a language.
    public init(_ language: Language, rules: RuleSet) {
        switch language {
        case .en: self = .english
        case .zh: self.init(rules.translations(language.rawValue), names: Self.chineseNames(rules.frameworks))
        }
    }

    /// Frameworks carry their Chinese names themselves.
    private static func chineseNames(_ frameworks: [Framework]) -> [String: String] {
        let named = frameworks.flatMap { framework in
            [(framework.name, framework.chinese)] + framework.criteria.map { ($0.name, $0.chinese) }
        }
        return Dictionary(named.filter { !$0.1.isEmpty }, uniquingKeysWith: { first, _ in first })
    }

    /// The words in the language; English where there are none. {0}, {1} ... take the parts, which stay as they are.
    public func callAsFunction(_ english: String, _ parts: String...) -> String {
        Self.filled(translated(english), parts)
    }

    /// A sentence with each of its forms in the language.
    public func callAsFunction(_ wording: Wording) -> String { wording.text(translated) }

    /// Words behind each other, with the language's own sign between them.
    func list(_ words: [String]) -> String { words.joined(separator: self(", ")) }

    private func translated(_ english: String) -> String { translations?[english] ?? names[english] ?? english }

    /// One pass: a part may hold braces of its own.
    private static func filled(_ form: String, _ parts: [String]) -> String {
        guard !parts.isEmpty else { return form }
        var out = ""
        var rest = form[...]
        while let open = rest.firstIndex(of: "{") {
            out += rest[..<open]
            let inner = rest[rest.index(after: open)...]
            let digits = inner.prefix { $0.isNumber }
            if let number = Int(digits), number < parts.count, inner.dropFirst(digits.count).first == "}" {
                out += parts[number]
                rest = inner.dropFirst(digits.count + 1)
            } else {
                out += "{"
                rest = inner
            }
        }
        return out + rest
    }
}
