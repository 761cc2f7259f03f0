import OpenscanFacts
import OpenscanRules

/// What single files are under in a release that says so file by file (REUSE specification 3.3): by annotations, by files beside them and by
/// tags in their heads. The texts in its folder for licences are those that such words refer to.
struct ReuseTerms: Sendable {
    /// Files that speak for the one beside them.
    private(set) var sideFiles: Set<String> = []
    /// Parts of the release that are under a licence by some file.
    private(set) var parts: [String: Set<ReleasePart>] = [:]
    /// How often a licence is said of a part, and the first place that says it.
    private var tallies: [Tally: (count: Int, evidence: Evidence)] = [:]
    private var files: [ReleasePart: Int] = [:]
    private let families: LicenceFamilies

    private struct Tally: Hashable {
        let value: LicenceValue
        let part: ReleasePart
    }

    /// Comparisons of a path with a pattern that a release may cost.
    private static let mostComparisons = 2_000_000

    /// `nil` where the release has neither annotations nor such files.
    init?(_ release: ReleaseFacts, _ rules: RuleSet) {
        families = LicenceFamilies(rules.licenceWords)
        let sources = release.files.filter { !$0.annotations.isEmpty && $0.place.area == .main }
            .sorted { $0.place.depth < $1.place.depth }
        let ending = LicenceAnnotation.sideFileEnding
        var beside: [String: FileFacts] = [:]
        for file in release.files where file.licence != nil && file.path.hasSuffix(ending) {
            beside[String(file.path.dropLast(ending.utf8.count))] = file
        }
        let known = beside.isEmpty ? [] : release.files.map(\.path).filter { beside[$0] != nil }
        guard !sources.isEmpty || !known.isEmpty else { return nil }
        sideFiles = Set(known.map { $0 + ending })
        let annotations = sources.map { file in (folder: Self.base(file.path), list: file.annotations) }
        var work = Self.mostComparisons
        for file in release.files where file.place.area != .thirdParty && file.place.licenceName == nil {
            guard let part = Self.part(of: file, rules) else { continue }
            files[part, default: 0] += 1
            let side = beside[file.path]
            var own = Self.words(of: side ?? file)
            let said = Self.annotations(file.path, annotations, hasOwn: !own.isEmpty, &work)
            if said.first?.precedence == .override { own = [] }
            for (value, evidence) in own {
                note(value, part)
                if side != nil { tally(value, part, evidence) }
            }
            for annotation in said {
                note(annotation.value, part)
                tally(annotation.value, part, annotation.evidence)
            }
        }
    }

    /// The folder that a file of annotations speaks for.
    private static func base(_ path: String) -> String {
        let folder = Entry.folder(of: path)
        return folder == ".reuse/" || folder.hasSuffix("/.reuse/")
            ? String(folder.dropLast(".reuse/".utf8.count)) : folder
    }

    private static func part(of file: FileFacts, _ rules: RuleSet) -> ReleasePart? {
        if let artefact = file.artefact {
            if artefact.holdsWeights, rules.components.weights.areWeights(artefact, at: file.place.path) {
                return .weights
            }
            return artefact.kind == .data ? .data : nil
        }
        if file.code != nil { return .code }
        return file.card != nil ? .documents : nil
    }

    /// What a file, or the one beside it, says itself.
    private static func words(of file: FileFacts) -> [(LicenceValue, Evidence)] {
        var seen: Set<LicenceExpression> = []
        return (file.licence?.matches ?? []).filter { $0.method == .tag }.compactMap { match in
            let expression = match.statement ?? .licence(match.id.rawValue)
            guard seen.insert(expression).inserted else { return nil }
            var ids: [LicenceID] = []
            for id in expression.ids.map({ LicenceID($0) }) where !ids.contains(id) { ids.append(id) }
            return (
                LicenceValue(raw: expression.text, ids: ids, expression: expression, isFamily: false),
                Evidence(path: file.path, lines: match.lines, quote: match.quote)
            )
        }
    }

    /// Annotations that count for a path: one that overrides, from the top; else the nearest, the last of its file that fits.
    private static func annotations(
        _ path: String, _ sources: [(folder: String, list: [LicenceAnnotation])], hasOwn: Bool, _ work: inout Int
    ) -> [LicenceAnnotation] {
        var found: [LicenceAnnotation] = []
        for source in sources where path.hasPrefix(source.folder) {
            let inner = path.dropFirst(source.folder.count)
            let last = source.list.last { annotation in
                work -= annotation.patterns.count
                return work > 0 && annotation.patterns.contains { $0.matches(inner) }
            }
            guard let last else { continue }
            if last.precedence == .override { return [last] }
            found.append(last)
        }
        guard let nearest = found.last else { return [] }
        let all = found.dropLast().filter { $0.precedence == .aggregate }
        return nearest.precedence == .closest && hasOwn ? Array(all) : all + [nearest]
    }

    private mutating func note(_ value: LicenceValue, _ part: ReleasePart) {
        for id in value.ids { parts[families.family(id), default: []].insert(part) }
    }

    private mutating func tally(_ value: LicenceValue, _ part: ReleasePart, _ evidence: Evidence) {
        let key = Tally(value: value, part: part)
        tallies[key] = (1 + (tallies[key]?.count ?? 0), tallies[key]?.evidence ?? evidence)
    }

    /// Parts that a licence's text is for.
    func parts(under id: LicenceID) -> [ReleasePart] { (parts[families.family(id)] ?? []).sorted() }

    /// What is said of parts: of programs only what holds for most of them.
    func add(to findings: inout TermsFindings) {
        for (tally, said) in tallies.sorted(by: { ($0.key.part, $0.key.value.raw) < ($1.key.part, $1.key.value.raw) }) {
            if tally.part == .code, said.count * 2 <= files[.code] ?? 0 {
                for id in tally.value.ids { findings.addOther(id, .tag, .file, said.evidence.path) }
                continue
            }
            findings.statements += TermsStatement.each(
                tally.value, .licenceFile, said.evidence, method: .tag, appliesTo: tally.part.components,
                isExpress: true)
        }
    }
}
