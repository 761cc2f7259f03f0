import OpenscanBytes
import OpenscanFacts

/// The headings under which a line stands.
struct OpenSections {
    /// Indices into the headings, from the outermost in.
    private var open: [Int] = []

    /// Begins a section; those of its level and below end.
    mutating func open(_ heading: CardFacts.Heading, in headings: inout [CardFacts.Heading]) {
        while let last = open.last, headings[last].level >= heading.level { open.removeLast() }
        open.append(headings.count)
        headings.append(heading)
    }

    func add(_ content: SectionContent, to headings: inout [CardFacts.Heading]) {
        for index in open { headings[index].content += content }
    }
}

extension SectionContent {
    /// What one line adds to the sections that it stands in.
    init(line: Substring) {
        self.init(
            words: Self.words(line), figures: Self.figures(line),
            pictures: line.hasBytes("![") || line.hasBytes("<img") ? 1 : 0)
    }

    /// Words with a letter; what writes no spaces counts by its ideographs, two a word.
    private static func words(_ line: Substring) -> Int {
        var ideographs = 0
        var spaced = 0
        var isInWord = false
        for scalar in line.unicodeScalars {
            switch scalar.value {
            case 0x2E80...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: ideographs += 1
            case 0x20, 0x09, 0x7C: isInWord = false
            default:
                if !isInWord, scalar.isASCII ? isLetter(scalar) : scalar.properties.isAlphabetic {
                    isInWord = true
                    spaced += 1
                }
            }
        }
        return spaced + ideographs / 2
    }

    /// Numbers that measure: `93.2`, `87 %`, and any number that stands alone in a cell. Versions, addresses and identifiers are none.
    private static func figures(_ line: Substring) -> Int {
        var line = line
        return line.withUTF8 { figures(UnsafeRawBufferPointer($0)) }
    }

    private static func figures(_ bytes: UnsafeRawBufferPointer) -> Int {
        /// The line's end stands behind its last byte.
        func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : UInt8(ascii: "\n") }
        let isRow = bytes.first { $0 != UInt8(ascii: " ") } == UInt8(ascii: "|")
        var count = 0
        var index = 0
        while index < bytes.count {
            guard isDigit(bytes[index]) else {
                index += 1
                continue
            }
            let start = index
            var points = 0
            while isDigit(byte(index)) || byte(index) == UInt8(ascii: ".") && isDigit(byte(index + 1)) {
                if byte(index) == UInt8(ascii: ".") { points += 1 }
                index += 1
            }
            guard start == 0 || mayStandBefore(bytes[start - 1]), mayStandBehind(byte(index)) else { continue }
            var behind = index
            while byte(behind) == UInt8(ascii: " ") { behind += 1 }
            let isPercent = byte(behind) == UInt8(ascii: "%")
            let isCell = isRow && byte(behind) == UInt8(ascii: "|")
            if points == 1 || points == 0 && (isPercent || isCell) { count += 1 }
        }
        return count
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(UInt8(truncatingIfNeeded: scalar.value) | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    /// Letters, slashes, colons, hyphens and dots make a name, version or address of a number.
    private static func mayStandBefore(_ byte: UInt8) -> Bool {
        byte >= 0x80 || " \t|(*[>{$=~+<,".utf8.contains(byte)
    }

    private static func mayStandBehind(_ byte: UInt8) -> Bool {
        byte >= 0x80 || " \t|)*]<}$,;.%\n\r".utf8.contains(byte)
    }
}
