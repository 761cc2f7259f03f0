import Foundation
import OpenscanBytes
import OpenscanKit
import OpenscanTestSupport
import Testing

@testable import OpenscanStore

/// What a store keeps of a release says the same of it as the release itself.
@Suite struct RoundTripTests {
    static let corpus = Repository.root.appendingPathComponent(".build/corpus").path
    static let samples = ((try? FileManager.default.contentsOfDirectory(atPath: corpus)) ?? []).sorted()
    static let openscan = Result { try Openscan() }

    @Test func samplesAreThere() { #expect(Self.samples.count > 40 || !AtHand.isRequired) }

    @Test(arguments: samples)
    func storedFactsGiveTheSameReport(sample: String) throws {
        let openscan = try Self.openscan.get()
        let contents = Contents()
        let facts: ReleaseFacts
        do throws(ScanRefusal) {
            facts = try openscan.facts(Self.corpus + "/" + sample, known: contents)
        } catch { return }
        let scanned = try ScannedRelease(facts, openscan.judge(facts), reading: "", isStored: { _ in false })
        let sent = try ScannedRelease(bytes: scanned.bytes())
        for content in sent.contents {
            contents.keep(content.key, try ReadFacts(packed: Data(content.packed)))
        }
        let stored = try #require(sent.facts)
        #expect(Set(stored.contents).isSubset(of: Set(sent.contents.map(\.key))))
        let again = try stored.facts(place: openscan.rules.places.place) { key in
            try #require(contents.facts(of: key))
        }
        let report = try openscan.written(openscan.judge(facts), as: .json)
        #expect(try openscan.written(openscan.judge(again), as: .json) == report)
        #expect(sent.record == scanned.record)
        // With everything known, nothing is new, and the report is the same.
        let known = try openscan.facts(Self.corpus + "/" + sample, known: contents)
        #expect(try openscan.written(openscan.judge(known), as: .json) == report)
        // And what nobody asked to keep is read as ever.
        let plain = try openscan.scan(Self.corpus + "/" + sample)
        #expect(try openscan.written(plain, as: .json) == report)
    }
}

/// What was read, in memory.
final class Contents: KnownContents, @unchecked Sendable {
    // Unchecked: tests use it from one thread.
    private var facts: [ContentKey: ReadFacts] = [:]
    private(set) var hits = 0

    func keep(_ key: ContentKey, _ read: ReadFacts) { facts[key] = read }
    func key(of identity: FileIdentity, path: String) -> ContentKey? { nil }

    func facts(of key: ContentKey) -> ReadFacts? {
        if facts[key] != nil { hits += 1 }
        return facts[key]
    }
}
