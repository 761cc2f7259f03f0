import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// What a bill of materials of a release says, whatever its form: the parts, their terms with the places that say them, and what is missing.
struct Bill: Sendable {
    /// A file with what is known of it.
    struct File: Sendable {
        let path: String
        let size: Int?
        /// SHA-256 in hexadecimal, where the release itself states it.
        let sha256: String?
        let component: ComponentID?
        let artefact: JudgedArtefact
    }

    /// Data that the model was made from, or that are the release.
    struct Data: Sendable {
        let name: String
        let licence: LicenceID?
        let certainty: ModelDescription.Certainty?
        /// Where it can be had.
        var url: String?
    }

    let dossier: Dossier
    let rules: RuleSet
    let tool: ReportTool
    /// When it is said to be made, as RFC 3339 writes it; bills carry no clock of their own.
    let time: String?
    /// Files of weights, tokenizers and data.
    let files: [File]
    let datasets: [Data]

    init(_ dossier: Dossier, rules: RuleSet, tool: ReportTool, time: String?) {
        self.dossier = dossier
        self.rules = rules
        self.tool = tool
        self.time = time
        files = dossier.artefacts.compactMap(Self.file)
        datasets = Self.datasets(dossier)
    }

    // MARK: Names

    var name: String { dossier.release.name }
    /// Who publishes it, where the name says so: `maker/model`.
    var producer: String? {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = parts.first, !first.isEmpty, parts.last?.isEmpty == false else {
            return nil
        }
        return String(first)
    }
    var version: String? { dossier.release.revision }
    var isModel: Bool { dossier.gradient.subject == .model }
    var isData: Bool { dossier.gradient.subject == .dataOnly }

    /// A digest of what was read: names and sizes of files, digests where stated, licences with their places. Another
    /// release, another digest; the program's version does not matter.
    var digest: String {
        var sum = SHA256()
        func add(_ text: String) { sum.update("\(text.utf8.count):\(text)\n".utf8) }
        add(name)
        add(version ?? "")
        add("\(dossier.release.fileCount) \(dossier.release.byteCount)")
        for artefact in dossier.artefacts {
            add(artefact.path)
            add("\(artefact.size ?? -1) \(artefact.parameters ?? -1) \(artefact.pointer?.oid ?? "")")
        }
        for licence in dossier.licences {
            add(licence.place)
            add(licence.expressionID.rawValue)
        }
        return SHA256.hex(digest: sum.digest())
    }

    // MARK: Licences

    /// What metadata and cards say, in ids where they are known.
    var declared: String? {
        guard let raw = dossier.expression.declared, !raw.isEmpty else { return nil }
        let value = rules.licences.value(raw)
        return value.expression?.normalised.text ?? raw
    }

    /// What covers a part by the release's own words: nothing where it is only inherited or elsewhere.
    func concluded(_ part: ReleasePart) -> PartTerms? {
        guard let terms = dossier.terms[part], terms.basis.isSaidHere, terms.expression != nil else { return nil }
        return terms
    }

    /// The part that stands for the release: weights of a model, data of a data set, code of a program.
    var mainPart: ReleasePart { isModel ? .weights : isData ? .data : .code }

    /// Licences that cover a part, for evidence.
    func licences(of part: ReleasePart) -> [JudgedLicence] {
        dossier.licences.filter { licence in part.components.contains { licence.covers($0) } }
    }

    // MARK: Parts

    private static func file(_ artefact: JudgedArtefact) -> File? {
        let wanted: Set<ComponentID> = [
            .weightsFinal, .weightsAdapter, .weightsIntermediate, .tokenizer, .dataset, .evaluationData,
        ]
        guard !artefact.path.isEmpty, let component = artefact.component, wanted.contains(component) else { return nil }
        return File(
            path: artefact.path, size: artefact.pointer?.size ?? artefact.size,
            sha256: artefact.pointer.flatMap { sha256($0.oid) }, component: component, artefact: artefact)
    }

    private static func sha256(_ oid: String) -> String? {
        guard oid.hasPrefix("sha256:") else { return nil }
        let digits = oid.dropFirst(7).lowercased()
        return digits.utf8.count == 64
            && digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
            ? digits : nil
    }

    private static func datasets(_ dossier: Dossier) -> [Data] {
        var out: [Data] = []
        var seen = Set<String>()
        let links = dossier.component(.dataset).links
        for name in dossier.model.datasets + dossier.model.datasetTerms.map(\.name) where seen.insert(name).inserted {
            let terms = dossier.model.datasetTerms.first { $0.name == name }
            out.append(
                Data(
                    name: name, licence: terms?.licence, certainty: terms?.certainty,
                    url: links.first { $0.target.hasSuffix("/" + name) }.flatMap { Self.address($0.target) }))
        }
        for link in links where seen.insert(link.target).inserted {
            if out.contains(where: { $0.url != nil && $0.url == Self.address(link.target) }) { continue }
            out.append(
                Data(name: link.target, licence: nil, certainty: nil, url: Self.address(link.target)))
        }
        return out
    }

    /// An address fit for a field that has to be one; `nil` for hub names and everything else.
    static func address(_ target: String) -> String? {
        guard target.hasPrefix("https://") || target.hasPrefix("http://") else { return nil }
        let fitting = "-._~:/?#@!$&'()*+,;=%"
        var out = ""
        for scalar in target.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9": out.unicodeScalars.append(scalar)
            case "%": out += "%25"
            case _ where fitting.unicodeScalars.contains(scalar): out.unicodeScalars.append(scalar)
            default: out += HostPlace.reference(String(scalar))
            }
        }
        return out
    }

    /// Files and addresses where a reader finds more, by what they are.
    var references: [(kind: Reference, target: String, isFile: Bool)] {
        var out: [(Reference, String, Bool)] = []
        for (id, kind) in Self.referenced {
            let component = dossier.component(id)
            for path in component.paths.prefix(Self.mostReferences) { out.append((kind, path, true)) }
            for link in component.links.prefix(Self.mostReferences) {
                if let address = Self.address(link.target) { out.append((kind, address, false)) }
            }
        }
        for licence in dossier.licences where licence.method == .text && !licence.path.isEmpty {
            out.append((.licence, licence.path, true))
        }
        var seen = Set<String>()
        return out.filter { seen.insert("\($0.0) \($0.1)").inserted }
    }

    /// What a reference is to.
    enum Reference: Sendable { case card, paper, licence, policy, weights, security, evaluation, changes, code }

    private static let mostReferences = 20
    private static let referenced: [(ComponentID, Reference)] = [
        (.modelCard, .card), (.dataCard, .card), (.technicalReport, .paper), (.researchPaper, .paper),
        (.usagePolicy, .policy), (.responsibleUseGuide, .policy), (.securityPolicy, .security),
        (.evaluationResults, .evaluation), (.changelog, .changes),
    ]

    /// Where the weights can be had.
    var downloads: [String] {
        ComponentID.weights.flatMap { dossier.component($0).links }.compactMap { Self.address($0.target) }
    }

    // MARK: Minimum elements

    /// Each minimum element, and where it stands; `nil` where it is missing.
    var elements: [(element: BillRules.Element, place: String?)] {
        let facts = facts
        return rules.bills.elements.map { element in
            if element.facts.contains(where: facts.contains) { return (element, "in this bill") }
            if let component = element.components.lazy.map(dossier.component).first(where: \.isThereOrLinked) {
                return (
                    element,
                    component.evidence.first?.place ?? component.paths.first ?? component.links.first?.target
                        ?? component.id.rawValue
                )
            }
            if let told = dossier.disclosures?.first(where: { element.tells.contains($0.id) }) {
                return (element, told.evidence.place)
            }
            for document in dossier.documents {
                if let section = element.sections.first(where: { document.sections[$0] != nil }),
                    let lines = document.sections[section]
                {
                    return (element, Evidence(path: document.path, lines: lines).place)
                }
            }
            return (element, nil)
        }
    }

    private var facts: Set<BillRules.Fact> {
        var facts: Set<BillRules.Fact> = [.tool, .format, .context, .name, .identifier, .billVersion]
        if time != nil { facts.insert(.time) }
        if version != nil { facts.insert(.version) }
        if producer != nil { facts.insert(.producer) }
        if !files.isEmpty { facts.formUnion([.files, .dependencies]) }
        if !dossier.model.needs.isEmpty || !dossier.model.baseModels.isEmpty { facts.insert(.dependencies) }
        let weights = files.filter { $0.component.map(ComponentID.weights.contains) ?? false }
        if !weights.isEmpty, weights.allSatisfy({ $0.sha256 != nil }) { facts.insert(.hashes) }
        if concluded(mainPart) != nil || declared != nil { facts.insert(.licence) }
        if dossier.model.architecture != nil { facts.insert(.architecture) }
        if dossier.model.parameters != nil { facts.insert(.parameters) }
        if !references.isEmpty { facts.insert(.references) }
        if !datasets.isEmpty { facts.insert(.datasets) }
        if datasets.contains(where: { $0.licence != nil && $0.certainty == .verified }) || concluded(.data) != nil {
            facts.insert(.dataLicences)
        }
        let data = files.filter { $0.component == .dataset || $0.component == .evaluationData }
        if !data.isEmpty, data.allSatisfy({ $0.sha256 != nil }) { facts.insert(.dataHashes) }
        return facts
    }
}
