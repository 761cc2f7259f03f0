import OpenscanBytes

/// The words of a text in Rich Text Format (Microsoft, specification 1.9.1).
enum RichText {
    static func isRichText(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.starts(with: "{\\rtf") }

    /// Groups that hold no words of the text.
    private static let asides: [StaticString] = [
        "*", "fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "footer", "listtable", "listoverridetable",
        "generator", "themedata", "xmlnstbl",
    ]

    /// Text without marks, in UTF-8. Groups are counted, not followed: their depth costs nothing.
    static func text(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count / 2)
        var depth = 0
        // Depth of the outermost group that is passed over.
        var aside: Int?
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "{"):
                depth += 1
                if aside == nil, beginsAside(bytes, index + 1) { aside = depth }
                index += 1
            case UInt8(ascii: "}"):
                if let level = aside, depth <= level { aside = nil }
                depth = max(0, depth - 1)
                index += 1
            case UInt8(ascii: "\\"): index = control(bytes, index + 1, isHeard: aside == nil, &out)
            case 0x0A, 0x0D: index += 1
            default:
                if aside == nil { out.append(bytes[index]) }
                index += 1
            }
        }
        return out
    }

    private static func beginsAside(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Bool {
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\\") else { return false }
        return asides.contains { word in
            let end = place + 1 + word.utf8CodeUnitCount
            return bytes.starts(with: word, at: place + 1) && !(end < bytes.count && isLetter(bytes[end]))
        }
    }

    /// Reads a control word or sign; returns where it ends.
    private static func control(
        _ bytes: UnsafeRawBufferPointer, _ start: Int, isHeard: Bool, _ out: inout [UInt8]
    ) -> Int {
        guard start < bytes.count else { return start }
        guard isLetter(bytes[start]) else {
            if bytes[start] == UInt8(ascii: "'") {
                let digits = bytes.slice(min(start + 1, bytes.count)..<min(start + 3, bytes.count)).repairedText
                if isHeard, let value = UInt8(digits, radix: 16) {
                    out += Array(String(Unicode.Scalar(value)).utf8)
                }
                return start + 3
            }
            if isHeard { out.append(bytes[start] == UInt8(ascii: "~") ? 0x20 : bytes[start]) }
            return start + 1
        }
        var index = start
        while index < bytes.count, isLetter(bytes[index]), index - start < 40 { index += 1 }
        let word = bytes.slice(start..<index)
        let numberStart = index
        while index < bytes.count, index - numberStart < 8,
            bytes[index] == UInt8(ascii: "-") || bytes[index] >= 0x30 && bytes[index] <= 0x39
        { index += 1 }
        let number = Int(bytes.slice(numberStart..<index).repairedText)
        if index < bytes.count, bytes[index] == 0x20 { index += 1 }
        guard isHeard else { return index }
        func isWord(_ other: StaticString) -> Bool {
            word.count == other.utf8CodeUnitCount && word.starts(with: other)
        }
        if isWord("par") || isWord("line") || isWord("sect") || isWord("page") {
            out.append(0x0A)
        } else if isWord("tab") || isWord("cell") {
            out.append(0x20)
        } else if isWord("emdash") || isWord("endash") {
            out.append(UInt8(ascii: "-"))
        } else if isWord("lquote") || isWord("rquote") {
            out.append(UInt8(ascii: "'"))
        } else if isWord("ldblquote") || isWord("rdblquote") {
            out.append(UInt8(ascii: "\""))
        } else if isWord("u"), let number {
            let value = number < 0 ? number + 0x1_0000 : number
            if let scalar = UInt32(exactly: value).flatMap(Unicode.Scalar.init) { out += Array(String(scalar).utf8) }
            // A letter for readers without Unicode stands behind.
            if index < bytes.count, bytes[index] != UInt8(ascii: "\\"), bytes[index] != UInt8(ascii: "{") { index += 1 }
        }
        return index
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
}
