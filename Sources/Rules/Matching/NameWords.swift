import OpenscanBytes

/// What names of models, owners and hosts have in common, however they are written: `Kimi-Audio`, `kimi_audio`, `KimiAudio`.
public enum NameWords {
    /// Letters and digits alone, lower case.
    public static func folded(_ name: some StringProtocol) -> String {
        String(
            decoding: FoldedText(name).bytes.filter { isLetter($0) || (0x30...0x39).contains($0) }, as: UTF8.self)
    }

    /// Runs of letters, lower case; digits are versions and sizes.
    public static func words(_ name: some StringProtocol) -> [String] {
        FoldedText(name).bytes.split { !isLetter($0) }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Labels of an address's host.
    public static func host(of address: String) -> [Substring] {
        guard let start = address.range(of: "://")?.upperBound else { return [] }
        return address[start...].prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != ":" }.split(separator: ".")
    }

    /// An address without its scheme and host, lower case.
    public static func path(of address: String) -> String {
        let lower = address.lowercased()
        guard let scheme = lower.range(of: "://"), let slash = lower[scheme.upperBound...].firstIndex(of: "/") else {
            return lower
        }
        return String(lower[slash...])
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) || byte >= 0x80 }
}
