import Foundation
import OpenscanBytes
import OpenscanKit
import OpenscanTestSupport
import Testing

/// What holds of every report.
@Suite struct InvariantTests {
    /// A licence's verdict is the one that its clauses, as they stand in the report, give.
    @Test(arguments: Corpus.names)
    func theDefinitionFollowsFromTheFinalClauses(name: String) throws {
        let rules = Corpus.analyser.rules
        let judge = OSDJudge(rules)
        for licence in try Corpus.dossier(name).licences {
            let again = judge.assess(
                rules.licences.record(licence.id), isModified: licence.isModified, clauses: licence.clauses)
            #expect(again == licence.osd, "\(licence.id) in \(licence.path)")
        }
    }

    /// A quote is the release's own words at its own lines; members of archives are read back from the folder where it is made of one.
    @Test(arguments: Corpus.names.filter { Corpus.release($0)?.hasSuffix(".tar") != true })
    func everyQuoteStandsAtItsLines(name: String) throws {
        let dossier = try Corpus.dossier(name)
        var count = 0
        // Layers of a store lie under their digests.
        guard dossier.release.kind != .ociLayout else { return }
        for evidence in Self.evidence(dossier) {
            guard let quote = evidence.quote, !evidence.path.contains("!/") else { continue }
            count += 1
            let path = Corpus.folder + "/" + (Corpus.release(name) ?? name) + Self.snapshot(name) + "/" + evidence.path
            let data = try #require(FileManager.default.contents(atPath: path), "\(evidence.path) is not there")
            let text = String(decoding: data, as: UTF8.self)
            let lines = evidence.lines.map { range in
                text.components(separatedBy: "\n")[(range.first - 1)..<min(range.last, text.count)]
                    .joined(separator: "\n")
            }
            let words = quote.hasSuffix("…") ? String(quote.dropLast()) : quote
            let place = Printable.text(lines ?? text, limit: .max)
            #expect(place.contains(words), "\(evidence.place): “\(quote)” is not in “\(place.prefix(300))”")
        }
        #expect(count > 0 || dossier.claims.isEmpty)
    }

    /// Folder of the snapshot in a hub cache.
    private static func snapshot(_ name: String) -> String {
        guard name.hasPrefix("models--") else { return "" }
        let snapshots = Corpus.list(".build/corpus/\(name)/snapshots")
        return snapshots.first.map { "/snapshots/" + $0 } ?? ""
    }

    private static func evidence(_ dossier: Dossier) -> [Evidence] {
        func of(_ reasons: [Reason]) -> [Evidence] { reasons.flatMap(\.evidence) }
        var out = of([dossier.verdict.sentence]) + of(dossier.verdict.needsPerson)
        for component in dossier.components {
            out += component.evidence + component.links.map(\.evidence) + of(component.reasons)
        }
        for licence in dossier.licences {
            out += [licence.evidence] + licence.additions + licence.clauses.map(\.evidence)
        }
        out += dossier.terms.values.flatMap(\.evidence)
        out += dossier.claims.map(\.evidence)
        for base in dossier.model.baseModels + dossier.model.hintedBases {
            out += [base.evidence] + of(base.duties.compactMap(\.note))
        }
        out += dossier.model.trainingTokens.map { [$0] } ?? []
        out += of(dossier.gradient.reasons) + of(dossier.gradient.next)
        for flag in dossier.flags { out += (flag.claim.map { [$0] } ?? []) + flag.evidence + of(flag.reasons) }
        out += dossier.yardsticks.frameworks.flatMap { $0.criteria.flatMap(\.evidence) }
        return out
    }

    /// Nothing that a release does not say itself is called open.
    @Test(arguments: Corpus.names)
    func termsThatAreNotSaidHereAreNotOpen(name: String) throws {
        for (part, terms) in try Corpus.dossier(name).terms where !terms.basis.isSaidHere {
            #expect(!terms.isOpen, "\(part)")
        }
    }

    @Test(arguments: Corpus.names)
    func theSameReleaseGivesTheSameReport(name: String) throws {
        let first = try JSON.text(Corpus.analyser.report(Corpus.dossier(name)), isPretty: false)
        let second = try JSON.text(Corpus.analyser.report(Corpus.dossier(name)), isPretty: false)
        #expect(first == second)
    }
}
