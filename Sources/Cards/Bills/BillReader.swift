import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// Reads bills of materials that lie in a release: CycloneDX and SPDX (2 and 3) as JSON, and the files that a Croissant description lists. A bill of what a
/// program depends on says nothing of the release: only what it has for its subject counts, or the one model in it.
public enum BillReader {
    private static let most = 5_000

    /// What a bill says.
    public struct Result: Sendable {
        /// What it lists.
        public var bill = DeclaredBill()
        /// Licences of its subject.
        public var declared: [DeclaredLicence] = []
    }

    /// `nil` for what is no bill.
    /// - Parameters:
    ///   - bytes: the file.
    ///   - path: its path in the release, for evidence.
    ///   - licences: resolves what its fields name.
    public static func read(_ bytes: UnsafeRawBufferPointer, path: String, licences: any LicenceCatalogue) -> Result? {
        let isCycloneDX = bytes.contains("\"bomFormat\"")
        let isOld = bytes.contains("\"spdxVersion\"")
        guard isCycloneDX || isOld || bytes.contains("spdx.org/rdf/3"), let root = try? JSONValue.parse(bytes) else {
            return nil
        }
        let places = StringPlaces(bytes, path: path)
        if isCycloneDX, root["bomFormat"]?.string == "CycloneDX" {
            return CycloneDXBill(places: places, licences: licences).read(root)
        }
        if isOld, root["spdxVersion"]?.string?.hasPrefix("SPDX-2") ?? false {
            return SPDX2Bill(places: places, licences: licences).read(root)
        }
        if let graph = root["@graph"]?.array, graph.contains(where: { $0["type"]?.string == "SpdxDocument" }) {
            return SPDX3Bill(places: places, licences: licences).read(graph)
        }
        return nil
    }

    /// Files of the release that a Croissant description lists by a path; addresses are elsewhere.
    public static func croissant(_ bytes: UnsafeRawBufferPointer, path: String) -> DeclaredBill? {
        guard let root = try? JSONValue.parse(bytes), let items = root["distribution"]?.array else { return nil }
        let places = StringPlaces(bytes, path: path)
        var bill = DeclaredBill()
        for item in items.prefix(most) {
            guard let url = item["contentUrl"]?.string, !url.contains("://"), !url.isEmpty else { continue }
            bill.files.append(
                DeclaredBill.Listed(
                    path: url, sha256: digest(item["sha256"]?.string), size: size(item["contentSize"]?.string),
                    evidence: places.evidence(url)))
        }
        return bill.isEmpty ? nil : bill
    }

    /// `123 B`: other units are rounded.
    private static func size(_ text: String?) -> Int? {
        guard let text else { return nil }
        let parts = text.split(separator: " ")
        guard parts.count == 2, parts[1] == "B" else { return nil }
        return Int(parts[0]).flatMap { $0 >= 0 ? $0 : nil }
    }

    /// SHA-256 in hexadecimal, lower case; `nil` for anything else.
    static func digest(_ text: String?) -> String? {
        guard let text = text?.lowercased(), text.utf8.count == 64,
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        return text
    }

    /// Names that say that there is nothing to say.
    static func isSaid(_ licence: String) -> Bool {
        let upper = licence.uppercased()
        return !licence.isEmpty && upper != "NOASSERTION" && upper != "NONE"
    }

    /// The first entries of a list.
    static func list(_ value: JSONValue?) -> ArraySlice<JSONValue> { (value?.array ?? []).prefix(most) }
}

/// The line of each text in a file of JSON: where it stands first, found in one pass.
struct StringPlaces {
    private let path: String
    private var lines: [String: Int] = [:]
    private static let most = 100_000

    init(_ bytes: UnsafeRawBufferPointer, path: String) {
        self.path = path
        var line = 1
        var place = 0
        while place < bytes.count, lines.count < Self.most {
            if bytes[place] == UInt8(ascii: "\n") { line += 1 }
            guard bytes[place] == UInt8(ascii: "\"") else {
                place += 1
                continue
            }
            var end = place + 1
            var isPlain = true
            while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
                if bytes[end] == UInt8(ascii: "\\") {
                    isPlain = false
                    end += 1
                }
                end += 1
            }
            if isPlain, end < bytes.count, end - place < 2_000 {
                let text = bytes.slice(place + 1..<end).repairedText
                if lines[text] == nil { lines[text] = line }
            }
            place = min(end, bytes.count) + 1
        }
    }

    /// A text with its line.
    func evidence(_ text: String) -> Evidence {
        Evidence(path: path, lines: lines[text].map { LineRange($0) }, quote: text)
    }

    func declared(_ field: String, _ licence: String, _ part: ReleasePart?, _ licences: any LicenceCatalogue)
        -> DeclaredLicence
    {
        DeclaredLicence(field: field, value: licences.value(licence), part: part, evidence: evidence(licence))
    }
}

/// CycloneDX.
private struct CycloneDXBill {
    let places: StringPlaces
    let licences: any LicenceCatalogue

    func read(_ root: JSONValue) -> BillReader.Result {
        var result = BillReader.Result()
        let components = BillReader.list(root["components"])
        let models = components.filter { $0["type"]?.string == "machine-learning-model" }
        let subject = root["metadata"]?["component"]
        let main =
            subject?["type"]?.string == "machine-learning-model" ? subject : models.count == 1 ? models.first : nil
        // A bill that has no model for its subject is one of dependencies.
        guard let main else { return result }
        for item in BillReader.list(main["licenses"]) {
            let held = item["license"] ?? item
            // What a tool concluded is its word, not the release's.
            guard held["acknowledgement"]?.string != "concluded",
                let name = held["id"]?.string ?? held["name"]?.string ?? held["expression"]?.string,
                BillReader.isSaid(name)
            else { continue }
            result.declared.append(places.declared("licenses", name, .weights, licences))
        }
        for base in BillReader.list(main["pedigree"]?["ancestors"]) {
            guard let name = base["name"]?.string, !name.isEmpty else { continue }
            let whole = base["group"]?.string.map { "\($0)/\(name)" } ?? name
            result.bill.bases.append(DeclaredBill.Named(name: whole, evidence: places.evidence(name)))
        }
        var byReference: [String: String] = [:]
        for component in components where component["type"]?.string == "data" {
            if let reference = component["bom-ref"]?.string, let name = component["name"]?.string {
                byReference[reference] = name
            }
        }
        for data in BillReader.list(main["modelCard"]?["modelParameters"]?["datasets"]) {
            guard let name = data["name"]?.string ?? data["ref"]?.string.flatMap({ byReference[$0] }), !name.isEmpty
            else { continue }
            result.bill.datasets.append(DeclaredBill.Named(name: name, evidence: places.evidence(name)))
        }
        for file in components + BillReader.list(main["components"]) where file["type"]?.string == "file" {
            guard let name = file["name"]?.string, !name.isEmpty else { continue }
            let hash = BillReader.list(file["hashes"]).first { $0["alg"]?.string == "SHA-256" }
            result.bill.files.append(
                DeclaredBill.Listed(
                    path: name, sha256: BillReader.digest(hash?["content"]?.string), evidence: places.evidence(name)))
        }
        return result
    }
}

/// SPDX 2 as JSON: it has no models, so its subject is what the document describes.
private struct SPDX2Bill {
    let places: StringPlaces
    let licences: any LicenceCatalogue

    func read(_ root: JSONValue) -> BillReader.Result {
        var result = BillReader.Result()
        var described = Set(root["documentDescribes"]?.strings ?? [])
        for relation in BillReader.list(root["relationships"])
        where relation["relationshipType"]?.string == "DESCRIBES" {
            if let id = relation["relatedSpdxElement"]?.string { described.insert(id) }
        }
        let subjects = BillReader.list(root["packages"]).filter { described.contains($0["SPDXID"]?.string ?? "") }
        if subjects.count == 1, let name = subjects.first?["licenseDeclared"]?.string, BillReader.isSaid(name) {
            result.declared.append(places.declared("licenseDeclared", name, nil, licences))
        }
        for file in BillReader.list(root["files"]) {
            guard let name = file["fileName"]?.string, !name.isEmpty else { continue }
            let hash = BillReader.list(file["checksums"]).first { $0["algorithm"]?.string == "SHA256" }
            result.bill.files.append(
                DeclaredBill.Listed(
                    path: name, sha256: BillReader.digest(hash?["checksumValue"]?.string),
                    evidence: places.evidence(name)))
        }
        return result
    }
}

/// SPDX 3 as JSON-LD.
private struct SPDX3Bill {
    let places: StringPlaces
    let licences: any LicenceCatalogue

    func read(_ graph: [JSONValue]) -> BillReader.Result {
        var result = BillReader.Result()
        var elements: [String: JSONValue] = [:]
        var roots = Set<String>()
        for element in graph.prefix(200_000) {
            let id = element["spdxId"]?.string ?? element["@id"]?.string
            if let id, elements[id] == nil { elements[id] = element }
            if ["SpdxDocument", "software_Sbom", "Bom"].contains(element["type"]?.string ?? "") {
                roots.formUnion(element["rootElement"]?.strings ?? [])
            }
        }
        let models = graph.filter { $0["type"]?.string == "ai_AIPackage" }
        let subjects = models.filter { roots.contains($0["spdxId"]?.string ?? "") }
        guard let main = subjects.count == 1 ? subjects.first : models.count == 1 ? models.first : nil,
            let id = main["spdxId"]?.string
        else { return result }
        for relation in graph where relation["from"]?.string == id {
            let targets = (relation["to"]?.strings ?? []).prefix(5_000).compactMap { elements[$0] }
            switch relation["relationshipType"]?.string {
            case "hasDeclaredLicense":
                for target in targets {
                    guard let text = target["simplelicensing_licenseExpression"]?.string ?? target["name"]?.string,
                        BillReader.isSaid(text)
                    else { continue }
                    result.declared.append(places.declared("hasDeclaredLicense", text, .weights, licences))
                }
            case "descendantOf": result.bill.bases += targets.compactMap(named)
            case "trainedOn": result.bill.datasets += targets.compactMap(named)
            case "hasDataFile", "contains", "hasDistributionArtifact":
                for target in targets where target["type"]?.string == "software_File" {
                    guard let name = target["name"]?.string, !name.isEmpty else { continue }
                    let hash = BillReader.list(target["verifiedUsing"]).first {
                        $0["algorithm"]?.string == "sha256"
                    }
                    result.bill.files.append(
                        DeclaredBill.Listed(
                            path: name, sha256: BillReader.digest(hash?["hashValue"]?.string),
                            evidence: places.evidence(name)))
                }
            default: continue
            }
        }
        return result
    }

    private func named(_ element: JSONValue) -> DeclaredBill.Named? {
        guard let name = element["name"]?.string, !name.isEmpty else { return nil }
        return DeclaredBill.Named(name: name, evidence: places.evidence(name))
    }
}
