import OpenscanBytes
import OpenscanFacts

/// The words of a PDF file, as far as its fonts say which characters their codes are. No picture, form, script or attachment is looked at.
struct PDFText {
    private let file: PDFFile
    private var fonts: [Int: PDFFont] = [:]
    private var out = ""
    private let limit: Int

    /// Bytes of a file; larger ones are mostly pictures, and are not read.
    private static let largest = 32 << 20
    /// Bytes that its streams may come to.
    private static let mostExpanded = 64 << 20
    private static let mostPages = 400
    private static let block = 1 << 20

    /// The words, a line a line of the page; `nil` where the file is none, too large, encrypted, or shows no characters.
    static func read(_ content: EntryContent, size: Int?, limits: Limits) throws(ReadError) -> String? {
        guard size ?? .max <= largest else { return nil }
        let bytes = try content.prefix(largest)
        return text(bytes.withUnsafeBytes(Array.init), limit: limits.textBytes)
    }

    /// The words of a whole file, no more than `limit` bytes of them.
    static func text(_ bytes: [UInt8], limit: Int) -> String? {
        guard let file = PDFFile(bytes, limit: mostExpanded) else { return nil }
        var reader = PDFText(file: file, limit: limit)
        reader.read()
        return reader.out.contains(where: \.isLetter) ? joined(reader.out) : nil
    }

    /// Words that a line's end divides are whole again.
    private static func joined(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var index = 0
        func isSmall(_ place: Int) -> Bool { bytes.indices.contains(place) && (0x61...0x7A).contains(bytes[place]) }
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "-"), isSmall(index - 1), index + 1 < bytes.count, bytes[index + 1] == 0x0A,
                isSmall(index + 2)
            {
                index += 2
            } else {
                out.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private init(file: PDFFile, limit: Int) {
        self.file = file
        self.limit = limit
    }

    private mutating func read() {
        var pages = 0
        for number in file.numbers where pages < Self.mostPages && out.utf8.count < limit {
            guard let page = file.value(number).dictionary, page["Type"]?.name == "Page" else { continue }
            pages += 1
            show(page)
            out += "\n\n"
        }
    }

    private mutating func show(_ page: [String: PDFValue]) {
        let fonts = fonts(of: page)
        let contents: [PDFValue] =
            switch page["Contents"] {
            case .reference(let number)?: file.value(number).array ?? [.reference(number)]
            case .array(let items)?: items
            default: []
            }
        var content: [UInt8] = []
        for case .reference(let number) in contents.prefix(1000) {
            content += file.stream(number)
            content.append(0x0A)
        }
        PDFPage(content, fonts: fonts, limit: limit).write(to: &out)
    }

    /// Fonts by the names that a page's operators use; its own resources, or those of the pages above (7.7.3.4).
    private mutating func fonts(of page: [String: PDFValue]) -> [String: PDFFont] {
        var node = page
        for _ in 0..<10 where node["Resources"] == nil {
            node = file.members(node["Parent"])
        }
        var out: [String: PDFFont] = [:]
        for (name, value) in file.members(file.members(node["Resources"])["Font"]).prefix(200) {
            guard case .reference(let number) = value else {
                out[name] = PDFFont(file.members(value), file)
                continue
            }
            let font = fonts[number] ?? PDFFont(file.members(value), file)
            fonts[number] = font
            out[name] = font
        }
        return out
    }
}

/// The operators of a page that show text (9.4), and where they put it: as far as needed to tell words and lines apart.
private struct PDFPage {
    private let content: [UInt8]
    private let fonts: [String: PDFFont]
    private let limit: Int

    private var font: PDFFont?
    private var size = 1.0
    private var leading = 0.0
    /// Where the line begins, and where the next string does, in units of the page.
    private var (x, y) = (0.0, 0.0)
    private var pen = 0.0
    private var scale = 1.0
    private var shownTo: (x: Double, y: Double)?

    /// A gap of more than this share of the font's size is a space.
    private static let gap = 0.14
    /// Thousandths by which a number between strings moves on for a space.
    private static let kernedSpace = 180.0

    init(_ content: [UInt8], fonts: [String: PDFFont], limit: Int) {
        self.content = content
        self.fonts = fonts
        self.limit = limit
    }

    func write(to out: inout String) {
        var page = self
        page.run(&out)
    }

    private mutating func run(_ out: inout String) {
        var parser = PDFParser(content)
        var operands: [PDFValue] = []
        while out.utf8.count < limit {
            guard let value = parser.next() else {
                if parser.isAtEnd { break }
                continue
            }
            guard case .word(let word) = value else {
                if operands.count < 64 { operands.append(value) }
                continue
            }
            if word == "ID" { parser.skip(behind: "EI") }
            operate(word, operands, &out)
            operands.removeAll(keepingCapacity: true)
        }
    }

    private mutating func operate(_ word: String, _ operands: [PDFValue], _ out: inout String) {
        func number(_ place: Int) -> Double { operands.count > place ? operands[place].number ?? 0 : 0 }
        switch word {
        case "BT": (x, y, pen, scale) = (0, 0, 0, 1)
        case "Tf":
            font = operands.first?.name.flatMap { fonts[$0] }
            size = number(1)
        case "TL": leading = number(0)
        case "Td": move(number(0), number(1))
        case "TD":
            leading = -number(1)
            move(number(0), number(1))
        case "T*": move(0, -leading)
        case "Tm":
            scale = max(abs(number(0)), abs(number(1)))
            (x, y) = (number(4), number(5))
            pen = x
        case "Tj": show(operands.first, &out)
        case "'", "\"":
            move(0, -leading)
            show(operands.last, &out)
        case "TJ": show(operands.first, &out)
        default: break
        }
    }

    private mutating func move(_ right: Double, _ up: Double) {
        x += right * scale
        y += up * scale
        pen = x
    }

    private mutating func show(_ value: PDFValue?, _ out: inout String) {
        guard let font else { return }
        let height = max(abs(size * scale), 0.1)
        if let shown = shownTo {
            let drop = abs(y - shown.y)
            if drop > 0.6 * height {
                out += drop > 2.2 * height ? "\n\n" : "\n"
            } else if pen - shown.x > Self.gap * height || pen < shown.x - height {
                Self.addSpace(&out)
            }
        }
        var reach = pen
        for part in value?.array ?? value.map({ [$0] }) ?? [] {
            if let bytes = part.string {
                reach += font.add(bytes, to: &out) * height / 1000
            } else if let kern = part.number {
                if kern < -Self.kernedSpace { Self.addSpace(&out) }
                reach -= kern * height / 1000
            }
        }
        shownTo = (reach, y)
        pen = reach
    }

    private static func addSpace(_ out: inout String) {
        if let last = out.utf8.last, last != 0x20, last != 0x0A { out += " " }
    }
}
