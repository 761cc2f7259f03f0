import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// A policy in plain words, and the file that somebody begins one with.
public struct PolicyExplanation: Sendable {
    private let rules: RuleSet
    private let words: Words

    /// - Parameters:
    ///   - rules: names of what policies ask for.
    ///   - words: the language.
    public init(_ rules: RuleSet, words: Words) {
        self.rules = rules
        self.words = words
    }

    /// What a policy asks: a line a rule, with the id that reports and exceptions use and what states it.
    public func text(_ policy: Policy) -> String {
        var lines = [words(policy.name)]
        if let about = policy.about { lines.append(words(about)) }
        if policy.openSource?.value == true {
            lines.append(
                rule("open-source", words("the answer to whether it is open source is yes"), policy.openSource)
            )
        }
        if let level = policy.level, let known = rules.gradient.level(level.value) {
            lines.append(
                rule("level", words("level {0} of 7 or more: {1}", String(known.rank), words(known.name)), level))
        }
        for (part, terms) in policy.terms.sorted(by: { PolicyRules.name($0.key) < PolicyRules.name($1.key) }) {
            lines += self.terms(terms, part)
        }
        for use in policy.use {
            let name = UseWords(rules: rules.use, words: words).name(use.value.id)
            let least = use.value.least == .yes ? words("yes") : words("yes, or within limits")
            let parts = use.value.parts.isEmpty ? words("every part") : list(use.value.parts.map(\.rawValue))
            lines.append(rule("use.\(use.value.id)", words("{0}: {1} ({2})", name, least, parts), use))
        }
        for (key, asked) in [("components", policy.components), ("files", policy.files)] {
            for id in asked?.value ?? [] {
                let name = words(rules.components[id]?.name ?? id.rawValue)
                let said =
                    key == "files" ? words("{0}: in the release", name) : words("{0}: in the release or linked", name)
                lines.append(rule("\(key).\(id.rawValue)", said, asked))
            }
        }
        for yardstick in policy.yardsticks {
            let said: String =
                switch yardstick.value {
                case .openness(let level): words("Model Openness Framework: class {0} or better", String(level))
                case .met("osd"): words("the terms pass the Open Source Definition")
                case .met(let id):
                    words(
                        "{0}: every required criterion is met",
                        words(rules.frameworks.first { $0.id == id }?.name ?? id))
                }
            lines.append(rule(PolicyRules.yardstick(yardstick.value), said, yardstick))
        }
        if let flags = policy.flags {
            var said: [String] = []
            if let least = flags.value.least { said.append(words("severity {0} and above", words(least.rawValue))) }
            if !flags.value.ids.isEmpty { said.append(flags.value.ids.joined(separator: words(", "))) }
            lines.append(
                rule("flags", words("none of these is raised: {0}", said.joined(separator: words(", "))), flags))
        }
        for exception in policy.exceptions {
            lines.append(
                words(
                    "exception to {0} until {1}, {2}: {3}", exception.rule, exception.expires.description,
                    exception.owner, exception.reason)
                    + (exception.release.map { words(" (only {0})", $0) } ?? ""))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func terms(_ terms: Policy.Terms, _ part: ReleasePart?) -> [String] {
        let name = part.map { words($0.rawValue) } ?? words("every part")
        func id(_ key: String) -> String { "licences.\(PolicyRules.name(part)).\(key)" }
        var lines: [String] = []
        func add(_ key: String, _ stated: Policy.Stated<[String]>?, _ form: String) {
            guard let stated else { return }
            lines.append(rule(id(key), words(form, name, list(stated.value)), stated))
        }
        func names<Value>(_ stated: Policy.Stated<[Value]>?, _ text: (Value) -> String) -> Policy.Stated<[String]>? {
            stated.map { Policy.Stated(value: $0.value.map(text), line: $0.line, origin: $0.origin) }
        }
        add("allow", names(terms.allow, \.rawValue), "{0}: under one of {1}")
        add("deny", names(terms.deny, \.rawValue), "{0}: under none of {1}")
        add("categories", names(terms.categories, \.rawValue), "{0}: licences of these kinds only: {1}")
        add("deny-categories", names(terms.denyCategories, \.rawValue), "{0}: no licences of these kinds: {1}")
        add("deny-clauses", names(terms.denyClauses, \.rawValue), "{0}: none of these clauses: {1}")
        add("basis", terms.basis, "{0}: terms known by {1}")
        if let open = terms.open, open.value {
            lines.append(rule(id("open"), words("{0}: terms that may be called open", name), open))
        }
        if let approved = terms.approved, approved.value {
            lines.append(
                rule(id("osi-approved"), words("{0}: on the Open Source Initiative's list", name), approved))
        }
        return lines
    }

    private func list(_ items: [String]) -> String { items.map { words($0) }.joined(separator: words(", ")) }

    private func rule<Value>(_ id: String, _ said: String, _ stated: Policy.Stated<Value>?) -> String {
        var origin = ""
        if let stated { origin = " [\(stated.origin)\(stated.line.map { ":\($0)" } ?? "")]" }
        return "- \(id): \(said)\(origin)"
    }

    /// A file to begin with, which extends a policy that ships with the program.
    public static func template(extending preset: String?, about: String?, presets: [String]) -> String {
        """
        # What a release has to keep: 'openscan policy check' reads this file, 'openscan policy explain' tells it in words.
        # openscan finds it in the folders above a release (never inside one), or by --policy.
        version: 1
        name: Our policy
        \(about.map { "# \(preset ?? ""): \($0)\n" } ?? "")\(preset.map { "extends: [\($0)]" } ?? "# extends: [\(presets.joined(separator: ", "))]")
        # A key that is set here stands in the place of the one it extends.
        # open-source: yes
        # level: open-with-restrictions
        # licences:
        #   weights: {allow: [MIT, Apache-2.0], deny-clauses: [non-commercial], basis: [text, stated]}
        #   every: {deny-categories: [non-commercial, research-only]}
        # use: {commercial-use: yes, redistribute: conditions}
        # components: [model-card]
        # files: [licence-file]
        # yardsticks: {osaid: met, mof: 3}
        # flags: [high, ow-04]
        # exceptions:
        # - {rule: flags.ow-04, release: org/model, reason: asked the maker, owner: Ana, expires: 2027-06-30}

        """
    }
}
