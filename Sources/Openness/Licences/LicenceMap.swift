import Artefacts
import Cards
import Licensing
import Unpacking

/// Which licence covers what: from places, names, card fields, prose and metadata.
struct LicenceMap {
    private(set) var licences: [ReportLicence] = []
    private(set) var others: [OtherLicence] = []
    /// What metadata and cards declare, with their places.
    private(set) var declared: [Declared] = []
    /// Licences of the weights, the most telling first.
    private(set) var ofWeights: [ReportLicence] = []

    struct Declared {
        let ids: [String]
        let value: LicenceValue
        let evidence: Evidence
        /// `weights` for the field of a model card, `package` for package metadata, `artefact` for metadata inside weights.
        let source: Source

        enum Source { case card, package, artefact }
    }

    private let release: ReleaseFacts
    private let folders: FolderIndex
    private let index = LicenceIndex.embedded
    private let hasWeights: Bool
    private let hasData: Bool
    /// A general licence's text in the release's own folder.
    private let hasTopLicence: Bool

    init(_ release: ReleaseFacts, components: [Component], folders: FolderIndex) {
        self.release = release
        self.folders = folders
        hasWeights = components.contains {
            $0.id.hasPrefix("weights-") && ($0.status == .present || $0.status == .linked)
        }
        hasData = components.contains { $0.id == "dataset" && $0.status == .present }
        hasTopLicence = folders.licenceTexts.contains { $0.split(separator: "/").count - 1 <= folders.sharedDepth }
        licenceFiles()
        cards()
        packages()
        artefacts()
        sourceHeaders()
        resolvePolicies()
        unreadTerms()
        fillGaps()
        merge()
        ofWeights = weightsLicences()
    }

    static let code = [
        "inference-code", "training-code", "evaluation-code", "data-processing-code", "architecture",
        "supporting-tools",
    ]
    static let weights = ["weights-final", "weights-intermediate", "weights-adapter", "tokenizer"]
    static let data = ["dataset", "evaluation-data"]
    static let documents = [
        "model-card", "data-card", "technical-report", "evaluation-results", "model-metadata", "sample-outputs",
    ]

    private func components(_ subject: String) -> [String] {
        switch subject {
        case "code": Self.code
        case "weights": Self.weights
        case "data": Self.data
        case "documents": Self.documents
        default: []
        }
    }

    private func entry(_ match: LicenceMatch, path: String, clauses: [ClauseMatch], appliesTo: [String])
        -> ReportLicence
    {
        let record = index.record(id: match.id)
        // Clauses that stand in this licence's own lines, or anywhere in its file when it is the only one.
        let own = clauses.filter { clause in
            clause.evidence.lines.map { $0.first >= match.lines.first && $0.last <= match.lines.last } ?? true
        }
        let additions = match.modification?.added ?? []
        let added = clauses.filter { clause in
            additions.contains { addition in
                addition.lines.map { lines in
                    clause.evidence.lines.map { $0.first <= lines.last && $0.last >= lines.first } ?? false
                } ?? false
            }
        }
        let relevant = match.isModified ? (own + added.filter { !own.contains($0) }) : own
        let judged =
            match.isModified && (record?.isOSIApproved ?? false || record?.category == .permissive) ? added : relevant
        let assessment = OSDAssessment.of(record, isModified: match.isModified, clauses: judged)
        return ReportLicence(
            id: match.id, name: record?.name ?? match.id, category: (record?.category ?? .unclear).id, path: path,
            lines: match.lines, method: match.method,
            coverage: (match.coverage * 1000).rounded() / 1000, modified: match.isModified, additions: additions,
            missingWords: match.modification?.missingWords ?? 0,
            appliesTo: appliesTo, clauses: relevant.map(Self.clause), osd: Self.table(assessment),
            osiApproved: (record?.isOSIApproved ?? false) && !match.isModified)
    }

    private func entry(named id: String, evidence: Evidence, method: LicenceMatch.Method, appliesTo: [String])
        -> ReportLicence
    {
        entry(
            LicenceMatch(id: id, method: method, lines: evidence.lines ?? LineRange(1), bytes: 0..<0),
            path: evidence.path, clauses: [], appliesTo: appliesTo)
    }

    private static func clause(_ match: ClauseMatch) -> ReportClause {
        ReportClause(
            id: match.id, status: match.status, lines: match.evidence.lines, quote: match.evidence.quote,
            params: match.parameters)
    }

    private static func table(_ assessment: OSDAssessment) -> [String: OSDAssessment.Criterion] {
        Dictionary(uniqueKeysWithValues: assessment.criteria.enumerated().map { (String($0.offset + 1), $0.element) })
    }

    // MARK: Sources

    private mutating func licenceFiles() {
        for file in release.files {
            guard let kind = file.place.licenceName, let scan = file.licence else { continue }
            let granted = scan.matches.filter { $0.method != .mentioned }
            if file.place.area == .thirdParty || file.place.area == .test || kind == .thirdParty {
                for match in granted { addOther(match.id, match.method, "third-party", file.path) }
                continue
            }
            let scope = scope(of: file, kind)
            if scope.isEmpty {
                for match in granted { addOther(match.id, match.method, "file", file.path) }
                continue
            }
            let hasText = granted.contains { $0.method == .text }
            for match in granted {
                // A notice file lists other people's parts, unless it is all there is.
                if kind == .notice, hasLicenceText(except: file.path),
                    match.method == .text || !match.subjects.contains(where: { $0 == "weights" || $0 == "data" })
                {
                    addOther(match.id, match.method, "third-party", file.path)
                    continue
                }
                // Addresses and names inside a licence text belong to it.
                if hasText, match.method != .text, match.subjects.isEmpty { continue }
                let applies = match.subjects.isEmpty || hasText ? scope : match.subjects.flatMap(components)
                licences.append(entry(match, path: file.path, clauses: scan.clauses, appliesTo: applies))
            }
            if kind == .notice, hasLicenceText(except: file.path) { continue }
            if granted.filter({ $0.method == .text || $0.method == .notice }).isEmpty, !scan.unknownText.isEmpty {
                licences.append(unknown(scan, file.path, scope))
            }
        }
    }

    /// A licence that refers to a policy, and the policy's own file beside it: the listed uses are then terms at hand.
    private mutating func resolvePolicies() {
        for file in release.files where file.place.area == .main {
            guard let scan = file.licence else { continue }
            let policy = scan.matches.first { index.record(id: $0.id)?.category == .usePolicy && $0.method == .text }
            let isNamedPolicy = ["use_policy", "use-policy", "usage_policy", "acceptable_use", "prohibited_use"]
                .contains(where: file.place.name.hasPrefix)
            guard policy != nil || isNamedPolicy else { continue }
            if let policy { addOther(policy.id, .text, "policy", file.path) }
            for place in licences.indices
            where licences[place].method == .text
                && (licences[place].clauses.contains { $0.id == "aup-by-reference" }
                    || licences[place].category == LicenceCategory.llamaStyle.id)
            {
                guard !licences[place].clauses.contains(where: { $0.id == "use-restriction-list" }) else { continue }
                licences[place].clauses.append(
                    ReportClause(
                        id: "use-restriction-list", status: .present, lines: nil, quote: "by reference: \(file.path)",
                        params: ["path": file.path]))
            }
            licences.removeAll { $0.category == LicenceCategory.usePolicy.id && $0.path == file.path }
        }
    }

    private func hasLicenceText(except path: String) -> Bool {
        folders.licenceTexts.count > (folders.licenceTexts.contains(path) ? 1 : 0)
    }

    private func unknown(_ scan: LicenceScan, _ path: String, _ scope: [String]) -> ReportLicence {
        let assessment = OSDAssessment.of(nil, isModified: false, clauses: scan.clauses)
        return ReportLicence(
            id: "LicenseRef-unknown", name: "Unknown licence text", category: LicenceCategory.unclear.id, path: path,
            lines: scan.unknownText.first?.lines, method: .text, coverage: 0,
            modified: false, additions: [], missingWords: 0, appliesTo: scope, clauses: scan.clauses.map(Self.clause),
            osd: Self.table(assessment), osiApproved: false, nearest: scan.nearest?.id)
    }

    /// What a licence file covers: by its name, then by its folder; nothing of the release when empty.
    private func scope(of file: FileFacts, _ kind: FilePlace.LicenceName) -> [String] {
        switch kind {
        case .weights: return Self.weights
        case .data: return Self.data
        case .code: return Self.code
        case .documents: return Self.documents
        case .general, .notice, .thirdParty: break
        }
        let isDeep =
            file.place.depth > 0
            && !file.place.folders.contains {
                $0.hasSuffix(".dist-info") || $0.hasSuffix(".egg-info") || $0 == "licenses"
            }
        if isDeep {
            let folder = FolderIndex.folder(file.path)
            if folders.withWeights.contains(folder), !folders.withCode.contains(folder) { return Self.weights }
            // A licence deep in the tree covers its folder, not the release; one folder down it does so where the top has none.
            let depth = file.place.depth - folders.sharedDepth
            if depth >= 2 || depth >= 1 && hasTopLicence, kind == .general { return [] }
        }
        return Self.code + Self.weights + Self.documents + (hasData ? Self.data : [])
    }

    private mutating func cards() {
        for file in release.files {
            guard let card = file.card, file.place.area == .main else { continue }
            if let head = card.frontMatter {
                let isData = head.fields["task_categories"] != nil || head.fields["dataset_info"] != nil
                for key in ["license", "license_name"] {
                    for raw in head.values(key) {
                        var value = index.value(raw)
                        if key == "license_name", value.ids.isEmpty { value.isFamily = false }
                        let evidence = Evidence(
                            path: file.path, lines: head.line(key).map { LineRange($0) }, quote: "\(key): \(raw)")
                        declared.append(Declared(ids: value.ids, value: value, evidence: evidence, source: .card))
                        for id in value.ids where !value.isFamily {
                            licences.append(
                                entry(
                                    named: id, evidence: evidence, method: .metadata,
                                    appliesTo: isData ? Self.data : Self.weights + Self.documents))
                        }
                    }
                }
            }
            guard let scan = file.licence,
                file.place.isReadme || file.place.name.contains("card") || file.place.name == "metadata"
                    || file.place.depth <= 1
            else { continue }
            for match in scan.matches where match.method != .mentioned {
                if let quote = match.quote,
                    quote.contains("shields.io") || quote.contains("badge") || quote.contains("![")
                {
                    // A badge is a claim, like a field of metadata.
                    let evidence = Evidence(path: file.path, lines: match.lines, quote: quote)
                    declared.append(
                        Declared(
                            ids: [match.id],
                            value: LicenceValue(raw: match.id, ids: [match.id], expression: nil, isFamily: false),
                            evidence: evidence, source: .package))
                    continue
                }
                if match.method == .notice || match.method == .url || match.method == .tag,
                    match.subjects.isEmpty || match.subjects.contains("code") || match.subjects.contains("weights")
                        || match.subjects.contains("data")
                {
                    // Prose about others' parts (a data set that was used, a base model) is not this release's grant unless it says which part.
                    let isDataDocument =
                        !file.place.isReadme
                        && (file.place.name.hasPrefix("data") || file.place.name.hasPrefix("corpus"))
                    let applies =
                        isDataDocument
                        ? Self.data
                        : match.subjects.isEmpty ? Self.code + Self.documents : match.subjects.flatMap(components)
                    licences.append(entry(match, path: file.path, clauses: [], appliesTo: applies))
                } else if match.method == .text {
                    licences.append(
                        entry(match, path: file.path, clauses: scan.clauses, appliesTo: Self.code + Self.documents))
                }
            }
        }
    }

    private mutating func packages() {
        for file in release.files where file.place.area == .main && !file.declared.isEmpty && file.place.depth <= 1 {
            // The expression or the free field outranks the classifier, which knows families only.
            let fields =
                file.declared.contains {
                    $0.field != "Classifier" && $0.field != "classifiers" && !$0.value.ids.isEmpty
                }
                ? file.declared.filter { $0.field != "Classifier" && $0.field != "classifiers" } : file.declared
            for field in fields {
                declared.append(
                    Declared(ids: field.value.ids, value: field.value, evidence: field.evidence, source: .package))
                for id in field.value.ids {
                    licences.append(
                        entry(
                            named: id, evidence: field.evidence, method: .metadata,
                            appliesTo: Self.code + Self.documents))
                }
            }
        }
    }

    private mutating func artefacts() {
        for file in release.files {
            guard let artefact = file.artefact, file.place.area == .main else { continue }
            for key in ["general.license", "license", "modelspec.license", "nemo.license", "attributes.license"] {
                guard let raw = artefact.metadata[key] else { continue }
                let value = index.value(raw)
                let evidence = Evidence(path: file.path, quote: "\(key): \(raw)")
                // What a data set says of itself is no word about the weights beside it.
                let isData = FormatRecognition.data.contains(artefact.format) || artefact.format == "json-config"
                if !isData {
                    declared.append(Declared(ids: value.ids, value: value, evidence: evidence, source: .artefact))
                }
                for id in value.ids {
                    licences.append(
                        entry(
                            named: id, evidence: evidence, method: .metadata,
                            appliesTo: isData ? Self.data : Self.weights))
                }
            }
        }
    }

    /// Headers count for the release when most of its code carries them or nothing else licenses the code.
    private mutating func sourceHeaders() {
        var paths: [String: [(path: String, match: LicenceMatch)]] = [:]
        var sources = 0
        for file in release.files where file.code != nil && (file.place.area == .main || file.place.area == .example) {
            sources += 1
            for match in file.licence?.matches ?? [] where match.method != .mentioned {
                paths[match.id, default: []].append((file.path, match))
            }
        }
        let hasFile = licences.contains { $0.method == .text || $0.method == .notice }
        for (id, list) in paths.sorted(by: { $0.key < $1.key }) {
            let isMost = list.count * 2 > sources && sources > 0
            if isMost
                || (!hasFile
                    && licences.allSatisfy { $0.appliesTo.isEmpty || !$0.appliesTo.contains("inference-code") }),
                let first = list.first
            {
                licences.append(entry(first.match, path: first.path, clauses: [], appliesTo: Self.code))
            } else {
                for item in list { addOther(id, item.match.method, "file", item.path) }
            }
        }
        for file in release.files where file.place.area == .thirdParty && file.place.licenceName == nil {
            for match in file.licence?.matches ?? [] where match.method != .mentioned {
                addOther(match.id, match.method, "third-party", file.path)
            }
        }
    }

    private mutating func addOther(_ id: String, _ method: LicenceMatch.Method, _ reason: String, _ path: String) {
        if let place = others.firstIndex(where: { $0.id == id && $0.reason == reason }) {
            others[place].count += 1
            if others[place].paths.count < 5, !others[place].paths.contains(path) { others[place].paths.append(path) }
        } else {
            others.append(OtherLicence(id: id, method: method, reason: reason, paths: [path], count: 1))
        }
    }

    /// Where a part has a licence of its own, the general one does not cover it.
    private mutating func fillGaps() {
        let specific = licences.filter { licence in
            let covers = Set(licence.appliesTo)
            return covers.isSuperset(of: ["weights-final"]) && !covers.contains("inference-code")
                && (licence.method == .text || (licence.method == .notice || licence.method == .url))
        }
        if !specific.isEmpty {
            for place in licences.indices where licences[place].appliesTo.contains("inference-code") {
                licences[place].appliesTo.removeAll { Self.weights.contains($0) }
            }
        }
        let dataSpecific = licences.contains { Set($0.appliesTo).isSubset(of: Self.data) && !$0.appliesTo.isEmpty }
        if dataSpecific {
            for place in licences.indices where licences[place].appliesTo.contains("inference-code") {
                licences[place].appliesTo.removeAll { Self.data.contains($0) }
            }
        }
    }

    /// The weights' licences: their own before the release's.
    private func weightsLicences() -> [ReportLicence] {
        let covering = licences.filter { $0.appliesTo.contains("weights-final") }
        let texts = covering.filter { $0.method == .text }
        // A text that is there for the weights outranks what prose says of them; where they differ is a finding.
        let own = texts.filter { !$0.appliesTo.contains("inference-code") }
        if !own.isEmpty { return own }
        if !texts.isEmpty {
            return texts
                + covering.filter { licence in licence.method != .text && !texts.contains { $0.id == licence.id } }
        }
        if !covering.isEmpty { return covering }
        // A package has one licence for all it ships, unless something says otherwise.
        let shipped = release.files.contains {
            $0.artefact.map { FormatRecognition.weights.contains($0.format) } ?? false && $0.place.area != .test
        }
        return shipped ? licences.filter { $0.method == .metadata || $0.method == .notice } : []
    }

    private static let customNames = [
        "model license", "model licence", "model agreement", "community license", "community licence", "模型许可", "社区许可",
        "模型协议", "model weights license",
    ]

    /// Terms of the weights that are there but cannot be read (a PDF), or are only named in prose: the release's general licence does not stand for them.
    private mutating func unreadTerms() {
        let isKnown = licences.contains { licence in
            licence.appliesTo.contains("weights-final") && !licence.appliesTo.contains("inference-code")
                && (licence.method == .text || !licence.osiApproved)
        }
        guard !isKnown else { return }
        let file = release.files.first {
            $0.place.licenceName == .weights && $0.licence == nil && $0.place.area == .main
                && $0.place.name.hasSuffix(".pdf")
        }
        var evidence = file.map { Evidence(path: $0.path, quote: "licence of the weights as PDF, not read") }
        if evidence == nil {
            for file in release.files where file.place.isReadme && file.place.depth == 0 {
                let claim = file.card?.claims.first { claim in
                    let quote = claim.evidence.quote?.lowercased() ?? ""
                    return claim.category == .licence && claim.isOwn && claim.subject == .model
                        && Self.customNames.contains(where: quote.contains)
                }
                evidence = evidence ?? claim?.evidence
            }
        }
        guard let evidence else { return }
        // Linked weights of a known name tell which licence it is.
        let known = Set(
            release.files.flatMap { $0.card?.links ?? [] }.filter { $0.kind == .hubModel }.compactMap {
                KnownModels.shared.model($0.target)
            }.filter { $0.entry.isVerified && !$0.isCopy }.map(\.entry.licence))
        let id = known.count == 1 ? known.first ?? "LicenseRef-unknown" : "LicenseRef-unknown"
        licences.append(entry(named: id, evidence: evidence, method: .notice, appliesTo: Self.weights))
    }

    private static let licenceLimit = 2000

    /// One entry a licence, place and method; beyond `licenceLimit` the rest is only counted.
    private mutating func merge() {
        struct Key: Hashable {
            let id, path: String
            let method: LicenceMatch.Method
        }
        var out: [ReportLicence] = []
        var places: [Key: Int] = [:]
        for licence in licences.sorted(by: {
            ($0.method, $0.path, $0.lines ?? LineRange(0), $0.id) < (
                $1.method, $1.path, $1.lines ?? LineRange(0), $1.id
            )
        }) {
            let key = Key(id: licence.id, path: licence.path, method: licence.method)
            if licence.method != .text, let place = places[key] {
                for component in licence.appliesTo where !out[place].appliesTo.contains(component) {
                    out[place].appliesTo.append(component)
                }
            } else if out.count < Self.licenceLimit {
                places[key] = out.count
                out.append(licence)
            } else {
                addOther(licence.id, licence.method, "file", licence.path)
            }
        }
        licences = out
    }
}
