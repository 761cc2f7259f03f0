/// Brings the many spellings of a licence's name to one hash: `Apache License, Version 2.0`, `apache-2.0` and `Apache 2` are the same.
public enum NameKey {
    private static let dropped: Set<String> = ["the", "license", "licence", "licenses", "licensing", "version", "v", "ver", "agreement", "terms", "spdx", "licenseref", "software"]

    /// Hash of the name's telling parts; `nil` when nothing is left.
    public static func hash(_ name: String) -> UInt32? {
        let parts = parts(name)
        return parts.isEmpty ? nil : WordHash.sequence(parts.map(WordHash.of))
    }

    /// Hash of an id as it stands, case aside.
    public static func exactHash(_ id: String) -> UInt32 { WordHash.of("id:" + id.lowercased()) }

    /// Words and numbers in order, without filler and without a zero behind a number.
    public static func parts(_ name: String) -> [String] {
        var out: [String] = []
        var current = ""
        var isDigit = false
        func flush() {
            defer { current = "" }
            guard !current.isEmpty, !dropped.contains(current) else { return }
            if current == "0", let last = out.last, last.allSatisfy(\.isNumber) { return }
            out.append(current)
        }
        for scalar in name.lowercased().unicodeScalars {
            let isAlphanumeric = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            guard isAlphanumeric else {
                if scalar == "+" {
                    flush()
                    out.append("+")
                } else {
                    flush()
                }
                continue
            }
            let digit = scalar.value >= 0x30 && scalar.value <= 0x39
            if !current.isEmpty, digit != isDigit { flush() }
            isDigit = digit
            current.unicodeScalars.append(scalar)
        }
        flush()
        return out
    }
}

/// Addresses of licences.
public enum AddressKey {
    /// Hash of an address without scheme, `www.`, ending, query and fragment; `nil` when nothing telling is left.
    public static func hash(_ address: String) -> UInt32? {
        let text = normalised(address)
        return text.contains("/") || text.contains(".") ? WordHash.of("url:" + text) : nil
    }

    static func normalised(_ address: String) -> String {
        var text = address.lowercased()
        for scheme in ["https://", "http://"] where text.hasPrefix(scheme) { text.removeFirst(scheme.count) }
        if text.hasPrefix("www.") { text.removeFirst(4) }
        if let cut = text.firstIndex(where: { $0 == "#" || $0 == "?" }) { text = String(text[..<cut]) }
        while let last = text.last, "/.,;:)>\"'*`]".contains(last) { text.removeLast() }
        for ending in [".html", ".txt", ".md", ".php", ".en", "/legalcode", "/deed", "-standalone"] where text.hasSuffix(ending) { text.removeLast(ending.count) }
        return text
    }
}
