import Foundation
import OpenscanBytes
import OpenscanLicensing
import OpenscanRules
import Testing

@testable import licence_indexer

@Suite("Damaged rules and indexes are refused")
struct DamageTests {
    private func problem(_ bytes: [UInt8]) -> RuleProblem? {
        bytes.withUnsafeBytes { bytes in
            do throws(RuleProblem) {
                _ = try RuleDocuments(bytes)
                return nil
            } catch {
                return error
            }
        }
    }

    private func compiled() throws -> [UInt8] {
        let folder = try EditedFolder.checked(Repository.records, licences: KnownLicences.ids(nil))
        return RuleCompiler.compile(folder)
    }

    @Test func rules() throws {
        let good = try compiled()
        #expect(problem(good) == nil)
        let digest = String(
            decoding: good[RuleDocuments.magic.utf8.count..<RuleDocuments.magic.utf8.count + 16], as: UTF8.self)
        var flipped = good
        flipped[good.count / 2] ^= 1
        guard case .damaged(digest, _)? = problem(flipped) else {
            Issue.record("a flipped byte: \(String(describing: problem(flipped)))")
            return
        }
        guard case .damaged(digest, _)? = problem(good.dropLast(100)) else {
            Issue.record("a cut file: \(String(describing: problem(good.dropLast(100))))")
            return
        }
        #expect(problem(Array(good.prefix(20))) == .notRules("they end in their first line"))
        #expect(problem([]) == .notRules("they do not begin with 'openscan-rules 1 '"))
        var other = good
        other[15] = UInt8(ascii: "2")
        #expect(problem(other) == .notRules("they do not begin with 'openscan-rules 1 '"))
    }

    @Test func missingDocument() throws {
        let text = String(decoding: try compiled(), as: UTF8.self)
        let body = Array(text.drop { $0 != "\n" }.dropFirst().replacing("# osd\n", with: "# ods\n").utf8)
        let bytes = Array((RuleDocuments.magic + body.withUnsafeBytes(RuleDocuments.digest) + "\n").utf8) + body
        _ = bytes.withUnsafeBytes { bytes in
            #expect(throws: RuleProblem.badDocument(name: "osd", reason: "there is no such document")) {
                let documents = try RuleDocuments(bytes)
                _ = try RuleSet(documents, licences: LicenceNames(LicenceIndex.embedded(), documents))
            }
        }
    }

    private func problem(ofIndex bytes: [UInt8]) -> IndexProblem? {
        bytes.withUnsafeBytes { bytes in
            do throws(IndexProblem) {
                try LicenceIndex(bytes).verify()
                return nil
            } catch {
                return error
            }
        }
    }

    @Test func index() throws {
        let path = Repository.root + "/Sources/CLicenceIndex/licences.index"
        let good = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(problem(ofIndex: good) == nil)
        #expect(problem(ofIndex: []) == .notAnIndex)
        #expect(problem(ofIndex: Array(good.prefix(100))) == .notAnIndex)
        var other = good
        other[0] = 0
        #expect(problem(ofIndex: other) == .notAnIndex)
        other = good
        other[4] = 2
        #expect(problem(ofIndex: other) == .otherVersion(found: 2, wanted: Int(IndexFormat.version)))
        guard case .cutOff? = problem(ofIndex: Array(good.dropLast(1_000_000))) else {
            Issue.record("a cut index")
            return
        }
        // The beginning of the second section.
        other = good
        other[20] ^= 1
        guard case .inconsistent("records", _)? = problem(ofIndex: other) else {
            Issue.record("a section out of place")
            return
        }
        for place in [IndexFormat.headSize, good.count - 1] {
            other = good
            other[place] ^= 0x10
            guard case .damaged? = problem(ofIndex: other) else {
                Issue.record("a flipped byte at \(place)")
                return
            }
        }
    }
}
