import OpenscanBytes
import OpenscanFacts

/// How readers gather facts, within bounds.
extension ArtefactFacts {
    static let metadataValueLimit = 300
    static let metadataCountLimit = 200
    static let findingLimit = 200
    /// Findings of one kind and severity in one file; more of them say nothing new.
    static let findingsOfAKind = 50

    /// Keeps a metadata entry, cleaned and cut.
    mutating func note(_ key: String, _ value: String) {
        guard metadata.count < Self.metadataCountLimit else { return }
        metadata[Printable.text(key, limit: 100)] = Printable.text(value, limit: Self.metadataValueLimit)
    }

    mutating func note(_ key: String, _ value: Int?) {
        if let value { note(key, String(value)) }
    }

    mutating func note(_ key: String, _ value: FileNumber?) { note(key, value?.value) }

    /// Adds a finding, unless it is there already or there are too many of its kind; what is left out is counted.
    mutating func find(_ id: FindingID, _ severity: Severity, _ detail: Wording, at offset: Int? = nil) {
        find(Finding(id, severity, detail, offset: offset))
    }

    mutating func find(_ finding: Finding) {
        let note = unlisted > 0 ? findings.lastIndex(of: Self.note(of: unlisted)) : nil
        if let note { findings.remove(at: note) }
        if !findings.take(finding, limit: Self.findingLimit, ofAKind: Self.findingsOfAKind) { unlisted += 1 }
        if unlisted > 0 { findings.append(Self.note(of: unlisted)) }
    }

    private static func note(of unlisted: Int) -> Finding {
        Finding(.manyEntries, .low, "\(unlisted) more findings are not listed")
    }

    /// Something wrong with the file's form that leaves the rest readable.
    mutating func spoil(_ id: FindingID, _ detail: Wording, at offset: Int? = nil) {
        find(id, .high, detail, at: offset)
        status = .malformed
    }

    /// Counts one tensor.
    mutating func count(elements: Int?, type: String) {
        tensors = (tensors ?? 0) + 1
        guard let elements else { return find(.integerOverflow, .high, "the shape of a tensor overflows") }
        add(elements, type: type)
    }

    mutating func count(elements: FileNumber?, type: String) { count(elements: elements?.value, type: type) }

    /// Counts one tensor by its dimensions.
    mutating func count(shape: some Sequence<Int>, type: String) {
        count(elements: FileNumber(productOf: shape), type: type)
    }

    mutating func add(_ elements: FileNumber, type: String) { add(elements.value, type: type) }

    mutating func add(_ elements: Int, type: String) {
        guard elements >= 0, let sum = FileNumber(count: parameters ?? 0).adding(elements) else {
            return find(.integerOverflow, .high, "the number of parameters overflows")
        }
        // The sum of one type is never above the sum of all.
        parameters = sum.value
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
        if let count = part.tensors { tensors = (tensors ?? 0).saturatingSum(count) }
        for (type, elements) in part.parametersByType { add(elements, type: type) }
        for (key, value) in part.metadata where metadata[key] == nil { note(key, value) }
        for finding in part.findings { find(finding) }
    }
}

extension [Finding] {
    /// Takes a finding in, within bounds: of one kind and severity, and in all. Where the list is full, a graver finding takes the
    /// place of the last one of the least severity, so that no flood of small ones hides it.
    ///
    /// - Returns: whether nothing had to be left out.
    mutating func take(_ finding: Finding, limit: Int, ofAKind most: Int) -> Bool {
        var alike = 0
        for index in indices where self[index].id == finding.id {
            if self[index].detail == finding.detail {
                self[index].severity = Swift.max(self[index].severity, finding.severity)
                return true
            }
            if self[index].severity == finding.severity { alike += 1 }
        }
        guard alike < most else { return false }
        if count >= limit {
            guard let least = self.map(\.severity).min(), least < finding.severity,
                let place = lastIndex(where: { $0.severity == least })
            else { return false }
            remove(at: place)
            append(finding)
            return false
        }
        append(finding)
        return true
    }
}

/// Elements of a shape, `nil` when the product overflows or a dimension is negative.
func elements(_ shape: some Sequence<Int>) -> Int? { FileNumber(productOf: shape)?.value }
