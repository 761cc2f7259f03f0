import Foundation
import OpenscanBytes
import OpenscanFacts
import OpenscanLicensing
import OpenscanRules
import Testing

@testable import licence_indexer

@Suite("The index of licences")
struct IndexTests {
    private static let records: [(file: String, text: String)] = [
        (
            "aliases.yml",
            "aliases:\n  A-1.0: [Alpha, The A]\nfamilies: [other]\nkinds: [community]\naddresses:\n  A-1.0: [a.example/one]\n"
        ),
        ("categories.yml", "categories:\n  non-commercial: [B-1.0]\n"), ("osi-approved.yml", "approved: [A-1.0]\n"),
        (
            "ai-licences.yml",
            """
            licences:
            - {id: LicenseRef-own, name: Own Licence, category: openrail, text: own.txt, names: [own one]}
            """
        ),
        ("spdx-licences.yml", "licences: []\n"),
    ]

    private func text(_ seed: Int, words: Int = 120) -> Collection.Text {
        // Words of a small vocabulary in an order of the text's own.
        let words = (0..<words).map { WordHash.of("w\(($0 * $0 + seed * 31 + $0 * seed) % 97)") }
        return Collection.Text(kind: .full, words: words, core: 2..<words.count)
    }

    private func collection(_ folder: String, more: [String] = []) throws -> Collection {
        for (file, text) in Self.records {
            try text.write(toFile: folder + "/" + file, atomically: true, encoding: .utf8)
        }
        var out = Collection(try RecordFiles(folder: folder))
        out.licences["LicenseRef-own"]?.texts = [text(1)]
        for (number, id) in (["B-1.0", "A-1.0"] + more).enumerated() {
            out.licences[id] = Collection.Licence(
                id: id, key: "sc:" + id.lowercased(), name: "Name of \(id)",
                category: out.category(id, "Permissive", false),
                isOSIApproved: id == "A-1.0", texts: [text(number + 2)], names: [id + " long"],
                addresses: ["example.org/\(id)"])
        }
        return out
    }

    private func compile(_ collection: Collection, after old: CarriedIndex? = nil, wordings: Wordings? = nil) throws
        -> [UInt8]
    {
        var own = Wordings()
        own.add(["under", "the", "a", "one", "licence"].map(WordHash.of), .notice, "A-1.0")
        return try IndexWriter(collection, wordings: wordings ?? own, after: old).write()
    }

    private func section(_ section: IndexFormat.Section, _ bytes: [UInt8]) -> [UInt8] {
        let place = 12 + section.rawValue * 8
        let (offset, length) = bytes.withUnsafeBytes {
            (
                Int($0.loadUnaligned(fromByteOffset: place, as: UInt32.self)),
                Int($0.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self))
            )
        }
        return Array(bytes[offset..<offset + length])
    }

    @Test func sameInputSameBytes() throws {
        try Repository.withFolder { folder in
            let collection = try collection(folder)
            let first = try compile(collection)
            #expect(try compile(collection) == first)
            try first.withUnsafeBytes { bytes in
                let index = try LicenceIndex(bytes)
                try index.verify()
                #expect(index.recordCount == 3)
                #expect(index.record("b-1.0")?.category == .nonCommercial)
                #expect(index.record("A-1.0")?.isOSIApproved == true)
                #expect(index.licence(named: "The A") == "A-1.0")
                #expect(index.licence(named: "own one") == "LicenseRef-own")
            }
        }
    }

    @Test func anIndexMadeFromAnotherAloneIsTheSame() throws {
        try Repository.withFolder { folder in
            let full = try compile(collection(folder))
            let old = try full.withUnsafeBytes { CarriedIndex(try LicenceIndex($0)) }
            var carried = Collection(try RecordFiles(folder: folder))
            carried.carryOver(old, atHand: [])
            var wordings = Wordings()
            wordings.carryOver(old)
            #expect(try compile(carried, after: old, wordings: wordings) == full)
        }
    }

    @Test func whatIsAddedComesBehind() throws {
        try Repository.withFolder { folder in
            let before = try compile(collection(folder))
            let old = try before.withUnsafeBytes { CarriedIndex(try LicenceIndex($0)) }
            // Between the others by its id, and with words that they have not.
            var more = try collection(folder, more: ["AA-1.0"])
            more.licences["AA-1.0"]?.texts = [
                Collection.Text(kind: .full, words: (0..<80).map { WordHash.of("new\($0 % 31)") }, core: 0..<80)
            ]
            let after = try compile(more, after: old)
            for name: IndexFormat.Section in [
                .strings, .records, .texts, .words, .wordingExpressions, .expressionTexts,
            ] {
                let (short, long) = (section(name, before), section(name, after))
                #expect(long.starts(with: short), "\(name)")
                if name != .wordingExpressions, name != .expressionTexts {
                    #expect(long.count > short.count, "\(name)")
                }
            }
            // Every slot that was taken still holds the same word.
            let (slots, newSlots) = (section(.vocabularyHashes, before), section(.vocabularyHashes, after))
            for place in slots.indices where slots[place / 4 * 4..<place / 4 * 4 + 4].contains(where: { $0 != 0 }) {
                #expect(slots[place] == newSlots[place])
            }
            try after.withUnsafeBytes { bytes in
                let index = try LicenceIndex(bytes)
                try index.verify()
                #expect((0..<4).map { index.record($0).id } == ["A-1.0", "B-1.0", "LicenseRef-own", "AA-1.0"])
            }
            // And once more nothing changes.
            let again = try after.withUnsafeBytes { CarriedIndex(try LicenceIndex($0)) }
            #expect(try compile(more, after: again) == after)
        }
    }

    @Test func aRecordThatIsGoneIsNotCarried() throws {
        try Repository.withFolder { folder in
            let full = try compile(collection(folder))
            let old = try full.withUnsafeBytes { CarriedIndex(try LicenceIndex($0)) }
            try "licences:\n- {id: LicenseRef-other, name: Other, category: openrail, names: [other one]}\n".write(
                toFile: folder + "/ai-licences.yml", atomically: true, encoding: .utf8)
            var carried = Collection(try RecordFiles(folder: folder))
            carried.carryOver(old, atHand: [.own])
            #expect(Set(carried.licences.keys) == ["A-1.0", "B-1.0", "LicenseRef-other"])
        }
    }

    @Test func numbersThatNothingUsesAreTakenFirst() {
        #expect(Numbering.of(Set([5, 1, 9, 7]), after: [1, 3, 5], by: <) == [1, 7, 5, 9])
        #expect(Numbering.of(Set([1, 5]), after: [1, 3, 5], by: <) == [1, 3, 5])
    }

    @Test func textsThatAreNamedHaveToBeThere() throws {
        try Repository.withFolder { folder in
            var collection = try collection(folder)
            try "words".write(toFile: folder + "/wno.txt", atomically: true, encoding: .utf8)
            #expect {
                try collection.addOwnTexts(folder, kept: [])
            } throws: { error in
                let words = "there is no text 'own.txt' in \(folder); did you mean 'wno.txt'?"
                return "\(error)" == "\(folder)/ai-licences.yml:2:69: \(words)"
            }
        }
    }

    /// What was read in a repository and lies in no folder stays as the earlier index has it.
    @Test func textsOfRepositoriesAreKept() throws {
        try Repository.withFolder { folder in
            let bytes = try compile(try collection(folder))
            let origin = "{repository: a/b, commit: c, path: LICENSE, sha256: \(String(repeating: "0", count: 64))}"
            try """
            licences:
            - {id: LicenseRef-own, name: Own Licence, category: openrail, text: own.txt, origin: \(origin), names: [own one]}
            """.write(toFile: folder + "/ai-licences.yml", atomically: true, encoding: .utf8)
            let old = try bytes.withUnsafeBytes { CarriedIndex(try LicenceIndex($0)) }
            var carried = Collection(try RecordFiles(folder: folder))
            try carried.addOwnTexts(folder, kept: old.withText)
            carried.carryOver(old, atHand: Set(Source.allCases))
            #expect(carried.licences["LicenseRef-own"]?.texts.map(\.words) == [text(1).words])
        }
    }

    /// "X Community License" is "X License"; a core of two licences names neither.
    @Test func coresOfNamesAreThoseOfOneLicence() throws {
        try Repository.withFolder { folder in
            var collection = try collection(folder)
            func add(_ id: String, _ names: [String], maker: String? = nil) {
                collection.licences[id] = Collection.Licence(
                    id: id, key: "ai:" + id, name: names[0], category: .llamaStyle, isAI: true, isOwn: true,
                    maker: maker, names: names)
            }
            add("LicenseRef-one", ["Krill Community License"], maker: "Ocean")
            add("LicenseRef-two", ["Shrimp 2 License"])
            add("LicenseRef-three", ["Shrimp 2 Community License"])
            let bytes = try compile(collection)
            let index = try bytes.withUnsafeBytes { CarriedIndex(try LicenceIndex($0)) }
            let kinds = WordSet(["community"])
            func owner(_ name: String) -> String? {
                guard let hash = NameKey.coreHash(name, without: kinds) else { return nil }
                return index.aliases.first { $0.hash == hash }.map { index.records[$0.record].licence.id.rawValue }
            }
            #expect(owner("Krill License") == "LicenseRef-one")
            #expect(owner("Ocean Krill Community License Agreement") == "LicenseRef-one")
            #expect(owner("Krill 3 License") == nil)
            #expect(owner("Shrimp 2") == nil)
        }
    }

    @Test func theEmbeddedOneKnowsThisProjectsLicence() throws {
        let index = try LicenceIndex.embedded()
        let documents = try RuleDocuments.embedded()
        let rules = try RuleSet(documents, licences: LicenceNames(index, documents))
        let text = try Data(contentsOf: URL(fileURLWithPath: Repository.root + "/LICENSE"))
        let scan = text.withUnsafeBytes {
            LicenceScanner(index, rules: rules).scan($0, path: "LICENSE", role: .licence)
        }
        #expect(scan.matches.first?.method == .text)
        #expect(scan.matches.first.map { index.record($0.id)?.isOSIApproved } == true)
    }

    @Test func clauseRulesAreTriedWithoutAnIndex() throws {
        let engine = try ClausesCommand.engine(records: Repository.records, rules: nil)
        let found = engine.find(in: "You may not use the model for commercial purposes.", path: "terms.txt")
        #expect(found.contains { $0.id == "non-commercial" })
    }
}
