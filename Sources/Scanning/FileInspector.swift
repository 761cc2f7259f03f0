import OpenscanArtefacts
import OpenscanBytes
import OpenscanCards
import OpenscanFacts
import OpenscanLicensing
import OpenscanRules
import OpenscanSourceCode
import OpenscanUnpacking

/// Reads one file: decides by name and first bytes what it is, and asks for no more bytes than that needs.
struct FileInspector {
    private let budget: ScanBudget
    private let rules: RuleSet
    private let licences: LicenceScanner
    private let cards: CardReader
    private let programs: CodeReader
    private let recall: Recall?

    /// What came of reading a file.
    enum Outcome {
        /// What its bytes say is among the facts.
        case read(textCost: Int)
        /// The same, with what identifies the text.
        case text(textCost: Int, key: ContentKey?)
        /// It is a text, and the text of the release is used up.
        case refused
    }

    init(_ readers: Readers, budget: ScanBudget, recall: Recall? = nil) {
        self.budget = budget
        self.recall = recall
        rules = readers.rules
        licences = readers.licences
        cards = readers.cards
        programs = readers.programs
    }

    private static let documentEndings = [".md", ".rst", ".markdown", ".txt", ".html", ".htm", ".mdx", ".cff", ".tex"]
    private static let templateEndings = [".yaml", ".yml", ".jinja", ".jinja2", ".j2", ".template", ".tmpl", ".tpl"]
    private static let largestOther = 64 << 10
    /// Text of a program that is looked at; licences stand in its head.
    private static let largestSource = 512 << 10

    /// Takes what is known of a file's bytes for what reading them would show; `false` where it has to be read.
    func take(_ key: ContentKey, _ facts: inout FileFacts) -> Outcome? {
        guard let read = recall?.known.facts(of: key) else { return nil }
        let cost = read.textCost ?? 0
        guard cost == 0 || budget.takeText(cost) else { return .refused }
        facts.take(read, content: key)
        return .text(textCost: cost, key: key)
    }

    /// Adds to the facts what the content shows.
    func inspect(_ facts: inout FileFacts, _ content: EntryContent) throws(ReadError) -> Outcome {
        // Safetensors headers are wanted whole: asking for both at once saves a system call.
        let head = try content.prefix(ArtefactReader.headSize)
        let isPDF = head.starts(with: "%PDF-", at: 0)
        let isText = !isPDF && (TextProbe.isText(head) || isWideText(head, facts.place))
        let isLicenceFile = facts.place.licenceName != nil && isText
        if !isLicenceFile,
            let artefact = try ArtefactReader.read(content, entry: facts.entry, head: head, limits: budget.limits)
        {
            // What a client keeps for itself is none; what would run when the client reads it is said all the same.
            let isClients = facts.place.area == .client && artefact.findings.allSatisfy { $0.severity < .medium }
            facts.artefact = isClients ? nil : artefact
            // What has no names any more is held against its index by numbers.
            if !artefact.tensorNames.isEmpty, !budget.takeNames(artefact.tensorNames.count) {
                facts.artefact?.tensorNames = []
            }
            return .read(textCost: 0)
        }
        guard isText else {
            if LoaderConfig.isRead(facts.path) {
                facts.findings += ConfigForm.findings(try content.prefix(budget.limits.textBytes), path: facts.path)
            }
            if facts.place.licenceName != nil,
                let text = OfficeText.read(content, path: facts.path, limits: budget.limits)
            {
                guard budget.takeText(text.count) else { return .refused }
                text.withUnsafeBytes { note(licences.scan($0, path: facts.path, role: .licence), &facts) }
                return .read(textCost: text.count)
            } else if facts.place.licenceName != nil, facts.place.name.hasSuffix(".pdf") {
                facts.findings.append(Finding(.unknownLicence, .low, "a licence that exists only as PDF; not read"))
            } else if facts.place.licenceName != nil {
                facts.findings.append(Finding(.unknownLicence, .low, "a licence in a form that is not read"))
            }
            return isPDF && facts.place.licenceName == nil
                ? try inspectReport(&facts, content) : .read(textCost: 0)
        }
        return try inspectText(&facts, content)
    }

    /// What a report tells, where its text can be read; pictures of other folders are none.
    private func inspectReport(_ facts: inout FileFacts, _ content: EntryContent) throws(ReadError) -> Outcome {
        guard facts.place.area == .main || facts.place.area == .documentation else { return .read(textCost: 0) }
        guard let text = try PDFText.read(content, size: facts.byteCount, limits: budget.limits) else {
            return .read(textCost: 0)
        }
        let cost = TextCost.of(text.utf8.count, isProse: true)
        guard budget.takeText(cost) else { return .refused }
        facts.card = cards.readReport(text, path: facts.path)
        return .read(textCost: cost)
    }

    /// Two bytes a character, without a mark: asked for only where people read the file.
    private func isWideText(_ head: UnsafeRawBufferPointer, _ place: FilePlace) -> Bool {
        guard place.licenceName != nil || place.isReadme else { return false }
        switch Decoding.encoding(of: head) {
        case .utf16LittleEndian, .utf16BigEndian: return true
        case .utf8, .latin1: return false
        }
    }

    private func note(_ scan: LicenceScan, _ facts: inout FileFacts) {
        if !scan.matches.isEmpty || !scan.unknownText.isEmpty { facts.licence = scan }
        facts.findings += scan.findings
    }

    private func inspectText(_ facts: inout FileFacts, _ content: EntryContent) throws(ReadError) -> Outcome {
        let limits = budget.limits
        let path = facts.path
        let name = facts.place.name
        var package = PackageMetadata.format(path)
        let language = programs.language(path)
        let isDocument =
            package != nil || Self.documentEndings.contains(where: name.hasSuffix) || facts.place.isReadme
            || facts.place.licenceName != nil || !name.contains(".")
        let isConfig = (name.hasSuffix(".json") || name.hasSuffix(".jsonld")) && !name.hasSuffix(".index.json")
        let role: TextRole =
            facts.place.licenceName != nil || facts.place.isPolicy
            ? .licence : language != nil || package == .setupScript ? .source : isDocument ? .document : .other
        let limit: Int
        if name.hasSuffix(".index.json") || name.hasSuffix(".ipynb") {
            limit = 16 << 20
        } else if role == .source {
            limit = min(limits.textBytes, Self.largestSource)
        } else if isDocument || isConfig || Self.templateEndings.contains(where: name.hasSuffix) {
            limit = limits.textBytes
        } else {
            limit = min(limits.textBytes, Self.largestOther)
        }
        let isProse =
            facts.place.isReadme || package == .coreMetadata
            || [".md", ".rst", ".markdown", ".mdx"].contains(where: name.hasSuffix)
        // Its size is a claim: what it says is not read to be refused, and what comes is taken.
        guard budget.hasText(TextCost.of(min(facts.byteCount ?? 0, limit), isProse: isProse)) else { return .refused }
        let bytes = try content.prefix(limit)
        let key = content.endsUnseen ? nil : recall?.key(bytes, of: facts)
        if let key, let outcome = take(key, &facts) { return outcome }
        let cost = TextCost.of(bytes.count, isProse: isProse)
        guard budget.takeText(cost) else { return .refused }
        let outcome = Outcome.text(textCost: cost, key: key)
        if content.endsUnseen {
            facts.findings.append(
                Finding(.unseen, .low, "only the first \(bytes.count) bytes were fetched; judged by them"))
            // Half of a document of a fixed form is no document of that form.
            if isConfig || name.hasSuffix(".index.json") || LoaderConfig.isRead(path) { return outcome }
        } else if let size = facts.byteCount, size > bytes.count, isDocument || facts.place.licenceName != nil {
            facts.findings.append(
                Finding(.oversizedText, .low, "\(size) bytes of text; judged by the first \(bytes.count)"))
        }
        package = package ?? PackageMetadata.format(bytes, path: path)
        if name.hasSuffix(".index.json"), let index = ShardIndex.read(bytes) {
            facts.shardIndex = index
            facts.findings += index.findings
            return outcome
        }
        if let config = ModelConfig.read(bytes, path: path) {
            facts.config = config
        }
        let isForPeople = Self.documentEndings.contains(where: name.hasSuffix) || facts.place.licenceName != nil
        facts.findings += LoaderConfig.findings(
            bytes, path: path, mayBeTemplate: language == nil && !isForPeople && !facts.place.isReadme)
        facts.findings += ConfigForm.findings(bytes, path: path)
        facts.findings += EncodedPickle.findings(bytes, limits: limits)
        if let language {
            let code = programs.read(bytes, language: language, path: path)
            facts.code = code
            facts.findings += FetchAndRun.findings(bytes, language: language, facts: code, path: path)
        }
        let scan =
            RichText.isRichText(bytes)
            ? RichText.text(bytes).withUnsafeBytes { licences.scan($0, path: path, role: role) }
            : licences.scan(bytes, path: path, role: role)
        note(scan, &facts)
        if AnnotationReader.isAnnotationFile(path) {
            facts.annotations =
                AnnotationReader.read(bytes.repairedText, path: path, licences: rules.licences) ?? []
        }
        if isConfig, let bill = BillReader.read(bytes, path: path, licences: rules.licences) {
            facts.declared = bill.declared
            facts.bill = bill.bill.isEmpty ? nil : bill.bill
            return outcome
        }
        if isDocument || package != nil {
            let converted = Decoding.utf8(bytes)
            let text = converted.map { String(decoding: $0, as: UTF8.self) } ?? bytes.repairedText
            if let package {
                facts.declared = PackageMetadata.read(text, path: path, format: package, licences: rules.licences)
                facts.describedData = PackageMetadata.data(text, path: path, format: package)
                if package == .croissant { facts.bill = BillReader.croissant(bytes, path: path) }
            }
            if isProse, facts.place.licenceName == nil, package == nil || package == .coreMetadata {
                facts.card = cards.read(text, path: path, licences: scan.matches)
            }
            facts.findings += facts.card?.findings ?? []
            // Fields of the YAML head are metadata, read as such, and no prose.
            // So are the fields of core metadata, which end at the first empty line.
            if package == .coreMetadata, let end = text.lines(limit: 2000).firstIndex(where: { $0.isEmpty }) {
                facts.licence?.matches.removeAll { $0.lines.last <= end }
            }
            if let head = facts.card?.frontMatter {
                facts.licence?.matches.removeAll { $0.lines.last <= head.lines.last }
            }
        }
        return outcome
    }
}
