import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// Metadata of which the format itself says of what part of a release it speaks: Kaggle's model instances and data sets, Croissant
/// (mlcommons.org/croissant) and data packages (datapackage.org), the parts of a Kitfile (kitops.org), the config of ModelPack
/// (github.com/modelpack/model-spec, "config.md").
struct PartMetadata {
    /// A word for a licence, and what it is for.
    struct Field {
        let name: String
        let value: String
        let part: ReleasePart?
        /// Where the format has lines of its own.
        var line: Int?
    }

    private(set) var fields: [Field] = []
    /// The data it describes, where it describes any.
    private(set) var data: DescribedData?
    private let text: String
    private let path: String

    private static let most = 50
    private static let mostPaths = 1000

    /// Reads a file of one of the formats.
    init(_ text: String, _ path: String, _ format: PackageMetadata.Format) {
        self.text = text
        self.path = path
        var copy = text
        let root = copy.withUTF8 { try? JSONValue.parse(UnsafeRawBufferPointer($0)) }
        switch format {
        case .kaggle: root.map { kaggle($0) }
        case .croissant: root.map { croissant($0) }
        case .dataPackage: root.map { dataPackage($0) }
        case .modelPack: root.map { modelPack($0) }
        case .kitfile: kitfile(root.map(LinedValue.init) ?? LinedValue(yaml: text))
        default: break
        }
    }

    /// The fields that name a licence, each with its line.
    func declared(_ licences: any LicenceCatalogue) -> [DeclaredLicence] {
        let lines = text.lines(limit: 5000)
        var searched = 0
        return fields.prefix(Self.most).compactMap { field in
            guard !field.value.trimmed.isEmpty else { return nil }
            let place =
                field.line.map { $0 - 1 }.flatMap { lines.indices.contains($0) ? $0 : nil }
                ?? lines.indices.dropFirst(searched).first { lines[$0].contains(field.value) }
                ?? lines.firstIndex { $0.contains(field.value) }
            if let place { searched = place }
            let evidence = place.map {
                Evidence(path: path, lines: LineRange($0 + 1), quote: String(lines[$0]))
            }
            return DeclaredLicence(
                field: field.name, value: licences.value(field.value), part: field.part,
                evidence: evidence ?? Evidence(path: path, quote: field.value))
        }
    }

    private mutating func kaggle(_ root: JSONValue) {
        fields = (root["licenseName"]?.strings ?? []).map { Field(name: "licenseName", value: $0, part: .weights) }
        // The metadata of one instance may stand in those of its model.
        for instance in (root["instances"]?.array ?? []).prefix(Self.most) {
            fields += (instance["licenseName"]?.strings ?? []).map {
                Field(name: "instances.licenseName", value: $0, part: .weights)
            }
        }
        fields += (root["licenses"]?.array ?? []).flatMap { Self.named($0, "licenses", .data) }
        guard root["licenses"] != nil || root["resources"] != nil else { return }
        data = DescribedData(paths: Self.resources(root))
    }

    /// A word, an address, or an object that has either.
    private static func named(_ value: JSONValue, _ name: String, _ part: ReleasePart) -> [Field] {
        let words = ["name", "@id", "url", "path", "title", "@value"]
        let word = value.string ?? words.lazy.compactMap { value[$0]?.string }.first
        return word.map { [Field(name: name, value: $0, part: part)] } ?? []
    }

    /// Paths of `resources`, of which each has one or several.
    private static func resources(_ root: JSONValue) -> [String] {
        let paths = (root["resources"]?.array ?? []).prefix(mostPaths).flatMap { $0["path"]?.strings ?? [] }
        return Array(paths.filter { !isAddress($0) }.prefix(mostPaths))
    }

    private static func isAddress(_ text: String) -> Bool { text.hasPrefix("http://") || text.hasPrefix("https://") }

    private func evidence(of address: String) -> Evidence {
        let lines = text.lines(limit: 5000)
        let line = lines.firstIndex { $0.contains(address) }
        return Evidence(path: path, lines: line.map { LineRange($0 + 1) }, quote: address)
    }

    private mutating func dataPackage(_ root: JSONValue) {
        guard let resources = root["resources"]?.array else { return }
        let given = root["licenses"]?.array ?? root["license"].map { [$0] } ?? []
        fields = given.flatMap { Self.named($0, "licenses", .data) }
        let paths = resources.prefix(Self.most).flatMap { $0["path"]?.strings ?? [] }
        data = DescribedData(
            paths: Self.resources(root), addresses: paths.filter(Self.isAddress).prefix(Self.most).map(evidence))
    }

    // MARK: Croissant

    /// The property of a node, whatever prefix stands for the vocabulary.
    private static func property(_ name: String, of node: JSONValue) -> JSONValue? {
        let addresses = ["https://schema.org/", "http://schema.org/"]
        return ([name] + ["sc:", "schema:", "so:"].map { $0 + name } + addresses.map { $0 + name }).lazy
            .compactMap { node[$0] }.first
    }

    private static func isDataset(_ node: JSONValue) -> Bool {
        (node["@type"]?.strings ?? node["type"]?.strings ?? []).contains {
            $0.split { ":/#".contains($0) }.last == "Dataset"
        }
    }

    private mutating func croissant(_ root: JSONValue) {
        let nodes = root["@graph"]?.array ?? root.array ?? [root]
        guard let node = nodes.prefix(Self.mostPaths).first(where: Self.isDataset) ?? nodes.first else { return }
        guard Self.isDataset(node) || Self.property("distribution", of: node) != nil else { return }
        let value = Self.property("license", of: node)
        fields = (value?.array ?? value.map { [$0] } ?? []).flatMap { Self.named($0, "license", .data) }
        let parts = Self.property("distribution", of: node)
        var paths: [String] = []
        var addresses: [String] = []
        var holdsSets = false
        for item in (parts?.array ?? parts.map { [$0] } ?? []).prefix(Self.mostPaths) {
            // A set of files says by patterns which ones, and may mean any here.
            holdsSets = holdsSets || item["includes"] != nil || item["cr:includes"] != nil
            for target in Self.property("contentUrl", of: item)?.strings ?? [] {
                if Self.isAddress(target) {
                    addresses.append(target)
                    paths.append(String(Entry.name(of: target)))
                } else {
                    paths.append(target)
                }
            }
        }
        if addresses.isEmpty { addresses = (Self.property("url", of: node)?.strings ?? []).filter(Self.isAddress) }
        data = DescribedData(
            paths: holdsSets ? [] : paths, addresses: addresses.prefix(Self.most).map(evidence))
    }

    private mutating func modelPack(_ root: JSONValue) {
        guard let descriptor = root["descriptor"] else { return }
        fields = (descriptor["licenses"]?.strings ?? []).map {
            Field(name: "descriptor.licenses", value: $0, part: .weights)
        }
    }

    // MARK: Kitfiles

    /// Sections of a Kitfile.
    private static func part(_ section: String) -> ReleasePart? {
        switch section {
        case "model": .weights
        case "datasets": .data
        case "code": .code
        case "docs", "prompts": .documents
        default: nil
        }
    }

    private mutating func kitfile(_ root: LinedValue?) {
        guard let root else { return }
        var found: [Field] = []
        var paths: [String] = []
        for member in root.members.prefix(Self.most) {
            let section = member.key
            for item in member.value.items.prefix(Self.mostPaths) {
                // What a model has besides (adapters, tokenizers) is a part of it, under terms that may be its own.
                for owner in [item] + (item["parts"]?.items.prefix(Self.most) ?? []) {
                    guard let licence = owner["license"], let word = licence.text else { continue }
                    found.append(
                        Field(
                            name: "\(section).license", value: word, part: Self.part(section), line: licence.line))
                }
                if section == "datasets", let path = item["path"]?.text { paths.append(path) }
            }
        }
        fields = Self.spread(found)
        if !paths.isEmpty { data = DescribedData(paths: paths) }
    }

    /// The package's licence is that of each part without one.
    private static func spread(_ fields: [Field]) -> [Field] {
        let own = Set(fields.compactMap(\.part))
        return fields.flatMap { field in
            field.part == nil
                ? [ReleasePart.weights, .code, .data].filter { !own.contains($0) }.map {
                    Field(name: field.name, value: field.value, part: $0, line: field.line)
                } : [field]
        }
    }
}
