/// Makes words of the input fit to be shown: no control, format or bidirectional character survives.
public enum Printable {
    /// One line of text: white space runs become one space, unsafe characters become `\u{..}`, `limit` characters at most.
    public static func text(_ text: String, limit: Int) -> String {
        var out = ""
        var count = 0
        var pendingSpace = false
        for scalar in text.unicodeScalars {
            if scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\r" || scalar == "\u{A0}" {
                pendingSpace = !out.isEmpty
                continue
            }
            if count >= limit {
                out += "…"
                return out
            }
            if pendingSpace {
                out.unicodeScalars.append(" ")
                pendingSpace = false
                count += 1
            }
            append(scalar, to: &out)
            count += 1
        }
        return out
    }

    /// A path with every unsafe character, and every byte that is none (`\\xE9`), spelled out, so that two different names stay different.
    public static func path(_ name: String) -> String {
        if name.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return name }
        var out = ""
        for scalar in name.unicodeScalars { append(scalar, to: &out) }
        return out
    }

    /// Lines for a terminal: line ends and tabs stay, everything else that is unsafe is spelled out.
    public static func lines(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            if scalar == "\n" || scalar == "\t" { out.unicodeScalars.append(scalar) } else { append(scalar, to: &out) }
        }
        return out
    }

    private static func append(_ scalar: Unicode.Scalar, to out: inout String) {
        if let byte = SystemPath.byte(scalar) {
            out += "\\x" + String(byte, radix: 16, uppercase: true)
        } else if isUnsafe(scalar) {
            out += "\\u{" + String(scalar.value, radix: 16) + "}"
        } else {
            out.unicodeScalars.append(scalar)
        }
    }

    /// Control characters, line and paragraph separators, bidirectional overrides and other invisible format characters.
    public static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: true
        case 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB,
            0xE0000...0xE007F:
            true
        default: false
        }
    }

    /// Bidirectional overrides and isolates, which make a reader see another order than the bytes have.
    public static func isBidirectionalControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
