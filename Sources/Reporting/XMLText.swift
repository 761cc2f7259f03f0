import OpenscanBytes

/// Text that XML 1.0 takes, in elements and attributes.
public enum XMLText {
    /// The text on one line. By scalars: a mark behind a sign hides nothing.
    public static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            case "\t", "\n", "\r": out += " "
            default:
                if Printable.isUnsafe(scalar) || scalar.value & 0xFFFE == 0xFFFE {
                    out += "\\u{" + String(scalar.value, radix: 16) + "}"
                } else {
                    out.unicodeScalars.append(scalar)
                }
            }
        }
        return out
    }
}
