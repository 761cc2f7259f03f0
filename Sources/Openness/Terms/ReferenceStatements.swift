import OpenscanFacts
import OpenscanRules

/// Sentences that put parts of the release under the licence in a file of it: "code and weights are released under [its licence](LICENSE)".
/// The file says which licence it is, the sentence what it covers.
enum ReferenceStatements {
    static func add(_ context: TermsContext, to findings: inout TermsFindings) {
        let texts = findings.statements.filter { $0.source == .licenceFile }
        guard !texts.isEmpty else { return }
        for file in context.release.files where file.place.area == .main && file.place.isReadme {
            guard let card = file.card else { continue }
            for link in card.links where link.kind == .licence && isSaid(link, card) {
                let parts = LicensedParts(context.rules.claims).read(link.lead)
                let path = path(of: link.target, from: file.folder, context)
                guard !parts.isEmpty, let path else { continue }
                let evidence = Evidence(path: file.path, lines: LineRange(link.line), quote: link.quote)
                findings.statements += texts.filter { $0.path == path }.map {
                    TermsStatement($0, saidAt: evidence, of: parts)
                }
            }
        }
    }

    /// Whether the release says it of itself; what is denied or announced on the same line is not.
    private static func isSaid(_ link: Link, _ card: CardFacts) -> Bool {
        let here = card.claims.filter {
            $0.category == .licence && $0.evidence.lines?.holds(LineRange(link.line)) ?? false
        }
        return here.contains(where: \.isOwn) && !here.contains { $0.polarity == .negated || $0.polarity == .promise }
    }

    /// The file of the release that a link leads to.
    private static func path(of target: String, from folder: String, _ context: TermsContext) -> String? {
        if target.contains("://") { return context.rules.links.repository(target)?.file }
        var parts = folder.split(separator: "/").map(String.init)
        for part in target.prefix(while: { $0 != "#" && $0 != "?" }).split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(String(part))
            } else if parts.popLast() == nil {
                return nil
            }
        }
        return parts.joined(separator: "/")
    }
}
