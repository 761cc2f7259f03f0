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
        let parts: [ReleasePart] = isData ? [.data] : [.weights, .documents]
        let licenceField = context.rules.cards.licenceFields.first
        let addresses = addresses(file, head, context)
        findings.declared += addresses
        // An address says which text it is, also where the name says another.
        let settled = Set(addresses.flatMap(\.ids))
        var said: Set<LicenceID> = []
        for key in context.rules.cards.licenceFields {
            for raw in head.values(key) {
                var value = context.rules.licences.value(raw)
                if key != licenceField, value.ids.isEmpty { value.isFamily = false }
                let evidence = head.evidence(key, value: raw, path: file.path)
                findings.declared.append(
                    DeclaredTerms(value: value, evidence: evidence, source: .card, isLicenceField: key == licenceField))
                guard !value.isFamily, settled.isEmpty || !settled.isDisjoint(with: value.ids) else { continue }
                said.formUnion(value.ids)
                findings.statements += TermsStatement.each(
                    value, .field, evidence, appliesTo: parts.components, isExpress: true)
            }
        }
        for address in addresses where said.isDisjoint(with: address.ids) {
            findings.statements += TermsStatement.each(
                address.value, .field, address.evidence, appliesTo: parts.components, isExpress: true)
        }
    }

    /// Addresses of the licence's text; a file of the release speaks for itself.
    private static func addresses(_ file: FileFacts, _ head: FrontMatter, _ context: TermsContext) -> [DeclaredTerms] {
        context.rules.cards.licenceAddressFields.flatMap { key in
            head.values(key).filter { $0.contains("://") }.map { raw in
                DeclaredTerms(
                    value: context.rules.licences.value(raw), evidence: head.evidence(key, value: raw, path: file.path),
                    source: .card, isAddress: true)
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
            place.isReadme || isCard || context.rules.places.isPackageDescription(place) || place.depth <= 1,
            // A code of conduct has a licence of its own.
            !context.rules.places.isCommunityFile(place)
        else { return }
        let badges = context.rules.claims.phrases("says-badge")
        let said = LicenceClaims(file.card?.claims ?? [])
        let parts = file.card?.partStatements ?? []
        for statement in parts {
            findings.statements += TermsStatement.each(
                statement.value, .prose, statement.evidence, method: .notice,
                appliesTo: statement.parts.components, isExpress: true
            ).map { one in
                var one = one
                one.models = statement.model.map { [$0] } ?? []
                return one
            }
        }
        let readAsFields = Dictionary(grouping: parts) { $0.evidence.lines?.first ?? 0 }
        for match in scan.matches {
            if match.method != .text, readAsFields[match.lines.last]?.contains(where: { $0.says(match) }) ?? false {
                continue
            }
            // What is denied, announced or said of others licenses nothing here; a bare name does where the sentence says so.
            guard said.stands(match, beside: scan.matches) else { continue }
            if let quote = match.quote, badges.areIn(quote) {
                // A badge whose words and address name two licences shows one of them, and nobody can tell which.
                if scan.matches.contains(where: { $0.lines == match.lines && $0.id != match.id }) { continue }
                // A badge is a claim, like a field of metadata.
                let evidence = Evidence(path: file.path, lines: match.lines, quote: quote)
                let value = LicenceValue(
                    raw: match.id.rawValue, ids: [match.id], expression: .licence(match.id.rawValue), isFamily: false)
                findings.declared.append(DeclaredTerms(value: value, evidence: evidence, source: .package))
                continue
            }
            switch match.method {
            case .notice, .url, .tag, .mentioned:
                guard match.subjects != [.documents] else { continue }
                // A document on the data speaks of the data.
                let isOnData =
                    !place.isReadme && context.rules.components.data.documentNames.matches(place.name)
                let named =
                    said.subject(of: match, beside: scan.matches)?.part.map { [$0] }
                    ?? (match.subjects.isEmpty ? said.onlyData(match) : match.subjects)
                let applies =
                    isOnData ? ReleasePart.data.components : named.map { $0.components } ?? context.program
                var statement = TermsStatement(match, .prose, path: file.path, clauses: [], appliesTo: applies)
                statement.isExpress = named != nil
                findings.statements.append(statement)
            case .text:
                findings.statements.append(
                    TermsStatement(
                        match, .prose, path: file.path, clauses: scan.clauses, appliesTo: context.program))
            case .header, .metadata: continue
            }
        }
    }
}

extension PartStatement {
    /// Whether a match on the statement's line is in what was read as a field; another sentence of the line speaks for itself.
    fileprivate func says(_ match: LicenceMatch) -> Bool {
        guard let said = evidence.quote, let found = match.quote, !value.ids.contains(match.id) else { return true }
        return said.holds(found) || found.holds(said)
    }
}

/// What sentences with a licence's name in them say of it.
private struct LicenceClaims {
    private let claims: [Claim]

    init(_ claims: [Claim]) { self.claims = claims.filter { $0.category == .licence } }

    /// Claims of the sentence with the match in it; of its lines where the sentence cannot be told.
    private func claims(at match: LicenceMatch) -> [Claim] {
        let here = claims.filter { $0.evidence.lines.map(match.lines.overlaps) ?? false }
        guard here.count > 1, let quote = match.quote else { return here }
        let same = here.filter { claim in
            guard let said = claim.evidence.quote else { return false }
            return quote.holds(said) || said.holds(quote)
        }
        return same.isEmpty ? here : same
    }

    /// Whether a match puts something of this release under its licence.
    func stands(_ match: LicenceMatch, beside others: [LicenceMatch]) -> Bool {
        let here = claims(at: match)
        switch match.method {
        case .text, .tag, .header, .metadata: return true
        case .notice, .url: return here.isEmpty || !here.allSatisfy(Self.speaksAgainst)
        case .mentioned:
            return !Self.sharesLine(match, others) && here.contains { $0.isOwn && $0.namesSubject }
        }
    }

    /// Denied, announced, or said of what the release is made from.
    private static func speaksAgainst(_ claim: Claim) -> Bool {
        switch claim.polarity {
        case .negated, .promise: true
        case .mention: claim.subject == .dependency
        case .claim: false
        }
    }

    private static func sharesLine(_ match: LicenceMatch, _ others: [LicenceMatch]) -> Bool {
        others.contains { $0.id != match.id && $0.quote == match.quote && $0.lines.overlaps(match.lines) }
    }

    /// Data, where all that is claimed there is said of data: items of a list of them name no part.
    func onlyData(_ match: LicenceMatch) -> [ReleasePart]? {
        let here = claims(at: match)
        return !here.isEmpty && here.allSatisfy { $0.subject == .data } ? [.data] : nil
    }

    /// The one part that the sentence names; of a sentence with several licences the words around each are nearer.
    func subject(of match: LicenceMatch, beside others: [LicenceMatch]) -> Claim.Subject? {
        guard !Self.sharesLine(match, others) else { return nil }
        let named = Set(claims(at: match).filter { $0.isOwn && $0.namesSubject }.map(\.subject))
        return named.count == 1 ? named.first : nil
    }
}
