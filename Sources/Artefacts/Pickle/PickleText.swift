/// Strings of protocol 0.
enum PickleText {
    /// STRING: a repr in quotes (CPython Objects/bytesobject.c, `_PyBytes_DecodeEscape`).
    static func unquoted(_ bytes: [UInt8]) -> String {
        var body = bytes[...]
        while let last = body.last, last <= 0x20 { body.removeLast() }
        if let quote = body.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""), body.count >= 2,
            body.last == quote
        {
            body = body.dropFirst().dropLast()
        }
        guard body.contains(UInt8(ascii: "\\")) else { return String(decoding: body, as: UTF8.self) }
        var out: [UInt8] = []
        var rest = body
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let code = rest.popFirst() else {
                out.append(byte)
                continue
            }
            switch code {
            case UInt8(ascii: "\n"): break
            case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): out.append(code)
            case UInt8(ascii: "a"): out.append(0x07)
            case UInt8(ascii: "b"): out.append(0x08)
            case UInt8(ascii: "t"): out.append(0x09)
            case UInt8(ascii: "n"): out.append(0x0A)
            case UInt8(ascii: "v"): out.append(0x0B)
            case UInt8(ascii: "f"): out.append(0x0C)
            case UInt8(ascii: "r"): out.append(0x0D)
            case UInt8(ascii: "0")...UInt8(ascii: "7"):
                // Up to three digits, of whose value the low byte counts.
                let more = rest.prefix(2).prefix { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
                rest = rest.dropFirst(more.count)
                out.append(([code] + more).reduce(0) { $0 << 3 | ($1 - UInt8(ascii: "0")) })
            case UInt8(ascii: "x"):
                if let value = number(rest.prefix(2), of: 2) {
                    out.append(UInt8(truncatingIfNeeded: value))
                    rest = rest.dropFirst(2)
                } else {
                    out += [byte, code]
                }
            default: out += [byte, code]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// UNICODE: `\uNNNN` and `\UNNNNNNNN` and nothing else; other bytes are Latin-1 (CPython Objects/unicodeobject.c,
    /// `_PyUnicode_DecodeRawUnicodeEscapeStateful`).
    static func unescaped(_ bytes: [UInt8]) -> String {
        var scalars = String.UnicodeScalarView()
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            scalars.append(Unicode.Scalar(byte))
            guard byte == UInt8(ascii: "\\"), let code = rest.popFirst() else { continue }
            let digits = code == UInt8(ascii: "u") ? 4 : code == UInt8(ascii: "U") ? 8 : 0
            if digits > 0, let value = number(rest.prefix(digits), of: digits) {
                scalars.removeLast()
                scalars.append(Unicode.Scalar(value) ?? "\u{FFFD}")
                rest = rest.dropFirst(digits)
            } else {
                scalars.append(Unicode.Scalar(code))
            }
        }
        return String(scalars)
    }

    /// The value of exactly so many hexadecimal digits.
    private static func number(_ digits: ArraySlice<UInt8>, of count: Int) -> UInt32? {
        guard digits.count == count, digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }) else {
            return nil
        }
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
