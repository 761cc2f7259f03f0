import OpenscanFacts

/// Statements of package metadata: the expression or the free field outranks the classifier, which knows families only.
enum PackageStatements {
    static func add(_ context: TermsContext, to findings: inout TermsFindings) {
        for file in context.release.files where file.place.area == .main && file.place.depth <= 1 {
            let telling = file.declared.filter { !$0.isClassifier }
            let fields = telling.contains { !$0.value.ids.isEmpty } ? telling : file.declared
            // What is said of data or documents is no word about the model.
            findings.declared += file.declared.filter { $0.part == nil || $0.part == .weights }.map {
                DeclaredTerms(value: $0.value, evidence: $0.evidence, source: .package)
            }
            for field in fields {
                findings.statements += TermsStatement.each(
                    field.value, .metadata, field.evidence, appliesTo: field.part?.components ?? context.program,
                    isExpress: field.part != nil)
            }
        }
    }
}

/// Statements of metadata inside weights and data.
enum ArtefactStatements {
    static func add(_ context: TermsContext, to findings: inout TermsFindings) {
        for file in context.release.files where file.place.area == .main {
            guard let artefact = file.artefact else { continue }
            for key in context.rules.lineage.licenceKeys {
                guard let raw = artefact.metadata[key] else { continue }
                let value = context.rules.licences.value(raw)
                let evidence = Evidence(path: file.path, quote: raw)
                // What a data set says of itself is no word about the weights beside it.
                let isData =
                    artefact.kind != .weights
                    && !context.rules.components.weights.documentFormats.contains(artefact.format)
                if !isData {
                    findings.declared.append(DeclaredTerms(value: value, evidence: evidence, source: .artefact))
                }
                let part: ReleasePart = isData ? .data : .weights
                findings.statements += TermsStatement.each(
                    value, .metadata, evidence, appliesTo: part.components, isExpress: true)
            }
        }
    }
}

/// Statements of heads of source files: they count for the release when most of its code carries them or nothing else licenses the code.
enum HeaderStatements {
    static func add(_ context: TermsContext, to findings: inout TermsFindings) {
        var places: [LicenceID: [(path: String, match: LicenceMatch)]] = [:]
        var sources = 0
        for file in context.release.files
        where file.code != nil && (file.place.area == .main || file.place.area == .example) {
            sources += 1
            for match in file.licence?.matches ?? [] where match.method != .mentioned {
                places[match.id, default: []].append((file.path, match))
            }
        }
        let hasFile = findings.statements.contains { $0.method == .text || $0.method == .notice }
        for (id, list) in places.sorted(by: { $0.key < $1.key }) {
            let isMost = list.count * 2 > sources && sources > 0
            let isAlone = !hasFile && !findings.statements.contains { $0.covers(.inferenceCode) }
            if isMost || isAlone, let first = list.first {
                findings.statements.append(
                    TermsStatement(
                        first.match, .metadata, path: first.path, clauses: [],
                        appliesTo: ReleasePart.code.components))
            } else {
                for item in list { findings.addOther(id, item.match.method, .file, item.path) }
            }
        }
        for file in context.release.files where file.place.area == .thirdParty && file.place.licenceName == nil {
            for match in file.licence?.matches ?? [] where match.method != .mentioned {
                findings.addOther(match.id, match.method, .thirdParty, file.path)
            }
        }
    }
}
