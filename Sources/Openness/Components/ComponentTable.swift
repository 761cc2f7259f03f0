import OpenscanFacts

/// Components as they are found: the strongest status counts, with the places that show it.
struct ComponentTable {
    private var found: [ComponentID: Component] = [:]
    /// Components to which a statement of the release leads, not only a program that gets them.
    private(set) var stated: Set<ComponentID> = []

    private static let evidenceLimit = 5
    private static let pathLimit = 200
    private static let linkLimit = 20

    subscript(_ id: ComponentID) -> Component { found[id] ?? Component(id: id) }

    /// Notes a file that is the component.
    mutating func present(
        _ id: ComponentID, _ evidence: Evidence, confidence: Confidence = .high, reason: Reason? = nil
    ) {
        mark(id, .present, evidence, confidence, reason, path: evidence.path)
    }

    /// Notes an address or hub name that a program gets.
    mutating func fetched(_ id: ComponentID, _ evidence: Evidence, from target: String) {
        mark(id, .linked, evidence, .medium, nil, link: target)
    }

    /// Notes a statement of the release that leads to the component.
    mutating func linked(
        _ id: ComponentID, _ evidence: Evidence, to target: String? = nil, confidence: Confidence = .medium
    ) {
        stated.insert(id)
        mark(id, .linked, evidence, confidence, nil, link: target)
    }

    /// Notes a place that announces, claims or only names the component.
    mutating func named(
        _ id: ComponentID, _ status: Component.Status, _ evidence: Evidence, confidence: Confidence = .medium,
        reason: Reason? = nil
    ) {
        mark(id, status, evidence, confidence, reason, path: status == .claimed && reason != nil ? evidence.path : nil)
    }

    /// Notes that files of a component are damaged: with others whole it is there, and less sure.
    mutating func doubted(_ id: ComponentID, _ reason: Reason) {
        guard var component = found[id], component.status == .present else { return }
        if component.confidence == .high { component.confidence = .medium }
        if component.reasons.count < Self.evidenceLimit { component.reasons.append(reason) }
        found[id] = component
    }

    private mutating func mark(
        _ id: ComponentID, _ status: Component.Status, _ evidence: Evidence, _ confidence: Confidence,
        _ reason: Reason?, path: String? = nil, link: String? = nil
    ) {
        var component = self[id]
        if status > component.status {
            component.status = status
            component.evidence = []
            component.reasons = []
            component.confidence = confidence
        } else if status == component.status, confidence == .high {
            component.confidence = .high
        }
        if status >= component.status, component.evidence.count < Self.evidenceLimit,
            !component.evidence.contains(evidence)
        {
            component.evidence.append(evidence)
            if let reason { component.reasons.append(reason) }
        }
        if let path, component.paths.count < Self.pathLimit, !component.paths.contains(path) {
            component.paths.append(path)
        }
        if let link, component.links.count < Self.linkLimit, !component.links.contains(where: { $0.target == link }) {
            component.links.append(Component.Link(target: link, evidence: evidence))
        }
        found[id] = component
    }
}
