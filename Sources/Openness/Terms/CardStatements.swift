import OpenscanFacts

/// Statements of cards and READMEs: fields of their heads, sentences, badges, and texts inside them.
enum CardStatements {
    static func add(_ context: TermsContext, to findings: inout TermsFindings) {
        for file in context.release.files where file.place.area == .main {
            guard let card = file.card else { continue }
            if let head = card.frontMatter { self.fields(file, head, context, to: &findings) }
            prose(file, context, to: &findings)
        }
    }

    private static func fields(
        _ file: FileFacts, _ head: FrontMatter, _ context: TermsContext, to findings: inout TermsFindings
    ) {
        let isData = isOnData(head, context)
        let licenceField = context.rules.cards.licenceFields.first
        for key in context.rules.cards.licenceFields {
            for raw in head.values(key) {
                var value = context.rules.licences.value(raw)
                if key != licenceField, value.ids.isEmpty { value.isFamily = false }
                let evidence = head.evidence(key, value: raw, path: file.path)
                findings.declared.append(
                    DeclaredTerms(value: value, evidence: evidence, source: .card, isLicenceField: key == licenceField))
                guard !value.isFamily else { continue }
                let parts: [ReleasePart] = isData ? [.data] : [.weights, .documents]
                findings.statements += value.ids.map {
                    TermsStatement(
                        named: $0, .field, evidence, method: .metadata, appliesTo: parts.components, isExpress: true)
                }
            }
        }
    }

    /// Whether a card is one of a data set, by the fields of its head.
    static func isOnData(_ card: CardFacts, _ context: TermsContext) -> Bool {
        card.frontMatter.map { isOnData($0, context) } ?? false
    }

    private static func isOnData(_ head: FrontMatter, _ context: TermsContext) -> Bool {
        !(context.rules.components[.dataCard]?.fields.isDisjoint(with: head.fields.keys) ?? true)
    }

    private static func prose(_ file: FileFacts, _ context: TermsContext, to findings: inout TermsFindings) {
        let place = file.place
        let isCard = [ComponentID.modelCard, .dataCard].contains {
            context.rules.components[$0]?.files.matches(place.name) ?? false
        }
        guard let scan = file.licence,
            place.isReadme || isCard || context.rules.places.isPackageDescription(place) || place.depth <= 1
        else { return }
        let badges = context.rules.claims.phrases("says-badge")
        for match in scan.matches where match.method != .mentioned {
            if let quote = match.quote, badges.areIn(quote) {
                // A badge is a claim, like a field of metadata.
                let evidence = Evidence(path: file.path, lines: match.lines, quote: quote)
                let value = LicenceValue(
                    raw: match.id.rawValue, ids: [match.id], expression: nil, isFamily: false)
                findings.declared.append(DeclaredTerms(value: value, evidence: evidence, source: .package))
                continue
            }
            switch match.method {
            case .notice, .url, .tag:
                guard match.subjects != [.documents] else { continue }
                // A document on the data speaks of the data.
                let isOnData =
                    !place.isReadme && context.rules.components.data.documentNames.matches(place.name)
                let applies =
                    isOnData
                    ? ReleasePart.data.components
                    : match.subjects.isEmpty ? context.program : match.subjects.components
                findings.statements.append(
                    TermsStatement(match, .prose, path: file.path, clauses: [], appliesTo: applies))
            case .text:
                findings.statements.append(
                    TermsStatement(
                        match, .prose, path: file.path, clauses: scan.clauses, appliesTo: context.program))
            case .header, .metadata, .mentioned: continue
            }
        }
    }
}
