import OpenscanBytes

/// Brings the many spellings of a licence's name to one hash: `Apache License, Version 2.0`, `apache-2.0` and `Apache 2` are the same.
public enum NameKey {
    static let dropped = WordSet([
        "the", "license", "licenses", "licensing", "version", "v", "ver", "agreement", "terms", "spdx", "licenseref",
        "software",
    ])
    private static let zero = WordHash.of("0"), plus = WordHash.of("+")

    /// A word or number of a name, or a plus behind it.
    struct Part {
        let hash: UInt32
        let length: Int
        let isNumber: Bool
    }

    /// The telling parts of a name, taken in one by one: without filler, and without a zero behind a number.
    struct Key {
        private(set) var hash: UInt32 = 0
        private(set) var count = 0
        private(set) var first: Part?
        private var sum = WordHash.Sequence()
        private var isBehindNumber = false

        /// - Parameter dropped: words that tell nothing.
        @inline(__always)
        mutating func add(_ part: Part, without dropped: WordSet) {
            if dropped.contains(part.hash) || isBehindNumber && part.hash == NameKey.zero { return }
            if count == 0 { first = part }
            count += 1
            isBehindNumber = part.isNumber
            sum.add(part.hash)
            hash = sum.hash
        }
    }

    /// Hash of the name's telling parts; `nil` when nothing is left.
    public static func hash(_ name: String) -> UInt32? {
        var name = name
        var parts: [Part] = []
        name.withUTF8 { append(UnsafeRawBufferPointer($0), 0..<$0.count, to: &parts) }
        return hash(parts)
    }

    static func hash(_ parts: [Part]) -> UInt32? {
        let dropped = dropped
        var key = Key()
        for part in parts { key.add(part, without: dropped) }
        return key.count == 0 ? nil : key.hash
    }

    /// Hash of a name's maker, product and version: what is left without the words that say what kind of thing a licence is ("community",
    /// "model"). It tells names of a table of its own from one another; `nil` where no product is left.
    /// - Parameter kinds: those words.
    public static func coreHash(_ name: String, without kinds: WordSet) -> UInt32? {
        var name = name
        var parts: [Part] = []
        name.withUTF8 { append(UnsafeRawBufferPointer($0), 0..<$0.count, to: &parts) }
        let told = parts.filter { !kinds.contains($0.hash) && !dropped.contains($0.hash) }
        guard told.contains(where: { !$0.isNumber && $0.length >= 2 }) else { return nil }
        return hash(told).map { $0 ^ coreMark }
    }

    /// Keeps hashes of cores apart from those of names.
    private static let coreMark = WordHash.of("core:")

    /// Hash of an id as it stands, case aside.
    public static func exactHash(_ id: String) -> UInt32 { WordHash.of("id:" + id.lowercased()) }

    /// A plus behind a name.
    static let plusSign = Part(hash: plus, length: 1, isNumber: false)

    /// Adds the words, numbers and pluses of `bytes[range]` in order.
    static func append(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, to out: inout [Part]) {
        var index = range.lowerBound
        while index < range.upperBound {
            let start = index
            switch kind(bytes[start]) {
            case .separator:
                if bytes[start] == UInt8(ascii: "+") { out.append(plusSign) }
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
                    out.append(
                        Part(
                            hash: SpellingVariants.fold(WordHash.finish(hash)), length: index - start,
                            isNumber: first == .digit))
                }
            }
        }
    }

    private enum Kind { case separator, letter, digit, wide }

    @inline(__always)
    private static func kind(_ byte: UInt8) -> Kind {
        if byte >= 0x80 { return .wide }
        if byte >= 0x30, byte <= 0x39 { return .digit }
        return byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A ? .letter : .separator
    }

    /// A run with letters beyond ASCII goes by Unicode's properties; returns where it ends.
    private static func appendWide(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, to out: inout [Part]) -> Int {
        let end = range.first { kind(bytes[$0]) == .separator } ?? range.upperBound
        var part = WidePart()
        var index = range.lowerBound
        while index < end {
            // Most of what stands here are ideographs, which are letters and have no case, and the letters of names between them.
            if bytes[index] < 0x80 {
                let isDigit = kind(bytes[index]) == .digit
                part.begin(isNumber: isDigit, isDigit: isDigit, to: &out)
                part.add(bytes[index] | 0x20)
                index += 1
                continue
            }
            if let ideograph = ideograph(bytes, index, end) {
                part.begin(isNumber: isNumber(ideograph), isDigit: false, to: &out)
                for step in 0..<3 { part.add(bytes[index + step]) }
                index += 3
                continue
            }
            let start = index
            repeat { index += 1 } while index < end && bytes[index] >= 0x80 && ideograph(bytes, index, end) == nil
            for scalar in bytes.slice(start..<index).repairedText.lowercased().unicodeScalars {
                let isNumber = scalar.properties.numericType != nil
                guard isNumber || scalar.properties.isAlphabetic else {
                    part.flush(to: &out)
                    continue
                }
                part.begin(isNumber: isNumber, isDigit: 0x30...0x39 ~= scalar.value, to: &out)
                for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { part.add(byte) }
            }
        }
        part.flush(to: &out)
        return end
    }

    /// The value of the unified ideograph (U+4E00...U+9FFF) that stands whole at a place.
    @inline(__always)
    private static func ideograph(_ bytes: UnsafeRawBufferPointer, _ index: Int, _ end: Int) -> UInt32? {
        guard index + 2 < end, bytes[index] >= 0xE4, bytes[index] <= 0xE9, bytes[index + 1] & 0xC0 == 0x80,
            bytes[index + 2] & 0xC0 == 0x80
        else { return nil }
        let value =
            UInt32(bytes[index] & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F)
        return value >= 0x4E00 ? value : nil
    }

    /// Where the words of `bytes[range]` are one run of ideographs and nothing else: that run as a part.
    static func ideographs(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Part {
        var hash = WordHash.seed
        for index in range { hash = WordHash.add(bytes[index], to: hash) }
        return Part(hash: SpellingVariants.fold(WordHash.finish(hash)), length: range.count, isNumber: false)
    }

    static func areIdeographs(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        while index < range.upperBound {
            if ideograph(bytes, index, range.upperBound) == nil { return false }
            index += 3
        }
        return true
    }

    /// Which ideographs are numbers: asked for once, as Unicode's tables are slow.
    private static let numbers: [Bool] = (UInt32(0x4E00)...0x9FFF).map {
        Unicode.Scalar($0)?.properties.numericType != nil
    }

    private static func isNumber(_ ideograph: UInt32) -> Bool { numbers[Int(ideograph) - 0x4E00] }

    /// A word or number of a run beyond ASCII, as far as it was read.
    private struct WidePart {
        private var hash = WordHash.seed
        private var length = 0
        private var isNumber = true
        private var isDigit = false

        /// Before the bytes of a letter or digit: a number and the letters beside it are parts of their own.
        @inline(__always)
        mutating func begin(isNumber: Bool, isDigit: Bool, to out: inout [Part]) {
            if isDigit != self.isDigit { flush(to: &out) }
            self.isDigit = isDigit
            if !isNumber { self.isNumber = false }
        }

        @inline(__always)
        mutating func add(_ byte: UInt8) {
            hash = WordHash.add(byte, to: hash)
            length += 1
        }

        mutating func flush(to out: inout [Part]) {
            if length > 0 {
                out.append(
                    Part(hash: SpellingVariants.fold(WordHash.finish(hash)), length: length, isNumber: isNumber))
            }
            (hash, length, isNumber) = (WordHash.seed, 0, true)
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

    /// Hashes of an address, the most telling first: as it stands; without what a site of repositories puts between a repository and
    /// a file of it (`/blob/main/`); and, for the file that holds a repository's one licence, the repository's own.
    public static func hashes(_ address: String) -> [UInt32] {
        var out = [hash(address)].compactMap { $0 }
        if let file = RepositoryFile(normalised(address)) {
            for text in [file.address] + (file.isLicence ? [file.repository] : []) {
                let hash = WordHash.of("url:" + text)
                if !out.contains(hash) { out.append(hash) }
            }
        }
        return out
    }

    /// A file in a repository, by its address.
    private struct RepositoryFile {
        let repository: String
        let path: String

        private static let hosts: Set<String> = [
            "github.com", "huggingface.co", "gitlab.com", "modelscope.cn", "gitee.com", "hf.co",
        ]
        /// Words of a path between the repository and what names a revision.
        private static let views: Set<String> = ["blob", "raw", "resolve", "tree", "src", "file", "-"]

        init?(_ address: String) {
            var parts = address.split(separator: "/").map(String.init)
            guard var host = parts.first else { return nil }
            if host == "raw.githubusercontent.com", parts.count > 4 {
                host = "github.com"
                parts.insert("raw", at: 3)
            }
            guard Self.hosts.contains(host), parts.count > 3 else { return nil }
            var rest = parts[3...]
            if let first = rest.first, Self.views.contains(first), rest.count > 2 { rest = rest.dropFirst(2) }
            repository = ([host == "hf.co" ? "huggingface.co" : host] + parts[1...2]).joined(separator: "/")
            path = rest.joined(separator: "/")
        }

        var address: String { repository + "/" + path }
        var isLicence: Bool { path == "license" || path == "licence" }
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
