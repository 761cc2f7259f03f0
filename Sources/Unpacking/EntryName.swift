import OpenscanBytes
import OpenscanFacts

/// Checks on names that come from the input.
enum EntryName {
    enum Verdict {
        case usable(String)
        case refused(shown: String, Finding)
    }

    /// A name in an archive, as it stands there; what comes back is relative and without `.` parts.
    static func check(_ raw: UnsafeRawBufferPointer, limits: Limits) -> Verdict {
        if let refusal = tooLong(raw, limits: limits) { return refusal }
        let name = SystemPath.text(raw)
        let shown = Printable.path(name)
        if name.utf8.first == UInt8(ascii: "/") || name.utf8.first == UInt8(ascii: "\\") || isDrivePath(name) {
            return .refused(shown: shown, Finding(.pathTraversal, .high, "absolute path; not opened"))
        }
        var parts: [Substring] = []
        for part in name.split(omittingEmptySubsequences: true, whereSeparator: { $0 == "/" || $0 == "\\" }) {
            if part == "." { continue }
            if part == ".." {
                return .refused(
                    shown: shown, Finding(.pathTraversal, .high, "path leads out of the release; not opened"))
            }
            parts.append(part)
        }
        return printable(parts.joined(separator: "/"))
    }

    /// A name in a folder: one part, in which a backslash is a character like any other. What comes back is the name for
    /// `SystemPath`.
    static func checkOnDisk(_ raw: UnsafeRawBufferPointer, below folder: String, limits: Limits) -> Verdict {
        if let refusal = tooLong(raw, above: folder.utf8.count, limits: limits) { return refusal }
        return printable(SystemPath.text(raw))
    }

    private static func tooLong(_ raw: UnsafeRawBufferPointer, above: Int = 0, limits: Limits) -> Verdict? {
        guard above + raw.count > limits.pathLength else { return nil }
        let shown = Printable.path(SystemPath.text(UnsafeRawBufferPointer(rebasing: raw.prefix(limits.pathLength))))
        let finding = Finding(
            .stringLength, .medium, "path of \(above + raw.count) bytes is over the limit of \(limits.pathLength)")
        return .refused(shown: String(shown.prefix(120)) + "…", finding)
    }

    private static func printable(_ name: String) -> Verdict {
        guard name.unicodeScalars.contains(where: Printable.isUnsafe) else { return .usable(name) }
        let isBidirectional = name.unicodeScalars.contains(where: Printable.isBidirectionalControl)
        return .refused(
            shown: Printable.path(name),
            Finding(
                isBidirectional ? .bidiControl : .controlCharacters, .medium,
                "name carries control or invisible characters; not opened"))
    }

    /// What is said of a name whose bytes are no UTF-8.
    static let notUTF8 = Finding(.nonUTF8, .low, "name is not UTF-8; shown with its bytes spelled out")

    private static func isDrivePath(_ name: String) -> Bool {
        let bytes = Array(name.utf8.prefix(3))
        guard bytes.count == 3, bytes[1] == UInt8(ascii: ":") else { return false }
        return bytes[2] == UInt8(ascii: "\\") || bytes[2] == UInt8(ascii: "/")
    }
}
