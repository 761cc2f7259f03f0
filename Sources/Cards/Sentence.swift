/// Sentences of running text, English and Chinese.
enum Sentence {
    /// Splits at ends of sentences; a full stop inside a number or address is none.
    static func split(_ line: Substring) -> [Substring] {
        var out: [Substring] = []
        var start = line.startIndex
        var index = line.startIndex
        while index < line.endIndex {
            let character = line[index]
            let next = line.index(after: index)
            let ends = character == "。" || character == "；" || character == "！" || character == "？"
                || ((character == "." || character == "!" || character == "?") && (next == line.endIndex || line[next] == " " || line[next] == "*"))
            if ends {
                out.append(line[start..<next])
                start = next
            }
            index = next
        }
        if start < line.endIndex { out.append(line[start...]) }
        return out
    }
}
