import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// Reads the licence fields of package metadata, line by line where that is enough: a broken file still says what it says.
public enum PackageMetadata {
    /// Files that hold such metadata, each with its own fields; `coreMetadata` are METADATA and PKG-INFO.
    public enum Format: Sendable, Hashable {
        case coreMetadata, pyproject, setupConfig, setupScript, packageJSON, cargo, citation, kaggle, croissant, kitfile
        /// datapackage.json.
        case dataPackage
        /// The config of a ModelPack artifact.
        case modelPack
        /// DESCRIPTION of a package of R.
        case description
        /// A recipe of conda.
        case recipe
        /// codemeta.json and .zenodo.json.
        case codeMeta
    }

    /// The format that the last name of `path` stands for.
    public static func format(_ path: String) -> Format? {
        switch Entry.name(of: path) {
        case "METADATA", "PKG-INFO": .coreMetadata
        case "pyproject.toml": .pyproject
        case "setup.cfg": .setupConfig
        case "setup.py": .setupScript
        case "package.json": .packageJSON
        case "Cargo.toml": .cargo
        case "CITATION.cff": .citation
        case "DESCRIPTION": .description
        case "meta.yaml", "recipe.yaml": .recipe
        case "codemeta.json", ".zenodo.json": .codeMeta
        case "model-instance-metadata.json", "model-metadata.json", "dataset-metadata.json": .kaggle
        case "croissant.json": .croissant
        case "datapackage.json": .dataPackage
        case "Kitfile": .kitfile
        case StoreNames.layersConfig: .modelPack
        default: nil
        }
    }

    /// The format that the content stands for, where names tell nothing: linked data on a data set may be called anything.
    public static func format(_ bytes: UnsafeRawBufferPointer, path: String) -> Format? {
        let name = Entry.name(of: path).lowercased()
        guard name.hasSuffix(".json") || name.hasSuffix(".jsonld"), bytes.contains("\"@context\""),
            bytes.contains("Dataset\"")
        else { return nil }
        return .croissant
    }

    /// The data that a file of such metadata describes.
    public static func data(_ text: String, path: String, format: Format) -> DescribedData? {
        switch format {
        case .kaggle, .croissant, .dataPackage, .kitfile: PartMetadata(text, path, format).data
        default: nil
        }
    }

    /// The fields that name a licence, in order, each with its line.
    /// - Parameters:
    ///   - text: the file; its first 5,000 lines are read, all of it where it is JSON.
    ///   - path: its path in the release, for evidence.
    ///   - format: what to read it as.
    ///   - licences: resolves what the fields name.
    public static func read(_ text: String, path: String, format: Format, licences: any LicenceCatalogue)
        -> [DeclaredLicence]
    {
        let lines = text.lines(limit: 5000)
        switch format {
        case .coreMetadata: return coreMetadata(lines, path, licences)
        case .pyproject:
            return table(lines, path, licences, sections: ["project", "tool.poetry", "tool.flit.metadata"])
        case .cargo: return table(lines, path, licences, sections: ["package", "workspace.package"])
        case .setupConfig: return table(lines, path, licences, sections: ["metadata"])
        case .setupScript: return setupScript(lines, path, licences)
        case .citation: return citation(lines, path, licences)
        case .description: return description(lines, path, licences)
        case .recipe: return recipe(lines, path, licences)
        case .packageJSON, .codeMeta: return json(text, lines, path, licences)
        case .kaggle, .croissant, .dataPackage, .kitfile, .modelPack:
            return PartMetadata(text, path, format).declared(licences)
        }
    }

    private static func declared(
        _ field: String, _ raw: some StringProtocol, _ line: Substring, _ number: Int, _ path: String,
        _ licences: any LicenceCatalogue
    ) -> DeclaredLicence? {
        let value = raw.trimmed.filter { $0 != "\"" && $0 != "'" }
        guard !value.isEmpty, value != "UNKNOWN" else { return nil }
        return DeclaredLicence(
            field: field, isClassifier: field.lowercased().hasPrefix("classifier"), value: licences.value(value),
            evidence: Evidence(path: path, lines: LineRange(number), quote: String(line)))
    }

    /// Core metadata (packaging.python.org, "Core metadata specifications"): the head of METADATA and PKG-INFO.
    private static func coreMetadata(_ lines: [Substring], _ path: String, _ licences: any LicenceCatalogue)
        -> [DeclaredLicence]
    {
        var out: [DeclaredLicence] = []
        for (number, line) in lines.enumerated() {
            if line.trimmed.isEmpty { break }
            if line.hasPrefix("License-Expression:") {
                if let found = declared("License-Expression", line.dropFirst(19), line, number + 1, path, licences) {
                    out.append(found)
                }
            } else if line.hasPrefix("License:") {
                // Some projects put the whole text here; its first line then is a title or a copyright.
                if let found = declared("License", line.dropFirst(8), line, number + 1, path, licences),
                    line.utf8.count < 200
                {
                    out.append(found)
                }
            } else if line.hasPrefix("Classifier: License ::") {
                if let found = declared("Classifier", line.dropFirst(12), line, number + 1, path, licences) {
                    out.append(found)
                }
            }
        }
        return out
    }

    private static func table(
        _ lines: [Substring], _ path: String, _ licences: any LicenceCatalogue, sections: Set<String>
    )
        -> [DeclaredLicence]
    {
        var section = ""
        var out: [DeclaredLicence] = []
        for (number, line) in lines.enumerated() {
            let text = line.trimmed
            if text.hasPrefix("[") {
                section = text.filter { $0 != "[" && $0 != "]" }.trimmed
                continue
            }
            if section == "project", text.contains("License ::") || text.contains("\"License ::") {
                let value = text.filter { $0 != "\"" && $0 != "'" && $0 != "," }
                if let found = declared("classifiers", value.drop { $0 != "L" }, line, number + 1, path, licences) {
                    out.append(found)
                }
                continue
            }
            guard sections.contains(section), text.hasPrefix("license"), let equals = text.firstIndex(of: "=") else {
                continue
            }
            let key = text[..<equals].trimmed
            guard key == "license" || key == "license-expression" || key == "license.text" else { continue }
            var value = text[text.index(after: equals)...].trimmed
            if value.hasPrefix("{") {
                guard let textKey = value.range(of: "text") else { continue }
                value = value[textKey.upperBound...].drop { $0 == " " || $0 == "=" }.prefix { $0 != "}" }.trimmed
            }
            if value.hasPrefix("\"") || value.hasPrefix("'") {
                value = String(value.dropFirst().prefix { $0 != "\"" && $0 != "'" })
            }
            if let found = declared(key, value, line, number + 1, path, licences), value.utf8.count < 200 {
                out.append(found)
            }
        }
        return out
    }

    private static func setupScript(_ lines: [Substring], _ path: String, _ licences: any LicenceCatalogue)
        -> [DeclaredLicence]
    {
        var out: [DeclaredLicence] = []
        for (number, line) in lines.enumerated() {
            let text = line.trimmed
            // An argument of the call, on a line of its own or among others.
            let argument = ["license=", "license ="].lazy.compactMap { text.range(of: $0) }.first {
                $0.lowerBound == text.startIndex || " ,(".contains(text[text.index(before: $0.lowerBound)])
            }
            if let argument, !text.hasPrefix("#"),
                let quote = text[argument.upperBound...].firstIndex(where: { $0 == "\"" || $0 == "'" }),
                text[argument.upperBound..<quote].allSatisfy({ $0 == " " })
            {
                let value = text[text.index(after: quote)...].prefix { $0 != text[quote] }
                if let found = declared("license", value, line, number + 1, path, licences) { out.append(found) }
            } else if let start = text.range(of: "License ::") {
                let value = text[start.lowerBound...].prefix { $0 != "\"" && $0 != "'" }
                if let found = declared("classifiers", value, line, number + 1, path, licences) { out.append(found) }
            }
        }
        return out
    }

    /// One licence, or a list between which the reader may choose (Citation File Format 1.2, `license`).
    private static func citation(_ lines: [Substring], _ path: String, _ licences: any LicenceCatalogue)
        -> [DeclaredLicence]
    {
        guard let number = lines.firstIndex(where: { $0.hasPrefix("license:") }) else { return [] }
        var value = lines[number].dropFirst(8).trimmed
        if value.isEmpty {
            let items = lines[(number + 1)...].prefix(50).prefix { $0.trimmed.hasPrefix("- ") }
            value = items.map { $0.trimmed.dropFirst(2).trimmed }.joined(separator: " OR ")
        } else if value.hasPrefix("["), value.hasSuffix("]") {
            value = value.dropFirst().dropLast().split(separator: ",").map(\.trimmed).joined(separator: " OR ")
        }
        return declared("license", value, lines[number], number + 1, path, licences).map { [$0] } ?? []
    }

    /// Fields as Debian's control files write them: a line that begins with white space goes on with the one before (Writing R
    /// Extensions, 1.1.1).
    private static func description(_ lines: [Substring], _ path: String, _ licences: any LicenceCatalogue)
        -> [DeclaredLicence]
    {
        guard lines.contains(where: { $0.hasPrefix("Package:") }),
            let number = lines.firstIndex(where: { $0.hasPrefix("License:") })
        else { return [] }
        let further = lines[(number + 1)...].prefix(20).prefix { $0.first == " " || $0.first == "\t" }
        let value = ([lines[number].dropFirst(8)] + further).map(\.trimmed).joined(separator: " ")
        return declared("License", value, lines[number], number + 1, path, licences).map { [$0] } ?? []
    }

    /// `license:` below `about:`.
    private static func recipe(_ lines: [Substring], _ path: String, _ licences: any LicenceCatalogue)
        -> [DeclaredLicence]
    {
        var isAbout = false
        for (number, line) in lines.enumerated() {
            if let first = line.first, first.isLetter { isAbout = line.hasPrefix("about:") }
            let text = line.trimmed
            guard isAbout, text.hasPrefix("license:") else { continue }
            return declared("license", text.dropFirst(8).trimmed, line, number + 1, path, licences).map { [$0] } ?? []
        }
        return []
    }

    private static let mostLicences = 50

    /// `license` of npm, codemeta and Zenodo; npm's old list `licenses` offers a choice (docs.npmjs.com, package.json, "license").
    private static func json(_ text: String, _ lines: [Substring], _ path: String, _ licences: any LicenceCatalogue)
        -> [DeclaredLicence]
    {
        var copy = text
        guard let root = copy.withUTF8({ try? JSONValue.parse(UnsafeRawBufferPointer($0)) }) else { return [] }
        for (key, joint) in [("license", " AND "), ("licenses", " OR ")] {
            guard let field = root[key], let number = lines.firstIndex(where: { $0.contains("\"\(key)\"") }) else {
                continue
            }
            let names = (field.array ?? [field]).prefix(mostLicences).compactMap(name)
            let found = declared(
                key, names.joined(separator: joint), lines[number], number + 1, path, licences)
            if let found { return [found] }
        }
        return []
    }

    /// A licence as a text, or as an object that says its name or address.
    private static func name(_ value: JSONValue) -> String? {
        if let text = value.string { return text }
        return ["type", "id", "name", "url", "@id"].lazy.compactMap { value[$0]?.string }.first
    }
}
