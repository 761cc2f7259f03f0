import Artefacts
import Cards
import Licensing
import Unpacking

/// From facts to the report. Pure: no file is read here.
public enum Assessment {
    public static let toolVersion = "0.1.0"

    public static func report(_ facts: ReleaseFacts) -> Report {
        var report = single(facts)
        report.frameworks = ReportFrameworks(JudgedRelease(report))
        report.parts = Collections.folders(facts).map { folder in
            let part = single(Collections.part(facts, folder))
            let statuses = part.components.filter { $0.status != .absent }.map { ($0.id, $0.status) }
            return ReportPart(
                path: folder, components: Dictionary(statuses, uniquingKeysWith: { first, _ in first }),
                gradient: part.gradient,
                licenceOfWeights: part.licenceExpression.byComponent["weights-final"] ?? part.licenceExpression
                    .byComponent["weights-adapter"] ?? part.licenceExpression.concluded, flags: part.flags.map(\.id))
        }
        return report
    }

    private static func documents(_ facts: ReleaseFacts, _ components: [Component]) -> [ReportDocument] {
        ["model-card", "data-card"].flatMap { kind in
            let paths = Set(components.first { $0.id == kind }?.paths ?? [])
            return facts.files.filter { paths.contains($0.path) }.prefix(50).compactMap {
                CardSections.of($0, kind: kind)
            }
        }
    }

    private static func single(_ facts: ReleaseFacts) -> Report {
        var facts = facts
        Completeness.check(&facts)
        let folders = FolderIndex(facts)
        var finder = ComponentFinder(facts, folders: folders)
        var components = finder.run()
        let map = LicenceMap(facts, components: components, folders: folders)
        var model = ModelFacts.of(facts)
        model.baseModels = Duties(release: facts, licences: map).judged(model.baseModels)
        for place in components.indices {
            let id = components[place].id
            let covering = map.licences.filter { $0.appliesTo.contains(id) }
            let own = id.hasPrefix("weights-") ? map.ofWeights : covering
            if components[place].status != .absent {
                components[place].licences = Set(own.map(\.expressionID)).sorted()
            }
        }
        let judge = GradientJudge(
            release: facts, components: components, licences: map, hasPretrainingCode: finder.hasPretrainingCode,
            model: model)
        let gradient = judge.judge()
        let claims = claims(facts)
        let context = FlagContext(
            release: facts, components: components, licences: map, claims: claims, gradient: gradient,
            inputs: judge.inputs, model: model)
        return Report(
            tool: ReportTool(name: "openscan", version: toolVersion, licenceData: LicenceIndex.embedded.digest),
            release: ReportRelease(
                name: facts.name, kind: facts.kind, path: facts.path, revision: facts.revision,
                fileCount: facts.files.count, byteCount: facts.files.reduce(0) { $0 + ($1.entry.size ?? 0) }),
            components: components, licences: map.licences,
            otherLicences: map.others.sorted { ($0.id, $0.reason) < ($1.id, $1.reason) },
            licenceExpression: expression(map, components), artefacts: artefacts(facts, finder.artefactComponents),
            model: model,
            claims: claims.map {
                ReportClaim(
                    category: $0.category, subject: $0.subject, polarity: $0.polarity, path: $0.evidence.path,
                    lines: $0.evidence.lines, quote: $0.evidence.quote)
            },
            documents: documents(facts, components), parts: [], gradient: gradient,
            frameworks: ReportFrameworks(osd: osd(map)), flags: flags(context), errors: facts.errors)
    }

    private static func claims(_ facts: ReleaseFacts) -> [Claim] {
        facts.files.filter {
            $0.place.area == .main
                && !["code_of_conduct", "contributing", "changelog", "security"].contains(
                    where: $0.place.name.hasPrefix)
                && ($0.place.isReadme || $0.place.depth <= 1 || $0.place.name == "metadata")
        }.flatMap { $0.card?.claims ?? [] }
    }

    private static func flags(_ context: FlagContext) -> [Flag] {
        FlagRule.all.compactMap { rule in
            guard let found = rule.check(context), let text = Catalogue.flag(rule.id) else { return nil }
            return Flag(
                id: rule.id, severity: text.severity, title: text.title, claim: found.claim,
                evidence: Array(found.evidence.prefix(6)), remedy: text.remedy)
        }.sorted { ($1.severity, $0.id) < ($0.severity, $1.id) }
    }

    private static func expression(_ map: LicenceMap, _ components: [Component]) -> ReportExpression {
        func joined(_ ids: some Sequence<String>) -> String? {
            let parts = Set(ids).map { LicenceExpression.licence($0) }
            return parts.isEmpty ? nil : LicenceExpression.all(parts).normalised.text
        }
        var byComponent: [String: String] = [:]
        for component in components where !component.licences.isEmpty {
            byComponent[component.id] = joined(component.licences)
        }
        let texts = map.licences.filter { $0.method != .metadata && $0.method != .mentioned && !$0.appliesTo.isEmpty }
        return ReportExpression(
            declared: declared(map) ?? joined(map.declared.flatMap(\.ids)),
            concluded: joined((texts.isEmpty ? map.licences : texts).map(\.expressionID)), byComponent: byComponent)
    }

    /// What the card's licence field says, as written.
    private static func declared(_ map: LicenceMap) -> String? {
        let fields = map.declared.filter { $0.source == .card && $0.evidence.quote?.hasPrefix("license:") == true }.map(
            \.value.raw)
        var seen = Set<String>()
        let unique = fields.filter { seen.insert($0).inserted }
        return unique.isEmpty ? nil : Printable.text(unique.joined(separator: " AND "), limit: 200)
    }

    /// The criteria for the licences of the weights, of the code where there are none: the weakest counts.
    private static func osd(_ map: LicenceMap) -> [String: OSDAssessment.Criterion] {
        let judged =
            map.ofWeights.isEmpty ? map.licences.filter { $0.appliesTo.contains("inference-code") } : map.ofWeights
        var out: [String: OSDAssessment.Criterion] = [:]
        for licence in judged {
            for (number, criterion) in licence.osd {
                let rank: [OSDAssessment.Verdict] = [.pass, .review, .fail]
                if let old = out[number], let a = rank.firstIndex(of: old.verdict),
                    let b = rank.firstIndex(of: criterion.verdict), a >= b
                {
                    continue
                }
                out[number] = criterion
            }
        }
        return out
    }

    private static let artefactLimit = 5000

    private static func artefacts(_ facts: ReleaseFacts, _ components: [String: String]) -> [ReportArtefact] {
        var out: [ReportArtefact] = []
        for file in facts.files {
            if let artefact = file.artefact {
                out.append(
                    ReportArtefact(
                        path: file.path, component: components[file.path], format: artefact.format,
                        status: artefact.status, tensors: artefact.tensors, parameters: artefact.parameters,
                        parametersByType: artefact.parametersByType, metadata: artefact.metadata,
                        findings: artefact.findings + file.findings, pointer: artefact.pointer, size: file.entry.size))
            } else if let index = file.shardIndex {
                out.append(
                    ReportArtefact(
                        path: file.path, component: "model-metadata", format: "safetensors-sharded",
                        status: file.findings.contains { $0.severity == .high } ? .malformed : .ok,
                        tensors: index.tensors, parameters: nil,
                        parametersByType: [:], metadata: index.totalSize.map { ["total_size": String($0)] } ?? [:],
                        findings: file.findings, pointer: nil, size: file.entry.size))
            } else if !file.findings.isEmpty {
                out.append(
                    ReportArtefact(
                        path: file.path, component: nil, format: file.config == nil ? "text" : "json-config",
                        status: .ok, tensors: nil, parameters: nil, parametersByType: [:], metadata: [:],
                        findings: file.findings, pointer: nil, size: file.entry.size))
            }
            if out.count >= artefactLimit { break }
        }
        for problem in facts.problems.prefix(artefactLimit) {
            if let place = out.firstIndex(where: { $0.path == problem.path }) {
                out[place].findings.append(problem.finding)
            } else {
                out.append(
                    ReportArtefact(
                        path: problem.path.isEmpty ? "." : problem.path, component: nil, format: "unknown",
                        status: .notInspected, tensors: nil, parameters: nil, parametersByType: [:], metadata: [:],
                        findings: [problem.finding], pointer: nil, size: nil))
            }
        }
        return out.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }
}
