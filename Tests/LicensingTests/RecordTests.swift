import Foundation
import OpenscanBytes
import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanLicensing

/// Every record of Licenses/ai-licences.yml, read as lines so that the test needs no YAML library.
private enum Records {
    struct Record: Sendable, CustomTestStringConvertible {
        let id: String
        let names: [String]
        var testDescription: String { id }
    }

    static let all: [Record] = {
        let text = (try? String(contentsOfFile: "Licenses/ai-licences.yml", encoding: .utf8)) ?? ""
        var out: [Record] = []
        var id = ""
        for line in text.split(separator: "\n") {
            let quoted = line.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter {
                $0.offset % 2 == 1
            }.map { String($0.element) }
            if line.hasPrefix("- \"id\""), quoted.count > 1 { id = quoted[1] }
            if line.hasPrefix("  names:") { out.append(Record(id: id, names: quoted)) }
        }
        return out
    }()
}

@Suite struct RecordTests {
    @Test func recordsAreRead() { #expect(Records.all.count >= 105) }

    /// Positive: the id and what cards call it; a name that two records share is known as one of theirs. Near miss: the same name
    /// of another version, or changed.
    @Test(arguments: Records.all)
    fileprivate func isKnownByNameAndNotByANearOne(record: Records.Record) {
        let licences = TestRules.shared.licences
        #expect(licences.record(LicenceID(record.id))?.id.rawValue == record.id)
        #expect(record.names.contains { licences.value($0).ids.map(\.rawValue) == [record.id] }, "no name is its own")
        for name in record.names {
            let owners = Records.all.filter { $0.names.contains(name) }.map { [$0.id] }
            #expect(
                owners.contains(licences.value(name).ids.map(\.rawValue)),
                "\(name) is taken for \(licences.value(name).ids)")
            #expect(licences.value(name + " 97.3").ids.map(\.rawValue) != [record.id])
            #expect(licences.value("not quite " + name).ids.map(\.rawValue) != [record.id])
        }
    }

    @Test(
        .enabled(if: LicenceTexts.models.areReady, LicenceTexts.absence),
        arguments: LicenceTexts.models.ids)
    func isKnownByTextAndNotByAChangedOne(id: String) throws {
        let text = try LicenceTexts.models.text(id)
        #expect(scan(text).matches.contains { $0.id.rawValue == id && $0.method == .text && !$0.isModified })
        let changed =
            text
            + "\n\nIn addition, you must pay a fee of 5 percent of all revenue above 1 million dollars, and you may not use this for military purposes.\n"
        let matches = scan(changed).matches.filter { $0.id.rawValue == id && $0.method == .text }
        #expect(!matches.isEmpty, "the licence itself goes unseen")
        #expect(matches.allSatisfy { $0.isModified }, "an added sentence goes unseen")
    }

    @Test(
        .enabled(if: LicenceTexts.common.areReady, LicenceTexts.absence),
        arguments: LicenceTexts.common.ids)
    func anAddedTermIsSeen(id: String) throws {
        let text = try LicenceTexts.common.text(id)
        let changed =
            text
            + "\n\nNotwithstanding the above, you may not use this for any commercial purpose without written permission, and you must not sell it.\n"
        let own = scan(changed).matches.filter { $0.id.rawValue == id && $0.method == .text }
        #expect(!own.isEmpty, "the licence itself goes unseen")
        #expect(own.allSatisfy { $0.isModified }, "an added term goes unseen")
    }
}
