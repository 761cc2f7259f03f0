import OpenscanBytes
import OpenscanKit
import OpenscanReporting
import OpenscanStore

/// A store as a site of files: a list that is searched and filtered in the browser, a page a release, plots, and how to
/// read it all. The same store gives the same bytes.
public struct Catalogue {
    private let store: MirrorStore
    private let openscan: Openscan
    private let words: Words
    private let language: Language

    /// - Parameters:
    ///   - store: opened for reading.
    ///   - language: of what the site says itself.
    public init(_ store: MirrorStore, openscan: Openscan, language: Language) {
        self.store = store
        self.openscan = openscan
        self.language = language
        words = Words(language, rules: openscan.rules)
    }

    /// What came of it.
    public struct Outcome: Sendable, Hashable {
        /// Releases in the list.
        public var releases = 0
        /// Dossiers written.
        public var dossiers = 0
        /// Releases whose dossier was asked for, and whose facts the store does not have.
        public var withoutFacts = 0
    }

    /// Which releases get a reviewer's dossier.
    public enum Dossiers: Sendable, Hashable {
        case none
        case all
        /// Those whose name has one of these texts in it, whatever its case.
        case named([String])

        func hold(_ name: String) -> Bool {
            switch self {
            case .none: false
            case .all: true
            case .named(let texts): texts.contains { name.lowercased().contains($0.lowercased()) }
            }
        }
    }

    /// Nothing is fetched from elsewhere, sent or framed, and nothing runs that is no file of the site.
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"

    /// Writes the site.
    /// - Parameters:
    ///   - path: its folder: a new one, an empty one, or that of an earlier site.
    ///   - dossiers: releases whose dossier is written besides.
    ///   - watch: told how many releases are done.
    /// - Throws: `CatalogueProblem`.
    public func write(to path: String, dossiers: Dossiers = .none, watch: (Int) -> Void = { _ in })
        throws(CatalogueProblem) -> Outcome
    {
        let templates: PageTemplates
        do throws(PageProblem) { templates = try PageTemplates() } catch { throw .page(error) }
        let site = try SiteFolder(path)
        var outcome = Outcome()
        var asked: [Entry] = []
        let written: Result<Void, CatalogueProblem>
        do throws(StoreProblem) {
            written = try ReleaseListing.read(store) { listing in
                let entries = try Entries(listing)
                outcome.releases = entries.all.count
                asked = entries.all.filter { dossiers.hold($0.title) }
                let hasDossier = Set(asked.map(\.key))
                return try body(entries, listing, site, templates, hasDossier, watch)
            }
        } catch { throw .store(error) }
        try written.get()
        for entry in asked {
            let dossier: Dossier?
            do throws(StoreProblem) {
                dossier = try StoredDossiers(store, openscan: openscan).dossier(of: entry.line.id)
            } catch { throw .store(error) }
            outcome.dossiers += 1
            let page: String
            do throws(PageProblem) {
                if let dossier {
                    page = try openscan.reviewPage(dossier, context: openscan.reviewContext(), language: language)
                } else {
                    outcome.withoutFacts += 1
                    page = try templates.text(frame(["title": entry.title]), "catalogue-missing")
                }
            } catch { throw .page(error) }
            try site.write("dossiers/\(entry.key).html", Array(page.utf8))
        }
        try site.finish()
        return outcome
    }

    /// What is read of the store at one moment. A problem of writing is handed out beside those of reading.
    private func body(
        _ entries: Entries, _ listing: ReleaseListing, _ site: SiteFolder, _ templates: PageTemplates,
        _ hasDossier: Set<String>, _ watch: (Int) -> Void
    ) throws -> Result<Void, CatalogueProblem> {
        let names = CatalogueNames(openscan.rules, words: words)
        do throws(CatalogueProblem) {
            try ListData(entries: entries, names: names, words: words).each { name, bytes throws(CatalogueProblem) in
                try site.write("data/\(name).js", bytes)
            }
        } catch { return .failure(error) }
        var shards = ReleaseData()
        for (place, entry) in entries.all.enumerated() {
            let full = try shards.add(entry, place: place, hasDossier: hasDossier.contains(entry.key), listing)
            if place % 1000 == 999 { watch(place + 1) }
            guard let full else { continue }
            do throws(CatalogueProblem) { try site.write("data/\(full.name).js", full.bytes) } catch {
                return .failure(error)
            }
        }
        do throws(CatalogueProblem) {
            if let rest = shards.finish() { try site.write("data/\(rest.name).js", rest.bytes) }
            var starts = DataText("starts")
            starts.numbers(shards.starts)
            try site.write("data/starts.js", starts.finished())
            try site.write(
                "data/words.js", ReleaseWordsData(entries: entries, names: names, words: words).file())
            try pages(entries, names, site, templates)
        } catch { return .failure(error) }
        return .success(())
    }

    private func pages(_ entries: Entries, _ names: CatalogueNames, _ site: SiteFolder, _ templates: PageTemplates)
        throws(CatalogueProblem)
    {
        let pages: [(String, PageView)] = [
            ("about", AboutPage(entries: entries, names: names, words: words).view()),
            ("plots", Plots(entries: entries, names: names, words: words).view()),
            ("release", [:]),
            ("index", ListPage(entries: entries, names: names, words: words).view()),
        ]
        var files: [(name: String, text: String)] = []
        do throws(PageProblem) {
            files.append(("style.css", try templates.file("review.css") + templates.file("catalogue.css")))
            for script in ["site.js", "list.js", "release.js"] { files.append((script, try templates.file(script))) }
            for (name, view) in pages {
                var view = frame(view)
                view["is\(name)"] = true
                files.append((name + ".html", try templates.text(view, "catalogue-\(name)")))
            }
        } catch { throw .page(error) }
        // The first page comes last: what it leads to is there.
        for file in files { try site.write(file.name, Array(file.text.utf8)) }
    }

    private func frame(_ view: PageView) -> PageView {
        let shared: PageView = [
            "language": language.rawValue, "policy": Self.policy, "t": CatalogueLabels.page(words),
        ]
        return view.merging(shared) { first, _ in first }
    }
}
