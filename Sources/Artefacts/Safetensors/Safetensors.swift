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

    static func read(_ content: EntryContent, fileSize: Int?, limits: Limits) throws(ReadError) -> ArtefactFacts {
        var facts = ArtefactFacts(format: "safetensors", status: .ok)
        let start = try content.prefix(8)
        guard start.count == 8 else {
            facts.status = .malformed
            facts.findings.append(
                start.isEmpty
                    ? Finding(.emptyFile, .medium, "no bytes")
                    : Finding(.truncated, .high, "\(start.count) bytes; the header length alone takes 8"))
            return facts
        }
        let announced = start.loadUnaligned(as: UInt64.self).littleEndian
        guard announced >= 2, announced <= UInt64(limits.headerBytes),
            fileSize.map({ announced <= UInt64(max(0, $0 - 8)) }) ?? true
        else {
            facts.status = .malformed
            facts.findings.append(
                Finding(
                    .headerLength, .high,
                    "header length \(announced) is impossible in a file of \(fileSize.map(String.init) ?? "unknown") bytes or over the limit of \(limits.headerBytes)",
                    offset: 0))
            return facts
        }
        let length = Int(announced)
        let all = try content.prefix(8 + length)
        guard all.count == 8 + length else {
            facts.status = .malformed
            facts.findings.append(
                Finding(.truncated, .high, "header of \(length) bytes ends after \(all.count - 8)", offset: all.count))
            return facts
        }
        let header = all.slice(8..<8 + length)
        if header.first != UInt8(ascii: "{") {
            facts.findings.append(Finding(.badHeader, .medium, "the header does not begin with {", offset: 8))
        }
        var walk = SafetensorsWalk(header)
        do throws(SafetensorsWalk.Problem) {
            try walk.run()
        } catch {
            facts.status = .malformed
            facts.findings.append(Finding(error.id, .high, error.detail, offset: error.offset + 8))
        }
        facts.tensors = walk.tensors
        facts.parameters = walk.parameters
        for type in SafetensorsDType.allCases where walk.byType[Int(type.rawValue)] > 0 {
            facts.parametersByType[type.name] = walk.byType[Int(type.rawValue)]
        }
        for (name, count) in walk.unknownTypes { facts.parametersByType[name] = count }
        for (key, value) in walk.metadata { facts.note(key, value) }
        let dataLength = walk.finishedDataLength()
        facts.findings += walk.findings
        if facts.status == .ok, let fileSize {
            let (end, overflow) = dataLength.addingReportingOverflow(8 + length)
            if overflow || end > fileSize {
                facts.findings.append(
                    Finding(
                        .truncated, .high,
                        "\(dataLength) bytes of data are announced, \(fileSize - 8 - length) are there",
                        offset: fileSize))
            } else if end < fileSize {
                facts.findings.append(
                    Finding(.trailingData, .medium, "\(fileSize - end) bytes after the last tensor", offset: end))
            }
        }
        if facts.findings.contains(where: { $0.severity == .high }) { facts.status = .malformed }
        return facts
    }
}
