#if canImport(Glibc)
    import Glibc
#endif

/// Paths are bytes to the system and text to everybody else. A byte that belongs to no UTF-8 character stands in the text as one of
/// the last 128 characters of Unicode's private use, and goes back to the system as the byte it was; every path survives both ways.
public enum SystemPath {
    /// U+10FF00 + byte, for bytes from 0x80 up.
    private static let base: UInt32 = 0x10FF00

    /// The text of a path as the system gives it.
    public static func text(_ raw: UnsafeRawBufferPointer) -> String {
        if let text = String(validating: raw, as: UTF8.self), !mayStandForBytes(text) { return text }
        var out = String.UnicodeScalarView()
        var parser = Unicode.UTF8.ForwardParser()
        var rest = raw.makeIterator()
        var place = 0
        while true {
            switch parser.parseScalar(from: &rest) {
            case .emptyInput: return String(out)
            case .valid(let encoded):
                let scalar = Unicode.UTF8.decode(encoded)
                // A name may use these characters itself.
                if byte(scalar) != nil {
                    for byte in raw[place..<place + encoded.count] { out.append(standIn(byte)) }
                } else {
                    out.append(scalar)
                }
                place += encoded.count
            case .error(let count):
                for byte in raw[place..<place + count] { out.append(standIn(byte)) }
                place += count
            }
        }
    }

    /// The text of a path that ends with a zero.
    public static func text(_ raw: UnsafePointer<CChar>) -> String {
        text(UnsafeRawBufferPointer(start: raw, count: strlen(raw)))
    }

    /// Calls the system with the bytes of a path, a zero behind them.
    public static func withCString<Result>(_ path: String, _ body: (UnsafePointer<CChar>) -> Result) -> Result {
        guard mayStandForBytes(path) else { return path.withCString(body) }
        var bytes: [CChar] = []
        bytes.reserveCapacity(path.utf8.count + 1)
        for scalar in path.unicodeScalars {
            if let byte = byte(scalar) {
                bytes.append(CChar(bitPattern: byte))
            } else {
                for unit in String(scalar).utf8 { bytes.append(CChar(bitPattern: unit)) }
            }
        }
        bytes.append(0)
        return bytes.withUnsafeBufferPointer { buffer in buffer.baseAddress.map(body) ?? path.withCString(body) }
    }

    /// Whether every byte of a path belongs to a character.
    public static func isText(_ path: String) -> Bool {
        !mayStandForBytes(path) || path.unicodeScalars.allSatisfy { byte($0) == nil }
    }

    /// The byte that a character of a path stands for.
    public static func byte(_ scalar: Unicode.Scalar) -> UInt8? {
        scalar.value >= base + 0x80 ? UInt8(truncatingIfNeeded: scalar.value - base) : nil
    }

    private static func standIn(_ byte: UInt8) -> Unicode.Scalar {
        Unicode.Scalar(base + UInt32(byte)) ?? "\u{FFFD}"
    }

    /// Only characters of the last plane begin with this byte.
    private static func mayStandForBytes(_ path: String) -> Bool { path.utf8.contains(0xF4) }
}
