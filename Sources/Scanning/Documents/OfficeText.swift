import OpenscanBytes
import OpenscanFacts
import OpenscanUnpacking

/// The words of a text document in a zip: OpenDocument and Office Open XML.
enum OfficeText {
    private static let members = ["content.xml", "word/document.xml"].map { Array($0.utf8) }

    private static let block = 64 << 10

    /// `nil` where the file is none of these or cannot be read; of its XML no more is read than of any text.
    static func read(_ content: EntryContent, path: String, limits: Limits) -> [UInt8]? {
        guard let bytes = content.randomAccess, let directory = try? ZipDirectory(bytes, path: path),
            let member = directory.members.first(where: { members.contains($0.name) }),
            member.method == 0 || member.method == 8, !member.isEncrypted,
            let opened = try? directory.open(member, finding: { _ in })
        else { return nil }
        let expanded = opened.randomAccess(size: member.size, path: path, limits: limits)
        var xml: [UInt8] = []
        while xml.count < limits.textBytes {
            let count = min(block, limits.textBytes - xml.count)
            guard let more = try? expanded.bytes(at: xml.count, count: count), !more.isEmpty else { break }
            xml += more
        }
        return xml.withUnsafeBytes { text($0) }
    }

    /// Ends of elements that end a line.
    private static let lines: [StaticString] = ["/text:p", "/text:h", "text:line-break", "/w:p>", "w:br", "w:cr"]
    private static let spaces: [StaticString] = ["text:s/", "text:s ", "text:tab", "w:tab/"]
    private static let entities: [(name: StaticString, byte: UInt8)] = [
        ("&amp;", UInt8(ascii: "&")), ("&lt;", UInt8(ascii: "<")), ("&gt;", UInt8(ascii: ">")),
        ("&quot;", UInt8(ascii: "\"")), ("&apos;", UInt8(ascii: "'")),
    ]

    /// Text of XML without its marks.
    static func text(_ xml: UnsafeRawBufferPointer) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(xml.count / 2)
        var index = 0
        while index < xml.count {
            if xml[index] == UInt8(ascii: "<") {
                if lines.contains(where: { xml.starts(with: $0, at: index + 1) }) { out.append(0x0A) }
                if spaces.contains(where: { xml.starts(with: $0, at: index + 1) }) { out.append(0x20) }
                index = (xml.offset(of: ">", from: index) ?? xml.count) + 1
            } else if let entity = entities.first(where: { xml.starts(with: $0.name, at: index) }) {
                out.append(entity.byte)
                index += entity.name.utf8CodeUnitCount
            } else {
                out.append(xml[index])
                index += 1
            }
        }
        return out
    }
}
