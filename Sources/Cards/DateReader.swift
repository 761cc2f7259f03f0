import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// Finds dates in a line of lower-case text: `2024-06-30`, `2024/6`, `June 30, 2024`, `30 June 2024`, `Q3 2024`, `2024年6月`, and a year that stands
/// alone. One pass, nothing remembered but the word before.
struct DateReader {
    /// A date with the bytes that write it.
    struct Hit: Equatable {
        let date: StatedDate
        let range: Range<Int>
    }

    let rules: CardRules
    private static let most = 20
    /// Years that may stand without a month: 2048 is a size more often than a date.
    private static let lastAlone = 2039

    /// The dates of a line, in order.
    func dates(_ bytes: [UInt8]) -> [Hit] {
        var out: [Hit] = []
        var index = 0
        while index < bytes.count, out.count < Self.most {
            // "1.2024" is a version.
            let isStart =
                index == 0
                || !Self.isWord(bytes[index - 1])
                    && !(bytes[index - 1] == UInt8(ascii: ".") && index > 1 && Self.isDigit(bytes[index - 2]))
            if isStart, let hit = date(bytes, at: index) {
                out.append(hit)
                index = hit.range.upperBound
            } else {
                index += 1
            }
        }
        return out
    }

    private func date(_ bytes: [UInt8], at start: Int) -> Hit? {
        if Self.isDigit(bytes[start]) {
            guard let number = Self.number(bytes, start) else { return nil }
            if number.range.count == 4 { return yearFirst(bytes, number) }
            // "30 June 2024", "30th of June 2024".
            guard number.range.count <= 2 else { return nil }
            var place = Self.behind(bytes, number.range.upperBound, ["st", "nd", "rd", "th"])
            place = Self.behind(bytes, Self.gap(bytes, place), ["of "])
            guard let month = month(bytes, Self.gap(bytes, place)) else { return nil }
            return year(bytes, from: start, month.end) { StatedDate(year: $0, month: month.number, day: number.value) }
        }
        if bytes[start] == UInt8(ascii: "q"), let quarter = Self.number(bytes, start + 1), quarter.range.count == 1,
            (1...4).contains(quarter.value)
        {
            return year(bytes, from: start, quarter.range.upperBound) {
                StatedDate(year: $0, month: 3 * quarter.value)
            }
        }
        guard let month = month(bytes, start) else { return nil }
        // "June 30, 2024", "June 2024".
        if let day = Self.number(bytes, Self.gap(bytes, month.end)), day.range.count <= 2 {
            let end = Self.behind(bytes, day.range.upperBound, ["st", "nd", "rd", "th"])
            return year(bytes, from: start, end) { StatedDate(year: $0, month: month.number, day: day.value) }
        }
        return year(bytes, from: start, month.end) { StatedDate(year: $0, month: month.number) }
    }

    private func year(_ bytes: [UInt8], from start: Int, _ end: Int, _ made: (Int) -> StatedDate?) -> Hit? {
        guard let year = Self.number(bytes, Self.gap(bytes, end)), year.range.count == 4, let date = made(year.value)
        else { return nil }
        return Hit(date: date, range: start..<year.range.upperBound)
    }

    private func yearFirst(_ bytes: [UInt8], _ year: (value: Int, range: Range<Int>)) -> Hit? {
        let start = year.range.lowerBound
        var end = year.range.upperBound
        let alone = (year.value <= Self.lastAlone ? StatedDate(year: year.value) : nil).map {
            Hit(date: $0, range: start..<end)
        }
        func mark(_ marks: [String]) -> Bool {
            guard let mark = marks.first(where: { bytes[end...].starts(with: $0.utf8) }) else { return false }
            end += mark.utf8.count
            return true
        }
        // "2024 q3", "2024年第三季度" is left as its year.
        let spaced = Self.gap(bytes, end)
        if spaced < bytes.count, bytes[spaced] == UInt8(ascii: "q"), let quarter = Self.number(bytes, spaced + 1),
            (1...4).contains(quarter.value), let date = StatedDate(year: year.value, month: 3 * quarter.value)
        {
            return Hit(date: date, range: start..<quarter.range.upperBound)
        }
        guard mark(["-", "/", ".", "年"]), let month = Self.number(bytes, end), month.range.count <= 2,
            let ofMonth = StatedDate(year: year.value, month: month.value)
        else { return alone }
        end = month.range.upperBound
        let whole = Hit(date: ofMonth, range: start..<end)
        guard mark(["-", "/", ".", "月"]), let day = Self.number(bytes, end), day.range.count <= 2,
            let ofDay = StatedDate(year: year.value, month: month.value, day: day.value)
        else { return whole }
        return Hit(date: ofDay, range: start..<day.range.upperBound)
    }

    /// The month that a word names, and where the word ends.
    private func month(_ bytes: [UInt8], _ start: Int) -> (number: Int, end: Int)? {
        guard start < bytes.count, start == 0 || !Self.isWord(bytes[start - 1]) else { return nil }
        let end = bytes[start...].firstIndex { !($0 >= 0x61 && $0 <= 0x7A) } ?? bytes.count
        guard end - start >= 3, end - start <= 9 else { return nil }
        let word = String(decoding: bytes[start..<end], as: UTF8.self)
        return rules.months.firstIndex { $0.words.contains(word) }.map { ($0 + 1, end) }
    }

    /// A number of up to four digits that no further digit follows.
    private static func number(_ bytes: [UInt8], _ start: Int) -> (value: Int, range: Range<Int>)? {
        var value = 0
        var end = start
        while end < bytes.count, isDigit(bytes[end]) {
            guard end - start < 4 else { return nil }
            value = value * 10 + Int(bytes[end] - UInt8(ascii: "0"))
            end += 1
        }
        return end > start ? (value, start..<end) : nil
    }

    /// Behind spaces, commas and points.
    private static func gap(_ bytes: [UInt8], _ start: Int) -> Int {
        bytes[min(start, bytes.count)...].firstIndex { !" ,.".utf8.contains($0) } ?? bytes.count
    }

    private static func behind(_ bytes: [UInt8], _ start: Int, _ words: [String]) -> Int {
        guard start < bytes.count, let word = words.first(where: { bytes[start...].starts(with: $0.utf8) }) else {
            return start
        }
        return start + word.utf8.count
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func isWord(_ byte: UInt8) -> Bool { isDigit(byte) || byte >= 0x61 && byte <= 0x7A }

    // MARK: What dates are for

    /// The date that a line of news begins with: nothing but marks stands before it.
    func news(_ line: FoldedText) -> StatedDate? {
        let bytes = Array(line.bytes.prefix(Self.newsLead))
        guard let hit = dates(bytes).first, hit.date.month != nil else { return nil }
        return bytes[..<hit.range.lowerBound].contains { $0 >= 0x80 ? $0 < 0xE2 : Self.isWord($0) } ? nil : hit.date
    }

    /// Bytes in which a line of news has its date: marks of a list, emphasis, a picture.
    private static let newsLead = 60

    /// The date by which what a line announces is to be there; `nil` for the date of the news itself.
    /// - Parameter announced: where the words that announce begin.
    func due(_ line: FoldedText, announced: Int) -> StatedDate? {
        let bytes = line.bytes
        return dates(bytes).first { hit in
            let before = String(
                decoding: bytes[max(0, hit.range.lowerBound - 24)..<hit.range.lowerBound], as: UTF8.self
            )
            .trimmed
            func ends(_ words: Phrases) -> Bool {
                words.words.contains { word in
                    guard before.hasSuffix(word) else { return false }
                    let lead = before.utf8.dropLast(word.utf8.count).last
                    return lead.map { !Self.isWord($0) } ?? true
                }
            }
            return ends(rules.dueAnywhere) || hit.range.lowerBound > announced && ends(rules.dueBehind)
        }?.date
    }
}
