import OpenscanFacts
import OpenscanRules

/// What a release calls itself and who publishes it, to tell its own repositories from other people's.
///
/// Names are words of its folder's name, of its README's first headings and of its card's names. A publisher is the owner of a repository
/// that bears the whole name, of one whose address leads to a file that the release has, or of a model on a hub with a word of the name.
struct OwnNames {
    /// Whose something is.
    enum Whose { case own, others, unknown }

    /// Words of names, without those that name nothing.
    private var words: Set<String> = []
    /// Whole names, letters and digits only.
    private var whole: Set<String> = []
    private var owners: Set<String> = []
    /// Publishers on hubs whose own name is one of the release's, by hub.
    private var makers: [String: Set<String>] = [:]
    private let links: LinkRules
    /// Whether models on hubs bear the release's name that nobody knows under another.
    private var haveModels = false

    private static let headings = 2
    /// Letters of a name that stands in a title; the release's own may be as short as "Yi".
    private static let leastInTitle = 3, leastOwn = 2
    /// A word that another one may go on from: "emu" of "emu3".
    private static let leastBeginning = 4

    init(_ release: ReleaseFacts, rules: RuleSet) {
        links = rules.links
        let generic = rules.claims.genericNames
        let speaking = release.files.filter {
            $0.place.area == .main && ($0.place.depth == 0 || rules.places.isPackageDescription($0.place))
        }.compactMap(\.card)
        var names = [release.name]
        for card in speaking {
            names += card.headings.prefix { $0.level <= 2 }.prefix(Self.headings).map(\.text)
            names += rules.cards.nameFields.compactMap { card.frontMatter?.first($0) }
        }
        for (place, name) in names.enumerated() {
            whole.insert(NameWords.folded(name))
            let least = place == 0 ? Self.leastOwn : Self.leastInTitle
            words.formUnion(NameWords.words(name).filter { $0.utf8.count >= least && !generic.contains($0) })
        }
        let targets = speaking.flatMap(\.links).map(\.target)
        let places = targets.compactMap { rules.links.repository($0) }
        // Files at the top have the same names everywhere. A release may have a million paths: only those that are linked are kept.
        let linked = Set(places.compactMap(\.file).filter { $0.contains("/") })
        let here = linked.isEmpty ? [] : Set(release.files.lazy.map(\.path).filter(linked.contains))
        for place in places {
            let leadsHere = place.file.map(here.contains) ?? false
            if leadsHere || whole.contains(NameWords.folded(place.name)) || place.isHub && bears(place.name) {
                owners.insert(NameWords.folded(place.owner))
            }
        }
        haveModels = speaking.flatMap(\.links).contains { link in
            guard link.kind == .hubModel, let place = rules.links.repository(link.target) else { return false }
            return !place.name.isEmpty && bears(place.name)
                && rules.models.model(named: place.owner + "/" + place.name) == nil
        }
        for target in targets {
            guard let place = rules.links.repository(target), place.isHub, !place.name.isEmpty, bears(place.owner),
                bears(place.name)
            else { continue }
            makers[Self.hub(target), default: []].insert(NameWords.folded(place.owner))
        }
    }

    private static func hub(_ target: String) -> String { NameWords.host(of: target).joined(separator: ".") }

    /// Whose the target of an address or hub name is, by who owns it and what it is called.
    func whose(_ target: String) -> Whose {
        guard let place = links.repository(target) else {
            let host = Set(NameWords.host(of: target).map(NameWords.folded))
            return host.isDisjoint(with: owners.union(words)) ? .unknown : .own
        }
        let owner = NameWords.folded(place.owner)
        if owners.contains(owner) || bears(place.name) || bears(place.owner) { return .own }
        return owners.isEmpty ? .unknown : .others
    }

    /// Whether an address leads to somebody else's model that is called after the release's, where its makers keep theirs elsewhere.
    func isCopy(_ target: String) -> Bool {
        guard let place = links.repository(target), place.isHub, let makers = makers[Self.hub(target)] else {
            return false
        }
        return !makers.contains(NameWords.folded(place.owner)) && !bears(place.owner)
    }

    /// Whether both the owner and the name of a hub's repository are the release's: any two words with a slash look like one.
    func isByItsMaker(_ name: String) -> Bool {
        guard let place = links.repository(name), place.isHub else { return false }
        return (owners.contains(NameWords.folded(place.owner)) || bears(place.owner)) && bears(place.name)
    }

    /// Whether an address leads to a model that is known under somebody else's name, beside models of the release's own: of a name like
    /// "Med-Llama" one word is the base's. The code of well-known models is often called otherwise than they are.
    func isBase(_ target: String, _ rules: RuleSet) -> Bool {
        guard haveModels, let place = links.repository(target), place.isHub, !place.name.isEmpty, !bears(place.owner),
            rules.models.model(named: place.owner + "/" + place.name) != nil
        else { return false }
        let name = NameWords.folded(place.name)
        return !whole.contains { !$0.isEmpty && (name.hasPrefix($0) || $0.hasPrefix(name)) }
    }

    /// Whether an address leads to somebody else's page on a hub, and to no repository of theirs, where the makers' own is known.
    func isPageOfOthers(_ target: String) -> Bool {
        guard let place = links.repository(target), place.isHub, place.name.isEmpty, makers[Self.hub(target)] != nil
        else { return false }
        return !owners.contains(NameWords.folded(place.owner)) && !bears(place.owner)
    }

    /// Whether an address leads to the release's own repository or a file of it.
    func isThisRepository(_ target: String) -> Bool {
        links.repository(target).map {
            !$0.isHub && owners.contains(NameWords.folded($0.owner)) && whole.contains(NameWords.folded($0.name))
        } ?? false
    }

    /// Whether the release has a name that tells it from others.
    var areKnown: Bool { !words.isEmpty }

    /// Whether a name has a word of the release's own.
    func bears(_ name: String) -> Bool {
        whole.contains(NameWords.folded(name))
            || NameWords.words(name).contains { word in
                words.contains(word)
                    || words.contains {
                        min($0.utf8.count, word.utf8.count) >= Self.leastBeginning
                            && ($0.hasPrefix(word) || word.hasPrefix($0))
                    }
            }
    }
}
