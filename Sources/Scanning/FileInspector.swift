import Artefacts
import Cards
import Licensing
import Openness
import SourceCode
import Unpacking

/// Reads one file: decides by name and first bytes what it is, and asks for no more bytes than that needs.
struct FileInspector {
    let limits: Limits
    private let licences = LicenceScanner()

    init(limits: Limits) { self.limits = limits }

    private static let documentEndings = [".md", ".rst", ".markdown", ".txt", ".html", ".htm", ".mdx", ".cff", ".tex"]
    private static let largestOther = 64 << 10
    /// Text of a program that is looked at; licences stand in its head.
    private static let largestSource = 512 << 10

    func inspect(_ entry: Entry, _ content: EntryContent) throws(ReadError) -> FileFacts {
        var facts = FileFacts(entry: entry)
        // Safetensors headers are wanted whole: asking for both at once saves a system call.
        let head = try content.prefix(ArtefactReader.headSize)
        let isText = TextProbe.isText(head)
        let isLicenceFile = facts.place.licenceName != nil && isText
        if !isLicenceFile, let artefact = try ArtefactReader.read(content, entry: entry, head: head, limits: limits) {
            facts.artefact = artefact
            return facts
        }
        guard isText else {
            if facts.place.licenceName != nil, facts.place.name.hasSuffix(".pdf") {
                facts.findings.append(Finding("unknown-licence", .low, "a licence that exists only as PDF; not read"))
            }
            return facts
        }
        try inspectText(&facts, content)
        return facts
    }

    private func inspectText(_ facts: inout FileFacts, _ content: EntryContent) throws(ReadError) {
        let path = facts.path
        let name = facts.place.name
        let package = PackageMetadata.format(path)
        let language = CodeReader.language(path)
        let isDocument =
            package != nil || Self.documentEndings.contains(where: name.hasSuffix) || facts.place.isReadme
            || facts.place.licenceName != nil || !name.contains(".")
        let isConfig = name.hasSuffix(".json") && !name.hasSuffix(".index.json")
        let role: TextRole =
            facts.place.licenceName != nil || Self.isPolicy(name)
            ? .licence : language != nil || package == .setupScript ? .source : isDocument ? .document : .other
        let limit: Int
        if name.hasSuffix(".index.json") || name.hasSuffix(".ipynb") {
            limit = 16 << 20
        } else if role == .source {
            limit = min(limits.textBytes, Self.largestSource)
        } else if isDocument || isConfig {
            limit = limits.textBytes
        } else {
            limit = min(limits.textBytes, Self.largestOther)
        }
        let bytes = try content.prefix(limit)
        if let size = facts.entry.size, size > bytes.count, isDocument || facts.place.licenceName != nil {
            facts.findings.append(
                Finding("oversized-text", .low, "\(size) bytes of text; judged by the first \(bytes.count)"))
        }
        if name.hasSuffix(".index.json"), let index = ShardIndex.read(bytes) {
            facts.shardIndex = index
            facts.findings += index.findings
            return
        }
        if let config = ModelConfig.read(bytes, path: path) {
            facts.config = config
        }
        facts.findings += LoaderConfig.findings(bytes, path: path)
        if let language {
            let code = CodeReader.read(bytes, language: language)
            facts.code = code
            facts.findings += FetchAndRun.findings(bytes, language: language, facts: code, path: path)
        }
        let scan = licences.scan(bytes, path: path, role: role)
        if !scan.matches.isEmpty || !scan.unknownText.isEmpty { facts.licence = scan }
        if isDocument || package != nil {
            let converted = Decoding.utf8(bytes)
            let text = converted.map { String(decoding: $0, as: UTF8.self) } ?? bytes.repairedText
            if let package { facts.declared = PackageMetadata.read(text, path: path, format: package) }
            let isProse =
                facts.place.isReadme || package == .coreMetadata
                || [".md", ".rst", ".markdown", ".mdx"].contains(where: name.hasSuffix)
            if isProse, facts.place.licenceName == nil, package == nil || package == .coreMetadata {
                facts.card = CardFacts.read(text, path: path, licences: scan.matches)
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
    }

    private static func isPolicy(_ name: String) -> Bool {
        [
            "use_policy", "use-policy", "usage_policy", "usage-policy", "acceptable_use", "acceptable-use",
            "prohibited_use",
        ].contains { name.hasPrefix($0) }
    }
}
