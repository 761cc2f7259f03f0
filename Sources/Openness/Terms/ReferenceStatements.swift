import OpenscanBytes
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
        if target.holds("://") { return context.rules.links.repository(target)?.file }
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

/// The parts of a release that a sentence speaks of before it names a licence.
struct LicensedParts {
    private let nouns: [(part: ReleasePart, words: [String])]
    private let joints: Set<String>

    init(_ claims: ClaimVocabulary) {
        nouns = [
            (.weights, claims.phrases("subject-model").words), (.code, claims.phrases("subject-code").words),
            (.data, claims.phrases("subject-data").words),
        ]
        joints = Set(claims.phrases("part-joints").words)
    }

    /// - Parameter words: lower case.
    /// - Returns: the parts in the order of their enumeration. Of nouns that belong together the last or the first is meant, "model code",
    ///   "code of the model".
    func read(_ words: String) -> [ReleasePart] {
        let text = FoldedText(lower: Array((" " + words + " ").utf8))
        var found: [(part: ReleasePart, place: Range<Int>)] = []
        for (part, list) in nouns {
            for word in list {
                var from = 0
                while let place = text.offset(of: word, from: from) {
                    found.append((part, place..<place + word.utf8.count))
                    from = place + word.utf8.count
                }
            }
        }
        found.sort { ($0.place.lowerBound, $1.place.upperBound) < ($1.place.lowerBound, $0.place.upperBound) }
        var out: [(part: ReleasePart, place: Range<Int>)] = []
        for noun in found {
            guard let last = out.last else {
                out.append(noun)
                continue
            }
            if noun.place.lowerBound < last.place.upperBound { continue }
            let between = String(decoding: text.bytes[last.place.upperBound..<noun.place.lowerBound], as: UTF8.self)
            let joint = between.split { !$0.isLetter }.map(String.init)
            if joint.isEmpty && !between.contains(",") || joint == ["s"] {
                out[out.count - 1] = noun
            } else if let first = joint.first, joints.contains(first) {
                continue
            } else {
                out.append(noun)
            }
        }
        return Set(out.map(\.part)).sorted()
    }
}
