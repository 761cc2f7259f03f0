import OpenscanBytes
import OpenscanFacts

/// Checks on names that come from the input.
enum EntryName {
    enum Verdict {
        case usable(String)
        case refused(shown: String, Finding)
    }

    /// `raw` as it stands in the container; what comes back is relative, without `.` parts and safe to print.
    static func check(_ raw: UnsafeRawBufferPointer, limits: Limits) -> Verdict {
        let shown = Printable.path(String(decoding: raw.prefix(limits.pathLength), as: UTF8.self))
        if raw.count > limits.pathLength {
            return .refused(
                shown: String(shown.prefix(120)) + "…",
                Finding(
                    .stringLength, .medium, "path of \(raw.count) bytes is over the limit of \(limits.pathLength)"))
        }
        guard let name = String(validating: raw, as: UTF8.self) else {
            return .refused(shown: shown, Finding(.nonUTF8, .medium, "name is not UTF-8; not opened"))
        }
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
        let clean = parts.joined(separator: "/")
        if clean.unicodeScalars.contains(where: Printable.isUnsafe) {
            let isBidirectional = clean.unicodeScalars.contains(where: Printable.isBidirectionalControl)
            return .refused(
                shown: Printable.path(clean),
                Finding(
                    isBidirectional ? .bidiControl : .controlCharacters, .medium,
                    "name carries control or invisible characters; not opened"))
        }
        return .usable(clean)
    }

    private static func isDrivePath(_ name: String) -> Bool {
        let bytes = Array(name.utf8.prefix(3))
        guard bytes.count == 3, bytes[1] == UInt8(ascii: ":") else { return false }
        return bytes[2] == UInt8(ascii: "\\") || bytes[2] == UInt8(ascii: "/")
    }
}
