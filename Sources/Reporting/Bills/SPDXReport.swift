import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// SPDX 3.0.1 as JSON-LD, with the profiles for AI and data sets.
public enum SPDXReport {
    /// One document, without a line end.
    /// - Parameter time: when it is said to be made, in RFC 3339 and UTC; `nil` for nothing said.
    /// - Throws: the encoder's error.
    public static func text(_ dossier: Dossier, tool: ReportTool, rules: RuleSet, time: String?) throws -> String {
        var writer = SPDXWriter(bill: Bill(dossier, rules: rules, tool: tool, time: time))
        return try JSON.text(writer.document(), isPretty: true)
    }
}

/// The walk behind it: elements are collected in one list, each with an id from the release's digest.
struct SPDXWriter {
    let bill: Bill
    private var elements: [JSONTree] = []
    private var profiles: Set<String> = ["core", "software", "simpleLicensing"]
    private var ids: [String] = []
    private var custom: Set<String> = []
    private var expressions: [String: String] = [:]
    private var relationCount = 0
    private let namespace: String

    private static let context = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
    private static let creation = "_:creation"
    private static let noAssertion = "expandedlicensing_NoAssertionLicense"
    /// What stands where a time is asked for and none was given; a comment says so.
    private static let noTime = "1970-01-01T00:00:00Z"

    private var dossier: Dossier { bill.dossier }

    init(bill: Bill) {
        self.bill = bill
        namespace = "urn:openscan:" + bill.digest.prefix(32) + "#"
    }

    mutating func document() -> JSONTree {
        let main = addMain()
        addFiles(main)
        addData(main)
        addLineage(main)
        addCode(main)
        add(
            "Annotation", "minimum-elements",
            [
                "annotationType": "other", "subject": .string(main), "contentType": "text/plain",
                "statement": .string(
                    bill.elements.map { element, place in
                        "G7 \(element.cluster) \(element.id): \(place.map { "there: \($0)" } ?? "missing")"
                    }.joined(separator: "\n")),
            ])
        let tool = add(
            "SoftwareAgent", "tool",
            [
                "name": .string("\(bill.tool.name) \(bill.tool.version)"),
                "comment": .string("licence data \(bill.tool.licenceData), rule data \(bill.tool.ruleData)"),
            ])
        let sbom = add(
            "software_Sbom", "sbom",
            [
                "rootElement": [.string(main)], "element": .array(ids.map(JSONTree.string)),
                "software_sbomType": ["analyzed"],
            ])
        add(
            "SpdxDocument", "document",
            [
                "name": .string(shown(bill.name)), "rootElement": [.string(sbom)],
                "element": .array((ids).map(JSONTree.string)),
                "profileConformance": .array(profiles.sorted().map(JSONTree.string)),
            ])
        let created: JSONTree = .some([
            "type": "CreationInfo", "@id": .string(Self.creation), "specVersion": "3.0.1",
            "created": .string(bill.time ?? Self.noTime), "createdBy": [.string(tool)],
            "comment": bill.time == nil
                ? "No time was given (SOURCE_DATE_EPOCH), and the program states none of its own: created is no date."
                : nil,
        ])
        return ["@context": .string(Self.context), "@graph": .array([created] + elements)]
    }

    // MARK: Elements

    /// Takes an element in and gives its id.
    @discardableResult
    private mutating func add(_ type: String, _ name: String, _ members: [String: JSONTree?]) -> String {
        let id = namespace + name
        var members = members
        members["type"] = .string(type)
        members["spdxId"] = .string(id)
        members["creationInfo"] = .string(Self.creation)
        elements.append(.some(members))
        ids.append(id)
        return id
    }

    private mutating func relate(_ from: String, _ type: String, _ to: [String], comment: String? = nil) {
        guard !to.isEmpty else { return }
        relationCount += 1
        add(
            "Relationship", "relationship-\(relationCount)",
            [
                "from": .string(from), "relationshipType": .string(type), "to": .array(to.map(JSONTree.string)),
                "comment": comment.map(JSONTree.string),
            ])
    }

    private func shown(_ name: String) -> String { name.isEmpty ? "unnamed" : name }

    // MARK: Licences

    /// An expression as an element; ids that are not SPDX's have an element of their own that says where the text stands.
    private mutating func expression(_ text: String?) -> String {
        guard let text else { return Self.noAssertion }
        guard let tree = (try? LicenceExpression.parse(text)) ?? LicenceID.named(text).map({ .licence($0.rawValue) })
        else { return Self.noAssertion }
        // What is no id of SPDX and no reference is a name: it becomes one.
        let rules = bill.rules
        let clean = tree.mapped { id in
            if LicenceID(id).isReference || rules.licences.record(LicenceID(id))?.id.isReference == false { return id }
            let base = id.hasSuffix("+") ? String(id.dropLast()) : id
            if rules.licences.record(LicenceID(base))?.id.isReference == false { return id }
            return LicenceID.named(id)?.rawValue ?? id
        }
        if let known = expressions[clean.text] { return known }
        let own = clean.ids.filter { LicenceID($0).isReference }
        for id in own { addCustom(LicenceID(id)) }
        let id = add(
            "simplelicensing_LicenseExpression", "licence-\(expressions.count + 1)",
            [
                "simplelicensing_licenseExpression": .string(clean.text),
                "simplelicensing_customIdToUri": .list(
                    Array(Set(own)).sorted().map { id in
                        ["type": "DictionaryEntry", "key": .string(id), "value": .string(namespace + id)]
                    }),
            ])
        expressions[clean.text] = id
        return id
    }

    private mutating func addCustom(_ id: LicenceID) {
        guard custom.insert(id.rawValue).inserted else { return }
        profiles.insert("expandedLicensing")
        let found = dossier.licences.filter { $0.expressionID == id || $0.id == id }
        let text = found.first { $0.method == .text }
        let words =
            text.map { "The text stands in the release: \($0.place)." }
            ?? found.first.map { "The release names it and has no text of it: \($0.place)." }
            ?? "The release has no text of it."
        let record = bill.rules.licences.record(id)
        add(
            "expandedlicensing_CustomLicense", id.rawValue,
            [
                "name": .string(found.first?.name ?? record?.name ?? id.rawValue),
                "simplelicensing_licenseText": .string(words),
                "comment": text?.isModified == true
                    ? .string("A changed text of \(text?.id.rawValue ?? id.rawValue).") : nil,
            ])
    }

    private mutating func license(_ package: String, declared: String?, terms: PartTerms?, said: PartTerms?) {
        relate(
            package, "hasDeclaredLicense", [expression(declared)],
            comment: declared == nil ? "Nothing declares one." : "As metadata or a card names it.")
        let places = (said ?? terms)?.evidence.filter { !$0.path.isEmpty }.map(\.place) ?? []
        let basis = terms.map { "basis: \($0.basis.rawValue)" } ?? "basis: \(PartTerms.Basis.notStated.rawValue)"
        let comment = ([basis] + (places.isEmpty ? [] : [places.joined(separator: ", ")])).joined(separator: "; ")
        let unsaid = terms?.expression.map { "; the repository's licence is \($0)" } ?? ""
        relate(
            package, "hasConcludedLicense", [expression(said?.expression)],
            comment: said == nil ? comment + unsaid : comment)
    }

    // MARK: The release

    private mutating func addMain() -> String {
        let main = namespace + "package"
        let supplier = bill.producer.map { add("Organization", "producer", ["name": .string($0)]) }
        let places = bill.references.map { reference -> JSONTree in
            let kind: String =
                switch reference.kind {
                case .card, .paper: "documentation"
                case .licence, .policy: "license"
                case .weights, .code: "altDownloadLocation"
                case .security: "securityPolicy"
                case .evaluation: "metrics"
                case .changes: "releaseNotes"
                }
            return [
                "type": "ExternalRef", "externalRefType": .string(kind),
                "locator": [
                    .string(reference.isFile ? HostPlace.reference(reference.target) : reference.target)
                ],
            ]
        }
        var missing: [String] = []
        if supplier == nil { missing.append("suppliedBy") }
        missing.append(bill.isData ? "builtTime, originatedBy, releaseTime" : "releaseTime")
        if bill.version == nil, !bill.isData { missing.append("packageVersion") }
        if bill.downloads.isEmpty { missing.append("downloadLocation") }
        var members: [String: JSONTree?] = [
            "name": .string(shown(bill.name)), "suppliedBy": supplier.map(JSONTree.string),
            "software_packageVersion": bill.version.map(JSONTree.string),
            "software_downloadLocation": bill.downloads.first.map(JSONTree.string),
            "externalRef": .list(places), "summary": .string(summary),
            "comment": .string("The release does not show: " + missing.joined(separator: ", ") + "."),
        ]
        let type: String
        if bill.isModel {
            type = "ai_AIPackage"
            profiles.insert("ai")
            members["software_primaryPurpose"] = "model"
            for (key, value) in modelMembers { members[key] = value }
        } else if bill.isData {
            type = "dataset_DatasetPackage"
            profiles.insert("dataset")
            members["software_primaryPurpose"] = "data"
            members["dataset_datasetType"] = ["noAssertion"]
        } else {
            type = "software_Package"
            members["software_primaryPurpose"] = "application"
        }
        add(type, "package", members)
        license(
            main, declared: bill.declared, terms: dossier.terms[bill.mainPart], said: bill.concluded(bill.mainPart))
        return main
    }

    private var summary: String {
        let level = dossier.gradient.rank.map { " (level \($0) of 7)" } ?? ""
        return "Open source: \(dossier.verdict.answer.rawValue). \(dossier.gradient.level)\(level), confidence "
            + "\(dossier.gradient.confidence.rawValue). \(dossier.verdict.sentence.words)"
    }

    private var modelMembers: [String: JSONTree?] {
        func told(_ ids: [DisclosureID]) -> [String] {
            (dossier.disclosures ?? []).filter { ids.contains($0.id) }.compactMap(\.evidence.quote)
        }
        func joined(_ ids: [DisclosureID]) -> JSONTree? {
            let words = told(ids)
            return words.isEmpty ? nil : .string(words.joined(separator: " "))
        }
        return [
            "ai_typeOfModel": .texts([dossier.model.architecture].compactMap { $0 }),
            "ai_limitation": joined(["limitations"]),
            "ai_informationAboutTraining": joined(["training-stages", "training-objectives"]),
            "ai_informationAboutApplication": joined(["capabilities"]),
            "ai_modelDataPreprocessing": .texts(told(["data-processing"])),
            "ai_modelExplainability": .texts(told(["explainability"])),
            "ai_standardCompliance": .texts(told(["standards"])),
        ]
    }

    // MARK: Parts

    private mutating func addFiles(_ main: String) {
        var data: [String] = []
        var others: [String] = []
        for (number, file) in bill.files.enumerated() {
            let isData = file.component == .dataset || file.component == .evaluationData
            var facts = ["\(file.component?.rawValue ?? "file"), \(file.artefact.format)"]
            if let size = file.size { facts.append("\(size) bytes") }
            if let parameters = file.artefact.parameters { facts.append("\(parameters) parameters") }
            if file.artefact.pointer != nil { facts.append("a pointer stands for it") }
            facts += file.artefact.findings.map { "\($0.id.rawValue): \($0.detail)" }
            let id = add(
                "software_File", "file-\(number + 1)",
                [
                    "name": .string(file.path), "software_primaryPurpose": isData ? "data" : "model",
                    "comment": .string(facts.joined(separator: "; ")),
                    "verifiedUsing": file.sha256.map {
                        [["type": "Hash", "algorithm": "sha256", "hashValue": .string($0)]]
                    },
                ])
            if bill.isModel, file.component.map(ComponentID.weights.contains) ?? false {
                data.append(id)
            } else {
                others.append(id)
            }
        }
        relate(main, "hasDataFile", data)
        relate(main, "contains", others)
    }

    private mutating func addData(_ main: String) {
        guard !bill.datasets.isEmpty else { return }
        profiles.insert("dataset")
        var ids: [String] = []
        for (number, data) in bill.datasets.enumerated() {
            let id = add(
                "dataset_DatasetPackage", "data-\(number + 1)",
                [
                    "name": .string(shown(data.name)), "software_primaryPurpose": "data",
                    "dataset_datasetType": ["noAssertion"],
                    "software_downloadLocation": data.url.map(JSONTree.string),
                    "comment": .string(
                        "Named by the release. It does not show: builtTime, originatedBy, releaseTime"
                            + (data.url == nil ? ", downloadLocation." : ".")),
                ])
            relate(id, "hasDeclaredLicense", [Self.noAssertion], comment: "The release does not say.")
            relate(
                id, "hasConcludedLicense", [known(data.licence, data.certainty)],
                comment: Self.certainty(data.licence, data.certainty))
            ids.append(id)
        }
        if bill.isModel { relate(main, "trainedOn", ids) } else { relate(main, "dependsOn", ids) }
    }

    private mutating func addLineage(_ main: String) {
        let model = dossier.model
        let bases = model.baseModels.enumerated().map { number, base in
            addModel(
                "base-\(number + 1)", base.name, base.licence, base.certainty, base.evidence,
                "Named as its base (\(base.relation.rawValue), by \(base.source.rawValue))")
        }
        relate(main, "descendantOf", bases)
        let needs = model.needs.enumerated().map { number, need in
            addModel(
                "need-\(number + 1)", need.name, need.licence, need.certainty, need.evidence,
                "Has to be got besides to run it")
        }
        relate(main, "dependsOn", needs)
    }

    private mutating func addModel(
        _ id: String, _ name: String, _ licence: LicenceID?, _ certainty: ModelDescription.Certainty?,
        _ place: Evidence, _ words: String
    ) -> String {
        profiles.insert("ai")
        let package = add(
            "ai_AIPackage", id,
            [
                "name": .string(shown(name)), "software_primaryPurpose": "model",
                "comment": .string(place.path.isEmpty ? words + "." : "\(words): \(place.place)."),
            ])
        relate(package, "hasDeclaredLicense", [Self.noAssertion], comment: "Not part of this release.")
        relate(
            package, "hasConcludedLicense", [known(licence, certainty)], comment: Self.certainty(licence, certainty))
        return package
    }

    /// A licence that was looked up by a name counts where it was read at its source.
    private mutating func known(_ licence: LicenceID?, _ certainty: ModelDescription.Certainty?) -> String {
        expression(certainty == .verified ? licence?.rawValue : nil)
    }

    private static func certainty(_ licence: LicenceID?, _ certainty: ModelDescription.Certainty?) -> String {
        guard let licence else { return "Not known." }
        return certainty == .verified ? "Read at its source." : "Looked up by its name, probably \(licence)."
    }

    /// The programs of a model, which have terms of their own.
    private mutating func addCode(_ main: String) {
        guard bill.isModel, let terms = dossier.terms[.code],
            ReleasePart.code.components.contains(where: { dossier.component($0).status == .present })
        else { return }
        let id = add(
            "software_Package", "code",
            ["name": .string("\(shown(bill.name)) code"), "software_primaryPurpose": "source"])
        license(id, declared: nil, terms: terms, said: bill.concluded(.code))
        relate(main, "contains", [id])
    }
}
