import OpenscanBytes

/// Brings the many spellings of a licence's name to one hash: `Apache License, Version 2.0`, `apache-2.0` and `Apache 2` are the same.
public enum NameKey {
    private static let dropped = WordSet([
        "the", "license", "licenses", "licensing", "version", "v", "ver", "agreement", "terms", "spdx", "licenseref",
        "software",
    ])
    private static let zero = WordHash.of("0"), plus = WordHash.of("+")

    /// A telling part of a name.
    struct Part {
        let hash: UInt32
        let length: Int
        let isNumber: Bool
    }

    /// Hash of the name's telling parts; `nil` when nothing is left.
    public static func hash(_ name: String) -> UInt32? {
        var name = name
        var parts: [Part] = []
        name.withUTF8 { append(UnsafeRawBufferPointer($0), 0..<$0.count, to: &parts) }
        return parts.isEmpty ? nil : hash(parts)
    }

    static func hash(_ parts: [Part]) -> UInt32 { WordHash.sequence(parts.lazy.map(\.hash)) }

    /// Hash of an id as it stands, case aside.
    public static func exactHash(_ id: String) -> UInt32 { WordHash.of("id:" + id.lowercased()) }

    /// Adds the words and numbers of `bytes[range]` in order, without filler and without a zero behind a number.
    static func append(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, to out: inout [Part]) {
        var index = range.lowerBound
        while index < range.upperBound {
            let start = index
            switch kind(bytes[start]) {
            case .separator:
                if bytes[start] == UInt8(ascii: "+") { out.append(Part(hash: plus, length: 1, isNumber: false)) }
                index += 1
            case .wide:
                index = appendWide(bytes, start..<range.upperBound, to: &out)
            case let first:
                var hash = WordHash.seed
                while index < range.upperBound, kind(bytes[index]) == first {
                    hash = WordHash.add(bytes[index] | 0x20, to: hash)
                    index += 1
                }
                if first == .letter, index < range.upperBound, kind(bytes[index]) == .wide {
                    index = appendWide(bytes, start..<range.upperBound, to: &out)
                } else {
                    add(
                        SpellingVariants.fold(WordHash.finish(hash)), length: index - start, isNumber: first == .digit,
                        to: &out)
                }
            }
        }
    }

    private enum Kind { case separator, letter, digit, wide }

    private static func kind(_ byte: UInt8) -> Kind {
        if byte >= 0x80 { return .wide }
        if byte >= 0x30, byte <= 0x39 { return .digit }
        return byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A ? .letter : .separator
    }

    /// A run with letters beyond ASCII goes by Unicode's properties; returns where it ends.
    private static func appendWide(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, to out: inout [Part]) -> Int {
        let end = range.first { kind(bytes[$0]) == .separator } ?? range.upperBound
        var current = ""
        var isDigit = false
        func flush() {
            if !current.isEmpty {
                add(
                    WordHash.of(current), length: current.utf8.count, isNumber: current.allSatisfy(\.isNumber), to: &out
                )
            }
            current = ""
        }
        for scalar in bytes.slice(range.lowerBound..<end).repairedText.lowercased().unicodeScalars {
            guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else {
                flush()
                continue
            }
            let digit = scalar.value >= 0x30 && scalar.value <= 0x39
            if digit != isDigit { flush() }
            isDigit = digit
            current.unicodeScalars.append(scalar)
        }
        flush()
        return end
    }

    private static func add(_ hash: UInt32, length: Int, isNumber: Bool, to out: inout [Part]) {
        if dropped.contains(hash) || hash == zero && out.last?.isNumber == true { return }
        out.append(Part(hash: hash, length: length, isNumber: isNumber))
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
        for ending in [".html", ".txt", ".md", ".php", ".en", "/legalcode", "/deed", "-standalone"]
        where text.hasSuffix(ending) { text.removeLast(ending.count) }
        return text
    }
}
