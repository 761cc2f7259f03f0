import OpenscanReporting

/// What the pages of a catalogue say themselves, in the language of the site.
enum CatalogueLabels {
    /// What templates write.
    static func page(_ words: Words) -> [String: String] {
        [
            "catalogue": words("Catalogue of model releases"), "skip": words("Skip to the content"),
            "list": words("Releases"), "plots": words("Plots"), "about": words("How to read it"),
            "pages": words("Pages"), "release": words("Release"),
            "noScript": words(
                "The list is searched in your browser and needs scripts. Plots and the explanation do without."),
            "search": words("Search and filter"), "name": words("Name"),
            "nameHint": words("Words of the name, in any order."), "licence": words("Licence of the weights"),
            "licenceHint": words(
                "An id such as Apache-2.0 finds that licence, other words every licence with them in its id."),
            "organisation": words("Organisation"), "clear": words("Clear all filters"),
            "sort": words("Order"), "sortLevel": words("the most open first"), "sortName": words("by name"),
            "sortParameters": words("by parameters, the largest first"),
            "sortBytes": words("by size of the files, the largest first"),
            "sortModified": words("by date, the newest first"), "level": words("Level"),
            "openSource": words("Is it open source?"), "basis": words("How the terms are known"),
            "category": words("Kind of licence"), "flag": words("Flags"), "format": words("Formats of the weights"),
            "subject": words("What was judged"), "gate": words("What stands before the files"),
            "use": words("May I use the weights?"), "results": words("Releases that fit"),
            "size": words("Parameters and size"), "date": words("Newest file"), "previous": words("Previous page"),
            "next": words("Next page"), "paging": words("Pages of the list"),
            "advice": words("This informs; it is no legal advice."), "table": words("the same as a table"),
            "releases": words("releases"), "plotLevels": words("Releases by level"),
            "plotTime": words("Kinds of licences of the weights over time"),
            "plotTimeNote": words(
                "By the day on which a release's newest file was changed in the mirror, which may be later than its publication. Of releases with weights and such a day."
            ),
            "plotFlags": words("Releases by flag"), "plotSize": words("Openness against size"),
            "plotSizeNote": words(
                "Releases with weights, by level and number of parameters; the area of a circle stands for the number of releases."
            ),
            "period": words("period"), "kind": words("kind"), "parameters": words("parameters"),
            "meaning": words("what it means"), "rank": words("rank"), "remedy": words("what clears it"),
            "guard": words("what keeps it from a false alarm"), "severity": words("severity"),
            "loading": words("Reading ..."),
            "noFacts": words(
                "The store has no facts of this release: it could not be read, or only its report was taken up."),
        ]
    }

    /// What scripts write.
    static func script(_ words: Words) -> [String: String] {
        [
            "count": words("{0} of {1} releases"), "page": words("page {0} of {1}"), "none": words("No release fits."),
            "failed": words("A part of the catalogue could not be read: {0}"), "unread": words("could not be read"),
            "noFlags": words("none"), "loading": words("Reading ..."), "missing": words("No such release here."),
            "other": words("others"), "unknown": words("not known"), "yes": words("yes"), "no": words("no"),
            "parameters": words("parameters"), "files": words("files"),
            "openSource": words("Is it open source?"), "level": words("Level"), "atMost": words("at most {0}"),
            "confidence": words("confidence {0}"), "revision": words("revision"), "terms": words("Terms"),
            "part": words("part"), "licence": words("licence"), "basis": words("basis"), "kind": words("kind"),
            "osd": words("Open Source Definition"), "open": words("open"), "place": words("place"),
            "use": words("May I use it?"), "question": words("question"), "answer": words("answer"),
            "why": words("why"), "flags": words("Flags"), "severity": words("severity"),
            "noFlagsHere": words("No flag was raised."), "remedy": words("what clears it"),
            "components": words("Parts"), "sure": words("confidence"), "component": words("component"),
            "status": words("status"),
            "licences": words("Licences"), "howFound": words("how found"), "coverage": words("agreement"),
            "modified": words("changed from the standard text"), "osi": words("OSI-approved"),
            "clauses": words("Clauses"), "clause": words("clause"), "says": words("what it says"),
            "artefacts": words("Files of weights and data"),
            "file": words("file"), "format": words("format"), "tensors": words("tensors"), "size": words("size"),
            "findings": words("findings"), "claims": words("What it says of itself"), "claim": words("claim"),
            "about": words("about"), "manner": words("manner"), "words": words("sentence"),
            "bases": words("What it was made from"), "base": words("model"), "relation": words("relation"),
            "changes": words("What changed"), "when": words("when"), "what": words("what"),
            "before": words("before"), "after": words("after"), "error": words("Not read"),
            "architecture": words("architecture"), "quantization": words("quantization"), "gate": words("access"),
            "date": words("newest file"), "location": words("where"), "dossier": words("The reviewer's dossier"),
            "cut": words("The first {0} are shown; the report has all."), "unseen": words("{0} not seen"),
            "english": words("Sentences are kept in English."),
        ]
    }
}
