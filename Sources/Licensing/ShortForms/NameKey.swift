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

extension NameKey {
    private static let droppedHashes = Set(dropped.map(WordHash.of))
    private static let zero = WordHash.of("0"), plus = WordHash.of("+")

    /// A telling part of a name in running text.
    struct Part {
        let hash: UInt32
        let length: Int
        let isNumber: Bool
    }

    /// The parts of `bytes[range]`, as `parts` has them, without a string for each; the last is behind `out`'s other elements.
    static func append(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, to out: inout [Part]) {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if byte >= 0x80 {
                // Other scripts go the long way.
                for part in parts(bytes.slice(index..<range.upperBound).repairedText) {
                    out.append(Part(hash: WordHash.of(part), length: part.utf8.count, isNumber: part.allSatisfy(\.isNumber)))
                }
                return
            }
            if byte == UInt8(ascii: "+") {
                out.append(Part(hash: plus, length: 1, isNumber: false))
                index += 1
                continue
            }
            let isDigit = byte >= 0x30 && byte <= 0x39
            guard isDigit || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) else {
                index += 1
                continue
            }
            let start = index
            var hash = WordHash.seed
            while index < range.upperBound {
                let next = bytes[index]
                let isNextDigit = next >= 0x30 && next <= 0x39
                guard isNextDigit || (next | 0x20 >= 0x61 && next | 0x20 <= 0x7A && next < 0x80), isNextDigit == isDigit else { break }
                hash = WordHash.add(isDigit ? next : next | 0x20, to: hash)
                index += 1
            }
            let folded = SpellingVariants.shared.slots.withUnsafeBufferPointer { SpellingVariants.fold(WordHash.finish(hash), $0) }
            if droppedHashes.contains(folded) { continue }
            if folded == zero, let last = out.last, last.isNumber { continue }
            out.append(Part(hash: folded, length: index - start, isNumber: isDigit))
        }
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
