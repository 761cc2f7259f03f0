/// How the codes of a font are characters: by its table (9.10.3), else by the names of its glyphs, else as they are.
struct PDFFont {
    /// Bytes of a code.
    private var codeLength = 1
    private var characters: [Int: String] = [:]
    private var widths: [Int: Double] = [:]
    private var isReadable = true
    /// Widths of what is not listed, in thousandths of the font's size.
    private static let usualWidth = 500.0
    private static let mostCodes = 70_000

    init(_ members: [String: PDFValue], _ file: PDFFile) {
        let isComposite = file.resolved(members["Subtype"]).name == "Type0"
        codeLength = isComposite ? 2 : 1
        if case .reference(let table)? = members["ToUnicode"] {
            read(table: file.stream(table))
        } else if isComposite {
            isReadable = false
        }
        let encoding = file.members(members["Encoding"])
        if characters.isEmpty, let differences = file.resolved(encoding["Differences"]).array { read(differences) }
        readWidths(members, file)
    }

    private mutating func readWidths(_ members: [String: PDFValue], _ file: PDFFile) {
        guard codeLength == 1, let first = file.resolved(members["FirstChar"]).count, first < 256,
            let list = file.resolved(members["Widths"]).array
        else { return }
        for (place, width) in list.prefix(256).enumerated() { widths[first + place] = file.resolved(width).number }
    }

    /// Codes that begin with a name each, and go on by one (9.6.6.1).
    private mutating func read(_ differences: [PDFValue]) {
        var code = 0
        for item in differences.prefix(1000) {
            if let number = item.count {
                code = min(number, 255)
            } else if let name = item.name {
                characters[code] = Self.character(ofGlyph: name) ?? Self.character(code)
                code = min(code + 1, 255)
            }
        }
    }

    /// Names of glyphs that text is made of; letters are called by themselves.
    private static let glyphs: [String: String] = [
        "space": " ", "period": ".", "comma": ",", "colon": ":", "semicolon": ";", "hyphen": "-", "endash": "–",
        "emdash": "—", "parenleft": "(", "parenright": ")", "bracketleft": "[", "bracketright": "]", "slash": "/",
        "percent": "%", "plus": "+", "equal": "=", "quoteright": "'", "quoteleft": "'", "quotedblleft": "\"",
        "quotedblright": "\"", "question": "?", "exclam": "!", "at": "@", "ampersand": "&", "asterisk": "*",
        "dollar": "$", "numbersign": "#", "underscore": "_", "zero": "0", "one": "1", "two": "2", "three": "3",
        "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "fi": "fi", "fl": "fl",
        "ff": "ff",
        "ffi": "ffi", "ffl": "ffl", "multiply": "x", "minus": "-", "bullet": "•", "copyright": "©", "asciitilde": "~",
        "greater": ">", "less": "<",
    ]

    private static func character(ofGlyph name: String) -> String? {
        if let known = glyphs[name] { return known }
        if name.utf8.count == 1 { return name }
        guard name.hasPrefix("uni"), name.utf8.count == 7, let scalar = UInt32(name.dropFirst(3), radix: 16) else {
            return nil
        }
        return Unicode.Scalar(scalar).map { String(Character($0)) }
    }

    private static func character(_ code: Int) -> String {
        guard code >= 0x20, code < 0x7F, let scalar = Unicode.Scalar(code) else { return "" }
        return String(Character(scalar))
    }

    // MARK: Tables

    private mutating func read(table bytes: [UInt8]) {
        var parser = PDFParser(bytes)
        var operands: [PDFValue] = []
        while let value = parser.next(), characters.count < Self.mostCodes {
            guard case .word(let word) = value else {
                if operands.count < 3 * 256 { operands.append(value) }
                continue
            }
            switch word {
            case "endcodespacerange":
                if let length = operands.last?.string?.count { codeLength = min(max(length, 1), 4) }
            case "endbfchar":
                for pair in stride(from: 0, to: operands.count - 1, by: 2) {
                    if let code = Self.code(operands[pair]), let text = operands[pair + 1].string {
                        characters[code] = Self.text(text)
                    }
                }
            case "endbfrange":
                for triple in stride(from: 0, to: operands.count - 2, by: 3) {
                    range(operands[triple], operands[triple + 1], operands[triple + 2])
                }
            default: break
            }
            operands = []
        }
    }

    private mutating func range(_ first: PDFValue, _ last: PDFValue, _ target: PDFValue) {
        guard let start = Self.code(first), let end = Self.code(last), start <= end, end - start < 65_536 else {
            return
        }
        if let list = target.array {
            for (place, text) in list.prefix(end - start + 1).enumerated() {
                characters[start + place] = text.string.map(Self.text)
            }
        } else if let text = target.string, let scalar = Self.text(text).unicodeScalars.last {
            let lead = String(Self.text(text).unicodeScalars.dropLast())
            for step in 0...(end - start) where characters.count < Self.mostCodes {
                let next = UInt32(clamping: Int(scalar.value) + step)
                characters[start + step] = Unicode.Scalar(next).map { lead + String(Character($0)) }
            }
        }
    }

    private static func code(_ value: PDFValue) -> Int? {
        guard let bytes = value.string, bytes.count <= 4 else { return nil }
        return bytes.reduce(0) { $0 << 8 | Int($1) }
    }

    /// UTF-16, the higher byte first.
    private static func text(_ bytes: [UInt8]) -> String {
        let units = stride(from: 0, to: bytes.count - 1, by: 2).prefix(16).map {
            UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
        }
        return String(decoding: units, as: UTF16.self)
    }

    // MARK: Use

    /// Adds the characters of a string; gives its width in thousandths of the font's size.
    func add(_ bytes: [UInt8], to out: inout String) -> Double {
        guard isReadable else { return Double(bytes.count / codeLength) * Self.usualWidth }
        var width = 0.0
        var place = 0
        while bytes.count - place >= codeLength {
            let code = bytes[place..<place + codeLength].reduce(0) { $0 << 8 | Int($1) }
            out += characters[code] ?? (codeLength == 1 && characters.isEmpty ? Self.character(code) : "")
            width += widths[code] ?? Self.usualWidth
            place += codeLength
        }
        return width
    }
}
