import OpenscanFacts

/// Terms of the weights that are there but cannot be read (a PDF), or are only named in prose: the release's general licence does not stand for them.
enum UnreadStatements {
    static func add(_ context: TermsContext, to findings: inout TermsFindings) {
        addFiles(context, to: &findings)
        addDeclared(context, to: &findings)
        addElsewhere(context, to: &findings)
    }

    /// Sentences that send to terms in another place, where nothing here is said of the weights.
    private static func addElsewhere(_ context: TermsContext, to findings: inout TermsFindings) {
        guard !findings.statements.contains(where: { $0.covers(.weightsFinal) }) else { return }
        for file in context.release.files where file.place.area == .main && file.place.depth <= 1 {
            guard let evidence = file.card?.termsElsewhere.first else { continue }
            findings.statements.append(
                TermsStatement(
                    named: .unknown, .unread, evidence, method: .metadata, appliesTo: ReleasePart.weights.components,
                    isExpress: true))
            return
        }
    }

    /// Fields that name no text that is known: they are terms all the same, and what they are stands elsewhere.
    private static func addDeclared(_ context: TermsContext, to findings: inout TermsFindings) {
        for (part, sources) in [
            (ReleasePart.weights, Set([DeclaredTerms.Source.card, .artefact])), (.code, [.package]),
        ] {
            guard let component = part.components.first,
                !findings.statements.contains(where: { $0.covers(part == .weights ? .weightsFinal : component) }),
                let declared = mostTelling(findings.declared.filter { sources.contains($0.source) && $0.saysMore })
            else { continue }
            var statement = TermsStatement(
                named: id(of: declared.value.raw, context), .unread, declared.evidence, method: .metadata,
                appliesTo: part.components, isExpress: part == .weights)
            statement.name = declared.value.raw
            findings.statements.append(statement)
        }
    }

    /// A name says more than an address.
    private static func mostTelling(_ declared: [DeclaredTerms]) -> DeclaredTerms? {
        declared.last { !$0.isAddress } ?? declared.last
    }

    /// The name as an id; one that would be taken for a known text says nothing of itself.
    private static func id(of name: String, _ context: TermsContext) -> LicenceID {
        guard let id = LicenceID.named(name), context.rules.licences.record(id) == nil else { return .unknown }
        return id
    }

    private static func addFiles(_ context: TermsContext, to findings: inout TermsFindings) {
        let isKnown = findings.statements.contains { statement in
            statement.covers(.weightsFinal) && !statement.covers(.inferenceCode)
                && (statement.method == .text
                    || context.rules.licences.record(statement.id)?.isOSIApproved != true)
        }
        guard !isKnown, let evidence = unreadFile(context) ?? named(context) else { return }
        // Linked weights of a known name tell which licence it is.
        let models = context.rules.models
        let known = Set(
            context.release.files.flatMap { $0.card?.links ?? [] }.filter { $0.kind == .hubModel }
                .compactMap { models.model(named: $0.target) }.filter { $0.entry.isVerified && !$0.isCopy }
                .map(\.entry.licence))
        findings.statements.append(
            TermsStatement(
                named: known.count == 1 ? known.first ?? .unknown : .unknown, .unread, evidence, method: .notice,
                appliesTo: ReleasePart.weights.components, isExpress: true))
    }

    private static func unreadFile(_ context: TermsContext) -> Evidence? {
        context.release.files.first {
            $0.place.licenceName == .weights && $0.licence == nil && $0.place.area == .main
                && $0.place.name.hasSuffix(".pdf")
        }.map { Evidence(path: $0.path) }
    }

    private static func named(_ context: TermsContext) -> Evidence? {
        let names = context.rules.claims.phrases("says-own-licence")
        for file in context.release.files where file.place.isReadme && file.place.depth == 0 {
            let claim = file.card?.claims.first { claim in
                claim.category == .licence && claim.isOwn && claim.subject == .model
                    && names.areIn((claim.evidence.quote ?? "").lowercased())
            }
            if let claim { return claim.evidence }
        }
        return nil
    }
}
