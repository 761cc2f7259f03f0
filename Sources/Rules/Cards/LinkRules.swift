import OpenscanBytes
import OpenscanFacts

/// What addresses lead to, by their form and the words around them (Licenses/links.yml).
public struct LinkRules: Sendable {
    private let papers, paperWords, forms, otherParts, licenceParts, modelWords: Phrases
    private let storeData, storeDemos, downloads, weightWords, codeLicences, demoParts: Phrases
    private let fileDOIs, fileStores, asksForWeights, model, noModel, data, offers, noOffer, dataWords: Phrases
    private let pictures: [String]
    private let nouns: [(noun: Link.Noun, words: Phrases)]
    private let stores, otherHosts, demoHosts, dataPathParts: NamePatterns
    private let hubHosts, hubPages, ownerPages, codeHosts, rawHosts: Set<String>
    /// How papers named by number begin.
    public let identifiers: [String]
    /// Addresses of weights themselves.
    public let weights: WeightAddresses

    /// - Parameter root: the document `links`.
    public init(_ root: JSONValue) {
        func part(_ key: String) -> JSONValue { root[key] ?? .null }
        nouns = Link.Noun.allCases.map { ($0, part("nouns").phrases($0.rawValue)) }
        papers = part("papers").phrases("parts")
        paperWords = part("papers").phrases("words")
        identifiers = part("papers").list("identifiers")
        forms = root.phrases("forms")
        pictures = part("others").list("endings")
        otherParts = part("others").phrases("parts")
        otherHosts = part("others").patterns("hosts")
        let hubs = part("hubs")
        hubHosts = Set(hubs.list("hosts"))
        hubPages = Set(hubs.list("pages"))
        ownerPages = Set(hubs.list("owner-pages"))
        licenceParts = hubs.phrases("licence-parts")
        modelWords = hubs.phrases("model-words")
        stores = hubs.patterns("stores")
        storeData = hubs.phrases("store-data")
        storeDemos = hubs.phrases("store-demos")
        codeHosts = Set(part("code").list("hosts"))
        rawHosts = Set(part("code").list("raw-hosts"))
        downloads = part("code").phrases("downloads")
        weightWords = part("code").phrases("weight-words")
        codeLicences = part("code").phrases("licence-parts")
        demoParts = part("demos").phrases("parts")
        demoHosts = part("demos").patterns("hosts")
        let files = part("files")
        fileDOIs = files.phrases("dois")
        fileStores = files.phrases("parts")
        asksForWeights = files.phrases("asks-for-weights")
        model = files.phrases("model")
        noModel = files.phrases("no-model")
        data = files.phrases("data")
        offers = files.phrases("offers")
        noOffer = files.phrases("no-offer")
        dataPathParts = part("data").patterns("path-parts")
        dataWords = part("data").phrases("words")
        weights = WeightAddresses(part("weights"))
    }

    /// Words around an address, folded.
    public struct Nearby: Sendable {
        /// The link's own words where they name its target, else the sentence.
        public let own: FoldedText
        /// The sentence that it stands in.
        public let sentence: FoldedText
        /// The paragraph around, where the link's own words do not name its target.
        public let paragraph: FoldedText
        /// The headings above.
        public let heading: FoldedText

        /// Words around an address.
        public init(own: FoldedText, sentence: FoldedText, paragraph: FoldedText, heading: FoldedText) {
            self.own = own
            self.sentence = sentence
            self.paragraph = paragraph
            self.heading = heading
        }
    }

    /// What a link's own words call its target: the one noun that is among them.
    /// - Parameter words: folded.
    public func noun(_ words: FoldedText) -> Link.Noun? {
        guard !words.bytes.isEmpty else { return nil }
        let found = nouns.filter { $0.words.words.contains(where: words.hasWord) }
        return found.count == 1 ? found.first?.noun : nil
    }

    /// - Parameters:
    ///   - target: the address as written.
    ///   - nearby: the words around.
    public func kind(_ target: String, _ nearby: Nearby) -> Link.Kind {
        let lower = target.lowercased()
        var path = lower
        for prefix in ["https://", "http://", "www."] where path.hasPrefix(prefix) { path.removeFirst(prefix.count) }
        let parts = path.split(separator: "/").map(String.init)
        let host = parts.first ?? ""
        // The address itself names its target as well as the words do; who owns it does not.
        let named = codeHosts.contains(host) ? parts.dropFirst(3) : parts.dropFirst()
        let line = FoldedText(lower: nearby.own.bytes + named.flatMap { [0x20] + $0.utf8 })
        if forms.areIn(path) { return .form }
        if pictures.contains(where: { path.hasSuffix($0) }) { return .other }
        if otherParts.areIn(path) || otherHosts.matches(host) { return .other }
        let isFile = fileDOIs.areIn(path)
        if !isFile, papers.areIn(path) { return .paper }
        if path.hasSuffix(".pdf"),
            paperWords.areIn(line) || paperWords.areIn(nearby.heading) || parts.last.map(paperWords.areIn) ?? false
        {
            return .paper
        }
        if weights.isWeights(lower, areSaid: asksForWeights.areIn(line) || model.areIn(line) && !data.areIn(line)) {
            return .weights
        }
        if hubHosts.contains(host) {
            let kind = hubKind(path, parts, nearby.sentence)
            // A page of one file of a repository shows that file: settings, a vocabulary, a text.
            return kind == .hubModel && parts.count > 4 && weights.isText(path) ? .other : kind
        }
        if stores.matches(host) {
            return storeData.areIn(path) ? .hubDataset : storeDemos.areIn(path) ? .demo : .hubModel
        }
        if codeHosts.contains(host) {
            if downloads.areIn(path) { return weightWords.areIn(line) ? .weights : .other }
            if codeLicences.areIn(path) { return .licence }
            return parts.count > 2 ? .code : .other
        }
        if demoParts.areIn(host) || demoHosts.matches(host) { return .demo }
        let isAsked = asksForWeights.areIn(line)
        if isFile || fileStores.areIn(path) {
            if !weights.isText(path), isAsked || model.areIn(line) && !noModel.areIn(line) { return .weights }
            // A DOI is on many badges; only words on its own line say what it is of.
            return data.areIn(line) || !isFile && (data.areIn(nearby.heading) || data.areIn(nearby.paragraph))
                ? .data : .other
        }
        if isAsked, !noOffer.areIn(path), offers.areIn(nearby.sentence) { return .weights }
        if dataPathParts.matches(any: parts.dropFirst()) || dataWords.areIn(nearby.sentence) {
            return nearby.own.bytes == nearby.sentence.bytes || data.areIn(line) ? .data : .other
        }
        return .other
    }

    /// Whether a path beside a text is called as files of licences are.
    public func isLicenceFile(_ path: String) -> Bool {
        guard !path.holds("://"), let name = path.lowercased().split(separator: "/").last else { return false }
        return !path.hasPrefix("#") && codeLicences.areIn(String(name))
    }

    /// A repository of a hub or a code host.
    public struct Repository: Sendable, Hashable {
        /// Who it belongs to.
        public let owner: String
        /// Its name; empty for a page of the owner.
        public let name: String
        /// Whether a hub keeps it.
        public let isHub: Bool
        /// The file in it that the address leads to.
        public let file: String?
    }

    /// The repository that an address leads to, or a hub's `owner/name`; `nil` for anything else.
    public func repository(_ target: String) -> Repository? {
        guard let scheme = target.range(of: "://") else {
            let isName = Array(target.utf8).withUnsafeBytes { weights.isHubName($0) }
            let parts = target.split(separator: "/")
            return isName && parts.count == 2
                ? Repository(owner: String(parts[0]), name: String(parts[1]), isHub: true, file: nil) : nil
        }
        var parts = target[scheme.upperBound...].prefix { $0 != "?" && $0 != "#" }.split(separator: "/").map(
            String.init)
        guard parts.count > 1 else { return nil }
        var host = parts.removeFirst().lowercased()
        if host.hasPrefix("www.") { host.removeFirst(4) }
        let isHub = hubHosts.contains(host) || stores.matches(host)
        guard isHub || codeHosts.contains(host) || rawHosts.contains(host) else { return nil }
        if isHub, let page = parts.first?.lowercased(), hubPages.contains(page) || ownerPages.contains(page) {
            parts.removeFirst()
        }
        guard let owner = parts.first else { return nil }
        var name = parts.count > 1 ? parts[1] : ""
        if name.hasSuffix(".git") { name.removeLast(4) }
        // Behind the name: what of the repository, and its branch; a raw address has the branch alone.
        let rest = parts.dropFirst(rawHosts.contains(host) ? 3 : 4)
        return Repository(
            owner: owner, name: name, isHub: isHub, file: rest.isEmpty ? nil : rest.joined(separator: "/"))
    }

    private func hubKind(_ path: String, _ parts: [String], _ line: FoldedText) -> Link.Kind {
        guard parts.count > 1 else { return .other }
        if licenceParts.areIn(path) { return .licence }
        switch parts[1] {
        case "datasets": return parts.count > 2 ? .hubDataset : .other
        case "spaces": return parts.last.map(codeLicences.areIn) ?? false ? .licence : .demo
        case "collections": return modelWords.areIn(line) ? .hubModel : .other
        case let page where hubPages.contains(page): return .other
        // An organisation's page counts where the words say that its models are there.
        default: return parts.count > 2 || modelWords.areIn(line) ? .hubModel : .other
        }
    }
}

/// Addresses that lead to weights.
public struct WeightAddresses: Sendable {
    private let endings: [String]
    /// Endings of files that hold anything.
    private let ambiguousEndings: [String]
    /// Of names that are paths of the machine: weights' and others'.
    private let fileEndings: [String]
    private let storeWords, storeHosts, tellingFiles, templates: Phrases
    private let schemes: [String]
    /// Of vocabularies, settings and documents beside weights.
    private let textEndings: [String]

    init(_ root: JSONValue) {
        textEndings = root.list("text-endings")
        endings = root.list("endings")
        ambiguousEndings = root.list("ambiguous-endings")
        fileEndings = endings + root.list("local-endings")
        storeWords = root.phrases("store-words")
        storeHosts = root.phrases("store-hosts")
        tellingFiles = root.phrases("telling-files")
        templates = root.phrases("templates")
        schemes = root.list("schemes")
    }

    /// Whether a text begins as an address does.
    public func isAddress(_ text: UnsafeRawBufferPointer) -> Bool {
        schemes.contains { text.count >= $0.utf8.count && text.prefix($0.utf8.count).elementsEqual($0.utf8) }
    }

    /// Whether a path is called as vocabularies, settings and documents are.
    public func isText(_ path: String) -> Bool {
        let file = path.prefix { $0 != "?" && $0 != "#" }
        return textEndings.contains(where: file.hasSuffix)
    }

    /// Whether the address names a file of weights.
    /// - Parameter areSaid: whether the words around say that weights are there.
    public func isWeights(_ address: String, areSaid: Bool = false) -> Bool {
        var text = address.lowercased()
        if let cut = text.firstIndex(where: { $0 == "?" || $0 == "#" }) { text = String(text[..<cut]) }
        guard text.holds("/"), endings.contains(where: text.hasSuffix) else { return false }
        guard !areSaid, ambiguousEndings.contains(where: text.hasSuffix) else { return true }
        // Who keeps it does not say what it is.
        let path = text.range(of: "://").map { text[$0.upperBound...].drop { $0 != "/" } } ?? text[...]
        return tellingFiles.areIn(String(path))
    }

    /// Whether a program's path says that it gets weights.
    public func isTelling(_ path: String) -> Bool { tellingFiles.areIn(path) }

    /// Whether it is a bucket or file store where models are kept, by the address or by the program that gets it.
    /// - Parameter path: the program, in lower case.
    public func isStore(_ address: String, namedIn path: String) -> Bool {
        let text = address.lowercased()
        guard !textEndings.contains(where: text.hasSuffix) else { return false }
        return (storeWords.areIn(text) || tellingFiles.areIn(path)) && !templates.areIn(text) && storeHosts.areIn(text)
    }

    /// `org/name` as the hub writes it, and no path of the machine.
    public func isHubName(_ text: UnsafeRawBufferPointer) -> Bool {
        guard Self.hasTwoParts(text) else { return false }
        let name = text.repairedText.lowercased()
        // "ViT-L/14" is a size with its patches.
        let hasLetter = name.utf8.reversed().prefix { $0 != UInt8(ascii: "/") }.contains { (0x61...0x7A).contains($0) }
        return hasLetter && !fileEndings.contains { name.hasSuffix($0) }
    }

    private static func hasTwoParts(_ text: UnsafeRawBufferPointer) -> Bool {
        guard text.count >= 4, text.count < 100 else { return false }
        var slashes = 0
        for byte in text {
            if byte == UInt8(ascii: "/") {
                slashes += 1
            } else if !((byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "."))
            {
                return false
            }
        }
        return slashes == 1 && text[0] != UInt8(ascii: "/") && text[0] != UInt8(ascii: ".")
            && text[text.count - 1] != UInt8(ascii: "/")
    }
}
