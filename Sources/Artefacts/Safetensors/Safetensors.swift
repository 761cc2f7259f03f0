import OpenscanBytes
import OpenscanFacts

/// safetensors (huggingface/safetensors, README "Format"): 8 bytes of header length, a JSON header, data.
enum Safetensors {
    static let format = ArtefactFormat(
        id: "safetensors", kind: .weights, magic: { isHeader($0.bytes) }, name: { $0.hasEnding(".safetensors") },
        readHeader: { content, size, limits throws(ReadError) in try read(content, fileSize: size, limits: limits) })

    /// A little-endian length that fits, then a JSON object; whatever the name.
    private static func isHeader(_ head: UnsafeRawBufferPointer) -> Bool {
        guard head.count > 9, head[8] == UInt8(ascii: "{"),
            head[9] == UInt8(ascii: "\"") || head[9] == UInt8(ascii: "}")
        else { return false }
        return head[5] == 0 && head[6] == 0 && head[7] == 0
    }

    private static func unseen(_ facts: ArtefactFacts, _ count: Int) -> ArtefactFacts {
        var facts = facts
        facts.status = .notInspected
        facts.findings.append(Finding(.unseen, .low, "only the first \(count) bytes of its header were fetched"))
        return facts
    }

    static func read(_ content: EntryContent, fileSize: Int?, limits: Limits) throws(ReadError) -> ArtefactFacts {
        var facts = ArtefactFacts(format: "safetensors", status: .ok)
        let start = try content.prefix(8)
        guard start.count == 8 else {
            if content.endsUnseen { return unseen(facts, start.count) }
            facts.status = .malformed
            facts.findings.append(
                start.isEmpty
                    ? Finding(.emptyFile, .medium, "no bytes")
                    : Finding(.truncated, .high, "\(start.count) bytes; the header length alone takes 8"))
            return facts
        }
        var reader = ByteReader(start)
        let announced = (try? reader.uint64()) ?? 0
        guard let headerLength = FileNumber(exactly: announced), headerLength >= 2, headerLength <= limits.headerBytes,
            let dataStart = headerLength.adding(8), fileSize.map({ dataStart <= $0 }) ?? true
        else {
            facts.status = .malformed
            facts.findings.append(
                Finding(
                    .headerLength, .high,
                    "header length \(announced) is impossible in a file of \(fileSize.map(String.init) ?? "unknown") bytes or over the limit of \(limits.headerBytes)",
                    offset: 0))
            return facts
        }
        let all = try content.prefix(dataStart.value)
        guard dataStart == all.count else {
            if content.endsUnseen { return unseen(facts, all.count) }
            facts.status = .malformed
            facts.findings.append(
                Finding(
                    .truncated, .high, "header of \(headerLength) bytes ends after \(max(0, all.count - 8))",
                    offset: all.count))
            return facts
        }
        let header = all.slice(8..<all.count)
        if header.first != UInt8(ascii: "{") {
            facts.findings.append(Finding(.badHeader, .medium, "the header does not begin with {", offset: 8))
        }
        var walk = SafetensorsWalk(header)
        do throws(SafetensorsWalk.Problem) {
            try walk.run()
        } catch {
            facts.status = .malformed
            facts.findings.append(
                Finding(error.id, .high, error.detail, offset: FileNumber(count: error.offset).adding(8)?.value))
        }
        facts.tensors = walk.tensors
        facts.parameters = walk.parameters.value
        for type in SafetensorsDType.allCases where walk.byType[Int(type.rawValue)] > 0 {
            facts.parametersByType[type.name] = walk.byType[Int(type.rawValue)].value
        }
        for (name, count) in walk.unknownTypes { facts.parametersByType[name] = count.value }
        for (key, value) in walk.metadata { facts.note(key, value) }
        facts.tensorNames = walk.tensorNames
        if walk.mayBeAdapter
            || SafetensorsDType.allCases.contains(where: { $0.needsCompanions && walk.byType[Int($0.rawValue)] > 0 }),
            facts.status == .ok
        {
            TensorRoles.read(header, into: &facts)
        }
        let dataLength = walk.finishedDataLength()
        facts.findings += walk.findings
        if facts.status == .ok, let fileSize {
            let room = FileNumber(count: fileSize).subtracting(dataStart) ?? .zero
            if let left = room.subtracting(dataLength), let end = dataLength.adding(dataStart) {
                if left > 0 {
                    facts.findings.append(
                        Finding(.trailingData, .medium, "\(left) bytes after the last tensor", offset: end.value))
                }
            } else {
                facts.findings.append(
                    Finding(
                        .truncated, .high, "\(dataLength) bytes of data are announced, \(room) are there",
                        offset: fileSize))
            }
        }
        if facts.findings.contains(where: { $0.severity == .high }) { facts.status = .malformed }
        return facts
    }
}
