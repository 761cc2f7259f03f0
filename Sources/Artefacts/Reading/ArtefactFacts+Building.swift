import OpenscanBytes
import OpenscanFacts

/// How readers gather facts, within bounds.
extension ArtefactFacts {
    static let metadataValueLimit = 300
    static let metadataCountLimit = 200
    static let findingLimit = 200
    /// Findings of one kind in one file; more of them say nothing new.
    static let findingsOfAKind = 50

    /// Keeps a metadata entry, cleaned and cut.
    mutating func note(_ key: String, _ value: String) {
        guard metadata.count < Self.metadataCountLimit else { return }
        metadata[Printable.text(key, limit: 100)] = Printable.text(value, limit: Self.metadataValueLimit)
    }

    mutating func note(_ key: String, _ value: Int?) {
        if let value { note(key, String(value)) }
    }

    /// Adds a finding, unless it is there already or there are too many of its kind.
    mutating func find(_ id: FindingID, _ severity: Severity, _ detail: String, at offset: Int? = nil) {
        find(Finding(id, severity, detail, offset: offset))
    }

    mutating func find(_ finding: Finding) {
        guard findings.count < Self.findingLimit, findings.count(where: { $0.id == finding.id }) < Self.findingsOfAKind
        else { return }
        guard !findings.contains(where: { $0.id == finding.id && $0.detail == finding.detail }) else { return }
        findings.append(finding)
    }

    /// Something wrong with the file's form that leaves the rest readable.
    mutating func spoil(_ id: FindingID, _ detail: String, at offset: Int? = nil) {
        find(id, .high, detail, at: offset)
        status = .malformed
    }

    /// Counts one tensor.
    mutating func count(elements: Int?, type: String) {
        tensors = (tensors ?? 0) + 1
        guard let elements else { return find(.integerOverflow, .high, "the shape of a tensor overflows") }
        add(elements, type: type)
    }

    mutating func add(_ elements: Int, type: String) {
        let (sum, overflow) = (parameters ?? 0).addingReportingOverflow(elements)
        guard !overflow else { return find(.integerOverflow, .high, "the number of parameters overflows") }
        parameters = sum
        // A type as the file spells it: cleaned where it is new.
        let type = parametersByType[type] == nil ? Printable.text(type, limit: 100) : type
        if parametersByType[type] == nil, parametersByType.count >= 64 { return }
        parametersByType[type, default: 0] += elements
    }

    /// Takes over what a member of the file holds; its findings say which.
    mutating func include(_ part: ArtefactFacts, member name: String) {
        if part.status == .malformed { status = .malformed }
        var named = part
        named.findings = part.findings.map { Finding($0.id, $0.severity, "\(name): \($0.detail)", offset: $0.offset) }
        include(named)
    }

    /// Takes over what a part of the file holds.
    mutating func include(_ part: ArtefactFacts) {
        if let count = part.tensors { tensors = (tensors ?? 0) + count }
        for (type, elements) in part.parametersByType { add(elements, type: type) }
        for (key, value) in part.metadata where metadata[key] == nil { note(key, value) }
        for finding in part.findings { find(finding) }
    }
}

/// Elements of a shape, `nil` when the product overflows or a dimension is negative.
func elements(_ shape: some Sequence<Int>) -> Int? {
    var product = 1
    for dimension in shape {
        guard dimension >= 0 else { return nil }
        let (next, overflow) = product.multipliedReportingOverflow(by: dimension)
        if overflow { return nil }
        product = next
    }
    return product
}
