import OpenscanBytes
import OpenscanFacts

/// Reads a policy: every key and id is known, or the nearest one is named with line and column.
public struct PolicyReader: Sendable {
    private let rules: RuleSet
    /// Gives the policy that another extends, by its name; presets are looked up before.
    public typealias Other = (_ name: String) throws(PolicyProblem) -> (node: PolicyNode, origin: String)?
    private static let deepest = 8
    private static let longest = 2_000
    private static let most = 2_000

    /// - Parameter rules: everything that ids are of.
    public init(_ rules: RuleSet) { self.rules = rules }

    /// Names of the policies that ship with the program.
    public var presets: [String] { rules.policyNames }

    /// A policy that ships with the program.
    /// - Throws: `PolicyProblem` where there is none of this name.
    public func preset(_ name: String) throws(PolicyProblem) -> Policy {
        guard let document = rules.policyDocument(name) else {
            throw PolicyProblem(unknown(name, "policy", presets))
        }
        return try read(PolicyNode(document), name: name)
    }

    /// - Parameters:
    ///   - node: the policy as written.
    ///   - name: for one that states no name.
    ///   - other: gives files that it extends.
    /// - Throws: `PolicyProblem` with line and column.
    public func read(
        _ node: PolicyNode, name: String, other: Other = { (_) throws(PolicyProblem) in nil }
    ) throws(PolicyProblem) -> Policy {
        var policy = Policy(name: name)
        try apply(node, origin: name, to: &policy, other: other, above: [])
        policy.name = try stated(node, "name") ?? name
        try check(policy)
        return policy
    }

    // MARK: Keys

    private static let keys = [
        "version", "name", "about", "extends", "open-source", "level", "licences", "use", "components", "files",
        "yardsticks", "flags", "exceptions",
    ]
    private static let termKeys = [
        "allow", "deny", "categories", "deny-categories", "deny-clauses", "basis", "open", "osi-approved",
    ]
    private static let exceptionKeys = ["rule", "release", "reason", "owner", "expires"]
    private static let everyPart = "every"
    private static let bases = ["text", "stated", "metadata", "inherited", "elsewhere", "not-stated"]

    private func stated(_ node: PolicyNode, _ key: String) throws(PolicyProblem) -> String? {
        guard case .table(let members, _) = node, let member = members.first(where: { $0.key == key }) else {
            return nil
        }
        let words = Printable.text(try text(member.value, key), limit: 600)
        return words.isEmpty ? nil : words
    }

    private func apply(
        _ node: PolicyNode, origin: String, to policy: inout Policy, other: Other, above: [String]
    ) throws(PolicyProblem) {
        let members = try table(node, "a policy", Self.keys, origin)
        // What it extends comes first, wherever it stands.
        if let base = members.first(where: { $0.key == "extends" }) {
            for item in try texts(base.value, "extends") {
                try extend(item, of: origin, to: &policy, other: other, above: above)
            }
        }
        func state<Value>(_ value: Value, _ member: PolicyNode.Member) -> Policy.Stated<Value> {
            Policy.Stated(value: value, line: member.place?.line, origin: origin)
        }
        for member in members {
            switch member.key {
            case "version":
                guard try text(member.value, "version") == "1" else {
                    throw PolicyProblem("'version' has to be 1", at: member.value.place, file: origin)
                }
            case "about": policy.about = try stated(node, "about")
            case "open-source": policy.openSource = state(try flag(member.value, member.key), member)
            case "level":
                let levels = rules.gradient.levels.filter { $0.rank > 0 }.map(\.id)
                policy.level = state(try word(member.value, "level", levels), member)
            case "licences":
                let parts = ReleasePart.allCases.map(\.rawValue) + [Self.everyPart]
                for part in try table(member.value, "'licences'", parts, origin) {
                    let id = ReleasePart(rawValue: part.key)
                    var terms = policy.terms[id] ?? Policy.Terms()
                    try self.terms(part.value, origin, &terms)
                    policy.terms[id] = terms
                }
            case "use": try use(member.value, origin, &policy)
            case "components": policy.components = state(try components(member.value, member.key), member)
            case "files": policy.files = state(try components(member.value, member.key), member)
            case "yardsticks": try yardsticks(member.value, origin, &policy)
            case "flags": policy.flags = state(try flags(member.value), member)
            case "exceptions": try exceptions(member.value, origin, &policy)
            default: continue
            }
        }
    }

    private func extend(
        _ item: (text: String, place: PolicyNode.Place?), of origin: String, to policy: inout Policy, other: Other,
        above: [String]
    ) throws(PolicyProblem) {
        guard above.count < Self.deepest else {
            throw PolicyProblem("policies extend one another \(Self.deepest) times; no more are read", at: item.place)
        }
        if let document = rules.policyDocument(item.text) {
            guard !above.contains(item.text) else {
                throw PolicyProblem("'\(item.text)' extends itself", at: item.place, file: origin)
            }
            try apply(
                PolicyNode(document), origin: item.text, to: &policy, other: other, above: above + [item.text])
        } else if let found = try other(item.text) {
            guard !above.contains(found.origin) else {
                throw PolicyProblem("'\(Self.shown(item.text))' extends itself", at: item.place, file: origin)
            }
            try apply(found.node, origin: found.origin, to: &policy, other: other, above: above + [found.origin])
        } else {
            throw PolicyProblem(unknown(item.text, "policy or file", presets), at: item.place, file: origin)
        }
    }

    private func terms(_ node: PolicyNode, _ origin: String, _ terms: inout Policy.Terms) throws(PolicyProblem) {
        for member in try table(node, "the rules of a part", Self.termKeys, origin) {
            func state<Value>(_ value: Value) -> Policy.Stated<Value> {
                Policy.Stated(value: value, line: member.place?.line, origin: origin)
            }
            switch member.key {
            case "allow": terms.allow = state(try licences(member.value, member.key))
            case "deny": terms.deny = state(try licences(member.value, member.key))
            case "categories": terms.categories = state(try cases(member.value, "kind of licence"))
            case "deny-categories": terms.denyCategories = state(try cases(member.value, "kind of licence"))
            case "deny-clauses":
                let known = rules.clauses.all.map(\.id.rawValue)
                terms.denyClauses = state(try words(member.value, "clause", known).map { ClauseID($0) })
            case "basis": terms.basis = state(try words(member.value, "basis", Self.bases))
            case "open": terms.open = state(try flag(member.value, member.key))
            case "osi-approved": terms.approved = state(try flag(member.value, member.key))
            default: continue
            }
        }
    }

    private func use(_ node: PolicyNode, _ origin: String, _ policy: inout Policy) throws(PolicyProblem) {
        let known =
            UseID.ofEveryPart.map(\.rawValue) + rules.use.territories.map { UseID.territory($0.id).rawValue }
        for member in try table(node, "'use'", known, origin) {
            var rule = Policy.Use(id: UseID(member.key), least: .yes, parts: [])
            if case .table = member.value {
                for part in try table(member.value, "'\(member.key)'", ["least", "parts"], origin) {
                    if part.key == "least" {
                        rule.least = try least(part.value)
                    } else {
                        rule.parts = try cases(part.value, "part")
                    }
                }
            } else {
                rule.least = try least(member.value)
            }
            policy.use.removeAll { $0.value.id == rule.id }
            policy.use.append(Policy.Stated(value: rule, line: member.place?.line, origin: origin))
        }
    }

    /// YAML writes yes as a truth value too.
    private func least(_ node: PolicyNode) throws(PolicyProblem) -> UseAnswer {
        let answer = try word(node, "answer", ["yes", "true", "conditions"])
        return answer == "conditions" ? .conditions : .yes
    }

    private func yardsticks(_ node: PolicyNode, _ origin: String, _ policy: inout Policy) throws(PolicyProblem) {
        let known = ["osd", "mof"] + rules.frameworks.map(\.id)
        for member in try table(node, "'yardsticks'", known, origin) {
            let value: Policy.Yardstick
            if member.key == "mof" {
                value = .openness(Int(try word(member.value, "class", ["1", "2", "3"])) ?? 1)
            } else {
                _ = try word(member.value, "verdict", ["met"])
                value = .met(member.key)
            }
            policy.yardsticks.removeAll { stated in
                switch (stated.value, value) {
                case (.met(let one), .met(let other)): one == other
                case (.openness, .openness): true
                default: false
                }
            }
            policy.yardsticks.append(Policy.Stated(value: value, line: member.place?.line, origin: origin))
        }
    }

    private func flags(_ node: PolicyNode) throws(PolicyProblem) -> Policy.Flags {
        let severities = Severity.allCases.map(\.rawValue)
        let known = severities + rules.flags.map(\.id.rawValue) + FindingID.allCases.map(\.rawValue)
        var flags = Policy.Flags()
        for word in try words(node, "severity, flag or kind of finding", known) {
            if let severity = Severity(rawValue: word) {
                flags.least = min(flags.least ?? severity, severity)
            } else {
                flags.ids.append(word)
            }
        }
        return flags
    }

    private func exceptions(_ node: PolicyNode, _ origin: String, _ policy: inout Policy) throws(PolicyProblem) {
        guard case .list(let items, let place) = node else {
            throw PolicyProblem("'exceptions' is a list", at: node.place, file: origin)
        }
        guard items.count <= Self.most else { throw PolicyProblem("too many exceptions", at: place, file: origin) }
        for item in items {
            var values: [String: (text: String, place: PolicyNode.Place?)] = [:]
            for member in try table(item, "an exception", Self.exceptionKeys, origin) {
                values[member.key] = (try text(member.value, member.key), member.value.place)
            }
            func needed(_ key: String) throws(PolicyProblem) -> String {
                guard let value = values[key]?.text.trimmed, !value.isEmpty else {
                    throw PolicyProblem("an exception needs '\(key)'", at: item.place, file: origin)
                }
                return Printable.text(value, limit: 400)
            }
            let written = try needed("expires")
            guard let expires = StatedDate(written), expires.day != nil else {
                throw PolicyProblem(
                    "'\(Self.shown(written))' is no date; write 2026-11-28", at: values["expires"]?.place, file: origin)
            }
            policy.exceptions.append(
                Policy.Exception(
                    rule: try needed("rule"), release: values["release"].map { Printable.text($0.text, limit: 400) },
                    reason: try needed("reason"), owner: try needed("owner"), expires: expires,
                    line: item.place?.line))
        }
    }

    /// An exception to a rule that nobody states would never be missed.
    private func check(_ policy: Policy) throws(PolicyProblem) {
        let known = PolicyRules.ids(policy)
        for exception in policy.exceptions {
            let isOfFlag = exception.rule.hasPrefix(PolicyRules.flagPrefix) && policy.flags != nil
            guard isOfFlag || known.contains(where: { $0 == exception.rule || $0.hasPrefix(exception.rule + ".") })
            else {
                let place = exception.line.map { PolicyNode.Place(line: $0, column: 1) }
                throw PolicyProblem(unknown(exception.rule, "rule of this policy", known), at: place)
            }
        }
    }

    // MARK: Values

    private static func shown(_ text: String) -> String { Printable.text(text, limit: 80) }

    private func unknown(_ word: String, _ noun: String, _ known: [String]) -> String {
        let nearest = Nearest.to(word, among: known)
        let words = "'\(Self.shown(word))' is no \(noun)"
        if let nearest { return words + "; did you mean '\(nearest)'?" }
        return known.count <= 20 ? words + "; known are " + known.joined(separator: ", ") : words
    }

    private func table(_ node: PolicyNode, _ name: String, _ known: [String], _ origin: String) throws(PolicyProblem)
        -> [PolicyNode.Member]
    {
        guard case .table(let members, let place) = node else {
            // An empty file asks nothing.
            if case .text("", _) = node { return [] }
            throw PolicyProblem("\(name) has to be a table of keys", at: node.place, file: origin)
        }
        guard members.count <= Self.most else { throw PolicyProblem("\(name) has too many keys", at: place) }
        var seen = Set<String>()
        for member in members {
            guard known.contains(member.key) else {
                throw PolicyProblem(unknown(member.key, "key of \(name)", known), at: member.place, file: origin)
            }
            guard seen.insert(member.key).inserted else {
                throw PolicyProblem("'\(member.key)' is there twice", at: member.place, file: origin)
            }
        }
        return members
    }

    private func text(_ node: PolicyNode, _ name: String) throws(PolicyProblem) -> String {
        guard case .text(let text, let place) = node else {
            throw PolicyProblem("'\(name)' has to be a text", at: node.place)
        }
        guard text.utf8.count <= Self.longest else {
            throw PolicyProblem("'\(name)' has at most \(Self.longest) bytes", at: place)
        }
        return text
    }

    /// A text, or a list of them.
    private func texts(_ node: PolicyNode, _ name: String) throws(PolicyProblem) -> [(
        text: String, place: PolicyNode.Place?
    )] {
        guard case .list(let items, let place) = node else { return [(try text(node, name), node.place)] }
        guard items.count <= Self.most else { throw PolicyProblem("'\(name)' has too many entries", at: place) }
        var out: [(text: String, place: PolicyNode.Place?)] = []
        for item in items { out.append((try text(item, "an entry of " + name), item.place)) }
        return out
    }

    private func flag(_ node: PolicyNode, _ name: String) throws(PolicyProblem) -> Bool {
        ["true", "yes"].contains(try word(node, "truth value", ["true", "false", "yes", "no"]))
    }

    private func word(_ node: PolicyNode, _ noun: String, _ known: [String]) throws(PolicyProblem) -> String {
        let text = try text(node, noun)
        guard known.contains(text) else { throw PolicyProblem(unknown(text, noun, known), at: node.place) }
        return text
    }

    private func words(_ node: PolicyNode, _ noun: String, _ known: [String]) throws(PolicyProblem) -> [String] {
        let set = Set(known)
        var out: [String] = []
        for (text, place) in try texts(node, noun) {
            guard set.contains(text) else { throw PolicyProblem(unknown(text, noun, known), at: place) }
            out.append(text)
        }
        return out
    }

    private func cases<Value: RawRepresentable<String> & CaseIterable>(_ node: PolicyNode, _ noun: String)
        throws(PolicyProblem) -> [Value]
    {
        try words(node, noun, Value.allCases.map(\.rawValue)).compactMap(Value.init(rawValue:))
    }

    private func components(_ node: PolicyNode, _ name: String) throws(PolicyProblem) -> [ComponentID] {
        try cases(node, "component")
    }

    /// Ids, or names that stand for one; an id that no catalogue knows is taken only as a reference.
    private func licences(_ node: PolicyNode, _ name: String) throws(PolicyProblem) -> [LicenceID] {
        var out: [LicenceID] = []
        for (text, place) in try texts(node, name) {
            if let record = rules.licences.record(LicenceID(text)) {
                out.append(record.id)
            } else if LicenceID(text).isReference {
                out.append(LicenceID(text))
            } else if case let ids = rules.licences.value(text).ids, ids.count == 1, let only = ids.first {
                out.append(only)
            } else {
                throw PolicyProblem(unknown(text, "licence", rules.licences.records.map(\.id.rawValue)), at: place)
            }
        }
        return out
    }
}

/// Ids of rules, as reports and exceptions name them: the keys of a policy with points between.
public enum PolicyRules {
    /// What ids of flags and findings stand behind.
    public static let flagPrefix = "flags."

    /// Every rule that a policy asks; flags and findings have ids of their own behind `flags.`.
    public static func ids(_ policy: Policy) -> [String] {
        var out: [String] = []
        if policy.openSource?.value == true { out.append("open-source") }
        if policy.level != nil { out.append("level") }
        for (part, terms) in policy.terms.sorted(by: { name($0.key) < name($1.key) }) {
            let asked: [(String, Bool)] = [
                ("allow", terms.allow != nil), ("basis", terms.basis != nil), ("categories", terms.categories != nil),
                ("deny", terms.deny != nil), ("deny-categories", terms.denyCategories != nil),
                ("deny-clauses", terms.denyClauses != nil), ("open", terms.open?.value == true),
                ("osi-approved", terms.approved?.value == true),
            ]
            out += asked.filter(\.1).map { "licences.\(name(part)).\($0.0)" }
        }
        out += policy.use.map { "use.\($0.value.id)" }
        out += (policy.components?.value ?? []).map { "components.\($0.rawValue)" }
        out += (policy.files?.value ?? []).map { "files.\($0.rawValue)" }
        out += policy.yardsticks.map { yardstick($0.value) }
        if policy.flags != nil { out.append("flags") }
        return out
    }

    /// How a part is called in a policy.
    public static func name(_ part: ReleasePart?) -> String { part?.rawValue ?? "every" }

    /// The rule of a yardstick.
    public static func yardstick(_ yardstick: Policy.Yardstick) -> String {
        switch yardstick {
        case .met(let id): "yardsticks.\(id)"
        case .openness: "yardsticks.mof"
        }
    }
}
