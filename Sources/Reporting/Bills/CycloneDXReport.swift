import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// CycloneDX ML-BOM: the model with its card, data, weights and what it was made from; declared and concluded licences apart, with the lines they rest on.
public enum CycloneDXReport {
    /// Editions that are written.
    public enum Edition: String, Sendable, CaseIterable {
        case v16 = "1.6"
        case v17 = "1.7"
    }

    /// One document, without a line end.
    /// - Parameter time: when it is said to be made, in RFC 3339; `nil` for nothing said.
    /// - Throws: the encoder's error.
    public static func text(_ dossier: Dossier, edition: Edition, tool: ReportTool, rules: RuleSet, time: String?)
        throws -> String
    {
        let writer = CycloneDXWriter(bill: Bill(dossier, rules: rules, tool: tool, time: time), edition: edition)
        return try JSON.text(writer.document, isPretty: true)
    }
}

/// The walk behind it.
struct CycloneDXWriter {
    let bill: Bill
    let edition: CycloneDXReport.Edition
    private let rootReference = "release"

    private var dossier: Dossier { bill.dossier }

    var document: JSONTree {
        let files = bill.files.enumerated().map { component($1, number: $0 + 1) }
        let data = bill.datasets.enumerated().map { component($1, number: $0 + 1) }
        let needs = dossier.model.needs.enumerated().map { need($1, number: $0 + 1) }
        let code = codeComponent.map { [$0] } ?? []
        let references =
            bill.files.indices.map { "file-\($0 + 1)" } + bill.datasets.indices.map { "data-\($0 + 1)" }
            + dossier.model.needs.indices.map { "need-\($0 + 1)" } + (code.isEmpty ? [] : ["code"])
        return .some([
            "$schema": .string("http://cyclonedx.org/schema/bom-\(edition.rawValue).schema.json"),
            "bomFormat": "CycloneDX", "specVersion": .string(edition.rawValue), "version": 1,
            "serialNumber": .string(serialNumber), "metadata": metadata,
            "components": .list(files + data + needs + code),
            "dependencies": [
                .some(["ref": .string(rootReference), "dependsOn": .texts(references)])
            ],
            "compositions": [
                ["aggregate": .string(aggregate), "assemblies": [.string(rootReference)]]
            ],
            "properties": .list(elements),
        ])
    }

    /// From the digest of the release: the same release has the same number (RFC 9562, version 8).
    private var serialNumber: String {
        var digits = Array(SHA256.hex(Array(("cyclonedx " + bill.digest).utf8)).prefix(32))
        digits[12] = "8"
        digits[16] = "8"
        let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
        return "urn:uuid:" + groups.joined(separator: "-")
    }

    /// Whether parts are known to be elsewhere or unread. That nothing else belongs to it, no file can show.
    private var aggregate: String {
        let isElsewhere = ComponentID.allCases.contains { dossier.component($0).status == .linked }
        return isElsewhere || !dossier.errors.isEmpty || !dossier.model.needs.isEmpty ? "incomplete" : "unknown"
    }

    // MARK: The release

    private var metadata: JSONTree {
        .some([
            "timestamp": bill.time.map(JSONTree.string),
            "lifecycles": [["phase": "post-build"]],
            "tools": [
                "components": [
                    [
                        "type": "application", "name": .string(bill.tool.name), "version": .string(bill.tool.version),
                        "properties": [
                            property("licence-data", bill.tool.licenceData),
                            property("rule-data", bill.tool.ruleData),
                        ],
                    ]
                ]
            ],
            "component": main,
        ])
    }

    private var main: JSONTree {
        let part = bill.mainPart
        let parts = bill.name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let own = bill.producer == nil ? bill.name : parts.last ?? bill.name
        return .some([
            "type": .string(bill.isModel ? "machine-learning-model" : bill.isData ? "data" : "application"),
            "bom-ref": .string(rootReference), "group": bill.producer.map(JSONTree.string),
            "name": .string(own.isEmpty ? "unnamed" : own), "version": bill.version.map(JSONTree.string),
            "licenses": licences(declared: bill.declared, concluded: bill.concluded(part)),
            "evidence": evidence(of: part), "pedigree": pedigree,
            "externalReferences": .list(references),
            "modelCard": bill.isModel ? modelCard : nil,
            "data": bill.isData ? [["type": "dataset", "name": .string(bill.name)]] : nil,
            "properties": .list(facts),
        ])
    }

    private var facts: [JSONTree] {
        var out = [
            property("open-source", dossier.verdict.answer.rawValue),
            property("level", dossier.gradient.level),
            property("level-confidence", dossier.gradient.confidence.rawValue),
        ]
        if let parameters = dossier.model.parameters { out.append(property("parameters", String(parameters))) }
        if let quantization = dossier.model.quantization { out.append(property("quantisation", quantization)) }
        for part in ReleasePart.allCases {
            guard let terms = dossier.terms[part] else { continue }
            out.append(property("terms:\(part.rawValue):basis", terms.basis.rawValue))
            if let expression = terms.expression { out.append(property("terms:\(part.rawValue)", expression)) }
            out.append(property("terms:\(part.rawValue):open", terms.isOpen ? "yes" : "no"))
        }
        for decision in dossier.use where decision.part == bill.mainPart {
            out.append(property("use:\(decision.id)", decision.answer.rawValue))
        }
        for flag in dossier.flags {
            let place = flag.evidence.first?.place ?? flag.claim?.place
            out.append(property("flag:\(flag.id)", place.map { "\(flag.title) (\($0))" } ?? flag.title))
        }
        return out
    }

    private func property(_ name: String, _ value: String) -> JSONTree {
        ["name": .string("openscan:" + name), "value": .string(value)]
    }

    /// The minimum elements, said to be there or missing.
    private var elements: [JSONTree] {
        bill.elements.map { element, place in
            property("g7:\(element.cluster):\(element.id)", place.map { "there: \($0)" } ?? "missing")
        }
    }

    // MARK: Licences

    private func licence(_ text: String, _ acknowledgement: String? = nil, _ properties: [JSONTree] = []) -> JSONTree {
        let id = bill.rules.licences.record(LicenceID(text)).flatMap { record in
            record.id.rawValue == text && !record.id.isReference && !record.isException
                && !bill.rules.bills.cycloneDXLacks.contains(record.id) ? text : nil
        }
        return [
            "license": .some([
                "id": id.map(JSONTree.string), "name": id == nil ? .string(text.isEmpty ? "unnamed" : text) : nil,
                "acknowledgement": acknowledgement.map(JSONTree.string), "properties": .list(properties),
            ])
        ]
    }

    /// 1.6 takes one expression or licences, not both: there an expression is a name.
    private func statement(_ text: String, _ acknowledgement: String) -> JSONTree {
        if edition == .v17, case .some(let tree) = try? LicenceExpression.parse(text), tree.ids.count > 1 {
            return ["expression": .string(text), "acknowledgement": .string(acknowledgement)]
        }
        return licence(text, acknowledgement)
    }

    private func licences(declared: String?, concluded: PartTerms?) -> JSONTree? {
        var items: [JSONTree] = []
        if let declared { items.append(statement(declared, "declared")) }
        if let expression = concluded?.expression { items.append(statement(expression, "concluded")) }
        return .list(items)
    }

    /// The licences that were found for a part, and the places that say what covers it.
    private func evidence(of part: ReleasePart) -> JSONTree? {
        let found = bill.licences(of: part).map { found in
            licence(
                found.expressionID.rawValue, nil,
                [
                    property("place", found.place), property("method", found.method.rawValue),
                    property("coverage", Amounts.percent(found.coverage) + " %"),
                ])
        }
        var seen = Set<String>()
        let places = (dossier.terms[part]?.evidence ?? []) + bill.licences(of: part).map(\.evidence)
        let occurrences = places.filter { !$0.path.isEmpty && seen.insert($0.place).inserted }.map {
            place -> JSONTree in
            .some([
                "location": .string(place.path), "line": place.lines.map { .number(max(0, $0.first)) },
                "offset": place.offset.map { .number(max(0, $0)) },
                "additionalContext": place.quote.map(JSONTree.string),
            ])
        }
        guard !found.isEmpty || !occurrences.isEmpty else { return nil }
        return .some(["licenses": .list(found), "occurrences": .list(occurrences)])
    }

    // MARK: Lineage

    private var pedigree: JSONTree? {
        let bases = dossier.model.baseModels
        guard !bases.isEmpty else { return nil }
        let ancestors = bases.enumerated().map { number, base -> JSONTree in
            .some([
                "type": "machine-learning-model", "bom-ref": .string("base-\(number + 1)"),
                "name": .string(base.name.isEmpty ? "unnamed" : base.name),
                "licenses": known(base.licence, base.certainty).map { [licence($0)] },
                "evidence": [
                    "occurrences": [
                        .some([
                            "location": .string(base.evidence.path),
                            "line": base.evidence.lines.map { .number(max(0, $0.first)) },
                            "additionalContext": base.evidence.quote.map(JSONTree.string),
                        ])
                    ]
                ],
                "properties": .list(
                    [property("relation", base.relation.rawValue), property("named-by", base.source.rawValue)]
                        + probable(base.licence, base.certainty)),
            ])
        }
        return ["ancestors": .array(ancestors)]
    }

    private func need(_ need: ModelDescription.Need, number: Int) -> JSONTree {
        .some([
            "type": "machine-learning-model", "bom-ref": .string("need-\(number)"),
            "name": .string(need.name.isEmpty ? "unnamed" : need.name),
            // Only 1.7 can say that it is not in the release.
            "isExternal": edition == .v17 ? true : nil, "scope": "required",
            "licenses": known(need.licence, need.certainty).map { [licence($0)] },
            "evidence": [
                "occurrences": [
                    .some([
                        "location": .string(need.evidence.path),
                        "line": need.evidence.lines.map { .number(max(0, $0.first)) },
                    ])
                ]
            ],
            "properties": .list(probable(need.licence, need.certainty)),
        ])
    }

    /// A licence that was looked up by a name counts where it was read at its source; else it is a guess, and said to be one.
    private func known(_ licence: LicenceID?, _ certainty: ModelDescription.Certainty?) -> String? {
        certainty == .verified ? licence?.rawValue : nil
    }

    private func probable(_ licence: LicenceID?, _ certainty: ModelDescription.Certainty?) -> [JSONTree] {
        guard let licence, certainty != .verified else { return [] }
        return [property("licence-probably", licence.rawValue)]
    }

    // MARK: Parts

    private func component(_ file: Bill.File, number: Int) -> JSONTree {
        let artefact = file.artefact
        var properties = [property("format", artefact.format.rawValue), property("status", artefact.status.rawValue)]
        if let component = file.component { properties.append(property("component", component.rawValue)) }
        if let size = file.size { properties.append(property("bytes", String(size))) }
        if let tensors = artefact.tensors { properties.append(property("tensors", String(tensors))) }
        if let parameters = artefact.parameters { properties.append(property("parameters", String(parameters))) }
        if artefact.pointer != nil { properties.append(property("pointer", "git-lfs")) }
        for finding in artefact.findings {
            properties.append(property("finding:\(finding.id.rawValue)", finding.detail.description))
        }
        return .some([
            "type": "file", "bom-ref": .string("file-\(number)"), "name": .string(file.path),
            "hashes": file.sha256.map { [["alg": "SHA-256", "content": .string($0)]] },
            "properties": .list(properties),
        ])
    }

    private func component(_ data: Bill.Data, number: Int) -> JSONTree {
        .some([
            "type": "data", "bom-ref": .string("data-\(number)"),
            "name": .string(data.name.isEmpty ? "unnamed" : data.name),
            "licenses": known(data.licence, data.certainty).map { [licence($0)] },
            "data": [
                .some([
                    "type": "dataset", "name": .string(data.name),
                    "contents": data.url.map { ["url": .string($0)] },
                ])
            ],
            "properties": .list(probable(data.licence, data.certainty)),
        ])
    }

    /// The programs of a model, which have terms of their own.
    private var codeComponent: JSONTree? {
        guard bill.isModel, let terms = dossier.terms[.code],
            ReleasePart.code.components.contains(where: { dossier.component($0).status == .present })
        else { return nil }
        return .some([
            "type": "application", "bom-ref": "code", "name": .string("\(bill.name) code"),
            "licenses": licences(declared: nil, concluded: bill.concluded(.code)), "evidence": evidence(of: .code),
            "properties": [property("terms:basis", terms.basis.rawValue)],
        ])
    }

    // MARK: Card and references

    private var modelCard: JSONTree? {
        func told(_ id: DisclosureID) -> JSONTree? {
            .texts((dossier.disclosures ?? []).filter { $0.id == id }.compactMap(\.evidence.quote))
        }
        let parameters: [String: JSONTree?] = [
            "modelArchitecture": dossier.model.architecture.map(JSONTree.string),
            "datasets": .list(bill.datasets.indices.map { ["ref": .string("data-\($0 + 1)")] }),
        ]
        let risks = (dossier.disclosures ?? []).filter { $0.id == "risks" }.compactMap(\.evidence.quote)
        let considerations: [String: JSONTree?] = [
            "useCases": told("capabilities"), "technicalLimitations": told("limitations"),
            "ethicalConsiderations": .list(risks.map { ["name": .string($0)] }),
        ]
        let sections = dossier.documents.flatMap { document in
            document.sections.sorted { $0.key < $1.key }.map { name, lines in
                property("section:\(name)", Evidence(path: document.path, lines: lines).place)
            }
        }
        let disclosures = (dossier.disclosures ?? []).map { property("told:\($0.id)", $0.evidence.place) }
        func object(_ members: [String: JSONTree?]) -> JSONTree? {
            let there = members.compactMapValues { $0 }
            return there.isEmpty ? nil : .object(there)
        }
        return object([
            "modelParameters": object(parameters), "considerations": object(considerations),
            "properties": .list(sections + disclosures),
        ])
    }

    private var references: [JSONTree] {
        bill.references.map { reference -> JSONTree in
            let kind: String =
                switch reference.kind {
                case .card: "model-card"
                case .paper: "documentation"
                case .licence, .policy: "license"
                case .weights, .code: "distribution"
                case .security: "security-contact"
                case .evaluation: "quality-metrics"
                case .changes: "release-notes"
                }
            let url = reference.isFile ? HostPlace.reference(reference.target) : reference.target
            return ["type": .string(kind), "url": .string(url)]
        } + bill.downloads.map { ["type": "distribution", "url": .string($0)] }
    }
}
