import OpenscanBytes
import OpenscanFacts

/// A kind of term that licences have.
public struct ClauseRule: Sendable, Hashable {
    /// What a clause does for judgement.
    public enum Role: String, Sendable, CaseIterable {
        case limitsCommercialUse = "limits-commercial-use"
        /// To research, or to what is not commercial.
        case limitsPurpose = "limits-purpose"
        /// By number, revenue or place.
        case limitsPersons = "limits-persons"
        case limitsTerritory = "limits-territory"
        /// Binds beside a licence, as policies of use do.
        case policyTerm = "policy-term"
        /// Says that there is a list of uses.
        case useList = "use-list"
        /// The list itself.
        case listedUses = "listed-uses"
        /// An item of it.
        case listedUse = "listed-use"
        /// Completed by a policy in a file of its own.
        case refersToPolicy = "refers-to-policy"
        case restrictsDerivatives = "restricts-derivatives"
        /// A duty whose doing can be seen in the release.
        case visibleDuty = "visible-duty"
    }

    /// How a derivative is seen to honour a clause of its base.
    public enum Proof: String, Sendable, CaseIterable {
        /// A copy of the base's licence.
        case licenceText = "licence-text"
        case noticeFile = "notice-file"
        /// Words in the documents, such as "Built with".
        case displayText = "display-text"
        /// A word in the derivative's name.
        case name
        /// The same term in the licence of its weights.
        case terms
    }

    /// A criterion with the parameter that decides it.
    public struct Condition: Sendable, Hashable {
        /// The criterion.
        public let criterion: OSDCriterion
        /// Name of the parameter.
        public let parameter: String
        /// Its value.
        public let value: String
    }

    /// Its id.
    public let id: ClauseID
    /// The group it is shown in.
    public let group: String
    /// What it means, in plain words.
    public let meaning: String
    /// What it does for judgement.
    public let roles: Set<Role>
    /// How a derivative is seen to honour it.
    public let proof: Proof?
    /// Criteria of the Open Source Definition that it fails.
    public let fails: [OSDCriterion]
    /// Criteria that it fails where a parameter says so.
    public let failsIf: [Condition]
    /// Criteria that it does not fail where a parameter says so.
    public let spares: [Condition]
    /// Criteria that need a person's look.
    public let concern: [OSDCriterion]
    /// Criteria on which careful readers differ.
    public let disputed: [OSDCriterion]
    /// Freedoms of the Open Source AI Definition that it limits.
    public let freedoms: [String]
    /// Any of these phrases makes it present.
    public let patterns: [String]
    /// Any of these makes it partial: by reference, for a part, or only encouraged.
    public let partial: [String]
    /// Whether a definition does not count: only what binds.
    public let isTermOnly: Bool
    /// Whether only a prohibition of everything counts, and none of some purpose or manner.
    public let isWholeOnly: Bool
    /// Over a match or shortly before it, these undo it.
    public let unless: [String]
    /// Anywhere in the sentence, these undo it.
    public let except: [String]

    init(_ item: JSONValue) {
        func criteria(_ key: String) -> [OSDCriterion] { item.list(key).compactMap(Self.criterion) }
        func conditions(_ key: String) -> [Condition] {
            item.pairs(key).flatMap { pair in
                (pair.value.members ?? []).compactMap { condition in
                    Self.criterion(pair.key).map {
                        Condition(criterion: $0, parameter: condition.key, value: condition.value.string ?? "")
                    }
                }
            }
        }
        id = ClauseID(item.text("id"))
        group = item.text("group")
        meaning = item.text("meaning")
        roles = Set(item.cases("roles"))
        proof = Proof(rawValue: item.text("kept-by"))
        fails = criteria("fails")
        failsIf = conditions("fails-if")
        spares = conditions("spares")
        concern = criteria("concern")
        disputed = criteria("disputed")
        freedoms = item.list("freedoms")
        patterns = item.list("patterns")
        partial = item.list("partial")
        isTermOnly = item.text("where") == "terms"
        isWholeOnly = item["whole"] != nil
        unless = item.list("unless")
        except = item.list("except")
    }

    static func criterion(_ text: String) -> OSDCriterion? { Int(text).flatMap(OSDCriterion.init(rawValue:)) }

    /// Criteria that a clause with these parameters fails.
    public func failed(with parameters: [String: String]) -> [OSDCriterion] {
        fails.filter { criterion in
            !spares.contains { $0.criterion == criterion && parameters[$0.parameter] == $0.value }
        } + failsIf.filter { parameters[$0.parameter] == $0.value }.map(\.criterion)
    }
}

/// All clauses, with what judgement asks of them.
public struct ClauseRules: Sendable {
    /// In the order of the file.
    public let all: [ClauseRule]
    /// Groups in the order in which they are shown.
    public let groups: [String]
    /// What puts words under a permission or a prohibition.
    public let moods: MoodRules
    private let places: [ClauseID: Int]
    private let byRole: [ClauseRule.Role: [ClauseID]]

    /// - Parameter root: the document `clauses`.
    public init(_ root: JSONValue) {
        all = root.items("clauses").map(ClauseRule.init)
        groups = root.list("groups")
        moods = MoodRules(root["moods"] ?? .null)
        places = Dictionary(all.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        var byRole: [ClauseRule.Role: [ClauseID]] = [:]
        for clause in all {
            for role in clause.roles { byRole[role, default: []].append(clause.id) }
        }
        self.byRole = byRole
    }

    /// The clause with this id.
    public subscript(_ id: ClauseID) -> ClauseRule? { places[id].map { all[$0] } }

    /// Whether the clause has this role.
    public func has(_ id: ClauseID, _ role: ClauseRule.Role) -> Bool { self[id]?.roles.contains(role) ?? false }

    /// Clauses with this role, in the order of the file.
    public func with(_ role: ClauseRule.Role) -> [ClauseID] { byRole[role] ?? [] }
}
