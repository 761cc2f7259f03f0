import OpenscanBytes
import OpenscanFacts

/// What addresses lead to, by their form and the words around them (Licenses/links.yml).
public struct LinkRules: Sendable {
    private let papers, paperWords, forms, otherParts, licenceParts, modelWords: Phrases
    private let stores, storeData, storeDemos, downloads, weightWords, codeLicences, demoParts: Phrases
    private let fileDOIs, fileStores, asksForWeights, model, noModel, data, offers, noOffer, dataWords: Phrases
    private let pictures: [String]
    private let otherHosts, demoHosts, dataPathParts: NamePatterns
    private let hubHosts, hubPages, codeHosts: Set<String>
    /// How papers named by number begin.
    public let identifiers: [String]
    /// Addresses of weights themselves.
    public let weights: WeightAddresses

    /// - Parameter root: the document `links`.
    public init(_ root: JSONValue) {
        func part(_ key: String) -> JSONValue { root[key] ?? .null }
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
        licenceParts = hubs.phrases("licence-parts")
        modelWords = hubs.phrases("model-words")
        stores = hubs.phrases("stores")
        storeData = hubs.phrases("store-data")
        storeDemos = hubs.phrases("store-demos")
        codeHosts = Set(part("code").list("hosts"))
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

    /// - Parameters:
    ///   - target: the address as written.
    ///   - context: headings above and the line, folded.
    ///   - line: the line, folded.
    public func kind(_ target: String, context: FoldedText, line: FoldedText) -> Link.Kind {
        let lower = target.lowercased()
        var path = lower
        for prefix in ["https://", "http://", "www."] where path.hasPrefix(prefix) { path.removeFirst(prefix.count) }
        let parts = path.split(separator: "/").map(String.init)
        let host = parts.first ?? ""
        if forms.areIn(path) { return .form }
        if pictures.contains(where: { path.hasSuffix($0) }) { return .other }
        if otherParts.areIn(path) || otherHosts.matches(host) { return .other }
        let isFile = fileDOIs.areIn(path)
        if !isFile, papers.areIn(path) { return .paper }
        if path.hasSuffix(".pdf"), paperWords.areIn(context) { return .paper }
        if weights.isWeights(lower) { return .weights }
        if hubHosts.contains(host) { return hubKind(path, parts, line) }
        if stores.areIn(host) {
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
            if isAsked || model.areIn(line) && !noModel.areIn(line) { return .weights }
            // A DOI is on many badges; only words on its own line say what it is of.
            return data.areIn(isFile ? line : context) ? .data : .other
        }
        if isAsked, !noOffer.areIn(path), offers.areIn(line) { return .weights }
        if dataPathParts.matches(any: parts.dropFirst()) || dataWords.areIn(line) { return .data }
        return .other
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
    /// Of names that are paths of the machine: weights' and others'.
    private let fileEndings: [String]
    private let storeWords, storeHosts, tellingFiles, templates: Phrases
    private let schemes: [String]

    init(_ root: JSONValue) {
        endings = root.list("endings")
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

    /// Whether the address names a file of weights.
    public func isWeights(_ address: String) -> Bool {
        var text = address.lowercased()
        if let cut = text.firstIndex(where: { $0 == "?" || $0 == "#" }) { text = String(text[..<cut]) }
        return text.holds("/") && endings.contains { text.hasSuffix($0) }
    }

    /// Whether it is a bucket or file store where models are kept, by the address or by the program that gets it.
    /// - Parameter path: the program, in lower case.
    public func isStore(_ address: String, namedIn path: String) -> Bool {
        let text = address.lowercased()
        return (storeWords.areIn(text) || tellingFiles.areIn(path)) && !templates.areIn(text) && storeHosts.areIn(text)
    }

    /// `org/name` as the hub writes it, and no path of the machine.
    public func isHubName(_ text: UnsafeRawBufferPointer) -> Bool {
        guard Self.hasTwoParts(text) else { return false }
        let name = text.repairedText.lowercased()
        return !fileEndings.contains { name.hasSuffix($0) }
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
