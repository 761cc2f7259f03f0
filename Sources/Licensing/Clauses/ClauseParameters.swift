import OpenscanBytes
import OpenscanFacts

/// What a clause says in figures and names: how many users, which law, which words to display.
enum ClauseParameters {
    /// Clauses that have any.
    static let clauses: Set<ClauseID> = [
        "mau-threshold", "revenue-threshold", "governing-law", "venue", "cure-period", "delayed-conversion",
        "aup-by-reference", "attribution-display", "notice-file-text", "model-naming", "territorial-exclusion",
        "export-control", "output-ownership",
    ]

    /// - Parameters:
    ///   - sentence: the sentence of the clause.
    ///   - following: words behind it, for what the next sentence adds.
    ///   - whole: the sentence and what follows as they stand, for words that are prescribed.
    /// - Returns: by name, as text; empty for clauses without parameters.
    static func of(_ id: ClauseID, sentence: String, following: String, whole: String) -> [String: String] {
        let text = Words(sentence)
        let both = Words(sentence + " " + following)
        switch id {
        case "mau-threshold": return users(text, both)
        case "revenue-threshold": return revenue(text, both)
        case "governing-law": return law(sentence)
        case "venue": return venue(sentence)
        case "cure-period": return number(text, before: ["day", "days", "日"]).map { ["days": String($0)] } ?? [:]
        case "delayed-conversion": return years(text)
        case "aup-by-reference": return address(sentence + " " + following).map { ["url": $0] } ?? [:]
        case "attribution-display", "notice-file-text":
            return quoted(whole).map { ["text": $0] } ?? [:]
        case "model-naming":
            return quoted(sentence).map {
                [
                    "name": $0,
                    "position": text.has(["beginning", "begin", "begins", "prefix", "start"])
                        ? "beginning" : "anywhere",
                ]
            } ?? [:]
        case "territorial-exclusion":
            return named(territories(in: sentence.lowercased()))
        case "export-control": return ["level": level(text, both)]
        case "output-ownership":
            let owner =
                text.has(["no", "not", "without"])
                    && text.has([
                        "claim", "claims", "rights", "ownership", "restriction", "restrictions", "obligations",
                    ]) ? "no-claim" : text.has(["you", "your", "user"]) ? "user" : "licensor"
            return ["owner": owner]
        default: return [:]
        }
    }

    // MARK: Figures

    private static func users(_ text: Words, _ both: Words) -> [String: String] {
        let nouns: Set<String> = ["monthly", "active", "users", "muus", "visits", "user", "daily", "月", "用户"]
        guard
            let count = text.numbers.filter({ number in
                number.value >= 1000 && text.words[number.end...].prefix(4).contains(where: nouns.contains)
            }).last?.value ?? text.numbers.map(\.value).filter({ $0 >= 10_000 }).first
        else { return [:] }
        return ["mau": String(count), "effect": effect(both)]
    }

    private static func revenue(_ text: Words, _ both: Words) -> [String: String] {
        let currencies = [
            "usd": "USD", "us": "USD", "dollars": "USD", "$": "USD", "rmb": "CNY", "cny": "CNY", "yuan": "CNY",
            "元": "CNY", "eur": "EUR", "euros": "EUR", "€": "EUR", "gbp": "GBP", "£": "GBP",
        ]
        for number in both.numbers where number.value >= 1000 {
            let around = Array(both.words[max(0, number.start - 3)..<min(both.words.count, number.end + 4)])
            guard let currency = around.lazy.compactMap({ currencies[$0] }).first else { continue }
            return [
                "amount": String(number.value), "currency": currency,
                "period": both.has(["monthly", "month"]) && !both.has(["annual", "annually", "year", "yearly"])
                    ? "monthly" : "annual", "effect": effect(both),
            ]
        }
        return [:]
    }

    /// Rights that end weigh more than a duty to display.
    private static func effect(_ text: Words) -> String {
        if text.has(["request", "authorized", "terminate", "exceed", "license", "licence", "obtain"]),
            !(text.has(["display"]) && !text.has(["request", "obtain"]))
        {
            return "deny"
        }
        return text.has(["display"]) ? "display" : "deny"
    }

    private static func number(_ text: Words, before nouns: Set<String>) -> Int? {
        text.numbers.first { number in text.words[number.end...].prefix(2).contains(where: nouns.contains) }?.value
    }

    private static func years(_ text: Words) -> [String: String] {
        let ordinals = ["first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5"]
        var out: [String: String] = [:]
        for (word, next) in zip(text.words, text.words.dropFirst()) where next == "anniversary" {
            out["years"] = ordinals[word]
        }
        if text.has(["change"]), text.words.joined(separator: " ").contains("change license") {
            out["into"] = "Change License"
        }
        return out
    }

    // MARK: Names

    /// Names behind "laws of"; "PRC laws".
    private static func law(_ sentence: String) -> [String: String] {
        if sentence.contains("中华人民共和国") { return ["law": "PRC"] }
        for lead in [
            "laws of the State of ", "law of the State of ", "laws of the Commonwealth of ", "laws of the ", "laws of ",
            "law of the ", "law of ",
        ] {
            guard let start = sentence.range(of: lead)?.upperBound else { continue }
            let name = capitalised(sentence[start...])
            if !name.isEmpty {
                return [
                    "law": name == "People’s Republic of China" || name == "People's Republic of China" ? "PRC" : name
                ]
            }
        }
        for (word, name) in [
            ("PRC law", "PRC"), ("California law", "California"), ("New York law", "New York"),
            ("English law", "England"),
        ] where sentence.contains(word) { return ["law": name] }
        return [:]
    }

    private static func venue(_ sentence: String) -> [String: String] {
        for lead in [
            "courts of ", "courts located in ", "courts in ", "courts residing in ", "courts for ", "Court of ",
            "submitted to ", "arbitration in ",
        ] {
            guard let start = sentence.range(of: lead)?.upperBound else { continue }
            let rest = sentence[start...]
            let name = capitalised(rest.hasPrefix("the ") ? rest.dropFirst(4) : rest)
            if !name.isEmpty { return ["venue": name] }
        }
        return [:]
    }

    /// The run of capitalised words a text begins with, with "of", "and" and "the" between them.
    private static func capitalised(_ text: Substring) -> String {
        var words: [Substring] = []
        for word in text.prefix(160).split(separator: " ") {
            let isName = word.first?.isUppercase ?? false
            guard isName || ["of", "the", "and", "de"].contains(word) else { break }
            words.append(word)
            if let last = word.last, ",.;)".contains(last) { break }
        }
        while let last = words.last, !(last.first?.isUppercase ?? false) { words.removeLast() }
        var name = words.joined(separator: " ")
        while let last = name.last, ",.;:)".contains(last) { name.removeLast() }
        return name
    }

    /// The first quotation that is a notice or a badge, not a defined word.
    private static func quoted(_ text: String) -> String? {
        var rest = text[...]
        while let open = rest.firstIndex(where: { "“\"「".contains($0) }) {
            let inner = rest[rest.index(after: open)...]
            guard let close = closing(inner, rest[open]) else { return nil }
            let found = inner[..<close]
            if !["Notice", "NOTICE", "You", "Your", "as is", "AS IS", "AS-IS"].contains(String(found)),
                found.count >= 4, found.count <= 400
            {
                return String(found)
            }
            rest = inner[inner.index(after: close)...]
        }
        return nil
    }

    /// Where a quotation ends that was opened by `mark`; one may stand inside it.
    private static func closing(_ text: Substring, _ mark: Character) -> Substring.Index? {
        let end: Character = mark == "“" ? "”" : mark == "「" ? "」" : mark
        var depth = 1
        return text.indices.first { place in
            if text[place] == end {
                depth -= 1
            } else if text[place] == mark {
                depth += 1
            }
            return depth == 0
        }
    }

    private static func address(_ text: String) -> String? {
        guard
            let word = text.split(whereSeparator: {
                $0 == " " || $0 == "\n" || $0 == "(" || $0 == ")" || $0 == "<" || $0 == ">" || $0 == "[" || $0 == "]"
            }).first(where: {
                $0.contains("/") && $0.contains(".") && ($0.hasPrefix("http") || $0.first?.isLetter ?? false)
                    && $0.count > 8
            })
        else { return nil }
        var out = String(word)
        for scheme in ["https://", "http://", "www."] where out.hasPrefix(scheme) { out.removeFirst(scheme.count) }
        while let last = out.last, ".,;\"'”".contains(last) { out.removeLast() }
        return out
    }

    private static let territories = [
        (name: "european union", code: "EU"), (name: "united kingdom", code: "UK"),
        (name: "south korea", code: "South Korea"), (name: "united states", code: "US"), (name: "china", code: "China"),
    ]

    private static func territories(in lowered: String) -> [String] {
        let text = FoldedText(lowered)
        return territories.filter { text.contains($0.name) }.map(\.code)
    }

    private static func named(_ codes: [String]) -> [String: String] {
        codes.isEmpty ? [:] : ["territories": codes.joined(separator: ",")]
    }

    /// The clause whose sentence may say no more than "outside the Territory".
    static let ofTerritory: ClauseID = "territorial-exclusion"

    /// Territories that a text leaves out where it says what its word for them means, or that it does not apply there.
    /// - Parameter known: those that the clause's own sentence names.
    static func territories(leftOutBy text: String, besides known: [String: String]) -> [String: String] {
        var found = Set((known["territories"] ?? "").split(separator: ",").map(String.init))
        var text = text
        // The word without its first letter, which may be a capital: a text of megabytes has it in few lines.
        let lines = text.withUTF8 { bytes in
            UnsafeRawBufferPointer(bytes).split(separator: UInt8(ascii: "\n")).compactMap { line -> String? in
                let line = UnsafeRawBufferPointer(rebasing: line)
                guard line.offset(of: "erritory") != nil || line.offset(of: "ERRITORY") != nil else { return nil }
                return line.repairedText
            }
        }
        for line in lines {
            let folded = FoldedText(line)
            guard folded.contains("territory"), leavingOut.contains(where: folded.contains) else { continue }
            found.formUnion(territories(in: line.lowercased()))
        }
        return named(territories.map(\.code).filter(found.contains))
    }

    private static let leavingOut = ["excluding", "exclude", "excludes", "except", "not apply", "other than"]

    /// A reminder of the rules, a promise to keep them, or people who get no licence.
    private static func level(_ text: Words, _ both: Words) -> String {
        let joined = FoldedText(both.words.joined(separator: " "))
        let bans = [
            "restricted part", "restricted persons", "denied part", "not located in", "resident of", "embargoed",
            "prohibited from receiving", "prohibited by export", "target of trade", "sanctioned part",
            "list of specially", "restricted parties list", "not the target", "identified on",
        ]
        if bans.contains(where: joined.contains) { return "party-ban" }
        return text.has(["must", "shall", "agree", "agrees", "will", "comply"]) ? "covenant" : "reminder"
    }

    /// Lower-case words of a text and the numbers in it.
    private struct Words {
        let words: [String]
        let numbers: [(value: Int, start: Int, end: Int)]

        init(_ text: String) {
            var words: [String] = []
            var current = ""
            var last: Unicode.Scalar = " "
            func flush() {
                if !current.isEmpty { words.append(current) }
                current = ""
            }
            for scalar in text.lowercased().unicodeScalars {
                let isDigit = scalar.value >= 0x30 && scalar.value <= 0x39
                if scalar.value >= 0x3400, scalar.value < 0xFE00 {
                    flush()
                    words.append(String(scalar))
                } else if isDigit || (scalar.value >= 0x61 && scalar.value <= 0x7A)
                    || (scalar.value >= 0x80 && scalar.properties.isAlphabetic)
                {
                    current.unicodeScalars.append(scalar)
                } else if scalar == ",", last.value >= 0x30, last.value <= 0x39 {
                    // "700,000,000"
                } else if scalar == "$" || scalar == "€" || scalar == "£" {
                    flush()
                    words.append(String(scalar))
                } else {
                    flush()
                }
                last = scalar
            }
            flush()
            self.words = words
            let scales = [
                "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "万": 10_000, "亿": 100_000_000,
            ]
            var numbers: [(Int, Int, Int)] = []
            for (place, word) in words.enumerated() {
                guard let value = Int(word), value < 1_000_000_000_000 else { continue }
                var end = place + 1
                var scaled = value
                while end < words.count, let scale = scales[words[end]],
                    !scaled.multipliedReportingOverflow(by: scale).overflow
                {
                    scaled *= scale
                    end += 1
                }
                numbers.append((scaled, place, end))
            }
            self.numbers = numbers.map { (value: $0.0, start: $0.1, end: $0.2) }
        }

        func has(_ any: Set<String>) -> Bool { words.contains(where: any.contains) }
    }
}
