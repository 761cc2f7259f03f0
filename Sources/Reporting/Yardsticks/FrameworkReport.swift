import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// The yardsticks for people and programs: each with its verdict, and what is not met.
public enum FrameworkReport {
    /// Ids of every yardstick, in the order of reports.
    public static func ids(_ rules: RuleSet) -> [String] { ["osd", "mof"] + rules.frameworks.map(\.id) }

    /// Every yardstick, or the one with the id `only`.
    public static func text(
        _ dossier: Dossier, rules: RuleSet, only: String?, isMarkdown: Bool, words: Words
    ) -> String {
        guard isMarkdown else { return FrameworkText.text(dossier, only: only, rules: rules, words: words) }
        var out = Markdown()
        out.title(dossier.release.name, level: 1)
        FrameworkMarkdown.write(dossier, only: only, rules: rules, words: words, to: &out)
        return out.text
    }

    /// The whole judgement, or one framework's part of it, for programs.
    public struct Value: Encodable, Sendable {
        /// Where a release stands on the gradient.
        struct Level: Encodable {
            let level: String
            let rank: Int?
            let licenceClass: LicenceClass
            let rule: Int?
        }

        private enum Key: CodingKey { case name, gradient, frameworks, differences }

        private let dossier: Dossier
        private let only: String?

        /// Every yardstick, or the one with the id `only`.
        public init(_ dossier: Dossier, _ only: String?) {
            self.dossier = dossier
            self.only = only
        }

        /// Writes an object.
        /// - Throws: the encoder's error.
        public func encode(to encoder: any Encoder) throws {
            let yardsticks = dossier.yardsticks
            switch only {
            case nil:
                let gradient = dossier.gradient
                var container = encoder.container(keyedBy: Key.self)
                try container.encode(dossier.release.name, forKey: .name)
                try container.encode(
                    Level(
                        level: gradient.level, rank: gradient.rank, licenceClass: gradient.licenceClass,
                        rule: gradient.rule), forKey: .gradient)
                try container.encode(ReportFrameworks(yardsticks), forKey: .frameworks)
                try container.encode(yardsticks.differences, forKey: .differences)
            case "mof"?: try yardsticks.mof.encode(to: encoder)
            case "osd"?: try OSDTable(yardsticks.osd).encode(to: encoder)
            case let id?:
                if let result = yardsticks.framework(id) {
                    try result.encode(to: encoder)
                } else {
                    _ = encoder.container(keyedBy: Key.self)
                }
            }
        }
    }
}
