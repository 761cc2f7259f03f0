import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// Reads one text for licences.
public struct LicenceScanner: Sendable {
    private let index: LicenceIndex
    private let matcher: TextMatcher
    private let words: LicencePhrases
    /// Made for the first text that could be in one of them.
    private let languages: Lazy<LanguagePhrases>
    /// Made when the first text asks for clauses: most releases are under a text that needs none.
    private let engine: Lazy<ClauseEngine>
    private let aliases: Lazy<HashFilter>
    private let titles: TitleAgainstText
    private var operatives: OperativeWords { words.operatives }

    /// Whether clauses are read of texts too that are known to be open.
    private let readsEveryClause: Bool

    /// - Parameters:
    ///   - index: texts to compare with.
    ///   - rules: words and clauses to look for.
    ///   - readsEveryClause: also clauses of texts that are known to be open.
    ///   - engine: of the same rules, to share it with other readers.
    public init(
        _ index: LicenceIndex, rules: RuleSet, readsEveryClause: Bool = false, engine: Lazy<ClauseEngine>? = nil
    ) {
        self.index = index
        self.readsEveryClause = readsEveryClause
        words = LicencePhrases(rules.licenceWords)
        self.engine = engine ?? ClauseEngine.made(from: rules)
        languages = Lazy { LanguagePhrases(rules.languages) }
        aliases = Lazy { index.aliasFilter }
        titles = TitleAgainstText(rules.licences, rules.licenceWords)
        matcher = TextMatcher(index, words.operatives)
    }

    /// - Parameters:
    ///   - raw: the file's bytes in any encoding.
    ///   - path: for evidence.
    public func scan(_ raw: UnsafeRawBufferPointer, path: String, role: TextRole) -> LicenceScan {
        if let converted = Decoding.utf8(raw) {
            return converted.withUnsafeBytes { scanUTF8($0, path: path, role: role) }
        }
        return scanUTF8(raw, path: path, role: role)
    }

    private func scanUTF8(_ bytes: UnsafeRawBufferPointer, path: String, role: TextRole) -> LicenceScan {
        // One allowance a text, in however many parts it is read.
        var work = (
            comparison: SearchWork.comparison(bytes: bytes.count), clauses: SearchWork.clauses(bytes: bytes.count)
        )
        guard role == .source || role == .other else { return scanPart(bytes, path: path, role: role, &work) }
        // Of a program only what is near the words that matter is read.
        var out = LicenceScan()
        var (lines, counted) = (0, 0)
        for window in Triggers.windows(bytes) {
            lines += bytes.slice(counted..<window.lowerBound).newlineCount
            counted = window.lowerBound
            out.append(
                scanPart(bytes.slice(window), path: path, role: role, &work), lines: lines, bytes: window.lowerBound)
        }
        if role == .source, let last = out.matches.filter(Self.mayBeLiteral).map(\.bytes.upperBound).max() {
            CodeLiterals(bytes, until: last + Self.longestLine).settle(&out.matches)
        }
        for place in out.matches.indices
        where out.matches[place].method == .header && out.matches[place].lines.first > Self.headLines {
            out.matches[place].method = .notice
        }
        return out
    }

    private static let longestLine = 400

    private static func mayBeLiteral(_ match: LicenceMatch) -> Bool {
        match.method != .text && match.method != .mentioned
    }

    /// Lines of a program in which a notice is a header.
    private static let headLines = 60

    private func scanPart(
        _ bytes: UnsafeRawBufferPointer, path: String, role: TextRole,
        _ work: inout (comparison: SearchWork, clauses: SearchWork)
    ) -> LicenceScan {
        var out = LicenceScan()
        var tokens = Tokens()
        Tokenizer.tokenize(bytes, into: &tokens)
        guard tokens.count > 0 else { return out }
        let numbers = index.numbers(of: tokens)
        let texts = matcher.match(tokens, numbers: numbers, &work.comparison)
        if work.comparison.isUsedUp { out.findings.append(Self.uncompared) }
        var covered: [Range<Int>] = []
        for found in texts.matches {
            let alignment = found.alignment
            covered += alignment.covered
            let lines = tokens.lines(alignment.span)
            let method: LicenceMatch.Method =
                alignment.text.kind != .notice ? .text : role == .source ? .header : .notice
            out.matches.append(
                LicenceMatch(
                    id: found.record.id, method: method, coverage: alignment.coverage,
                    lines: LineRange(lines.first, lines.last), bytes: tokens.bytes(alignment.span),
                    modification: found.isModified ? modification(alignment, tokens, bytes, path) : nil))
        }
        // A title or address beside the text it belongs to says nothing new.
        let idsOfTexts = Set(out.matches.map(\.id))
        func isNew(_ match: LicenceMatch) -> Bool {
            !idsOfTexts.contains(match.id) || match.method == .tag || match.method == .text || match.statement != nil
        }
        let sentences = SentenceReader(bytes, words)
        var shortForms = ShortForms(
            index: index, words: words, aliases: aliases.wrapped, sentences: sentences, tokens: tokens)
        var whole = covered
        var short: [LicenceMatch] = []
        for wording in texts.wordings
        where !isCutOff(wording, tokens, bytes)
            && !(wording.kind != .text && wording.range.count < Self.shortNotice
                && shortForms.nameGoesOn(behind: wording.range))
        {
            covered.append(wording.range)
            if wording.kind == .text { whole.append(wording.range) }
            let isAltered = wording.kind != .text && shortForms.isAltered(wording.range)
            short += matches(of: wording, isAltered: isAltered, tokens, sentences, role)
        }
        covered.sort { $0.lowerBound < $1.lowerBound }
        short += shortForms.find(covered: covered, isSource: role == .source)
        if role == .document || role == .licence {
            whole.sort { $0.lowerBound < $1.lowerBound }
            let said = shortForms.statements(languages.wrapped, covered: whole)
            // The language that a sentence is in knows better what it says.
            short.removeAll { match in
                match.method != .tag && match.method != .text
                    && said.contains { $0.id == match.id && $0.bytes.overlaps(match.bytes) }
            }
            short += said
        }
        // What a sentence says of several is known before its names are held against the texts below it.
        Choices.join(&short, tokens, sentences, words)
        out.matches += short.filter(isNew)
        dropInsideTags(&out.matches)
        if role == .licence {
            explainRest(&out, covered, texts, tokens, bytes, path)
            titles.withdraw(from: &out, bytes, path)
        }
        if role == .licence, out.unknownText.isEmpty, !out.matches.contains(where: { $0.method != .mentioned }),
            tokens.count >= Self.smallestAddition, tokens.count < Self.longestShort
        {
            // A few words of somebody's own, in whatever language, are a licence where they say what one says.
            let found = engine.wrapped.find(tokens, bytes, path: path, &work.clauses)
            if !found.clauses.isEmpty { out.unknownText = [quote(0..<tokens.count, tokens, bytes, path)] }
        }
        out.matches = Self.merged(out.matches, head: role == .document ? Self.headEnd(bytes) : 0)
        let isPlain =
            out.unknownText.isEmpty
            && out.matches.allSatisfy { !$0.isModified && (index.record($0.id)?.isOSIApproved ?? false) }
        if readsEveryClause || !isPlain, role == .licence || out.matches.contains(where: { $0.method == .text }) {
            let found = engine.wrapped.find(tokens, bytes, path: path, &work.clauses)
            out.clauses = found.clauses
            if let line = found.unreadFrom {
                out.findings.append(
                    Finding(
                        .oversizedText, .medium,
                        "clauses were looked for before line \(line) only: the text has too many words that clauses have"
                    ))
            }
        }
        limitUnknownTags(&out)
        return out
    }

    private static let longestHead = 64 << 10

    /// Behind the head of fields that a card begins with; 0 where there is none.
    private static func headEnd(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard bytes.starts(with: "---") else { return 0 }
        let part = bytes.slice(0..<min(bytes.count, longestHead))
        return part.offset(of: "\n---", from: 3) ?? 0
    }

    private static let uncompared = Finding(
        .oversizedText, .medium,
        "too much of the text is nearly that of licences; the rest was compared with their very words only")
    private static let mostUnknownTags = 200

    /// Ids that nobody knows may be as many as a text has words; those that are known cannot.
    private func limitUnknownTags(_ out: inout LicenceScan) {
        guard out.matches.count > Self.mostUnknownTags else { return }
        var count = 0
        out.matches.removeAll { match in
            guard match.method == .tag, index.record(match.id) == nil else { return false }
            count += 1
            return count > Self.mostUnknownTags
        }
        guard count > Self.mostUnknownTags else { return }
        out.findings.append(
            Finding(
                .manyEntries, .medium,
                "\(count) licence tags with ids that nobody knows; the last \(count - Self.mostUnknownTags) are not listed"
            ))
    }

    /// What stands in a tag is said by the tag.
    private func dropInsideTags(_ matches: inout [LicenceMatch]) {
        var tags: [Range<Int>] = []
        for place in matches.lazy.filter({ $0.method == .tag }).map(\.bytes).sorted(by: {
            $0.lowerBound < $1.lowerBound
        }) {
            if let last = tags.last, place.lowerBound < last.upperBound {
                tags[tags.count - 1] = last.lowerBound..<max(last.upperBound, place.upperBound)
            } else {
                tags.append(place)
            }
        }
        guard !tags.isEmpty else { return }
        matches.removeAll { match in
            guard match.method != .tag, match.method != .text else { return false }
            let next = tags.partitioningIndex { $0.upperBound > match.bytes.lowerBound }
            return next < tags.count && tags[next].overlaps(match.bytes)
        }
    }

    private static let shortNotice = 15

    /// Whether a short wording stops before a version or a plus: "GPL" of "GPL version 2" names another licence.
    private func isCutOff(_ wording: KnownWordings.Found, _ tokens: Tokens, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard wording.kind != .text, wording.range.count < Self.shortNotice else { return false }
        let end = Int(tokens.ends[wording.range.upperBound - 1])
        if end < bytes.count, bytes[end] == UInt8(ascii: "+") { return true }
        guard wording.range.upperBound < tokens.count else { return false }
        return Self.versionWords.contains(tokens.hashes[wording.range.upperBound])
            && !Self.versionWords.contains(tokens.hashes[wording.range.upperBound - 1])
            && tokens.starts[wording.range.upperBound] - tokens.ends[wording.range.upperBound - 1] <= 2
    }

    private static let versionWords: Set<UInt32> = Set(
        (["version", "v", "ver"] + (1...4).flatMap { ["\($0)", "v\($0)"] }).map(WordHash.of))

    private func matches(
        of wording: KnownWordings.Found, isAltered: Bool, _ tokens: Tokens, _ sentences: SentenceReader,
        _ role: TextRole
    ) -> [LicenceMatch] {
        let bytes = sentences.bytes
        guard wording.kind != .other, wording.kind != .licence,
            let expression = try? LicenceExpression.parse(matcher.known.expression(wording.expression))
        else { return [] }
        let lines = tokens.lines(wording.range)
        let place = tokens.bytes(wording.range)
        let notice: LicenceMatch.Method = role == .source ? .header : .notice
        var method = notice
        var context: SentenceContext?
        if wording.kind == .text {
            method = .text
        } else if wording.kind == .reference || wording.range.count < Self.shortNotice {
            let around = sentences.context(around: place)
            context = around
            switch wording.kind {
            case _ where isAltered && role != .licence: method = .mentioned
            case .reference:
                method = around.isGrant || ShortForms.standsAlone(bytes.wordAround(place), bytes) ? notice : .mentioned
            default: method = around.isMention && role != .licence ? .mentioned : notice
            }
        }
        return expression.ids.map { id in
            LicenceMatch(
                id: LicenceID(id), method: method, lines: LineRange(lines.first, lines.last), bytes: place,
                subjects: context?.subjects ?? [], models: context?.models ?? [],
                quote: method == .text ? nil : context?.sentence ?? bytes.slice(place).repairedText,
                statement: expression.ids.count > 1 ? expression : nil)
        }
    }

    private func modification(_ alignment: Alignment, _ tokens: Tokens, _ bytes: UnsafeRawBufferPointer, _ path: String)
        -> LicenceMatch.Modification
    {
        let added = alignment.inserted.filter { !operatives.isBenign($0, tokens) }.prefix(8).map {
            quote($0, tokens, bytes, path)
        }
        return LicenceMatch.Modification(added: Array(added), missingWords: alignment.missingCount)
    }

    private func quote(_ range: Range<Int>, _ tokens: Tokens, _ bytes: UnsafeRawBufferPointer, _ path: String)
        -> Evidence
    {
        let lines = tokens.lines(range)
        return Evidence(
            path: path, lines: LineRange(lines.first, lines.last), quote: bytes.slice(tokens.bytes(range)).repairedText)
    }

    private static let smallestUnknown = 25
    private static let smallestAddition = 10
    private static let longestShort = 400

    /// In a licence file every word counts: what no text explains is an addition to the one there is, or a text nobody knows.
    private func explainRest(
        _ out: inout LicenceScan, _ covered: [Range<Int>], _ texts: TextMatcher.Result, _ tokens: Tokens,
        _ bytes: UnsafeRawBufferPointer, _ path: String
    ) {
        let gaps = (0..<tokens.count).gaps(without: covered)
        let operative = gaps.filter { gap in
            let count = gap.reduce(0) { $0 + (operatives.isOperative(tokens.hashes[$1]) ? 1 : 0) }
            return gap.count >= Self.smallestAddition && count >= 2 && !operatives.isBenign(gap, tokens)
        }
        guard !operative.isEmpty else {
            // A text in another language has none of the words above.
            let rest = gaps.reduce(0) { $0 + $1.count }
            let least = languages.wrapped.signs.isAny(in: bytes) ? Self.smallestUnknown : 60
            if covered.isEmpty, rest >= least, let gap = gaps.max(by: { $0.count < $1.count }) {
                out.unknownText = [quote(gap, tokens, bytes, path)]
            }
            return
        }
        let quotes = operative.prefix(8).map { quote($0, tokens, bytes, path) }
        let full = out.matches.indices.filter { out.matches[$0].method == .text }
        let words = operative.reduce(0) { $0 + $1.count }
        if full.count == 1, let only = full.first, words < 400 {
            var modification = out.matches[only].modification ?? LicenceMatch.Modification(added: [], missingWords: 0)
            modification.added += quotes
            out.matches[only].modification = modification
        } else if full.isEmpty, words >= Self.smallestUnknown {
            out.unknownText = Array(quotes)
            if let nearest = texts.nearest {
                out.nearest = .init(id: index.record(nearest.record).id, coverage: nearest.coverage)
            }
        }
    }

    /// One match a licence and method and, for short forms, the first of each licence.
    /// - Parameter head: end of a head of fields; what they say is not what the text says.
    static func merged(_ matches: [LicenceMatch], head: Int = 0) -> [LicenceMatch] {
        struct Key: Hashable {
            let method: LicenceMatch.Method
            let id: LicenceID
            let isInHead: Bool
            // A sentence on the code is not one on the data.
            let subjects: Set<ReleasePart>
        }
        var out: [LicenceMatch] = []
        var places: [Key: Int] = [:]
        let order = matches.indices.sorted {
            (matches[$0].bytes.lowerBound, matches[$0].method, $0) < (
                matches[$1].bytes.lowerBound, matches[$1].method, $1
            )
        }
        for number in order {
            let match = matches[number]
            let key = Key(
                method: match.method, id: match.id, isInHead: match.bytes.lowerBound < head,
                subjects: match.method == .notice || match.method == .url ? Set(match.subjects) : [])
            if match.method != .text, let place = places[key] {
                for subject in match.subjects where !out[place].subjects.contains(subject) {
                    out[place].subjects.append(subject)
                }
                // What is said of the whole somewhere is said of every model.
                out[place].models =
                    match.models.isEmpty || out[place].models.isEmpty
                    ? [] : out[place].models + match.models.filter { !out[place].models.contains($0) }
                continue
            }
            places[key] = out.count
            out.append(match)
        }
        return out
    }
}
