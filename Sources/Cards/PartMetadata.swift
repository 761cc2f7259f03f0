import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// Metadata of which the format itself says of what part of a release it speaks: Kaggle's model instances and data sets, Croissant
/// (mlcommons.org/croissant: a data set's), the parts of a Kitfile (kitops.org).
enum PartMetadata {
    /// A word for a licence, and what it is for.
    private struct Field {
        let name: String
        let value: String
        let part: ReleasePart?
    }

    private static let most = 50

    static func read(
        _ text: String, _ path: String, _ format: PackageMetadata.Format, _ licences: any LicenceCatalogue
    ) -> [DeclaredLicence] {
        var copy = text
        let root = copy.withUTF8 { try? JSONValue.parse(UnsafeRawBufferPointer($0)) }
        let fields: [Field] =
            switch format {
            case .kaggle: root.map(kaggle) ?? []
            case .croissant: root.map(croissant) ?? []
            case .kitfile: root.map(kitfile) ?? kitfile(text.lines(limit: 5000))
            default: []
            }
        let lines = text.lines(limit: 5000)
        var searched = 0
        return fields.prefix(most).compactMap { field in
            guard !field.value.trimmed.isEmpty else { return nil }
            let place =
                lines.indices.dropFirst(searched).first { lines[$0].contains(field.value) }
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

    private static func kaggle(_ root: JSONValue) -> [Field] {
        let model = (root["licenseName"]?.strings ?? []).map { Field(name: "licenseName", value: $0, part: .weights) }
        let data = (root["licenses"]?.array ?? []).flatMap { named($0, "licenses", .data) }
        return model + data
    }

    private static func croissant(_ root: JSONValue) -> [Field] {
        let value = root["license"] ?? root["sc:license"]
        return (value?.array ?? value.map { [$0] } ?? []).flatMap { named($0, "license", .data) }
    }

    /// A word, an address, or an object that has either.
    private static func named(_ value: JSONValue, _ name: String, _ part: ReleasePart) -> [Field] {
        let word = value.string ?? ["name", "@id", "url"].lazy.compactMap { value[$0]?.string }.first
        return word.map { [Field(name: name, value: $0, part: part)] } ?? []
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

    private static func kitfile(_ root: JSONValue) -> [Field] {
        var fields: [Field] = []
        for member in root.members ?? [] {
            for item in member.value.array ?? [member.value] {
                guard let word = item["license"]?.string else { continue }
                fields.append(Field(name: "\(member.key).license", value: word, part: part(member.key)))
            }
        }
        return spread(fields)
    }

    private static func kitfile(_ lines: [Substring]) -> [Field] {
        var fields: [Field] = []
        var section = ""
        for line in lines {
            let text = line.trimmed
            guard !text.isEmpty, !text.hasPrefix("#") else { continue }
            if line.first != " ", line.first != "-", let colon = text.firstIndex(of: ":") {
                section = String(text[..<colon])
                continue
            }
            let entry = text.drop { $0 == "-" || $0 == " " }
            guard entry.hasPrefix("license:") else { continue }
            let value = entry.dropFirst(8).prefix { $0 != "#" }.trimmed.filter { $0 != "\"" && $0 != "'" }
            fields.append(Field(name: "\(section).license", value: value, part: part(section)))
        }
        return spread(fields)
    }

    /// The package's licence is that of each part without one.
    private static func spread(_ fields: [Field]) -> [Field] {
        let own = Set(fields.compactMap(\.part))
        return fields.flatMap { field in
            field.part == nil
                ? [ReleasePart.weights, .code, .data].filter { !own.contains($0) }.map {
                    Field(name: field.name, value: field.value, part: $0)
                } : [field]
        }
    }
}
