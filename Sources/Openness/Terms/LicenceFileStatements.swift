import OpenscanFacts

/// Statements of files that are there to license: their texts, notices and names, and what they cover by name and folder.
enum LicenceFileStatements {
    static func add(_ context: TermsContext, to findings: inout TermsFindings) {
        for file in context.release.files {
            guard let name = file.place.licenceName, let scan = file.licence,
                context.reuse?.sideFiles.contains(file.path) != true
            else { continue }
            add(file, name, scan, context, to: &findings)
        }
    }

    private static func add(
        _ file: FileFacts, _ name: FilePlace.LicenceName, _ scan: LicenceScan, _ context: TermsContext,
        to findings: inout TermsFindings
    ) {
        let granted = scan.matches.filter { $0.method != .mentioned }
        let isOthers = [.thirdParty, .test, .client].contains(file.place.area) || name == .thirdParty
        if let reuse = context.reuse, !isOthers, context.rules.places.isInLicenceFolder(file.place) {
            return addReferred(file, granted, scan, reuse, to: &findings)
        }
        let scope = scope(of: file, name, context)
        if isOthers || scope.isEmpty {
            for match in granted {
                findings.addOther(match.id, match.method, isOthers ? .thirdParty : .file, file.path)
            }
            return
        }
        let hasText = granted.contains { $0.method == .text }
        let isBesideText = name == .notice && context.hasLicenceText(except: file.path)
        for match in granted {
            // A notice file lists other people's parts, unless it is all there is.
            if isBesideText, match.method == .text || !match.subjects.contains(where: { $0 == .weights || $0 == .data })
            {
                findings.addOther(match.id, match.method, .thirdParty, file.path)
                continue
            }
            // Addresses and names inside a licence text belong to it.
            if hasText, match.method != .text, match.subjects.isEmpty { continue }
            var statement = TermsStatement(
                match, .licenceFile, path: file.path, clauses: scan.clauses,
                appliesTo: match.subjects.isEmpty || hasText ? scope : match.subjects.components)
            statement.isExpress = statement.isExpress || scope != context.everything
            findings.statements.append(statement)
        }
        if isBesideText { return }
        if !granted.contains(where: { $0.method == .text || $0.method == .notice }), !scan.unknownText.isEmpty {
            findings.statements.append(
                TermsStatement(
                    id: .unknown, source: .licenceFile, method: .text, path: file.path,
                    lines: scan.unknownText.first?.lines, appliesTo: scope, isExpress: scope != context.everything,
                    coverage: 0, clauses: scan.clauses, nearest: scan.nearest?.id))
        }
    }

    /// Texts that files refer to are for those files and for nothing else.
    private static func addReferred(
        _ file: FileFacts, _ granted: [LicenceMatch], _ scan: LicenceScan, _ reuse: ReuseTerms,
        to findings: inout TermsFindings
    ) {
        for match in granted where match.method == .text {
            let parts = reuse.parts(under: match.id)
            guard !parts.isEmpty else {
                findings.addOther(match.id, match.method, .file, file.path)
                continue
            }
            // One for each, so that what is said of the weights is told from what is said of the code.
            for part in parts {
                var statement = TermsStatement(
                    match, .licenceFile, path: file.path, clauses: scan.clauses, appliesTo: part.components)
                statement.isExpress = true
                findings.statements.append(statement)
            }
        }
    }

    /// What a licence file covers: by its name, then by its folder; nothing of the release when empty.
    private static func scope(of file: FileFacts, _ name: FilePlace.LicenceName, _ context: TermsContext)
        -> [ComponentID]
    {
        switch name {
        case .weights: return ReleasePart.weights.components
        case .data: return ReleasePart.data.components
        case .code: return ReleasePart.code.components
        case .documents: return ReleasePart.documents.components
        case .general, .notice, .thirdParty: break
        }
        let folders = context.folders
        // The folder that an archive has all its files in is the release's own.
        guard file.place.depth > folders.sharedDepth, !context.rules.places.isInPackageFolder(file.place) else {
            return context.everything
        }
        if folders.withWeights.contains(file.folder), !folders.withCode.contains(file.folder) {
            return ReleasePart.weights.components
        }
        // A licence deep in the tree covers its folder, not the release; one folder down it does so where the top has none.
        let depth = file.place.depth - folders.sharedDepth
        let isOfFolder = depth >= 2 || depth >= 1 && context.hasTopLicence
        return isOfFolder && name == .general ? [] : context.everything
    }
}
