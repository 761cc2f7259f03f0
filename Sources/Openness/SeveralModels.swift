import OpenscanFacts

/// A place of several models of which each is a release: the cache of a hub's client, a store. What one of them says holds for no other, so
/// that nothing is said of them together but what is in their files.
struct SeveralModels {
    /// Models that are judged.
    static let most = 1000

    let facts: ReleaseFacts
    /// Each model by its folder.
    let models: [(folder: String, dossier: Dossier)]
    let judge: Judge

    var dossier: Dossier {
        let count = facts.models.count
        let words: Wording = "\(count) models, each a release of its own: nothing is said of them together"
        var out = judge.unread(
            judge.identity(facts), ReleaseFacts.ReadProblem(path: facts.path, code: "", message: words))
        out.errors = facts.errors
        if count > models.count {
            out.errors.append(
                ReleaseFacts.ReadProblem(
                    path: facts.path, code: "limit", message: "\(count - models.count) more models are not judged here"
                ))
        }
        out.verdict = Verdict(answer: .notShown, ground: .several, sentence: Reason(words))
        out.gradient.subject = .several
        var rest = facts
        let folders = Set(models.map(\.folder))
        rest.files.removeAll { Entry.isFolder($0.folder, in: folders) }
        out.artefacts = ArtefactListing.of(rest, [:])
        // Some places are known from the whole already, others from the model's own folder.
        let paths = Set(facts.files.lazy.map(\.path))
        for (folder, dossier) in models {
            out.artefacts += dossier.artefacts.map { artefact in
                var artefact = artefact
                artefact.path = folder + artefact.path
                return artefact
            }
            out.flags += dossier.flags.map { flag in
                flag.moved { path in path.isEmpty || paths.contains(path) ? path : folder + path }
            }
        }
        out.artefacts.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        out.flags.sort { ($1.severity, $0.id) < ($0.severity, $1.id) }
        return out
    }
}

extension Flag {
    /// The same flag of a release that lies in a folder of another.
    fileprivate func moved(_ path: (String) -> String) -> Flag {
        func moved(_ place: Evidence) -> Evidence {
            var place = place
            place.path = path(place.path)
            return place
        }
        var flag = self
        flag.claim = claim.map(moved)
        flag.evidence = evidence.map(moved)
        flag.reasons = reasons.map { Reason($0.words, $0.evidence.map(moved)) }
        return flag
    }
}
